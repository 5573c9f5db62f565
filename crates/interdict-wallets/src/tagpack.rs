//! What does a TagPack or an ActorPack of GraphSense say? YAML in, tags, actors and issues out; and tags out as YAML.
//!
//! | in the file | becomes |
//! |---|---|
//! | header (all but `tags`) | what each tag says where it says nothing itself, wherever in the file the header stands |
//! | `address` | the text that is looked up; a tag without one (`tx_hash`) is an issue |
//! | `currency`, `network` | labels: hints only |
//! | `label`, `category`, `abuse`, `actor`, `confidence`, `source`, `lastmod` | the fields of [`Tag`]; several values of one are joined by a comma |
//! | every other key | a note, as it is written |
//! | `actors` | [`Actor`]s |
//!
//! Scalars are taken as they are written, so that `0x…` stays a text. An alias stands for a short scalar and for nothing larger.

mod write;
mod yaml;

use interdict_core::issue::{Issue, Issues, Parsed, Position, Severity};
use interdict_core::limits::RECORDS_MAX;
use serde_json::Value;

use crate::claim::{Class, Tag};
use crate::confidence::Confidence;
use crate::parse::parse;
use crate::refusal::Refusal;

pub use write::{Written, write};
pub use yaml::PackError;

use yaml::{Item, Mapping};

/// The tags and actors of one file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TagPack {
    /// What the header says for all tags, `title` and `creator` among it.
    pub header: Vec<(String, Value)>,
    /// Its tags, in their order.
    pub tags: Vec<TagLine>,
    /// Its actors.
    pub actors: Vec<Actor>,
    /// How many tags and actors the file has, with those that are issues.
    pub n_records: u64,
}

/// One tag.
#[derive(Debug, Clone, PartialEq)]
pub struct TagLine {
    /// The line on which it begins.
    pub line: u64,
    /// The address as it is written.
    pub address: String,
    /// Currency and network; hints.
    pub labels: Vec<String>,
    /// What it says.
    pub tag: Tag,
}

/// Somebody whom tags name by an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The id.
    pub id: String,
    /// The name.
    pub label: String,
    /// What kind of service it is, the first being the main one.
    pub categories: Vec<String>,
}

impl TagPack {
    /// A text of the header.
    pub fn said(&self, key: &str) -> Option<&str> {
        self.header.iter().find(|(known, _)| known == key).and_then(|(_, value)| value.as_str())
    }
}

impl TagLine {
    /// What class a tag is by itself: frozen by its issuer where it says that it is on a black list and that this was read from the
    /// ledger, as the freezing of a token is; else attributed. What calls itself a sanction is attributed, too: a tag is no list.
    pub fn class(&self) -> Class {
        let says = |text: &str| text.split(',').any(|word| word.trim() == "black_list");
        let is_concept = |value: &Value| match value {
            Value::Array(words) => words.iter().any(|word| word == "black_list"),
            other => other.as_str().is_some_and(says),
        };
        let is_black_listed =
            [&self.tag.category, &self.tag.abuse].into_iter().flatten().any(|text| says(text))
                || self.tag.notes.get("concepts").is_some_and(is_concept);
        if is_black_listed && self.tag.confidence.name() == "ledger_immanent" {
            Class::IssuerFrozen
        } else {
            Class::Attributed
        }
    }
}

/// Reads a file.
///
/// # Errors
/// When it is no YAML, or no mapping with `tags` or `actors`: a file that is cut off is refused as a whole. So is one that gives a
/// private key or a seed phrase as an address, as its bytes are not to be kept.
pub fn read(text: &str) -> Result<Parsed<TagPack>, PackError> {
    let mut issues = Issues::default();
    let mut pack = TagPack::default();
    for document in yaml::read(text)? {
        for alias in document.aliases {
            issues.push(lost(
                Severity::ValueLost,
                "alias",
                alias,
                "an alias of something larger than a short text",
            ));
        }
        let header = document.header;
        for item in document.tags {
            pack.n_records += 1;
            if pack.n_records > RECORDS_MAX {
                return Err(PackError { line: item.line, reason: "more tags than RECORDS_MAX".to_owned() });
            }
            refuse_secret(&header, &item)?;
            pack.tags.extend(tag(&header, item, &mut issues));
        }
        for item in document.actors {
            pack.n_records += 1;
            pack.actors.extend(actor(item, &mut issues));
        }
        pack.header.extend(header);
    }
    Ok(Parsed { value: pack, issues })
}

fn lost(severity: Severity, kind: &str, line: u64, reason: &str) -> Issue {
    Issue::new(severity, kind, reason).at(Position::Line(line))
}

