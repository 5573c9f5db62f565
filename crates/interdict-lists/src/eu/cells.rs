//! Which element of the XML do the cells of a row make?

use std::borrow::Cow;

use super::columns::{Block, Field};
use crate::xml::Element;

/// Words in front of a way of contact in a cell that holds several.
const CONTACT_KEYS: [&str; 5] = ["PHONE", "MOBILE", "FAX", "EMAIL", "WEB"];

/// The element of a part; `None` when its cells are all empty or bookkeeping.
pub(super) fn part<'a>(
    block: Block,
    fields: impl Iterator<Item = (Field, Cow<'a, str>)>,
) -> Option<Element<'static>> {
    let mut part = Element { name: Cow::Borrowed(block.element()), ..Element::default() };
    let mut summary = Element { name: Cow::Borrowed("regulationSummary"), ..Element::default() };
    let mut number = None;
    for (field, text) in fields {
        match field {
            Field::Attribute(name) => put(&mut part, name, text.into_owned()),
            Field::Summary(name) => put(&mut summary, name, text.into_owned()),
            Field::Remark => part.children.push(remark(&text)),
            Field::Contact => part.children.extend(contacts(&text)),
            Field::Number => number = Some(text),
            Field::FileDate | Field::Bookkeeping => {}
        }
    }
    // Behind all others: columns for its kind go before the kind in its brackets.
    if let Some(number) = number {
        put_number(&mut part, &number);
    }
    join_house_number(&mut part);
    let says_nothing = |(name, text): &(&str, Cow<'_, str>)| {
        matches!(*name, "nameLanguage" | "calendarType" | "countryIso2Code" | "countryDescription")
            && matches!(text.as_ref(), "00" | "GREGORIAN" | "UNKNOWN")
            || text.eq_ignore_ascii_case("false")
    };
    let is_empty = part.children.is_empty() && part.attributes.iter().all(says_nothing);
    if is_empty && summary.attributes.is_empty() {
        return None;
    }
    if !summary.attributes.is_empty() {
        part.children.push(summary);
    }
    Some(part)
}

pub(super) fn remark(text: &str) -> Element<'static> {
    Element { name: Cow::Borrowed("remark"), text: Cow::Owned(text.to_owned()), ..Element::default() }
}

fn put(element: &mut Element<'static>, name: &'static str, text: String) {
    match element.attributes.iter_mut().find(|(known, _)| *known == name) {
        None => element.attributes.push((name, Cow::Owned(text))),
        Some((_, known)) => *known = Cow::Owned(format!("{known}, {text}")),
    }
}

/// Version 1.0 has the number of the house in a column of its own.
fn join_house_number(part: &mut Element<'static>) {
    let Some(at) = part.attributes.iter().position(|(name, _)| part.name == "address" && *name == "number")
    else {
        return;
    };
    let (_, number) = part.attributes.remove(at);
    match part.attributes.iter_mut().find(|(name, _)| *name == "street") {
        Some((_, street)) => *street = Cow::Owned(format!("{number} {street}")),
        None => part.attributes.push(("street", number)),
    }
}

/// `488555 (passport-National passport) (issued in Basra)`: the number, its kind, and what else is said of it.
fn put_number(part: &mut Element<'static>, text: &str) {
    let Some((number, kind, description, rest)) = kind_in_brackets(text) else {
        return put(part, "number", text.to_owned());
    };
    put(part, "number", number.to_owned());
    let has = |part: &Element<'_>, name| part.attribute(name).is_some_and(|text| !text.is_empty());
    if !has(part, "identificationTypeCode") {
        put(part, "identificationTypeCode", kind.to_owned());
        if !has(part, "identificationTypeDescription") {
            put(part, "identificationTypeDescription", description.to_owned());
        }
    }
    let rest = rest.trim().trim_matches(['(', ')']).trim();
    if !rest.is_empty() {
        part.children.push(remark(rest));
    }
}

/// Number, code, description and rest of `number (code-description) rest`.
fn kind_in_brackets(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (number, rest) = text.split_once(" (")?;
    let (bracket, rest) = rest.split_once(')')?;
    let (code, description) = bracket.split_once('-')?;
    let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_code && !number.trim().is_empty()).then_some((number.trim(), code, description.trim(), rest))
}

/// The ways of contact in one cell: `PHONE[+963 1] EMAIL[a@x.org]`, or one without a word in front.
fn contacts(text: &str) -> Vec<Element<'static>> {
    let mut starts: Vec<(usize, &'static str)> = Vec::new();
    for key in CONTACT_KEYS {
        let found = text.match_indices(key).map(|(at, _)| at).filter(|at| begins_word(text, *at));
        starts.extend(found.map(|at| (at, key)));
    }
    starts.sort_unstable();
    let Some((first, _)) = starts.first() else { return vec![contact(kind_of(text), text)] };
    let mut contacts = Vec::new();
    let before = text.get(..*first).unwrap_or_default();
    if before.contains(char::is_alphanumeric) {
        contacts.push(contact(kind_of(before), before));
    }
    for (idx, (at, key)) in starts.iter().enumerate() {
        let end = starts.get(idx + 1).map_or(text.len(), |(end, _)| *end);
        let value = text.get(at + key.len()..end).unwrap_or_default();
        let value = value.trim_matches(|char: char| char.is_whitespace() || "[]:=;,|".contains(char));
        if !value.is_empty() {
            contacts.push(contact(key, value));
        }
    }
    contacts
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|char| !char.is_alphabetic() && !"@.-_/".contains(char))
}

fn kind_of(text: &str) -> &'static str {
    if text.contains('@') {
        "EMAIL"
    } else if text.contains("www.") || text.contains("http") {
        "WEB"
    } else if text.contains(|char: char| char.is_ascii_digit()) {
        "PHONE"
    } else {
        "contact"
    }
}

fn contact(key: &'static str, text: &str) -> Element<'static> {
    let attributes = vec![("key", Cow::Borrowed(key)), ("value", Cow::Owned(text.trim().to_owned()))];
    Element { name: Cow::Borrowed("contactInfo"), attributes, ..Element::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_kind() {
        for (text, expected) in [
            ("488555 (passport-National passport)", Some(("488555", "passport", "National passport", ""))),
            ("7 (id-Card) (Iraq)", Some(("7", "id", "Card", " (Iraq)"))),
            ("488555", None),
            ("K-1 (2014-G)", None),
            (" (id-Card)", None),
        ] {
            assert_eq!(kind_in_brackets(text), expected, "{text}");
        }
    }

    #[test]
    fn ways_of_contact() {
        for (text, expected) in [
            (
                "EMAILjur@x.com PHONE+7 (351) 77WEBhttps://www.x.com/",
                "EMAIL jur@x.com; PHONE +7 (351) 77; WEB https://www.x.com/",
            ),
            ("PHONE[+963 1], FAX[+963 2]", "PHONE +963 1; FAX +963 2"),
            ("+963 1", "PHONE +963 1"),
            ("a@WEB.org", "EMAIL a@WEB.org"),
            ("www.x.org", "WEB www.x.org"),
            ("EMAIL", ""),
        ] {
            let found: Vec<String> = contacts(text)
                .iter()
                .map(|contact| {
                    contact.attributes.iter().map(|(_, text)| text.as_ref()).collect::<Vec<_>>().join(" ")
                })
                .collect();
            assert_eq!(found.join("; "), expected, "{text}");
        }
    }
}
