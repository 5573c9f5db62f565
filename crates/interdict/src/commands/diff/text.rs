//! How a delta is shown: counts first, then the parties; or as CSV.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use interdict_core::entity::Entity;
use interdict_core::list::ListVersion;
use interdict_core::model;
use interdict_lists::delta::lines::VersionDelta;
use interdict_lists::delta::{ChangeKind, Delta, FieldChange, PartyChange, PartyLabel};

use super::values::{Context, clipped, shown};
use crate::tables::csv_field;
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// Programs in the table of counts; those with the fewest changes are counted together.
const PROGRAMS_SHOWN: usize = 15;

/// The names of parties by id.
pub(super) type Captions = BTreeMap<String, String>;

/// The names of the parties that changed values point to.
pub(super) fn captions(delta: &Delta, from: &[Entity], to: &[Entity]) -> Captions {
    let fields = delta.parties.iter().flat_map(|party| &party.fields);
    let texts = fields.flat_map(|field| field.before.iter().chain(&field.after));
    let mut asked: Captions =
        texts.filter(|text| text.contains('-')).map(|text| (text.clone(), String::new())).collect();
    for entity in from.iter().chain(to).filter(|entity| entity.is_party()) {
        if let Some(caption) = asked.get_mut(&entity.id) {
            entity.caption().clone_into(caption);
        }
    }
    asked.retain(|_, caption| !caption.is_empty());
    asked
}

/// The delta for a person.
pub(super) fn report(told: &VersionDelta, limit: usize, captions: &Captions) -> String {
    let delta = &told.delta;
    let counts = KINDS.map(|kind| number(delta.count(kind) as u64));
    let mut text =
        format!("{STRONG}{}{STRONG:#}  {} → {}\n", told.to.id, version(&told.from), version(&told.to));
    let _ = writeln!(text, "{} added, {} removed, {} changed", counts[0], counts[1], counts[2]);
    let reordered = delta.count(ChangeKind::Reordered);
    if reordered > 0 {
        let n = number(reordered as u64);
        let _ = writeln!(
            text,
            "{FAINT}{n} more only stand elsewhere in the file, or say the same in another order{FAINT:#}"
        );
    }
    if delta.parties.len() > reordered {
        let _ =
            write!(text, "\n{}", counts_table("kind", &count_by(delta, |party| vec![kind_of_party(party)])));
        let programs = count_by(delta, |party| party.programs.clone());
        if !programs.is_empty() {
            let _ = write!(text, "\n{}", counts_table("program", &programs));
        }
    }
    for kind in KINDS {
        section(delta, kind, limit, captions, &mut text);
    }
    text
}

const KINDS: [ChangeKind; 3] = [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Changed];

fn version(version: &ListVersion) -> String {
    let published = version.published.map_or("undated".to_owned(), |date| date.to_string());
    format!("{published} ({}, {} parties)", version.version, number(version.entities))
}

fn kind_of_party(party: &PartyLabel) -> String {
    model::schema(&party.schema).map_or(party.schema.clone(), |schema| schema.plural.to_owned())
}

/// How many parties of each group were added, removed and changed. A party that left a group counts there as changed, too.
fn count_by(delta: &Delta, groups: impl Fn(&PartyLabel) -> Vec<String>) -> Vec<(String, [u64; 3])> {
    let mut counts: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for change in &delta.parties {
        let Some(column) = KINDS.iter().position(|kind| *kind == change.kind) else { continue };
        let mut names = groups(&change.party);
        names.extend(change.before.iter().flat_map(&groups));
        names.sort_unstable();
        names.dedup();
        for name in names {
            if let Some(count) = counts.entry(name).or_default().get_mut(column) {
                *count += 1;
            }
        }
    }
    let mut counts: Vec<(String, [u64; 3])> = counts.into_iter().collect();
    counts.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<u64>()));
    counts
}

fn counts_table(group: &str, counts: &[(String, [u64; 3])]) -> String {
    let row = |name: String, counts: [u64; 3]| {
        let numbers = counts.map(|count| if count == 0 { String::new() } else { number(count) });
        [vec![format!("  {name}")], numbers.to_vec()].concat()
    };
    let rest = counts.get(PROGRAMS_SHOWN..).unwrap_or_default();
    let mut rows: Vec<Vec<String>> =
        counts.iter().take(PROGRAMS_SHOWN).map(|(name, counts)| row(printable(name), *counts)).collect();
    if !rest.is_empty() {
        rows.push(vec![format!("  … and {} more", rest.len())]);
    }
    table(&[&format!("  {group}"), "added", "removed", "changed"], &[1, 2, 3], rows) + "\n"
}

