//! Where does a party live, and how is it reached?

use interdict_core::entity::Entity;

use super::countries::Country;
use super::party::{Draft, is_yes, put_remarks, value};
use crate::leftover;
use crate::reading::{Log, keep_as_note};
use crate::xml::Element;

const ATTRIBUTES: &[&str] = &[
    "city",
    "street",
    "poBox",
    "zipCode",
    "region",
    "place",
    "asAtListingTime",
    "countryIso2Code",
    "countryDescription",
    "logicalId",
    "regulationLanguage",
];
const FIELDS: [(&str, &str); 5] = [
    ("street", "street"),
    ("poBox", "postOfficeBox"),
    ("city", "city"),
    ("zipCode", "postalCode"),
    ("region", "region"),
];

/// Adds one address with its ways of contact.
pub(super) fn put_address(log: &mut Log, draft: &mut Draft, element: &Element<'_>) {
    for contact in element.children("contactInfo") {
        put_contact(log, &mut draft.party, contact);
    }
    let known = &["remark", "regulationSummary", "contactInfo"];
    leftover::note(log, &mut draft.party, element, known, ATTRIBUTES);
    let country = Country::of(element);
    country.put(log, &mut draft.party, "country");
    let Some(full) = one_line(element, country.label()) else {
        return put_remarks(log, &mut draft.party, "notes", element);
    };
    let mut address = draft.part("Address", "address", draft.addresses.len());
    for (name, property) in FIELDS {
        log.put(&mut address, property, value(element, name).unwrap_or_default());
    }
    // What was wrong with the country was said of the party.
    log.put(&mut address, "country", country.code.unwrap_or_default());
    if is_yes(element, "asAtListingTime") {
        log.put(&mut address, "remarks", "As at the time of listing");
    }
    put_remarks(log, &mut address, "remarks", element);
    if one_line(element, None).is_some() {
        log.put(&mut draft.party, "address", &full);
    }
    log.put(&mut address, "full", full);
    log.put(&mut draft.party, "addressEntity", &address.id);
    draft.addresses.push(address);
}

/// Street, post box, place, city, postal code with region, country. `None` when all are empty.
pub(super) fn one_line(element: &Element<'_>, country: Option<&str>) -> Option<String> {
    let post_box = value(element, "poBox").map(|number| format!("P.O. Box {number}"));
    let region = ["zipCode", "region"].iter().filter_map(|name| value(element, name));
    let region = region.collect::<Vec<_>>().join(" ");
    let of = |name: &str| value(element, name).map(std::borrow::Cow::into_owned);
    let parts = [of("street"), post_box, of("place"), of("city"), Some(region), country.map(str::to_owned)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// `key` says of which kind the `value` is.
fn put_contact(log: &mut Log, party: &mut Entity, element: &Element<'_>) {
    leftover::note(log, party, element, &[], &["key", "value"]);
    let (Some(key), Some(text)) = (value(element, "key"), value(element, "value")) else {
        if let Some(text) = value(element, "key").or_else(|| value(element, "value")) {
            log.note("unknown_contact", "a way of contact has no kind or no value; it is kept as a note");
            keep_as_note(party, "contact", &text);
        }
        return;
    };
    let property = match key.to_ascii_uppercase().as_str() {
        "PHONE" | "TEL" | "TELEPHONE" | "MOBILE" | "FAX" => "phone",
        "EMAIL" | "E-MAIL" | "MAIL" => "email",
        "WEB" | "WEBSITE" | "URL" => "website",
        _ => {
            log.note(
                "unknown_contact",
                "a way of contact is of a kind that is not known; it is kept as a note",
            );
            return keep_as_note(party, &key, &text);
        }
    };
    for item in items(property, &text) {
        if !log.offer(party, property, &item) {
            keep_as_note(party, property, &item);
        }
    }
}

/// Several addresses or numbers in one field: `a@x.org and b@x.org`, `+7 1; +7 2`.
fn items(property: &str, text: &str) -> Vec<String> {
    let mut text = text.replace([';', ','], "\n");
    if property != "phone" {
        for word in [" and ", " or ", " / "] {
            text = text.replace(word, "\n");
        }
    }
    if property == "email" {
        text = text.replace("@ ", "@").replace(" @", "@"); // a blank that the publisher's line break left
    }
    let items = text.lines().map(str::trim).filter(|item| !item.is_empty());
    items.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn several_in_one_field() {
        for (property, text, expected) in [
            ("email", "a@ x.org and b@x.org", &["a@x.org", "b@x.org"][..]),
            ("phone", "+7 (495) 1; +7 (495) 2", &["+7 (495) 1", "+7 (495) 2"]),
            ("website", "https://x.org/ or www.y.org", &["https://x.org/", "www.y.org"]),
            ("website", ", ;", &[]),
        ] {
            assert_eq!(items(property, text), expected, "{text}");
        }
    }
}
