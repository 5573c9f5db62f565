//! The XML of the UK Sanctions List, taken apart into the groups of fields that its tables have as columns.
//!
//! The elements that hold no others are the fields. Those side by side in one element are a group: the lines of an address, a
//! passport's number and details. Where one comes again in the same element (`<DOB>` in `<DOBs>`), a new group begins.

use std::borrow::Cow;

use interdict_core::date::PartialDate;
use interdict_core::issue::Position;
use interdict_core::limits;

use super::ROOT;
use super::gathered::Gathered;
use crate::reading::{Lost, Reading};
use crate::source::{ReadError, SourceFile};
use crate::table;
use crate::text::clip;
use crate::written_dates;
use crate::xml::{Element, Record, Records};

const DESIGNATION: &str = "designation";
/// Elements around the records that say when the list was made.
const DATES: &[&str] = &["DateGenerated", "ReportDate", "LastUpdated"];
const INDICATORS: &str = "SanctionsImposedIndicators";

/// Gathers the designations; the date of the list.
pub(super) fn gather(
    reading: &mut Reading<'_>,
    file: &SourceFile<'_>,
    gathered: &mut Gathered,
) -> Result<Option<PartialDate>, ReadError> {
    let records = Records::open(*file, gathered.edition.format(), ROOT, &[])?;
    let mut published = DATES.iter().find_map(|name| written_dates::date(records.root().attribute(name)?));
    for record in records {
        let record = record?;
        match &record.element {
            Ok(element) if DATES.contains(&element.name.as_ref()) => {
                published = published.or(element.text().and_then(|text| written_dates::date(&text)));
            }
            _ => take(reading, record, gathered)?,
        }
    }
    Ok(published)
}

fn take(reading: &mut Reading<'_>, record: Record<'_>, gathered: &mut Gathered) -> Result<(), ReadError> {
    let mut log = reading.log(Position::Byte(record.offset));
    let kind = match &record.element {
        Ok(element) if element.name == "Designation" => DESIGNATION,
        Ok(_) => "unknown",
        Err(_) => "unreadable",
    };
    reading.count(kind)?;
    log.faults(&record.faults);
    let element = match record.element {
        Ok(element) if kind == DESIGNATION => element,
        Ok(element) => {
            let reason =
                format!("<{}> is no record that this list is known to have", clip(&element.name, 60));
            reading.lose(kind, log, Lost::new("unknown_record", reason));
            return Ok(());
        }
        Err(fault) => {
            reading.lose(kind, log, Lost::new(fault.kind, fault.in_words()));
            return Ok(());
        }
    };
    let id = element.line_of("UniqueID");
    let mut fields = Vec::new();
    groups(&element, element.line_of("SanctionsImposed").is_some(), &mut fields);
    let groups = fields.iter().map(|group| {
        group.iter().map(|field| (field.key.as_str(), field.name.as_ref(), field.text.as_ref())).collect()
    });
    gathered.take(reading, kind, id.as_deref(), &groups.collect::<Vec<_>>(), &mut log);
    Ok(())
}

/// One element that holds no others, or the own text or an attribute of one that does.
struct Field<'e> {
    key: String,
    name: Cow<'e, str>,
    text: Cow<'e, str>,
}

impl<'e> Field<'e> {
    fn new(name: impl Into<Cow<'e, str>>, text: impl Into<Cow<'e, str>>) -> Self {
        let name = name.into();
        Self { key: table::key(&name), name, text: text.into() }
    }
}

/// Adds the groups of fields in an element.
fn groups<'e>(element: &'e Element<'_>, has_imposed: bool, groups: &mut Vec<Vec<Field<'e>>>) {
    let mut group: Vec<Field<'_>> = Vec::with_capacity(element.children.len());
    for child in &element.children {
        if child.name == INDICATORS {
            if !has_imposed {
                group.extend(indicators(child));
            }
            continue;
        }
        if !child.children.is_empty() {
            self::groups(child, has_imposed, groups);
        }
        let text = Some(child.line()).filter(|text| !text.is_empty());
        let own = text.map(|text| Field::new(child.name.as_ref(), text));
        let attributes = child
            .attributes
            .iter()
            .filter(|(name, _)| !name.starts_with("xsi:") && !name.starts_with("xmlns"));
        let attributes =
            attributes.map(|(name, value)| Field::new(format!("{} {name}", child.name), value.as_ref()));
        for field in own.into_iter().chain(attributes) {
            let is_full = group.len() >= limits::FIELDS_PER_RECORD_MAX;
            if is_full || group.iter().any(|known| known.key == field.key) {
                groups.push(std::mem::take(&mut group));
            }
            group.push(field);
        }
    }
    if !group.is_empty() {
        groups.push(group);
    }
}

/// What the indicators that are set say: `<AssetFreeze>true</AssetFreeze>` is `Asset Freeze`.
fn indicators(element: &Element<'_>) -> Option<Field<'static>> {
    let is_set = |child: &&Element<'_>| {
        child.text().is_some_and(|text| text.eq_ignore_ascii_case("true") || text == "1")
    };
    let words = element.children.iter().filter(is_set).map(|child| in_words(&child.name));
    let text = words.collect::<Vec<_>>().join("|");
    (!text.is_empty()).then(|| Field::new("SanctionsImposed", text))
}

fn in_words(name: &str) -> String {
    let mut words = String::new();
    for char in name.chars() {
        if char.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(char);
    }
    words
}
