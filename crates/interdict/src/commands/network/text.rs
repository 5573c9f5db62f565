//! What a person sees of the network.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use interdict_core::list::ListVersion;
use interdict_network::assessment::Assessment;
use interdict_network::explanation::{Because, Explanation, Holding, Step};
use interdict_network::history::History;
use interdict_network::interest::Day;
use interdict_network::policy::{Regime, Threshold};
use interdict_network::share::ShareRange;
use interdict_network::standing::Standing;

use super::Asked;
use super::blocked::{Answer, Row};
use super::explain::Told;
use crate::network::loading::FileRead;
use crate::terminal::{CLEAR, FAINT, HIT, NOT_SCREENED, STRONG, number, printable, table};

/// Most rows of a table for people.
const ROWS_SHOWN: usize = 100;

/// What was asked, of what.
#[derive(Serialize)]
pub(super) struct Summary {
    as_of: Day,
    lists: Vec<ListVersion>,
    files: Vec<FileRead>,
    parties: usize,
    interests: usize,
    regimes: BTreeMap<&'static str, Counts>,
}

/// How many parties stand how under one regime.
#[derive(Serialize, Default)]
struct Counts {
    designated: usize,
    possibly_designated: usize,
    blocked_by_ownership: usize,
    undetermined: usize,
}

