//! What a rescreening found, for people and machines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use interdict_match::rescreen::Change;

use crate::Ending;
use crate::cli::Output;
use crate::commands::{print, print_json};
use crate::failure::Failure;
use crate::rescreening::{Answers, Kept, Known, KnownHit, State};
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// What became of one hit of one customer.
#[derive(Debug, Serialize)]
pub(super) struct Changed<'a> {
    row: u32,
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    change: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Party<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<f64>,
}

#[derive(Debug, Serialize)]
struct Party<'a> {
    id: &'a str,
    list: &'a str,
    caption: &'a str,
}

/// What can become of a hit or a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    NewHit,
    ChangedScore,
    LostHit,
    NotScreened,
    Screened,
}

/// How the update went.
pub(super) struct Summary<'a> {
    /// What is other on the lists; none when all were screened again.
    pub change: Option<&'a Change>,
    /// How many rows were screened again.
    pub n_again: u64,
    /// How long it took, a check against the long way left out.
    pub took: Duration,
    /// Whether the long way gave the same.
    pub is_verified: bool,
}

/// What is other between two sets of answers, by row.
pub(super) fn changes<'a>(before: &'a Answers, after: &'a Answers) -> Vec<Changed<'a>> {
    let rows: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    let mut changes = Vec::new();
    for row in rows {
        let (old, new) = (before.get(&row), after.get(&row));
        if old != new {
            of_row(old, new, &mut changes);
        }
    }
    changes
}

fn of_row<'a>(old: Option<&'a Known>, new: Option<&'a Known>, changes: &mut Vec<Changed<'a>>) {
    let Some(row) = new.or(old) else { return };
    let changed =
        |change: Kind, hit: Option<&'a KnownHit>, before: Option<i32>, after: Option<i32>| Changed {
            row: row.row,
            line: row.line,
            id: row.id.as_deref(),
            change,
            entity: hit.map(|hit| Party { id: &hit.id, list: &hit.list, caption: &hit.caption }),
            before: before.map(share),
            after: after.map(share),
        };
    let was_left_out = old.is_some_and(|known| known.not_screened.is_some());
    let is_left_out = new.is_some_and(|known| known.not_screened.is_some());
    match (was_left_out, is_left_out) {
        (false, true) => changes.push(changed(Kind::NotScreened, None, None, None)),
        (true, false) => changes.push(changed(Kind::Screened, None, None, None)),
        _ => {}
    }
    let (was, is) = (hits(old), hits(new));
    for (key, hit) in &is {
        match was.get(key) {
            None => changes.push(changed(Kind::NewHit, Some(hit), None, Some(hit.score))),
            Some(before) if before.score != hit.score => {
                changes.push(changed(Kind::ChangedScore, Some(hit), Some(before.score), Some(hit.score)));
            }
            Some(_) => {}
        }
    }
    for (key, hit) in was.iter().filter(|(key, _)| !is.contains_key(*key)) {
        let _ = key;
        changes.push(changed(Kind::LostHit, Some(hit), Some(hit.score), None));
    }
}

fn hits(known: Option<&Known>) -> BTreeMap<(&str, &str), &KnownHit> {
    let hits = known.map(|known| known.hits.as_slice()).unwrap_or_default();
    hits.iter().map(|hit| ((hit.list.as_str(), hit.id.as_str()), hit)).collect()
}

fn share(points: i32) -> f64 {
    f64::from(points) / 10_000.0
}

/// What a first screening found.
pub(super) fn start(
    kept: &Kept,
    state: &State,
    answers: &Answers,
    took: Duration,
    output: Output,
) -> Result<Ending, Failure> {
    let not_screened = answers.values().filter(|known| known.not_screened.is_some()).count() as u64;
    let with_hits = answers.values().filter(|known| !known.hits.is_empty()).count() as u64;
    let told = answers.values().filter(|known| !known.is_clear()).count() as u64;
    let clear = u64::from(state.rows).saturating_sub(told);
    if output == Output::Json {
        print_json(&json!({
            "name": kept.name(), "rows": state.rows, "clear": clear, "hits": with_hits, "not_screened": not_screened,
            "threshold": state.threshold, "index": state.index, "lists": state.lists, "seconds": took.as_secs_f64(),
        }))?;
    } else {
        let text = format!(
            "{STRONG}{}{STRONG:#} is kept: {} rows, {} clear, {} with hits, {} not screened ({:.1} s)\n\
             after the lists changed: interdict rescreen update {}\n",
            kept.name(),
            number(state.rows.into()),
            number(clear),
            number(with_hits),
            number(not_screened),
            took.as_secs_f64(),
            kept.name()
        );
        print(text.as_bytes())?;
    }
    Ok(match (with_hits, not_screened) {
        (0, 0) => Ending::Clear,
        (0, _) => Ending::NotScreened,
        _ => Ending::Hits,
    })
}

