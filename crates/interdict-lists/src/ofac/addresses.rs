//! One address from one row of the ADD file.

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::issue::Severity;

use super::draft::Draft;
use super::log::{Log, Place};
use super::rows::Row;

/// Adds the address of a row to its party; `false`, with an issue, when it was not taken. A row of nulls says nothing and
/// counts as taken.
pub(super) fn take(draft: &mut Draft<'_>, row: &Row, file: &str, log: &mut Log) -> bool {
    let place = Place { file, line: row.line, record: row.id().to_owned() };
    let [street, town, country, remarks] = [2, 3, 4, 5].map(|idx| row.value(idx));
    let full: Vec<&str> = [&street, &town, &country].into_iter().filter_map(Option::as_deref).collect();
    let full = full.join(", ");
    if full.is_empty() && remarks.is_none() {
        log.issue(Severity::Note, "empty_address", &place, "the address is empty: only its number is given");
        return true;
    }
    let suffix = format!("address-{}", row.value(1).unwrap_or_default());
    let mut address = Entity::new(format!("{}-{suffix}", draft.party.id), super::draft::schema("Address"));
    if draft.addresses.iter().any(|other| other.id == address.id) {
        let reason = "the party has an address of the same number already";
        log.issue(Severity::RecordLost, "duplicate_record", &place, reason);
        return false;
    }
    let parts = [("full", (!full.is_empty()).then_some(full.as_str())), ("street", street.as_deref())];
    for (property, value) in parts.into_iter().chain([("remarks", remarks.as_deref())]) {
        if let Some(value) = value {
            log.add(&mut address, property, value, &place);
        }
    }
    if let Some(town) = &town {
        add_town(&mut address, town, &place, log);
    }
    if let Some(country) = &country {
        add_country(draft, &mut address, country, &place, log);
    }
    if street.is_some() || town.is_some() {
        log.add(&mut draft.party, "address", full, &place);
    }
    log.add(&mut draft.party, "addressEntity", address.id.as_str(), &place);
    draft.addresses.push(address);
    true
}

fn add_country(draft: &mut Draft<'_>, address: &mut Entity, country: &str, place: &Place<'_>, log: &mut Log) {
    let region = country.strip_prefix("Region:").map(str::trim);
    if let Some(region) = region {
        log.add(address, "region", region, place);
    }
    match country::code(region.unwrap_or(country)) {
        Some(code) => {
            log.add(address, "country", code, place);
            log.add(&mut draft.party, "country", code, place);
        }
        None if region.is_some() || country == "undetermined" => {} // said in the full address
        None => log.unknown_country(country, place),
    }
}

/// `Guadalajara, Jalisco 44680`: the town, what it is in, and the postal code.
fn add_town(address: &mut Entity, town: &str, place: &Place<'_>, log: &mut Log) {
    let (rest, code) = without_postal_code(town);
    let (city, state) = match rest.split_once(',') {
        Some((city, state)) => (city.trim(), state.trim()),
        None => (rest, ""),
    };
    for (property, value) in [("city", city), ("state", state), ("postalCode", code)] {
        if !value.is_empty() {
            log.add(address, property, value, place);
        }
    }
}

/// The words at the end that have digits are the postal code.
fn without_postal_code(town: &str) -> (&str, &str) {
    let mut start = town.len();
    while let Some(at) = town.get(..start).map(str::trim_end).and_then(|rest| rest.rfind(' ')) {
        let word = town.get(at + 1..start).unwrap_or_default().trim_end();
        if !word.bytes().any(|byte| byte.is_ascii_digit()) || word.ends_with(',') {
            break;
        }
        start = at + 1;
    }
    let (rest, code) = town.split_at_checked(start).unwrap_or((town, ""));
    let rest = rest.trim();
    (rest.strip_suffix("C.P.").unwrap_or(rest).trim_end_matches([' ', ',']), code.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postal_codes() {
        let cases = [
            ("Guadalajara, Jalisco 44680", "Guadalajara, Jalisco", "44680"),
            ("London EC3N 1DY", "London", "EC3N 1DY"),
            ("Zurich CH-8022", "Zurich", "CH-8022"),
            ("Mexico City C.P. 11830", "Mexico City", "11830"),
            ("Panama City", "Panama City", ""),
            ("Havana", "Havana", ""),
            ("Dubai, 5, Deira 12", "Dubai, 5, Deira", "12"),
        ];
        for (town, rest, code) in cases {
            assert_eq!(without_postal_code(town), (rest, code), "{town}");
        }
    }
}
