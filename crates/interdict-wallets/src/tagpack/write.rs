//! How are tags written as a TagPack? Every text is quoted as in JSON, which is YAML, too, so that none can be taken for something else.

use std::fmt::Write as _;

use serde_json::Value;

use crate::claim::Tag;

/// A tag that is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The address.
    pub address: &'a str,
    /// Currency, and network where there are two.
    pub labels: &'a [String],
    /// What it says.
    pub tag: &'a Tag,
}

/// A TagPack with a title, its creator and these tags.
pub fn write(title: &str, creator: &str, tags: &[Written<'_>]) -> String {
    let mut text = String::new();
    field(&mut text, "", "title", title);
    field(&mut text, "", "creator", creator);
    if tags.is_empty() {
        text.push_str("tags: []\n");
        return text;
    }
    text.push_str("tags:\n");
    for written in tags {
        one(&mut text, written);
    }
    text
}

fn one(text: &mut String, written: &Written<'_>) {
    let Written { address, labels, tag } = written;
    field(text, "- ", "address", address);
    for (key, label) in ["currency", "network"].into_iter().zip(labels.iter()) {
        field(text, "  ", key, label);
    }
    if !tag.label.is_empty() {
        field(text, "  ", "label", &tag.label);
    }
    let fields = [
        ("category", &tag.category),
        ("abuse", &tag.abuse),
        ("actor", &tag.actor),
        ("source", &tag.source),
        ("lastmod", &tag.lastmod),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            field(text, "  ", key, value);
        }
    }
    field(text, "  ", "confidence", tag.confidence.name());
    for (key, value) in &tag.notes {
        let _ = writeln!(text, "  {}: {value}", Value::String(key.clone()));
    }
}

fn field(text: &mut String, indent: &str, key: &str, value: &str) {
    let _ = writeln!(text, "{indent}{key}: {}", Value::String(value.to_owned()));
}