/// Every address of a tag is looked at, also one that does not count as the key is there twice.
fn refuse_secret(header: &Mapping, item: &Item) -> Result<(), PackError> {
    let fields = item.fields.iter().flatten().chain(header);
    for (_, value) in fields.filter(|(key, _)| key == "address") {
        if let Err(Refusal::Secret(kind)) = parse(&text(value)) {
            let seen = kind.description();
            let reason = format!(
                "the address is {seen}, and nothing of the file is kept: whoever has it owns the funds, so treat it as \
                 disclosed; take the tag out and import the file again"
            );
            return Err(PackError { line: item.line, reason });
        }
    }
    Ok(())
}

/// One tag, with what the header says for all.
fn tag(header: &Mapping, item: Item, issues: &mut Issues) -> Option<TagLine> {
    let Item { line, fields } = item;
    let Some(mut fields) = fields else {
        issues.push(lost(
            Severity::RecordLost,
            "no_tag",
            line,
            "this is no tag: a mapping with an address is needed",
        ));
        return None;
    };
    let own = fields.len();
    fields.extend(header.iter().filter(|(key, _)| !is_of_the_pack(key)).cloned());
    let mut line_of = TagLine { line, address: String::new(), labels: Vec::new(), tag: Tag::default() };
    let mut known: Vec<String> = Vec::new();
    for (place, (key, value)) in fields.into_iter().enumerate() {
        if known.contains(&key) {
            if place < own {
                let reason = "a key is there twice; its first value counts";
                issues.push(lost(Severity::ValueLost, "duplicate_key", line, reason));
            }
            continue;
        }
        known.push(key.clone());
        if !value.is_null() {
            take(&mut line_of, &key, value);
        }
    }
    if line_of.address.trim().is_empty() {
        let reason = "the tag has no address: tags of transactions and clusters are not compared";
        issues.push(lost(Severity::RecordLost, "no_address", line, reason));
        return None;
    }
    if line_of.tag.label.is_empty() {
        issues.push(lost(Severity::Note, "no_label", line, "the tag has no label"));
    }
    if line_of.tag.confidence.level().is_none() {
        issues.push(lost(
            Severity::Note,
            "unknown_confidence",
            line,
            "a confidence that is not of the taxonomy",
        ));
    }
    Some(line_of)
}

/// What the header says of the pack, and not of each tag.
fn is_of_the_pack(key: &str) -> bool {
    matches!(key, "title" | "creator" | "description" | "owner" | "is_public")
}

fn take(line: &mut TagLine, key: &str, value: Value) {
    let tag = &mut line.tag;
    match key {
        "address" => line.address = text(&value),
        "currency" | "network" => {
            let label = text(&value);
            if !line.labels.contains(&label) {
                line.labels.push(label);
            }
        }
        "label" => tag.label = text(&value),
        "category" => tag.category = Some(text(&value)),
        "abuse" => tag.abuse = Some(text(&value)),
        "actor" => tag.actor = Some(text(&value)),
        "confidence" => tag.confidence = Confidence::named(&text(&value)),
        "source" => tag.source = Some(text(&value)),
        "lastmod" => tag.lastmod = Some(text(&value)),
        _ => {
            tag.notes.insert(key.to_owned(), value);
        }
    }
}

/// A value as one text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn actor(item: Item, issues: &mut Issues) -> Option<Actor> {
    let fields = item.fields.unwrap_or_default();
    let field = |key: &str| fields.iter().find(|(known, _)| known == key).map(|(_, value)| value);
    let Some(id) = field("id").map(text).filter(|id| !id.is_empty()) else {
        issues.push(lost(Severity::RecordLost, "no_id", item.line, "the actor has no id"));
        return None;
    };
    let categories = match field("categories") {
        Some(Value::Array(values)) => values.iter().map(text).collect(),
        Some(value) if !value.is_null() => vec![text(value)],
        _ => Vec::new(),
    };
    Some(Actor { label: field("label").map_or_else(|| id.clone(), text), id, categories })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACK: &str = "\
title: Invented pack
creator: nobody
confidence: web_crawl
currency: BTC
tags:
- address: 1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu
  label: Example Exchange
  category: exchange
  concepts: [exchange, hosted_wallet]
  confidence: ownership
- address: 0x00000000000000000000000000000000000000aa
  currency: ETH
  category: black_list
  confidence: ledger_immanent
  context: '{\"token\": \"USDT\"}'
- tx_hash: abc
- just a text
- address: 1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu
  abuse: sanction
  lastmod: 2024-01-31
