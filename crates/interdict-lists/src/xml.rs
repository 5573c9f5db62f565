//! The records of an XML list, bounded: one element at a time, so that memory follows the largest record and not the file.
//!
//! Every reader of an XML list stands on [`Records`]. It is told the root and the containers of the format (elements that
//! only hold records); whatever else stands in a container is one record and is handed out, known or not, so that a new
//! section of a list cannot go unnoticed.
//!
//! What it refuses, because no official list needs it or because the structure is in doubt:
//! - a DOCTYPE, and with it every entity that a file could define (entity bombs);
//! - an encoding other than UTF-8;
//! - elements nested deeper than [`limits::DEPTH_MAX`];
//! - a file whose tags do not match, or that goes on behind its root;
//! - a file that ends before its root is closed ([`ReadError::Truncated`](crate::ReadError::Truncated)).
//!
//! What it only notes, as a [`Fault`] of the record: bytes that are not UTF-8 (shown as U+FFFD), unknown entities,
//! a bare `&`, text longer than [`limits::FIELD_BYTES_MAX`], broken attributes.

mod records;

mod building;
mod tokens;

use std::borrow::Cow;

use interdict_core::issue::Severity;
#[cfg(any(doc, test))]
use interdict_core::limits;

use crate::text::fold;
pub(crate) use records::Records;
pub(crate) use tokens::root_name;

/// One element of a container, as it was read.
#[derive(Debug)]
pub(crate) struct Record<'a> {
    /// The offset of its first byte in the file.
    pub(crate) offset: u64,
    /// The element, or why it could not be kept.
    pub(crate) element: Result<Element<'a>, Fault>,
    /// What was noticed inside; the first [`building::FAULTS_MAX`].
    pub(crate) faults: Vec<Fault>,
}

/// Something wrong with one place of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The offset of the byte.
    pub(crate) offset: u64,
    /// What it costs.
    pub(crate) severity: Severity,
    /// The stable name of the kind of issue.
    pub(crate) kind: &'static str,
    /// What is wrong.
    pub(crate) reason: String,
}

impl Fault {
    /// What is wrong, and where.
    pub(crate) fn in_words(&self) -> String {
        format!("{} (byte {})", self.reason, self.offset)
    }
}

/// An element with what it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element<'a> {
    /// Its name, with its prefix where it has one.
    pub(crate) name: Cow<'a, str>,
    /// Its attributes in the order of the file.
    pub(crate) attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// Its own text: all runs, CDATA and references, joined. That of its children is not in it.
    pub(crate) text: Cow<'a, str>,
    /// The elements in it, in the order of the file.
    pub(crate) children: Vec<Element<'a>>,
    /// How many bytes of the text around it stand before it.
    pub(crate) before: usize,
}

