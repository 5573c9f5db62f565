//! What is kept of the record that is being read? Texts joined, bounds kept, faults noted.

use std::borrow::Cow;

use interdict_core::issue::Severity;
use interdict_core::limits;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::BytesRef;
use quick_xml::events::attributes::{AttrError, Attribute, Attributes};

use super::{Element, Fault};
use crate::text::{clip, is_blank};

/// Most faults of one record that are kept.
pub(super) const FAULTS_MAX: usize = 100;
/// What one element costs besides its texts, in bytes: an estimate for the bound on a record.
const ELEMENT_BYTES: usize = 128;

/// A record that is being read.
#[derive(Default)]
pub(super) struct Building<'a> {
    /// The elements that are open, the record first.
    pub(super) open: Vec<Element<'a>>,
    /// Bytes kept so far.
    kept: usize,
    /// The element whose text is too long already; its depth.
    overlong: Option<usize>,
    pub(super) lost: Option<Fault>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> Building<'a> {
    /// An element without content yet, of what stands in its tag.
    pub(super) fn element(&mut self, offset: u64, tag: &Cow<'a, str>, length: usize) -> Element<'a> {
        self.keep(offset, ELEMENT_BYTES + length);
        let Cow::Borrowed(tag) = *tag else {
            self.fault(
                offset,
                Severity::ValueLost,
                "not_utf8",
                "a tag is not UTF-8; its attributes are left out",
            );
            let name = tag.get(..length).unwrap_or_default().to_owned();
            return Element { name: Cow::Owned(name), ..Element::default() };
        };
        let name = Cow::Borrowed(tag.get(..length).unwrap_or_default());
        let mut element = Element { name, ..Element::default() };
        for attribute in Attributes::new(tag, length).with_checks(false) {
            if element.attributes.len() >= limits::FIELDS_PER_RECORD_MAX {
                self.fault(
                    offset,
                    Severity::ValueLost,
                    "too_many_attributes",
                    "an element has too many attributes",
                );
                break;
            }
            match self.attribute(offset, tag, attribute) {
                Some(attribute) => element.attributes.push(attribute),
                None => break,
            }
        }
        element
    }

    fn attribute(
        &mut self,
        offset: u64,
        tag: &'a str,
        attribute: Result<Attribute<'a>, AttrError>,
    ) -> Option<(&'a str, Cow<'a, str>)> {
        let broken = "an attribute is broken; it and those behind it are left out";
        let Ok(attribute) = attribute else {
            self.fault(offset, Severity::ValueLost, "bad_attribute", broken);
            return None;
        };
        let name = attribute.key.into_inner();
        let bytes = attribute.value.len();
        if bytes > limits::FIELD_BYTES_MAX || tag.len() > limits::LINE_BYTES_MAX {
            self.fault(offset, Severity::ValueLost, "text_too_long", &too_long(name, bytes));
            return Some((name, Cow::Borrowed("")));
        }
        self.keep(offset, bytes + ELEMENT_BYTES);
        let Ok(value) = attribute.normalized_value(XmlVersion::Explicit1_0) else {
            self.fault(offset, Severity::ValueLost, "bad_attribute", broken);
            return None;
        };
        Some((name, value))
    }

    /// Puts a finished element into the one around it; gives it back when it is the record.
    pub(super) fn close(&mut self, mut element: Element<'a>) -> Option<Element<'a>> {
        if self.overlong == Some(self.open.len() + 1) {
            self.overlong = None;
        }
        let Some(parent) = self.open.last_mut() else { return Some(element) };
        if self.lost.is_none() {
            element.before = parent.text.len();
            parent.children.push(element);
        }
        None
    }

    pub(super) fn text(&mut self, offset: u64, text: Cow<'a, str>) {
        if matches!(text, Cow::Owned(_)) {
            self.fault(
                offset,
                Severity::ValueLost,
                "not_utf8",
                "a text is not UTF-8; its wrong bytes are shown as U+FFFD",
            );
        } else if text.as_bytes().first() == Some(&b'&') {
            self.fault(offset, Severity::Note, "bare_ampersand", "an & stands where &amp; must; it is kept");
        }
        self.append(offset, text);
    }

    pub(super) fn reference(&mut self, offset: u64, name: &str) {
        if let Some(text) = resolve_xml_entity(name) {
            return self.append(offset, Cow::Borrowed(text));
        }
        if let Ok(Some(char)) = BytesRef::new(name).resolve_char_ref() {
            return self.append(offset, Cow::Owned(char.to_string()));
        }
        let cut = clip(name, 40);
        let reason = format!("&{cut}; is no predefined entity and no character; it is kept as it stands");
        self.fault(offset, Severity::ValueLost, "unknown_entity", &reason);
        self.append(offset, Cow::Owned(format!("&{cut};")));
    }

    /// Adds to the text of the innermost element, as long as it keeps to the bound.
    fn append(&mut self, offset: u64, text: Cow<'a, str>) {
        let depth = self.open.len();
        let Some(element) = self.open.last_mut() else { return };
        let blank = element.text.is_empty() && is_blank(&text); // the indent between children
        if blank || self.overlong == Some(depth) || self.lost.is_some() {
            return;
        }
        let bytes = element.text.len().saturating_add(text.len());
        if bytes > limits::FIELD_BYTES_MAX {
            element.text = Cow::Borrowed("");
            self.overlong = Some(depth);
            let reason = too_long(&element.name, bytes);
            return self.fault(offset, Severity::ValueLost, "text_too_long", &reason);
        }
        let added = text.len();
        if element.text.is_empty() {
            element.text = text;
        } else {
            element.text.to_mut().push_str(&text);
        }
        self.keep(offset, added);
    }

    /// Counts what is kept of the record; past the bound the record is lost and no more of it is kept.
    fn keep(&mut self, offset: u64, bytes: usize) {
        self.kept = self.kept.saturating_add(bytes);
        if self.kept > limits::LINE_BYTES_MAX && self.lost.is_none() {
            let reason = format!("the record is larger than {} bytes", limits::LINE_BYTES_MAX);
            self.lost =
                Some(Fault { offset, severity: Severity::RecordLost, kind: "record_too_long", reason });
            for element in &mut self.open {
                element.children = Vec::new();
                element.text = Cow::Borrowed("");
            }
        }
    }

    fn fault(&mut self, offset: u64, severity: Severity, kind: &'static str, reason: &str) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(Fault { offset, severity, kind, reason: reason.to_owned() });
        }
    }
}

fn too_long(name: &str, bytes: usize) -> String {
    let name = clip(name, 60);
    format!(
        "a text of {name} has {bytes} bytes; the bound is {}, and it is left out",
        limits::FIELD_BYTES_MAX
    )
}
