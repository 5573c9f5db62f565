//! Which other list's id does a record name? Reference numbers of the United Nations in fields and texts, ids of other lists.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::identifiers::{all_pairs, is_of_few};
use crate::index::{EntityRef, Index};

/// The committees and their predecessors, as the permanent reference numbers abbreviate them. Source: the Security Council's
/// consolidated list, <https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list>.
const COMMITTEES: [&str; 18] = [
    "CD", "CF", "CI", "GB", "HT", "IQ", "IR", "KP", "LB", "LR", "LY", "ML", "QD", "SD", "SO", "SS", "TA",
    "YE",
];
/// Words before a reference number that make it the party's own: `(UN Ref):QDi.237`.
const LEADS: [&str; 4] = ["un ref", "un permanent ref", "permanent reference number", "un list ref"];
/// How far before the number they may end, in bytes.
const LEAD_BYTES: usize = 40;

/// What a text says about reference numbers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// It gives the party's own.
    Own(String),
    /// It mentions these, perhaps of others; often none.
    Mentions(BTreeSet<String>),
}

/// The reference numbers in a text.
pub(super) fn in_text(text: &str) -> Text {
    let mut found = BTreeSet::new();
    let mut led = BTreeSet::new();
    for (dot, _) in text.match_indices('.') {
        let Some((start, reference)) = reference_around(text, dot) else { continue };
        if text.trim().len() == REFERENCE_BYTES || has_lead(text, start) {
            led.insert(reference.clone());
        }
        found.insert(reference);
    }
    match led.pop_first() {
        Some(own) if led.is_empty() => Text::Own(own),
        _ => Text::Mentions(found),
    }
}

/// `QDi.001`: two letters, i for an individual or e for an entity, a dot, three digits.
const REFERENCE_BYTES: usize = 7;

/// The reference number with its dot here, and where it starts.
fn reference_around(text: &str, dot: usize) -> Option<(usize, String)> {
    let start = dot.checked_sub(3)?;
    let end = dot.checked_add(4)?;
    let written = text.get(start..end)?;
    let bytes = written.as_bytes();
    let is_apart = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let committee = written.get(..2)?;
    let is_reference = matches!(bytes.get(2), Some(b'i' | b'e' | b'I' | b'E'))
        && bytes.get(4..).is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
        && COMMITTEES.contains(&committee)
        && is_apart(before)
        && is_apart(text.as_bytes().get(end));
    is_reference.then(|| (start, comparable_reference(written)))
}

/// A reference number in one spelling, whatever the case of its letters.
fn comparable_reference(written: &str) -> String {
    written.trim().to_uppercase()
}

/// The reference numbers in a field that is meant for them: more than one where a list writes several, and where none has
/// the form of today the value as it is, such as `TI.H.1.01` of former years.
pub(super) fn in_field(value: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        value.match_indices('.').filter_map(|(dot, _)| Some(reference_around(value, dot)?.1)).collect();
    if found.is_empty() && value.chars().any(|char| char.is_ascii_digit()) {
        found.insert(comparable_reference(value));
    }
    found
}

