//! What do the South Korean designations say, as this project transcribes them?
//!
//! South Korea publishes no list that a machine could read. A line of this form is one designation, taken from a page of
//! the government or the press:
//!
//! ```json
//! {"list": "KR-MOFA", "date": "2023-05-23", "kind": "person", "hangul": "김상만", "latin": "KIM, Sang Man",
//!  "latin_basis": "where the Latin name is from", "ofac_ent_num": "43377", "note": "", "sources": ["https://…"]}
//! ```
//!
//! - `kind` is `person` or `entity`. `latin`, `ofac_ent_num` and the texts may be empty or `null`.
//! - The id is `<list>-<date>-<8 hex digits of the SHA-256 of the Hangul name>`, so that it stays when lines move.
//! - `list` is `program` and `programId`.
//! - The name is the Hangul one; the Latin one is an alias, and so is a Hangul name that the note gives behind "also" or
//!   "also printed". A part of the note that says "(check)" is a question of the transcriber and gives no alias.
//! - `ofac_ent_num` becomes the referent `ofac-<number>`.
//! - The date of the list is that of the latest designation.

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::entity::Entity;
use interdict_core::issue::Parsed;
use interdict_core::list::ListId;
use interdict_core::model;

use crate::json::{self, Json};
use crate::reading::{Ids, Log, Lost, Reading, Taker, collected, keep_as_note};
use crate::source::{Account, ListContent, ReadError, SourceFile};
use crate::text::clip;

const AUTHORITY: &str = "Ministry of Foreign Affairs, Republic of Korea";
const FORMAT: &str = "a file of South Korean designations";
const KIND: &str = "designation";
const KNOWN: &[&str] =
    &["list", "date", "kind", "hangul", "latin", "latin_basis", "ofac_ent_num", "note", "sources"];

/// Whether the first line is such a designation.
pub fn is_kr(file: &SourceFile<'_>) -> bool {
    json::first_object(file.bytes).is_some_and(|object| is_designation(&object))
}

/// Reads South Korean designations.
///
/// # Errors
/// When not one line is a designation.
pub fn read(list: &ListId, file: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> {
    collected(|out| read_each(list, file, out))
}

pub(crate) fn read_each(list: &ListId, file: &SourceFile<'_>, out: Taker<'_>) -> Result<Account, ReadError> {
    let mut reading = Reading::new(Ids::OfList(list), *file, out);
    let mut latest: Option<PartialDate> = None;
    json::read_lines(&mut reading, KIND, FORMAT, |reading, object, log| {
        let (date, entities) = designation(reading, object, log)?;
        latest = latest.max(date);
        Ok(entities)
    })?;
    Ok(reading.finish(latest))
}

fn is_designation(object: &json::Object<'_>) -> bool {
    ["list", "date", "kind", "hangul"].iter().all(|field| object.text(field).is_some())
}

type Designation = (Option<PartialDate>, Vec<Entity>);

fn designation(
    reading: &mut Reading<'_>,
    object: &json::Object<'_>,
    log: &mut Log,
) -> Result<Designation, Lost> {
    let field = |name: &str| object.text(name).map(str::trim).filter(|text| !text.is_empty());
    let (hangul, latin) = (field("hangul"), field("latin"));
    let name = hangul.or(latin).ok_or_else(|| Lost::new("no_name", "the designation has no name"))?;
    let day = field("date")
        .and_then(|date| date.parse::<PartialDate>().ok())
        .filter(|date| date.as_day().is_some());
    let digest: String = Digest::of(name.as_bytes()).to_hex().chars().take(8).collect();
    let dated = day.map_or_else(|| "undated".to_owned(), |day| day.to_string().replace('-', ""));
    log.of_record(&format!("{dated}-{digest}"));
    let id = reading.unique(reading.ids_of.of(&format!("{dated}-{digest}")), log);
    let no_schema = || Lost::new("unknown_schema", "the model has no schema for it");
    let schema = model::schema(schema_name(log, field("kind"))).ok_or_else(no_schema)?;
    let mut party = Entity::new(id, schema);
    log.put(&mut party, "name", name);
    if let Some(latin) = latin.filter(|latin| *latin != name) {
        log.put(&mut party, "alias", latin);
    }
    let note = field("note").unwrap_or_default();
    for alias in aliases(note) {
        log.put(&mut party, "alias", alias);
    }
    log.put(&mut party, "topics", "sanction");
    log.put(&mut party, "notes", note);
    if let Some(basis) = field("latin_basis") {
        keep_as_note(&mut party, "Latin name from", basis);
    }
    party.referents.extend(field("ofac_ent_num").map(|number| format!("ofac-{number}")));
    let schema = model::schema("Sanction").ok_or_else(no_schema)?;
    let mut sanction = Entity::new(format!("{}-sanction-1", party.id), schema);
    log.put(&mut sanction, "entity", party.id.as_str());
    log.put(&mut sanction, "authority", AUTHORITY);
    log.put(&mut sanction, "country", "kr");
    for entity in [&mut party, &mut sanction] {
        let program = field("list").unwrap_or_default();
        log.put(entity, "program", program);
        log.put(entity, "programId", program);
    }
    match field("date") {
        Some(date) => log.put(&mut sanction, "listingDate", date),
        None => log.note("no_date", "the designation has no date"),
    }
    put_sources(log, &mut party, &mut sanction, object.get("sources"));
    note_unknown(log, &mut party, object);
    Ok((day, vec![party, sanction]))
}

fn schema_name(log: &mut Log, kind: Option<&str>) -> &'static str {
    match kind {
        Some("person") => "Person",
        Some("entity") => "Organization",
        _ => {
            log.note("unknown_kind", "the kind is neither person nor entity; it is taken as a legal entity");
            "LegalEntity"
        }
    }
}