label: Of the header
";

    #[test]
    fn a_tag_says_what_the_header_says_wherever_that_stands() {
        let Parsed { value: pack, issues } = read(PACK).unwrap();
        assert_eq!((pack.said("title"), pack.n_records, pack.tags.len()), (Some("Invented pack"), 5, 3));
        let [exchange, frozen, sanction] = &pack.tags[..] else { panic!() };
        assert_eq!((exchange.line, exchange.tag.label.as_str()), (6, "Example Exchange"));
        assert_eq!(exchange.labels, ["BTC"]);
        assert_eq!(exchange.tag.confidence.level(), Some(100));
        assert_eq!(exchange.tag.notes["concepts"], serde_json::json!(["exchange", "hosted_wallet"]));
        assert_eq!(frozen.address, "0x00000000000000000000000000000000000000aa");
        assert_eq!((frozen.class(), frozen.tag.label.as_str()), (Class::IssuerFrozen, "Of the header"));
        assert_eq!(
            (sanction.class(), sanction.tag.lastmod.as_deref()),
            (Class::Attributed, Some("2024-01-31"))
        );
        let told: Vec<String> = issues.kept().iter().map(|issue| format!("{issue}")).collect();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("line 16") && told[1].starts_with("line 17"), "{told:?}");
    }

    #[test]
    fn what_is_cut_off_or_no_pack_is_refused_as_a_whole() {
        for text in ["tags: [", "- a\n- b\n", "just text", "", "title: x\n", "tags: 3\n"] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_private_key_as_an_address_refuses_the_whole_file_and_is_not_in_what_is_said() {
        let key = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
        let words =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
        for text in [
            format!("tags:\n- address: 1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu\n- address: {key}\n"),
            format!("tags:\n- address: 1a\n- address: {words}\n"),
            format!("tags:\n- address: 1a\n- {{address: 1b, address: {key}}}\n"),
            format!("tags:\n- address: 1a\n- address: [{}]\n", words.replace(' ', ", ")),
            format!("tags:\n- address: 1a\n- address: 'private key: 0x{}'\n", "0c28fca386c7a227".repeat(4)),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, 3, "{text}");
            let said = error.to_string();
            assert!(said.contains("take the tag out"), "{said}");
            assert!(!said.contains("HueCG") && !said.contains("abandon") && !said.contains("0c28"), "{said}");
        }
        let header = format!("address: {key}\ntags:\n- label: x\n");
        assert_eq!(read(&header).unwrap_err().line, 3);
    }

    #[test]
    fn aliases_stand_for_short_texts_and_bombs_for_nothing() {
        let text = "label: &name Example\ntags:\n- address: 1a\n  label: *name\n";
        assert_eq!(read(text).unwrap().value.tags[0].tag.label, "Example");
        let bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\ntags:\n- {address: 1a, label: y}\n";
        let parsed = read(bomb).unwrap();
        assert_eq!((parsed.value.tags.len(), parsed.issues.by_kind().get("alias")), (1, Some(&6)));
        let deep = format!("tags:\n- address: {}\n", "[".repeat(500));
        assert!(read(&deep).is_err());
        let deep = format!("tags:\n- address: 1a\n  x: {}{}\n", "[".repeat(200), "]".repeat(200));
        assert!(read(&deep).is_err());
    }

    #[test]
    fn actors_are_read() {
        let pack = read(
            "%YAML 1.1\n---\nactors:\n- id: '01'\n  label: One\n  categories:\n  - exchange\n- label: x\n",
        )
        .unwrap();
        assert_eq!(
            pack.value.actors,
            [Actor { id: "01".to_owned(), label: "One".to_owned(), categories: vec!["exchange".to_owned()] }]
        );
        assert_eq!(pack.issues.len(), 1);
    }

    #[test]
    fn what_is_written_is_read_again_as_it_was() {
        let pack = read(PACK).unwrap().value;
        let tags: Vec<Written<'_>> = pack
            .tags
            .iter()
            .map(|line| Written { address: &line.address, labels: &line.labels, tag: &line.tag })
            .collect();
        let text = write("All: \"of\" them\n", "interdict", &tags);
        let back = read(&text).unwrap();
        assert_eq!(back.issues.len(), 0, "{text}");
        assert_eq!(back.value.said("title"), Some("All: \"of\" them\n"));
        for (before, after) in pack.tags.iter().zip(&back.value.tags) {
            assert_eq!(
                (&before.address, &before.labels, &before.tag),
                (&after.address, &after.labels, &after.tag)
            );
        }
    }
}
