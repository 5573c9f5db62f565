//! What people see: colors, tables, hits with their reasons. Colors go away by themselves where nobody would see them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table};

use interdict_core::country;
use interdict_core::explanation::Explanation;
use interdict_core::outcome::Outcome;
use interdict_core::score::Score;
use interdict_match::clusters::Clusters;
use interdict_match::index::Index;
use interdict_match::{Hit, Screening, likelihood_ratio};

use crate::network::ownership::Ownership;

/// Errors.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Things to know.
pub(crate) const NOTE: Style = AnsiColor::Yellow.on_default();
/// Headings and captions.
pub(crate) const STRONG: Style = Style::new().bold();
/// Details.
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const HIT: Style = AnsiColor::Red.on_default().bold();
pub(crate) const CLEAR: Style = AnsiColor::Green.on_default().bold();
pub(crate) const NOT_SCREENED: Style = AnsiColor::Yellow.on_default().bold();

/// How much of a name is repeated above its answer.
const NAME_CHARS_SHOWN: usize = 200;

/// How much of the reasons is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// One line a hit.
    Short,
    /// The whole tree.
    Full,
}

/// A table with a header; columns in `right` are aligned to the right.
pub(crate) fn table(header: &[&str], right: &[usize], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    table.set_header(header.iter().map(|text| text.to_uppercase()));
    for row in rows {
        table.add_row(row);
    }
    for &column in right {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

/// A number with commas between thousands.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A screening for a person; behind it follow so many hits by ownership.
pub(crate) fn screening(
    name: &str,
    (screening, n_owned): (&Screening<'_>, usize),
    index: &Index,
    clusters: &Clusters,
    detail: Detail,
) -> String {
    let mut text = headline(name, screening, n_owned);
    for (place, hit) in screening.hits.iter().enumerate() {
        text.push('\n');
        text.push_str(&self::hit(hit, detail));
        let better = screening.hits.get(..place).unwrap_or_default();
        text.push_str(&elsewhere(hit, better, index, clusters));
    }
    if screening.n_hits > screening.hits.len() {
        let more = screening.n_hits - screening.hits.len();
        let _ = write!(text, "\n{FAINT}… and {more} more; --limit shows them{FAINT:#}\n");
    }
    text
}

/// Where else the party of a hit stands: told at its best hit, the others refer to that.
fn elsewhere(hit: &Hit<'_>, better: &[Hit<'_>], index: &Index, clusters: &Clusters) -> String {
    let own = hit.entity.number();
    let Some(cluster) = clusters.of(own) else { return String::new() };
    if let Some(best) = better.iter().find(|better| cluster.contains(&better.entity.number())) {
        return format!("        {FAINT}same party as {} above{FAINT:#}\n", printable(best.entity.id()));
    }
    let others =
        cluster.iter().filter(|&&party| party != own).map(|&party| printable(index.entity(party).id()));
    format!("        {FAINT}also on: {}{FAINT:#}\n", others.collect::<Vec<_>>().join(", "))
}

fn headline(name: &str, screening: &Screening<'_>, n_owned: usize) -> String {
    let mut name = printable(name);
    if let Some((end, _)) = name.char_indices().nth(NAME_CHARS_SHOWN) {
        name.truncate(end);
        name.push('…');
    }
    let n_hits = screening.n_hits + n_owned;
    match &screening.outcome {
        _ if n_owned > 0 => headline_of_hits(&name, n_hits),
        Outcome::Hits => headline_of_hits(&name, n_hits),
        Outcome::Clear => format!("{CLEAR}CLEAR{CLEAR:#}  {STRONG}{name}{STRONG:#}\n"),
        Outcome::NotScreened(reason) => {
            format!(
                "{NOT_SCREENED}NOT SCREENED{NOT_SCREENED:#}  {STRONG}{name}{STRONG:#}: {}\n",
                printable(&reason.to_string())
            )
        }
    }
}

fn headline_of_hits(name: &str, n_hits: usize) -> String {
    let hits = if n_hits == 1 { "1 hit".to_owned() } else { format!("{n_hits} hits") };
    format!("{HIT}HITS{HIT:#}  {STRONG}{name}{STRONG:#}: {hits}\n")
}

/// The hits by ownership, below those of the lists.
pub(crate) fn owned(screening: &Screening<'_>, ownership: &Ownership, detail: Detail) -> String {
    let mut text =
        format!("\n  {STRONG}by ownership{STRONG:#} {FAINT}on no list, as of {}{FAINT:#}\n", ownership.day());
    for hit in &screening.hits {
        text.push('\n');
        text.push_str(&self::hit(hit, detail));
        for line in ownership.lines(hit.entity.id()) {
            let _ = writeln!(text, "        {}", printable(&line));
        }
        let _ = writeln!(
            text,
            "        {FAINT}why: interdict network explain {}{FAINT:#}",
            printable(hit.entity.id())
        );
    }
    if screening.n_hits > screening.hits.len() {
        let more = screening.n_hits - screening.hits.len();
        let _ = write!(text, "\n{FAINT}… and {more} more; --limit shows them{FAINT:#}\n");
    }
    text
}

/// A hit, or a party that is none, with its reasons.
pub(crate) fn hit(hit: &Hit<'_>, detail: Detail) -> String {
    let entity = hit.entity;
    let list = entity.list();
    let published = list.published.map(|date| format!(" of {date}")).unwrap_or_default();
    let mut facts = vec![entity.schema_name().to_owned(), format!("list {}{published}", list.id)];
    let programs: Vec<&str> = entity.programs().collect();
    if !programs.is_empty() {
        facts.push(programs.join(", "));
    }
    let dates: Vec<String> = entity.dates().map(|date| date.to_string()).collect();
    if !dates.is_empty() {
        let word = if entity.schema().is_some_and(|schema| schema.is_a("Person")) { "born" } else { "since" };
        facts.push(format!("{word} {}", dates.join(" or ")));
    }
    let countries: Vec<&str> = entity.countries().map(country::label).collect();
    if !countries.is_empty() {
        facts.push(countries.join(", "));
    }
    let mut text = format!(
        "  {HIT}{:.2}{HIT:#}  {STRONG}{}{STRONG:#}  {}\n        {FAINT}{}{FAINT:#}\n",
        hit.score.value(),
        printable(entity.caption()),
        printable(entity.id()),
        printable(&facts.join(" · "))
    );
    match detail {
        Detail::Short => {
            let _ = writeln!(text, "        {}", short_reason(&hit.explanation));
        }
        Detail::Full => {
            let _ = writeln!(text, "        {FAINT}{}{FAINT:#}", worth(hit.score));
            for part in &hit.explanation.children {
                tree(part, 8, &mut text);
            }
        }
    }
    text
}

/// What a score is worth, in a sentence.
fn worth(score: Score) -> String {
    let ratio = likelihood_ratio(score);
    // Shown are two digits, as many as the table has.
    let times = |ratio: f64| if ratio < 10.0 { format!("{ratio:.1}") } else { format!("{ratio:.0}") };
    if ratio >= 1.0 {
        let times = times(ratio);
        format!(
            "a score like this is {times} times likelier for the listed party than for someone else, on the development data"
        )
    } else {
        let times = times(1.0 / ratio);
        format!(
            "a score like this is {times} times likelier for someone else than for the listed party, on the development data"
        )
    }
}

/// The reasons in one line: which name met, and what else counted.
fn short_reason(explanation: &Explanation) -> String {
    let mut reasons = Vec::new();
    for part in &explanation.children {
        let sign = part.contribution;
        match (part.feature, &part.entity) {
            ("name", Some(entity)) => {
                let quality = part.rule.replace('_', " ");
                reasons.push(format!("{quality} {}", printable(entity)));
            }
            (feature, Some(entity)) => {
                let rule = part.rule.replace('_', " ");
                let feature =
                    if rule.contains("date") || rule.contains("day") { "birth date" } else { feature };
                reasons.push(format!("{feature}: {rule} ({}) {sign}", printable(entity)));
            }
            _ => {}
        }
    }
    reasons.join(" · ")
}

fn tree(explanation: &Explanation, indent: usize, text: &mut String) {
    let met = match (&explanation.subject, &explanation.entity) {
        (Some(subject), Some(entity)) => {
            let sign = if explanation.rule.starts_with("other_") { "against" } else { "=" };
            format!("{} {sign} {}", printable(subject), printable(entity))
        }
        (Some(subject), None) => format!("{} (only in the subject)", printable(subject)),
        (None, Some(entity)) => format!("{} (only in the list name)", printable(entity)),
        (None, None) => String::new(),
    };
    let rule = explanation.rule.replace('_', " ");
    let feature = explanation.feature.replace('_', " ");
    let _ = writeln!(
        text,
        "{:indent$}{}  {feature}, {rule}{}{met}",
        "",
        explanation.contribution,
        if met.is_empty() { "" } else { ": " }
    );
    for child in &explanation.children {
        tree(child, indent + 2, text);
    }
}

/// A text from outside without the control characters that could move the cursor or change colors.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|char| if char.is_control() || is_direction_mark(char) { '\u{fffd}' } else { char })
        .collect()
}

/// Marks that reorder what is shown, so that a name could look like another.
fn is_direction_mark(char: char) -> bool {
    matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_thousands() {
        assert_eq!(
            [0, 999, 1_000, 13_821, 1_000_000].map(number),
            ["0", "999", "1,000", "13,821", "1,000,000"]
        );
    }

    #[test]
    fn what_a_score_is_worth_is_a_sentence() {
        assert!(worth(Score::ONE).contains("times likelier for the listed party"));
        assert!(worth(Score::ZERO).contains("times likelier for someone else"));
    }

    #[test]
    fn names_cannot_paint_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\u{202e}c"), "a\u{fffd}[31mb\u{fffd}c");
    }
}