/// The Hangul names that a note gives as printed elsewhere.
fn aliases(note: &str) -> impl Iterator<Item = &str> {
    note.split(';').map(str::trim).filter(|part| !part.contains("(check)")).filter_map(|part| {
        let rest = part.strip_prefix("also printed ").or_else(|| part.strip_prefix("also "))?.trim();
        let is_hangul = |char: char| matches!(char, '\u{ac00}'..='\u{d7a3}');
        let other = |char: char| !is_hangul(char) && !char.is_whitespace() && !char.is_ascii_digit();
        (rest.contains(is_hangul) && !rest.contains(other)).then_some(rest)
    })
}

fn put_sources(log: &mut Log, party: &mut Entity, sanction: &mut Entity, sources: Option<&Json<'_>>) {
    let sources = match sources {
        None | Some(Json::Null) => return,
        Some(Json::Array(sources)) => sources.as_slice(),
        Some(source) => std::slice::from_ref(source),
    };
    for source in sources {
        match source {
            Json::Text(source) => {
                log.put(party, "sourceUrl", source);
                log.put(sanction, "sourceUrl", source);
            }
            _ => log.value_lost("bad_source", "a source is no text"),
        }
    }
}

fn note_unknown(log: &mut Log, party: &mut Entity, object: &json::Object<'_>) {
    for (field, value) in object.fields().filter(|(field, _)| !KNOWN.contains(field)) {
        let field = clip(field, 60);
        match value {
            Json::Null => {}
            Json::Text(text) | Json::Scalar(text) => {
                log.note("unknown_field", format!("the field {field:?} is not known; it is kept as a note"));
                keep_as_note(party, field, text);
            }
            _ => log.value_lost("unknown_field", format!("the field {field:?} is not known and no text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_in_hangul_are_aliases() {
        for (note, expected) in [
            ("also 미림대학", &["미림대학"][..]),
            ("also printed 진영정보기술협조회사", &["진영정보기술협조회사"]),
            ("head of 부; also 미림 대학", &["미림 대학"]),
            ("also 미림대학 (check)", &[]),
            ("OFAC later lists JON Yon Gun (check)", &[]),
            ("also known in Laos", &[]),
            ("", &[]),
        ] {
            assert_eq!(aliases(note).collect::<Vec<_>>(), expected, "{note}");
        }
    }
}
