//! What does a number of a reference set mean? The words that the file gives its own numbers, by set.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{attribute, text};
use crate::reading::Log;
use crate::text::clip;
use crate::xml::Element;

/// A set that the rest of the file is looked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Set {
    AliasType,
    AreaCode,
    Country,
    DetailReference,
    DocNameStatus,
    EntryEventType,
    EntryLinkType,
    ExRefType,
    FeatureType,
    IdRegDocDateType,
    IdRegDocType,
    LegalBasis,
    List,
    LocPartType,
    NamePartType,
    PartySubType,
    PartyType,
    RelationQuality,
    RelationType,
    Reliability,
    SanctionsType,
    SupInfoType,
    Validity,
}

/// The sets by the names of their values.
const SETS: &[(&str, Set)] = &[
    ("AliasType", Set::AliasType),
    ("AreaCode", Set::AreaCode),
    ("Country", Set::Country),
    ("DetailReference", Set::DetailReference),
    ("DocNameStatus", Set::DocNameStatus),
    ("EntryEventType", Set::EntryEventType),
    ("EntryLinkType", Set::EntryLinkType),
    ("ExRefType", Set::ExRefType),
    ("FeatureType", Set::FeatureType),
    ("IDRegDocDateType", Set::IdRegDocDateType),
    ("IDRegDocType", Set::IdRegDocType),
    ("LegalBasis", Set::LegalBasis),
    ("List", Set::List),
    ("LocPartType", Set::LocPartType),
    ("NamePartType", Set::NamePartType),
    ("PartySubType", Set::PartySubType),
    ("PartyType", Set::PartyType),
    ("RelationQuality", Set::RelationQuality),
    ("RelationType", Set::RelationType),
    ("Reliability", Set::Reliability),
    ("SanctionsType", Set::SanctionsType),
    ("SupInfoType", Set::SupInfoType),
    ("Validity", Set::Validity),
];

/// Sets that say nothing of a party: kinds of calendars and codes, scripts (told by their letters), bodies of the publisher.
const UNUSED: &[&str] = &[
    "AreaCodeType",
    "CalendarType",
    "CountryRelevance",
    "DecisionMakingBody",
    "DetailType",
    "FeatureTypeGroup",
    "IdentityFeatureLinkType",
    "LegalBasisType",
    "LocPartValueStatus",
    "LocPartValueType",
    "Organisation",
    "SanctionsProgram",
    "Script",
    "ScriptStatus",
    "SubLinkTargetType",
    "SubsidiaryBody",
    "TargetType",
];

/// Numbers that OFAC has not changed since the format exists, for a file that uses them and does not say what they are.
const STANDING: &[(Set, &str, &str)] = &[
    (Set::AliasType, "1400", "A.K.A."),
    (Set::AliasType, "1401", "F.K.A."),
    (Set::AliasType, "1402", "N.K.A."),
    (Set::AliasType, "1403", "Name"),
    (Set::EntryEventType, "1", "Created"),
    (Set::LegalBasis, "1", "Unknown"),
    (Set::List, "1550", "SDN List"),
    (Set::RelationQuality, "1", "Unknown"),
    (Set::Reliability, "1", "Unknown"),
    (Set::SanctionsType, "1", "Program"),
    (Set::Validity, "1", "Valid"),
];

/// One value of a set.
#[derive(Debug)]
struct Value<'a> {
    text: Cow<'a, str>,
    /// The value of another set, or the code of a country.
    parent: Option<Cow<'a, str>>,
}

/// All sets of a file.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    sets: HashMap<Set, HashMap<Cow<'a, str>, Value<'a>>>,
}

impl<'a> References<'a> {
    /// Takes the values of a set: `<AliasTypeValues>` with its children.
    pub(super) fn take(&mut self, element: &Element<'a>, log: &mut Log) {
        for value in &element.children {
            let Some((name, set)) = SETS.iter().find(|(name, _)| value.name == *name) else {
                if !UNUSED.iter().any(|name| value.name == *name) {
                    let reason = format!("the reference set <{}> is not known", clip(&value.name, 60));
                    log.note("unknown_set", reason);
                }
                return; // all values of a set have one name
            };
            let Some(id) = attribute(value, "ID") else {
                log.value_lost("no_id", format!("a value of the reference set {name} has no ID"));
                continue;
            };
            if self.sets.entry(*set).or_default().insert(id, read(value, *set)).is_some() {
                log.note(
                    "id_reused",
                    format!("two values of the reference set {name} have one ID; the later counts"),
                );
            }
        }
    }

    fn find(&self, set: Set, id: &str) -> Option<&Value<'a>> {
        self.sets.get(&set)?.get(id)
    }

    /// The words of a value.
    pub(super) fn text(&self, set: Set, id: &str) -> Option<Cow<'a, str>> {
        self.find(set, id).map(|value| value.text.clone()).filter(|text| !text.is_empty())
    }

    /// What a value belongs to: the party type of a sub-type, the country of an area, the two letters of a country.
    pub(super) fn parent(&self, set: Set, id: &str) -> Option<Cow<'a, str>> {
        self.find(set, id)?.parent.clone()
    }

    /// The words of the value that an attribute points to; where the file does not say, its number, which is an issue.
    /// `None` when the attribute is not there.
    pub(super) fn of(
        &self,
        set: Set,
        element: &Element<'a>,
        name: &str,
        log: &mut Log,
    ) -> Option<Cow<'a, str>> {
        let id = attribute(element, name)?;
        if let Some(text) = self.text(set, &id) {
            return Some(text);
        }
        let number = format!("{} {}", name.trim_end_matches("ID"), clip(&id, 40));
        let standing = STANDING.iter().find(|(known, number, _)| *known == set && *number == id);
        if let Some((_, _, text)) = standing {
            let reason =
                format!("{number} is in no reference set of the file; it was read as {text:?}, as ever");
            log.note("unknown_reference", reason);
            return Some(Cow::Borrowed(text));
        }
        log.value_lost("unknown_reference", format!("{number} is in no reference set of the file"));
        Some(Cow::Owned(number))
    }

    /// The name of a country that an attribute points to.
    pub(super) fn country(&self, element: &Element<'a>, name: &str, log: &mut Log) -> Option<Cow<'a, str>> {
        let id = attribute(element, name)?;
        if self.text(Set::Country, &id).is_some() {
            return self.text(Set::Country, &id);
        }
        self.parent(Set::Country, &id).or_else(|| self.of(Set::Country, element, name, log))
    }
}

fn read<'a>(value: &Element<'a>, set: Set) -> Value<'a> {
    let own = text(value);
    let words = match set {
        Set::AreaCode => attribute(value, "Description").unwrap_or(own),
        Set::LegalBasis if own.is_empty() => attribute(value, "LegalBasisShortRef").unwrap_or(own),
        _ => own,
    };
    let parent = match set {
        Set::AreaCode => attribute(value, "CountryID"),
        Set::Country => attribute(value, "ISO2"),
        Set::PartySubType => attribute(value, "PartyTypeID"),
        _ => None,
    };
    Value { text: words, parent }
}
