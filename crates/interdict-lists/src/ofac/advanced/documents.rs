//! Which papers and registrations has a party? They stand before the parties and are kept in short.

use std::borrow::Cow;

use interdict_core::date::PartialDate;

use super::locations::{Location, Waiting};
use super::references::{References, Set};
use super::{attribute, child_text, dates, shape};
use crate::ofac::draft::{Draft, NOTE};
use crate::ofac::{apply, dates as words};
use crate::reading::Log;
use crate::text::clip;
use crate::xml::Element;

/// One document.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    /// What it is: `Passport`, `Tax ID No.`
    kind: Cow<'a, str>,
    number: Cow<'a, str>,
    country: Option<Cow<'a, str>>,
    /// The number of the location where it was issued.
    place: Option<Cow<'a, str>>,
    authority: Option<Cow<'a, str>>,
    issued: Option<PartialDate>,
    expires: Option<PartialDate>,
    /// What else is said of it.
    remarks: Vec<String>,
}

impl<'a> Document<'a> {
    /// A document as the file gives it.
    pub(super) fn read(element: &Element<'a>, references: &References<'a>, log: &mut Log) -> Self {
        let mut document = Self {
            kind: references.of(Set::IdRegDocType, element, "IDRegDocTypeID", log).unwrap_or_default(),
            number: child_text(element, "IDRegistrationNo").unwrap_or_default(),
            country: references.country(element, "IssuedBy-CountryID", log),
            place: attribute(element, "IssuedIn-LocationID"),
            authority: child_text(element, "IssuingAuthority"),
            remarks: shape::unknown(element, &shape::DOCUMENT, log),
            ..Self::default()
        };
        let validity = references.of(Set::Validity, element, "ValidityID", log);
        document.remarks.extend(validity.filter(|text| text != "Valid").map(Cow::into_owned));
        document.remarks.extend(child_text(element, "Comment").map(Cow::into_owned));
        for date in element.children("DocumentDate") {
            document.add_date(date, references, log);
        }
        document
    }

    fn add_date(&mut self, element: &Element<'a>, references: &References<'a>, log: &mut Log) {
        let kind =
            references.of(Set::IdRegDocDateType, element, "IDRegDocDateTypeID", log).unwrap_or_default();
        for period in element.children("DatePeriod") {
            let date = match dates::period(period) {
                Ok(Some(date)) => date,
                Ok(None) => continue,
                Err(reason) => {
                    log.value_lost("bad_date", format!("a date of a document: {reason}; its words are kept"));
                    self.remarks.push(format!("{kind}: {}", period.in_words()));
                    continue;
                }
            };
            let place = match kind.to_ascii_lowercase().as_str() {
                "issue date" => &mut self.issued,
                "expiration date" => &mut self.expires,
                _ => {
                    self.remarks.push(format!("{kind}: {}", words::in_words(date)));
                    continue;
                }
            };
            if let Some(earlier) = place.replace(date) {
                self.remarks.push(format!("{kind}: {}", words::in_words(earlier)));
            }
        }
    }

    /// The words before the number, by which it is told what kind of register it is from.
    pub(super) fn label(&self) -> &str {
        &self.kind
    }

    /// Adds it to its party.
    pub(super) fn add(&self, draft: &mut Draft, locations: &mut Waiting<'a, Location<'a>>, log: &mut Log) {
        let mut remarks = self.remarks.clone();
        if let Some(place) = &self.place {
            match locations.take(place).first() {
                Some(place) => remarks.push(format!("Issued in {}", place.in_words())),
                None => unknown_location(place, log),
            }
        }
        let n_before = draft.documents.len();
        if self.number.is_empty() {
            log.value_lost("document_without_number", "a document has no number; it is kept as a note");
            draft.note(&self.in_words(), log);
        } else {
            self.add_number(draft, log);
        }
        self.add_remarks(draft, n_before, &remarks, log);
    }

    fn add_number(&self, draft: &mut Draft, log: &mut Log) {
        apply::clause(draft, &self.in_words(), log);
        if draft.clauses.last() == Some(&NOTE) {
            let kind = clip(&self.kind, 60);
            log.note(
                "kept_as_note",
                format!("a document of the type {kind:?} has no property; it is kept as a note"),
            );
        }
    }

    /// What more is said goes to the document; where none was made, to the notes of the party.
    fn add_remarks(&self, draft: &mut Draft, n_before: usize, remarks: &[String], log: &mut Log) {
        if let Some(document) = draft.documents.get_mut(n_before) {
            log.put(document, "authority", self.authority.as_deref().unwrap_or_default());
            remarks.iter().for_each(|remark| log.put(document, "description", remark));
            return;
        }
        let authority = self.authority.as_deref().map(|authority| format!("issued by {authority}"));
        for remark in remarks.iter().chain(&authority) {
            draft.note(&format!("{} {}: {remark}", self.kind, self.number), log);
        }
    }

    /// The document as OFAC's remarks write it: `Passport C 50905 (Malta) issued 08 May 2009`.
    fn in_words(&self) -> String {
        let mut words = format!("{} {}", self.kind, self.number).trim().to_owned();
        if let Some(country) = &self.country {
            words += &format!(" ({country})");
        }
        for (word, date) in [("issued", self.issued), ("expires", self.expires)] {
            if let Some(date) = date {
                words += &format!(" {word} {}", words::in_words(date));
            }
        }
        words
    }
}

/// Says that a location is not in the file.
pub(super) fn unknown_location(number: &str, log: &mut Log) {
    let number = clip(number, 40);
    log.value_lost("unknown_location", format!("location {number} is referred to and is not in the file"));
}