fn section(delta: &Delta, kind: ChangeKind, limit: usize, captions: &Captions, text: &mut String) {
    let parties: Vec<&PartyChange> = delta.parties.iter().filter(|party| party.kind == kind).collect();
    if parties.is_empty() {
        return;
    }
    let (heading, sign) = match kind {
        ChangeKind::Added => ("ADDED", "+"),
        ChangeKind::Removed => ("REMOVED", "-"),
        ChangeKind::Changed | ChangeKind::Reordered => ("CHANGED", "~"),
    };
    let _ = writeln!(text, "\n{STRONG}{heading}{STRONG:#}");
    let namesakes = namesakes(delta);
    for party in parties.iter().take(limit) {
        let label = &party.party;
        let mut facts = vec![label.schema.clone()];
        facts.extend((!label.programs.is_empty()).then(|| label.programs.join(", ")));
        facts.extend(namesakes.get(&(kind, &label.caption)).map(|other| namesake(kind, other)));
        let _ = writeln!(
            text,
            "  {NOTE}{sign}{NOTE:#} {STRONG}{}{STRONG:#}  {FAINT}{} · {}{FAINT:#}",
            printable(&label.caption),
            printable(&label.id),
            printable(&facts.join(" · "))
        );
        for (name, field) in merged(&party.fields) {
            let context = Context { schema: &label.schema, fields: &party.fields, captions };
            field_text(&name, field, &context, text);
        }
    }
    if parties.len() > limit {
        let more = number((parties.len() - limit) as u64);
        let _ = writeln!(
            text,
            "  {FAINT}… and {more} more; --limit shows them, --csv and --json have all{FAINT:#}"
        );
    }
}

/// For parties that were added or removed, the id of one of the same name with which the opposite happened: authorities list
/// a party anew under another number.
fn namesakes(delta: &Delta) -> BTreeMap<(ChangeKind, &String), &str> {
    let of = |party: &PartyChange| match party.kind {
        ChangeKind::Added => Some(ChangeKind::Removed),
        ChangeKind::Removed => Some(ChangeKind::Added),
        ChangeKind::Changed | ChangeKind::Reordered => None,
    };
    let parties = delta.parties.iter().filter_map(|party| Some((of(party)?, &party.party)));
    parties.map(|(kind, party)| ((kind, &party.caption), party.id.as_str())).collect()
}

fn namesake(kind: ChangeKind, other: &str) -> String {
    let what = if kind == ChangeKind::Added { "removed" } else { "added" };
    format!("same name as {other}, {what}")
}

/// The fields with their names; what several say alike is said once: a new program is one of the party and of its sanction.
fn merged(fields: &[FieldChange]) -> Vec<(String, &FieldChange)> {
    let mut merged: Vec<(String, &FieldChange)> = Vec::new();
    for field in fields {
        let alike = |other: &FieldChange| other.before == field.before && other.after == field.after;
        match merged.iter_mut().find(|(_, other)| alike(other)) {
            Some((names, _)) => {
                let _ = write!(names, ", {}", name(field));
            }
            None => merged.push((name(field), field)),
        }
    }
    merged
}

fn name(field: &FieldChange) -> String {
    let names = [field.part.as_deref(), field.property.as_deref()];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn field_text(name: &str, field: &FieldChange, context: &Context<'_>, text: &mut String) {
    let of = field.of.as_deref().filter(|of| !of.is_empty() && field.part.as_deref() != Some("Sanction"));
    let of = of.map(|of| format!(" (of {})", clipped(of, 60))).unwrap_or_default();
    let name = printable(&format!("{name}{of}"));
    match &shown(field, context)[..] {
        [line] => {
            let _ = writeln!(text, "      {FAINT}{name}:{FAINT:#} {}", printable(line));
        }
        lines => {
            let _ = writeln!(text, "      {FAINT}{name}:{FAINT:#}");
            for line in lines {
                let _ = writeln!(text, "        {}", printable(line));
            }
        }
    }
}

/// The delta as CSV: one row for each value that came or went; a value in place of another is in the same row.
pub(super) fn csv(told: &VersionDelta) -> String {
    let mut text =
        "list,from,to,date,kind,id,caption,schema,programs,part,of,property,before,after\n".to_owned();
    let date = told.to.published.map(|date| date.to_string()).unwrap_or_default();
    for change in told.delta.parties.iter().filter(|change| change.kind != ChangeKind::Reordered) {
        let kind = match change.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed | ChangeKind::Reordered => "changed",
        };
        let party = &change.party;
        let programs = party.programs.join("|");
        let (list, from, to) = (told.to.id.as_str(), &told.from.version, &told.to.version);
        let start = [list, from, to, &date, kind, &party.id, &party.caption, &party.schema, &programs];
        for rest in rows(change) {
            let fields: Vec<String> = start.iter().copied().chain(rest).map(csv_field).collect();
            text.push_str(&fields.join(","));
            text.push('\n');
        }
    }
    text
}

fn rows(change: &PartyChange) -> Vec<[&str; 5]> {
    if change.fields.is_empty() {
        return vec![[""; 5]];
    }
    let mut rows = Vec::new();
    for field in &change.fields {
        let [part, of, property] =
            [&field.part, &field.of, &field.property].map(|text| text.as_deref().unwrap_or_default());
        if let ([before], [after]) = (&field.before[..], &field.after[..]) {
            rows.push([part, of, property, before.as_str(), after.as_str()]);
            continue;
        }
        rows.extend(field.before.iter().map(|before| [part, of, property, before.as_str(), ""]));
        rows.extend(field.after.iter().map(|after| [part, of, property, "", after.as_str()]));
    }
    rows
}