impl Summary {
    /// The question, and how many answers it has.
    pub fn new(asked: &Asked, assessments: &[(Regime, Assessment<'_>)], rows: &[Row]) -> Self {
        let loaded = &asked.loaded;
        let counts = |(regime, assessment): &(Regime, Assessment<'_>)| {
            let of = |standing: Standing| {
                rows.iter()
                    .filter(|row| {
                        row.regimes.get(regime.name()).is_some_and(|answer| answer.standing == standing)
                    })
                    .count()
            };
            let designated = |standing| {
                loaded.network.parties().filter(|&party| assessment.standing(party) == standing).count()
            };
            let counts = Counts {
                designated: designated(Standing::Designated),
                possibly_designated: designated(Standing::PossiblyDesignated),
                blocked_by_ownership: of(Standing::BlockedByOwnership),
                undetermined: of(Standing::Undetermined),
            };
            (regime.name(), counts)
        };
        Self {
            as_of: asked.day,
            lists: loaded.lists.clone(),
            files: loaded.files.clone(),
            parties: loaded.network.parties().len(),
            interests: loaded.network.interests().len(),
            regimes: assessments.iter().map(counts).collect(),
        }
    }

    fn heading(&self) -> String {
        let lists = self.lists.iter().map(|list| match list.published {
            Some(published) => format!("{} of {published}", list.id),
            None => list.id.to_string(),
        });
        let sources: Vec<String> = lists.chain(self.files.iter().map(|file| printable(&file.name))).collect();
        format!(
            "{FAINT}{} parties and {} interests of {}; as of {}{FAINT:#}\n",
            number(self.parties as u64),
            number(self.interests as u64),
            sources.join(", "),
            self.as_of
        )
    }
}

fn shown(standing: Standing) -> String {
    let style = match standing {
        Standing::Designated | Standing::BlockedByOwnership => HIT,
        Standing::PossiblyDesignated | Standing::Undetermined => NOT_SCREENED,
        Standing::NotBlocked => CLEAR,
    };
    format!("{style}{}{style:#}", standing.words())
}

fn number_of(count: usize) -> String {
    number(count as u64)
}

/// Everybody who is blocked.
pub(super) fn blocked(summary: &Summary, rows: &[&Row], all: usize) -> String {
    let mut text = summary.heading();
    for (regime, counts) in &summary.regimes {
        let _ = writeln!(
            text,
            "{STRONG}{:<4}{STRONG:#}  {} blocked by ownership or control, {} undetermined {FAINT}({} designated, {} possibly){FAINT:#}",
            regime.to_uppercase(),
            number(counts.blocked_by_ownership as u64),
            number(counts.undetermined as u64),
            number(counts.designated as u64),
            number(counts.possibly_designated as u64),
        );
    }
    if !rows.is_empty() {
        let regimes: Vec<&str> = summary.regimes.keys().copied().collect();
        let header: Vec<&str> = ["party", "id"].into_iter().chain(regimes.iter().copied()).collect();
        let cell = |answer: &Answer| {
            let share = answer.blocked_share.map(|share| format!(" ({share})")).unwrap_or_default();
            format!("{}{share}", answer.standing.words())
        };
        let cells = |row: &&Row| {
            let answers = row.regimes.values().map(cell);
            [printable(&row.party.caption), printable(&row.party.id)].into_iter().chain(answers).collect()
        };
        text.push('\n');
        text.push_str(&table(&header, &[], rows.iter().take(ROWS_SHOWN).map(cells)));
        text.push('\n');
    }
    if rows.len() > ROWS_SHOWN {
        let _ = writeln!(
            text,
            "{FAINT}… and {} more; --json has all{FAINT:#}",
            number((rows.len() - ROWS_SHOWN) as u64)
        );
    }
    if all > rows.len() {
        let _ = writeln!(
            text,
            "\n{FAINT}{} more are undetermined: --undetermined shows them{FAINT:#}",
            number((all - rows.len()) as u64)
        );
    }
    if let Some(row) = rows.first() {
        let _ = writeln!(text, "{FAINT}why: interdict network explain {}{FAINT:#}", printable(&row.party.id));
    }
    text
}

/// Why a party stands as it does, regime by regime.
pub(super) fn explained(summary: &Summary, told: &BTreeMap<&'static str, Told>) -> String {
    let mut text = String::new();
    if let Some(first) = told.values().next() {
        let party = &first.explanation.party;
        let schema = party.schema.map(|schema| format!(" {FAINT}{schema}{FAINT:#}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "{STRONG}{}{STRONG:#} {}{schema}",
            printable(&party.caption),
            printable(&party.id)
        );
    }
    text.push_str(&summary.heading());
    for (regime, told) in told {
        let explanation = &told.explanation;
        let share = match explanation.blocked_share {
            Some(share) => format!(": blocked parties hold {share}; {} block", needed(explanation.threshold)),
            None => String::new(),
        };
        let _ = writeln!(
            text,
            "\n{STRONG}{}{STRONG:#}  {}{share}",
            regime.to_uppercase(),
            shown(explanation.standing)
        );
        put_steps(&mut text, explanation);
        for caution in &explanation.cautions {
            let _ = writeln!(text, "  {NOT_SCREENED}caution{NOT_SCREENED:#}  {}", printable(&caution.text));
            caution.holdings.iter().for_each(|holding| put_holding(&mut text, holding));
        }
        put_history(&mut text, &told.history);
    }
    text
}

fn needed(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::AtLeastHalf => "50 % or more",
        Threshold::MoreThanHalf => "more than 50 %",
    }
}

fn put_steps(text: &mut String, explanation: &Explanation) {
    for (place, step) in (1..).zip(&explanation.steps) {
        let _ = writeln!(text, "  {place:>3}. {}", line(step));
        let holdings = match &step.because {
            Because::Designated { .. } => &[][..],
            Because::Government { holdings }
            | Because::Ownership { holdings, .. }
            | Because::Votes { holdings, .. }
            | Because::Control { holdings } => holdings,
        };
        holdings.iter().for_each(|holding| put_holding(text, holding));
        if step.holdings_left_out > 0 {
            let _ = writeln!(text, "       {FAINT}and {} more{FAINT:#}", number_of(step.holdings_left_out));
        }
    }
    if explanation.steps_left_out > 0 {
        let _ = writeln!(
            text,
            "       {FAINT}and {} more holders that are not told{FAINT:#}",
            explanation.steps_left_out
        );
    }
}

fn line(step: &Step) -> String {
    let name = format!("{STRONG}{}{STRONG:#}", printable(&step.party.caption));
    let perhaps = matches!(step.standing, Standing::Undetermined | Standing::PossiblyDesignated);
    let is = if perhaps { "may be" } else { "is" };
    let share = |share: &ShareRange| format!("{share}");
    match &step.because {
        Because::Designated { evidence } => format!("{name} {is} designated: {}", printable(evidence)),
        Because::Government { .. } => format!("{name} {is} owned or controlled by a blocked government"),
        Because::Ownership { share: held, .. } => format!("{name} {is} blocked: {} is held by", share(held)),
        Because::Votes { share: held, .. } => {
            format!("{name} {is} blocked: {} of the votes are with", share(held))
        }
        Because::Control { .. } => format!("{name} {is} blocked: it is controlled by"),
    }
}

fn put_holding(text: &mut String, holding: &Holding) {
    let share = holding.share.map(|share: ShareRange| format!(" {share}")).unwrap_or_default();
    let jointly =
        holding.joint.as_deref().map(|name| format!(" jointly ({})", printable(name))).unwrap_or_default();
    let dates = match (&holding.start, &holding.end) {
        (None, None) => String::new(),
        (Some(start), None) => format!(", since {start}"),
        (None, Some(end)) => format!(", until {end}"),
        (Some(start), Some(end)) => format!(", {start} to {end}"),
    };
    let words =
        holding.words.as_deref().map(|words| format!(" \"{}\"", printable(words))).unwrap_or_default();
    let _ = writeln!(
        text,
        "       {} {}{share}{jointly}{words}{dates} {FAINT}[{} {}, {}]{FAINT:#}",
        printable(&holding.holder.caption),
        holding.kind.verb(),
        printable(&holding.source),
        printable(&holding.edition),
        printable(&holding.record),
    );
}

fn put_history(text: &mut String, history: &History) {
    match history {
        History::TooMuch => {
            let _ = writeln!(
                text,
                "  {FAINT}how it stood before is not told: too many interests stand above it{FAINT:#}"
            );
        }
        History::Told(periods) if periods.len() < 2 => {}
        History::Told(periods) => {
            let _ = writeln!(text, "  {FAINT}before{FAINT:#}");
            for period in periods {
                let day = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
                let _ = writeln!(
                    text,
                    "       {} to {}  {}",
                    day(period.from),
                    day(period.until),
                    shown(period.standing)
                );
            }
        }
    }
}