/// What an update found: one change a line, then what was done.
pub(super) fn update(
    kept: &Kept,
    (from, to): (&State, &State),
    changes: &[Changed<'_>],
    summary: &Summary<'_>,
    output: Output,
) -> Result<Ending, Failure> {
    let count = |kind: Kind| changes.iter().filter(|changed| changed.change == kind).count() as u64;
    let (new, lost, other) = (count(Kind::NewHit), count(Kind::LostHit), count(Kind::ChangedScore));
    let seconds = summary.took.as_secs_f64();
    if output == Output::Json || !std::io::stdout().is_terminal() {
        let mut text = Vec::new();
        for changed in changes {
            serde_json::to_writer(&mut text, changed).map_err(|error| Failure::Output(error.into()))?;
            text.push(b'\n');
        }
        print(&text)?;
        print_json(&json!({
            "summary": {
                "name": kept.name(), "rows": to.rows, "digest_before": from.index, "digest": to.index, "lists": to.lists,
                "parties_changed": summary.change.map(|change| change.parties.len()),
                "parties_reweighed": summary.change.map(|change| change.moved.len() + change.shifted.len()),
                "screened_again": summary.n_again, "verified": summary.is_verified, "new_hits": new, "lost_hits": lost,
                "changed_scores": other, "seconds": seconds,
            }
        }))?;
    } else {
        let mut text: String = changes.iter().map(line).collect();
        let changed = summary.change.map_or("all of the lists may be other".to_owned(), |change| {
            format!(
                "{} parties changed, {} counted anew",
                change.parties.len(),
                change.moved.len() + change.shifted.len()
            )
        });
        let _ = writeln!(
            text,
            "{STRONG}{} new hits{STRONG:#}, {} lost, {} with another score; {changed}; {} of {} rows screened again ({seconds:.1} s){}",
            number(new),
            number(lost),
            number(other),
            number(summary.n_again),
            number(to.rows.into()),
            if summary.is_verified { "; a full rescreening gives the same" } else { "" }
        );
        print(text.as_bytes())?;
    }
    Ok(match (new, count(Kind::NotScreened)) {
        (0, 0) => Ending::Clear,
        (0, _) => Ending::NotScreened,
        _ => Ending::Hits,
    })
}

fn line(changed: &Changed<'_>) -> String {
    let what = match changed.change {
        Kind::NewHit => "new hit",
        Kind::LostHit => "lost hit",
        Kind::ChangedScore => "score",
        Kind::NotScreened => "not screened any more",
        Kind::Screened => "screened now",
    };
    let who = changed.id.map_or(format!("line {}", changed.line), printable);
    let score = |score: Option<f64>| score.map_or("–".to_owned(), |score| format!("{score:.2}"));
    let entity = changed.entity.as_ref().map_or(String::new(), |party| {
        format!(
            "  {}  {FAINT}{}{FAINT:#}  {} → {}",
            printable(party.caption),
            party.id,
            score(changed.before),
            score(changed.after)
        )
    });
    format!("{NOTE}{what}{NOTE:#}  {who}{entity}\n")
}

/// Which customers are kept.
pub(super) fn status(states: &[(String, State)], output: Output) -> Result<Ending, Failure> {
    if output == Output::Json {
        let customers: Vec<_> = states
            .iter()
            .map(|(name, state)| {
                json!({
                    "name": name, "file": state.file, "digest": state.digest, "rows": state.rows,
                    "threshold": state.threshold, "index": state.index, "lists": state.lists,
                    "screened_at": state.screened_at,
                })
            })
            .collect();
        return print_json(&json!({"customers": customers}));
    }
    if states.is_empty() {
        return print(b"no customers are kept; start with: interdict rescreen start NAME --file FILE\n");
    }
    let cells = |(name, state): &(String, State)| {
        let lists: Vec<String> =
            state.lists.iter().map(|list| format!("{}@{}", list.id, list.version)).collect();
        let at = state.screened_at.to_string();
        let at = at.get(..16).unwrap_or(&at).replace('T', " ");
        vec![name.clone(), number(state.rows.into()), format!("{:.2}", state.threshold), at, lists.join(" ")]
    };
    let text = table(&["name", "rows", "threshold", "screened", "lists"], &[1, 2], states.iter().map(cells));
    print((text + "\n").as_bytes())
}
