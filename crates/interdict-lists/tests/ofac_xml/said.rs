//! What does a form say of a party, read by a reader and by bare eye?

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::issue::Parsed;
use interdict_core::model::PropertyKind;
use interdict_lists::{ListContent, SourceFile, ofac};

use super::parsed::check_account;
use super::{Read, list, real};

/// What is said of one party, by kind of part and property. Parts are told by what they say, not by their numbers.
pub type Said = BTreeMap<String, BTreeSet<String>>;

/// One form of a list.
pub struct Form {
    /// The parties by id, as they were read.
    pub parties: BTreeMap<String, Said>,
    /// All text of the file on each party by id, in lower case and on one line.
    texts: BTreeMap<String, String>,
}

impl Form {
    /// The delimited set of these files; `None` when they are not at hand.
    pub fn delimited(names: &[&str]) -> Option<Self> {
        let files = names.iter().map(|name| file(name)).collect::<Option<Vec<_>>>()?;
        let files: Vec<_> = files.iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
        let parsed = ofac::read(&list(), &files).unwrap();
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for file in &files {
            for line in String::from_utf8_lossy(file.bytes).lines() {
                let number = line.split(',').next().unwrap_or_default();
                let text = texts.entry(format!("ofac-{number}")).or_default();
                text.push_str(&plain(line));
            }
        }
        Some(Self { parties: parties(&parsed), texts })
    }

    /// The XML of this file, whose records begin so; `None` when it is not at hand.
    pub fn xml(name: &str, read: Read, record: &str) -> Option<Self> {
        let (name, bytes) = file(name)?;
        let parsed = read(&list(), &SourceFile { name: &name, bytes: &bytes }).unwrap();
        check_account(&parsed);
        let text = String::from_utf8(bytes).unwrap();
        let texts = text.split(record).skip(1).map(|text| {
            let number = text.trim_start().chars().skip_while(|char| !char.is_ascii_digit());
            let number: String = number.take_while(char::is_ascii_digit).collect();
            (format!("ofac-{number}"), plain(text))
        });
        Some(Self { parties: parties(&parsed), texts: texts.collect() })
    }

    /// Whether the file says this of a party, as far as bare eyes can tell.
    pub fn says(&self, id: &str, value: &str) -> bool {
        let Some(text) = self.texts.get(id) else { return false };
        let (key, value) = match value.strip_prefix('[').and_then(|rest| rest.split_once("] ")) {
            Some((key, value)) => (key, value),
            None => ("", value),
        };
        // A part that the file does not have as a whole, by its number at the end.
        let number = key.rsplit([' ', '-']).next().unwrap_or_default();
        if !text.contains(&plain(number)) {
            return false;
        }
        let value = value.rsplit("-address-").next().unwrap_or(value);
        let value = if value.len() == 2 { country::label(value) } else { value };
        let value = value.rsplit(": ").next().unwrap_or(value);
        let words = plain(value);
        let is_name = words.contains(',');
        text.contains(&words) || is_name && words.split([' ', ',']).all(|word| text.contains(word))
    }
}

/// A file of OFAC's by its name under the real data.
fn file(name: &str) -> Option<(String, Vec<u8>)> {
    let path = real::path(&format!("ofac/{name}"))?;
    Some((name.rsplit('/').next().unwrap().to_owned(), std::fs::read(path).unwrap()))
}

/// Text without tags, references and case, on one line.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for piece in text.split('<') {
        plain.push(' ');
        plain.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    let plain =
        plain.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace('\u{2019}', "'");
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parties of a reading by id.
fn parties(parsed: &Parsed<ListContent>) -> BTreeMap<String, Said> {
    let mut parties: BTreeMap<String, Said> = BTreeMap::new();
    let mut party = String::new();
    for entity in &parsed.value.entities {
        if entity.is_party() {
            party.clone_from(&entity.id);
            let said = parties.entry(party.clone()).or_default();
            said.entry("schema".into()).or_default().insert(entity.schema.name.into());
        }
        let said = parties.entry(party.clone()).or_default();
        let (part, key) = (part(entity), key(entity));
        for (property, values) in entity.properties() {
            let values = values.iter().map(|value| format!("{key}{value}"));
            // Links of different kinds are compared, so their ends and what they are go by one name.
            let name = match (part, property.name) {
                ("link", _) if property.kind == PropertyKind::Entity => "end",
                ("link", "relationship") => "role",
                (_, name) => name,
            };
            said.entry(format!("{part}.{name}")).or_default().extend(values);
        }
    }
    parties
}

/// What kind of part an entity is; all parties are called alike.
fn part(entity: &Entity) -> &'static str {
    if entity.id.contains("-link-") {
        return "link";
    }
    let parts = ["Sanction", "Address", "Identification", "CryptoWallet"];
    parts.into_iter().find(|part| entity.schema.is_a(part)).unwrap_or("party")
}

/// What tells a part of a record from the others of its kind, in front of each of its values.
fn key(entity: &Entity) -> String {
    let first = |property: &str| entity.first(property).unwrap_or_default();
    match part(entity) {
        "Sanction" if !entity.id.ends_with("-1") => format!("[{}] ", first("program")),
        "Address" => format!("[{}] ", entity.id.rsplit('-').next().unwrap_or_default()),
        "Identification" => format!("[{} {}] ", first("type"), first("number")),
        "CryptoWallet" => format!("[{}] ", first("publicKey")),
        "link" => {
            let ends = || entity.values_of(PropertyKind::Entity).map(|(_, id)| id);
            let far = ends().find(|id| !entity.id.starts_with(&format!("{id}-link-")));
            format!("[{}] ", far.unwrap_or_default())
        }
        _ => String::new(),
    }
}