impl Element<'_> {
    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_ref())
    }

    /// The text on one line: blanks and line breaks folded to one blank. `None` when there is none.
    pub(crate) fn text(&self) -> Option<String> {
        let folded = fold(&self.text);
        (!folded.is_empty()).then(|| folded.into_owned())
    }

    /// The text on one line as [`Element::text`] has it, without a copy where it stands so already.
    pub(crate) fn line(&self) -> Cow<'_, str> {
        fold(&self.text)
    }

    /// The line of the first child of that name that has one.
    pub(crate) fn line_of(&self, name: &str) -> Option<Cow<'_, str>> {
        let children = self.children.iter().filter(|child| child.name == name);
        children.map(Self::line).find(|line| !line.is_empty())
    }

    /// The children of that name.
    pub(crate) fn children<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of that name that has one.
    pub(crate) fn text_of(&self, name: &str) -> Option<String> {
        self.children(name).find_map(Self::text)
    }

    /// The texts of all children of that name that have one.
    pub(crate) fn texts_of<'e>(&'e self, name: &'e str) -> impl Iterator<Item = String> + 'e {
        self.children(name).filter_map(Self::text)
    }

    /// Whether there is nothing in it: no text, no attribute, and no child that has any.
    pub(crate) fn is_blank(&self) -> bool {
        self.attributes.is_empty() && self.text.trim().is_empty() && self.children.iter().all(Self::is_blank)
    }

    /// Everything in it on one line, for a note: `NAME: text; CHILD: text`.
    pub(crate) fn in_words(&self) -> String {
        let mut words = Vec::new();
        self.collect_words(&mut words);
        words.join("; ")
    }

    fn collect_words(&self, words: &mut Vec<String>) {
        let name = &self.name;
        words.extend(self.text().map(|text| format!("{name}: {text}")));
        words.extend(self.attributes.iter().map(|(key, value)| format!("{name} {key}: {}", fold(value))));
        for child in &self.children {
            child.collect_words(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ReadError, SourceFile};

    fn records(text: &str) -> Result<Vec<Record<'_>>, ReadError> {
        let file = SourceFile { name: "x.xml", bytes: text.as_bytes() };
        Records::open(file, "a test list", "list", &["people"])?.collect()
    }

    #[test]
    fn a_record_is_a_tree_of_texts_and_attributes() {
        let text = "<list><people><p id='1 &amp; 2'>a<!-- no --><![CDATA[<b>]]>&lt;&#99;\n <n>x</n><n> y  z </n><e/></p></people></list>";
        let records = records(text).unwrap();
        let element = records[0].element.as_ref().unwrap();
        assert_eq!((records.len(), records[0].offset), (1, 14));
        assert_eq!(element.attribute("id"), Some("1 & 2"));
        assert_eq!(element.text().as_deref(), Some("a<b><c"));
        assert_eq!(element.texts_of("n").collect::<Vec<_>>(), ["x", "y z"]);
        assert_eq!(element.text_of("e"), None);
        assert_eq!(element.in_words(), "p: a<b><c; p id: 1 & 2; n: x; n: y z");
        assert!(records[0].faults.is_empty());
    }

    #[test]
    fn records_stand_in_containers_and_in_the_root() {
        let text = "\u{feff}<?xml version='1.1' encoding='utf-8'?> <list a='b'><p/><people/><people><q></q ></people>\n</list>\n<!-- end -->";
        let names: Vec<String> = records(text)
            .unwrap()
            .iter()
            .map(|record| record.element.as_ref().unwrap().name.to_string())
            .collect();
        assert_eq!(names, ["p", "q"]);
        assert!(records("<list/>").unwrap().is_empty());
    }

    #[test]
    fn a_text_that_is_too_long_is_left_out_and_its_neighbors_stay() {
        let long = "x".repeat(limits::FIELD_BYTES_MAX);
        let text = format!("<list><p><a>{long}&amp;{long}</a><b>{long}</b><c>z</c></p></list>");
        let records = records(&text).unwrap();
        let element = records[0].element.as_ref().unwrap();
        assert_eq!((element.text_of("a"), element.text_of("c")), (None, Some("z".to_owned())));
        assert_eq!(element.text_of("b").map(|text| text.len()), Some(limits::FIELD_BYTES_MAX));
        assert_eq!(records[0].faults.iter().map(|fault| fault.kind).collect::<Vec<_>>(), ["text_too_long"]);
    }

    #[test]
    fn attributes_are_bounded() {
        let many: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
        let text = format!("<list><p{many}/></list>");
        let records = records(&text).unwrap();
        assert_eq!(records[0].element.as_ref().unwrap().attributes.len(), limits::FIELDS_PER_RECORD_MAX);
        assert_eq!(records[0].faults[0].kind, "too_many_attributes");
    }

    #[test]
    fn faults_are_bounded() {
        let text = format!("<list><p>{}</p></list>", "&x;".repeat(10_000));
        assert_eq!(records(&text).unwrap()[0].faults.len(), building::FAULTS_MAX);
    }
}
