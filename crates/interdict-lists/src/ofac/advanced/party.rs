//! Who is a party? One `DistinctParty` with its profiles becomes one draft, as one row of the delimited file does.

use std::borrow::Cow;

use interdict_core::digest::Digest;

use super::documents::Document;
use super::features::{self, Said};
use super::locations::{Location, Waiting};
use super::names::{self, Name};
use super::references::{References, Set};
use super::{attribute, child_text, shape};
use crate::ofac::draft::Draft;
use crate::ofac::party::{self, AliasQuality, Head};
use crate::reading::{Log, Lost};
use crate::text::fold;
use crate::xml::Element;

/// What stood before the parties.
#[derive(Debug, Default)]
pub(super) struct Before<'a> {
    pub(super) references: References<'a>,
    pub(super) locations: Waiting<'a, Location<'a>>,
    pub(super) documents: Waiting<'a, Document<'a>>,
}

/// A party that is read and has no id yet.
pub(super) struct Record<'e, 'a> {
    element: &'e Element<'a>,
    names: Vec<Name>,
    said: Vec<Said<'a>>,
    identities: Vec<Cow<'a, str>>,
    unknown: Vec<String>,
    /// OFAC's number of the party.
    pub(super) number: String,
}

impl<'e, 'a> Record<'e, 'a> {
    /// Reads the record, without what is only looked up.
    pub(super) fn read(
        element: &'e Element<'a>,
        before: &mut Before<'a>,
        log: &mut Log,
    ) -> Result<Self, Lost> {
        if attribute(element, "DeltaAction").as_deref() == Some("delete") {
            let reason =
                "the record says that the party is deleted, which a whole list does not say of its parties";
            return Err(Lost::new("deleted_record", reason));
        }
        let unknown = shape::unknown(element, &shape::PARTY, log);
        let identities: Vec<&Element<'a>> =
            element.children("Profile").flat_map(|profile| profile.children("Identity")).collect();
        let names = names::names(&identities, &before.references, log);
        let Some(name) = names.first() else {
            return Err(Lost::new("no_name", "the record has no name"));
        };
        let number = number(element, name, log);
        let mut said = Vec::new();
        for feature in element.children("Profile").flat_map(|profile| profile.children("Feature")) {
            said.extend(features::said(feature, &before.references, &mut before.locations, log));
        }
        let identities = identities.into_iter().filter_map(|identity| attribute(identity, "ID")).collect();
        Ok(Self { element, names, said, identities, unknown, number })
    }

    /// The party under an id.
    pub(super) fn draft(&self, id: String, before: &mut Before<'a>, log: &mut Log) -> Result<Draft, Lost> {
        let kind = self.kind(before, log);
        let head = Head { number: &self.number, name: self.name(), kind: kind.as_deref() };
        let mut draft = party::begin(&head, id, &self.clauses(before), log)?;
        self.add_names(&mut draft, log);
        for said in &self.said {
            said.add(&mut draft, &mut before.locations, log);
        }
        for identity in &self.identities {
            for document in before.documents.take(identity) {
                document.add(&mut draft, &mut before.locations, log);
            }
        }
        self.add_notes(&mut draft, before, log);
        Ok(draft)
    }

    fn name(&self) -> &str {
        self.names.first().map(|name| name.full.as_str()).unwrap_or_default()
    }

    /// The word of the delimited file for what the party is; `None` for an organization.
    fn kind(&self, before: &Before<'a>, log: &mut Log) -> Option<Cow<'a, str>> {
        let references = &before.references;
        let profile = self.element.children("Profile").next()?;
        let Some(id) = attribute(profile, "PartySubTypeID")
            .filter(|id| references.text(Set::PartySubType, id).is_some())
        else {
            log.note(
                "unknown_type",
                "the file does not say what kind of party this is; it was told by its names",
            );
            return names::kind_by_names(&self.names).map(Cow::Borrowed);
        };
        let sub_type = references.text(Set::PartySubType, &id).filter(|text| text != "Unknown");
        let kind = sub_type
            .or_else(|| references.text(Set::PartyType, &references.parent(Set::PartySubType, &id)?))?;
        (kind != "Entity").then_some(kind)
    }

    /// The words by which companies and public bodies are told from other organizations.
    fn clauses<'s>(&'s self, before: &'s Before<'a>) -> Vec<&'s str> {
        let said = self.said.iter().filter_map(|said| match said {
            Said::Clause(clause) => Some(clause.as_str()),
            _ => None,
        });
        let mut clauses: Vec<&str> = said.collect();
        for identity in &self.identities {
            clauses.extend(before.documents.look(identity).map(Document::label));
        }
        clauses
    }

    fn add_names(&self, draft: &mut Draft, log: &mut Log) {
        for name in &self.names {
            if draft.party.first("name") != Some(name.full.as_str()) {
                party::add_alias(draft, &name.kind, name.quality, &name.full, log);
            }
            // The other parts of a weak alias are in it, and no names of their own.
            let is_weak = name.quality == AliasQuality::Weak;
            let parts = { &name.parts }.iter().filter(|(part, _)| !is_weak || *part == "previousName");
            for (property, text) in parts {
                draft.put(property, text, log);
            }
            for comment in &name.comments {
                draft.note(&format!("{}: {comment}", name.full), log);
            }
        }
    }

    fn add_notes(&self, draft: &mut Draft, before: &Before<'a>, log: &mut Log) {
        let profiles = || self.element.children("Profile");
        let identities = profiles().flat_map(|profile| profile.children("Identity"));
        for element in std::iter::once(self.element).chain(profiles()).chain(identities) {
            for comment in element.children("Comment") {
                draft.note(&super::text(comment), log);
            }
        }
        for identity in profiles().flat_map(|profile| profile.children("Identity")) {
            if super::dates::is_true(identity, "False") {
                draft
                    .note("OFAC calls an identity of this party false; its names are among the aliases", log);
            }
        }
        for link in profiles().flat_map(|profile| profile.children("ExternalReference")) {
            add_external(link, &before.references, draft, log);
        }
        self.unknown.iter().for_each(|text| draft.note(text, log));
    }
}

fn add_external<'a>(element: &Element<'a>, references: &References<'a>, draft: &mut Draft, log: &mut Log) {
    let kind = references.of(Set::ExRefType, element, "ExRefTypeID", log).unwrap_or_default();
    for text in [child_text(element, "ExRefValue"), child_text(element, "Comment")].into_iter().flatten() {
        draft.note(&format!("{kind}: {text}"), log);
    }
    for url in std::iter::once(element)
        .chain(element.children("SubLink"))
        .filter_map(|part| child_text(part, "DirectURL"))
    {
        draft.put("sourceUrl", url, log);
    }
    for words in element.children("SubLink").filter_map(|part| child_text(part, "Description")) {
        draft.note(&format!("{kind}: {words}"), log);
    }
}

/// OFAC's number of the party; a digest of its name where there is none.
fn number(element: &Element<'_>, name: &Name, log: &mut Log) -> String {
    let profile = element.children("Profile").next().and_then(|profile| attribute(profile, "ID"));
    let number = attribute(element, "FixedRef").or(profile);
    let number = number.map_or_else(
        || {
            log.note("no_id", "the record has no FixedRef; its id is made of its name");
            Digest::of(name.full.as_bytes()).to_hex().chars().take(12).collect()
        },
        |number| fold(&number).into_owned(),
    );
    log.of_record(&number);
    number
}