/// Takes the reference numbers away that one list gives to more than two parties: they are not of one party, but perhaps of a
/// resolution.
pub(super) fn leave_out_crowded(facts: &mut [Facts<'_>], list_of: &dyn Fn(u32) -> usize) {
    let mut holders: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (entity, facts) in (0_u32..).zip(facts.iter()) {
        for reference in &facts.references {
            holders.entry(reference).or_default().push(entity);
        }
    }
    let crowded: BTreeSet<String> = holders
        .into_iter()
        .filter(|(_, holders)| !is_of_few(holders, list_of))
        .map(|(reference, _)| reference.to_owned())
        .collect();
    for facts in facts {
        facts.references.retain(|reference| !crowded.contains(reference));
    }
}

fn has_lead(text: &str, start: usize) -> bool {
    let mut from = start.saturating_sub(LEAD_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..start).unwrap_or_default().to_lowercase();
    // Behind the end of a sentence or clause the words are about something else.
    let clause = before.rsplit([';', '.']).next().unwrap_or_default();
    LEADS.iter().any(|lead| clause.contains(lead))
}

/// An id of another list in the spelling of this program: other programs call the UN list `unsc`.
pub(super) fn comparable_id(id: &str) -> String {
    match id.strip_prefix("unsc-") {
        Some(number) => format!("un-{number}"),
        None => id.to_owned(),
    }
}

/// The ids by which other lists may name a party: its own, and where it was imported with the name of the list before it, that
/// without.
pub(super) fn ids(entity: EntityRef<'_>) -> impl Iterator<Item = &str> {
    let bare = entity.id().strip_prefix(entity.list().id.as_str()).and_then(|rest| rest.strip_prefix('-'));
    [Some(entity.id()), bare.filter(|bare| tells_list(bare))].into_iter().flatten()
}

/// Whether an id names its list itself: `gb-hmt-9226`, not `9226`.
fn tells_list(id: &str) -> bool {
    id.len() >= 6 && id.contains('-')
}

/// The parties that another list may mean by an id.
fn parties_called(index: &Index, id: &str) -> Vec<u32> {
    let lists = index.info().lists.iter().filter(|_| tells_list(id));
    let prefixed = lists.map(|list| format!("{}-{id}", list.id));
    let ids = std::iter::once(id.to_owned()).chain(prefixed);
    ids.flat_map(|id| index.entities_with_id(&id)).map(|entity| entity.number()).collect()
}

/// The pairs of parties of different lists of which one names the other, or that give one reference number.
pub(super) fn pairs(index: &Index, facts: &[Facts<'_>]) -> BTreeSet<(u32, u32)> {
    let mut holders: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for (entity, facts) in (0_u32..).zip(facts) {
        for reference in facts.references.iter().chain(&facts.mentions) {
            holders.entry(reference).or_default().push(entity);
        }
        let own = index.entity(entity).id();
        for named in facts.referents.iter().map(String::as_str).chain([own]) {
            let others = parties_called(index, named);
            pairs.extend(
                others
                    .into_iter()
                    .filter(|&other| other != entity)
                    .map(|other| (entity.min(other), entity.max(other))),
            );
        }
    }
    // A number that everybody mentions is that of an organization which many belong to: only those who have it count.
    for (reference, mut holders) in holders {
        if !is_of_few(&holders, &|entity| index.list_idx(entity)) {
            holders.retain(|&entity| {
                facts.get(entity as usize).is_some_and(|facts| facts.references.contains(reference))
            });
        }
        if is_of_few(&holders, &|entity| index.list_idx(entity)) {
            pairs.extend(all_pairs(&holders));
        }
    }
    pairs.retain(|&(a, b)| index.list_idx(a) != index.list_idx(b));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(references: &[&str]) -> Text {
        Text::Mentions(references.iter().map(|&reference| reference.to_owned()).collect())
    }

    #[test]
    fn reference_numbers_are_found_in_texts() {
        let own = |text: &str| assert_eq!(in_text(text), Text::Own("QDI.237".to_owned()), "{text}");
        own("QDi.237");
        own("(UN Ref):QDi.237. Also a driver");
        own("Listed 2008. UN Ref QDI.237; see QDe.004");
        own("UN permanent reference number: QDi.237");
        assert_eq!(in_text("brother of X (QDi.237)"), mentions(&["QDI.237"]));
        assert_eq!(in_text("UN Ref QDi.001, formerly UN Ref QDi.002"), mentions(&["QDI.001", "QDI.002"]));
        assert_eq!(in_text("AQDi.237 QDi.2371 XXi.001 i.001 QDi.00"), mentions(&[]));
        assert_eq!(in_text("é.é QDi.1é7 éDi.001"), mentions(&[]));
    }

    #[test]
    fn a_field_may_hold_several_numbers_or_an_old_one() {
        let field = |value: &str| in_field(value).into_iter().collect::<Vec<_>>().join(" ");
        assert_eq!(field(" QDi.237 "), "QDI.237");
        assert_eq!(field("KPe.028; KPe.029"), "KPE.028 KPE.029");
        assert_eq!(field("(UN ref. KPi.033)"), "KPI.033");
        assert_eq!(field("ti.h.1.01"), "TI.H.1.01");
        assert_eq!(field("n/a"), "");
    }

    #[test]
    fn the_un_list_has_one_name() {
        assert_eq!(comparable_id("unsc-110577"), "un-110577");
        assert_eq!(comparable_id("ofac-1"), "ofac-1");
    }
}
