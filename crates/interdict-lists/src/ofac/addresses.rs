//! One address, from one row of the ADD file or from the parts that OFAC's XML has.

use interdict_core::country;
use interdict_core::entity::Entity;

use super::draft::{self, Draft};
use super::files::is_number;
use super::rows::Row;
use crate::reading::{Log, Lost};

/// What is said of one address.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The source's number of the address.
    pub(super) number: &'a str,
    pub(super) street: Option<&'a str>,
    /// What stands between the street and the country, on one line: `Guadalajara, Jalisco 44680`.
    pub(super) town: Option<&'a str>,
    /// The parts of the town by property where the form has them apart; otherwise they are found in the line.
    pub(super) town_parts: &'a [(&'static str, &'a str)],
    /// The name of the country, or `Region: ` with that of a region.
    pub(super) country: Option<&'a str>,
    pub(super) remarks: Option<&'a str>,
}

/// An address taken apart, as the larger XML forms have it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Parts<'a> {
    pub(super) street: Option<&'a str>,
    pub(super) city: Option<&'a str>,
    pub(super) state: Option<&'a str>,
    pub(super) code: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    /// What the source has not taken apart.
    pub(super) whole: Option<&'a str>,
    pub(super) country: Option<&'a str>,
    pub(super) remarks: Option<&'a str>,
}

/// Hands over the place that the parts tell.
pub(super) fn with_place(number: &str, parts: &Parts<'_>, take: impl FnOnce(Place<'_>)) {
    let town = town(parts.city, parts.state, parts.code);
    // The delimited set has a region that is in no country in the column of countries.
    let region_in_country = parts.region.filter(|_| parts.country.is_some());
    let town = [Some(town.as_str()).filter(|town| !town.is_empty()), parts.whole, region_in_country];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let known = [
        ("city", parts.city),
        ("state", parts.state),
        ("postalCode", parts.code),
        ("region", region_in_country),
    ];
    let town_parts: Vec<(&str, &str)> =
        known.into_iter().filter_map(|(property, value)| Some((property, value?))).collect();
    let region = parts.region.map(|region| format!("Region: {region}"));
    take(Place {
        number,
        street: parts.street,
        town: Some(town.as_str()).filter(|town| !town.is_empty()),
        town_parts: &town_parts,
        country: parts.country.or(region.as_deref()),
        remarks: parts.remarks,
    });
}

/// Adds the address of a row to its party. A row of nulls says nothing and counts as taken.
pub(super) fn take(draft: &mut Draft, row: &Row, log: &mut Log) -> Result<(), Lost> {
    let [number, street, town, country, remarks] = [1, 2, 3, 4, 5].map(|idx| row.value(idx));
    let place = Place {
        number: number.as_deref().unwrap_or_default(),
        street: street.as_deref(),
        town: town.as_deref(),
        town_parts: &[],
        country: country.as_deref(),
        remarks: remarks.as_deref(),
    };
    if !place.is_empty() && !is_free(draft, place.number) {
        return Err(Lost::new("duplicate_record", "the party has an address of the same number already"));
    }
    add(draft, &place, log);
    Ok(())
}

/// Adds an address to its party, under a number of its own where the source's is missing, no number, or given already.
pub(super) fn add_numbered(draft: &mut Draft, place: Place<'_>, log: &mut Log) {
    if place.is_empty() || is_number(place.number) && is_free(draft, place.number) {
        return add(draft, &place, log);
    }
    let numbers = (draft.addresses.len() + 1..).map(|n| n.to_string());
    let number = { numbers }.find(|number| is_free(draft, number)).unwrap_or_default();
    log.note("no_id", "an address has no number of its own; it got one");
    add(draft, &Place { number: &number, ..place }, log);
}

fn is_free(draft: &Draft, number: &str) -> bool {
    !has(draft, number)
}

/// Whether the party has an address of that number.
pub(super) fn has(draft: &Draft, number: &str) -> bool {
    let id = id(draft, number);
    draft.addresses.iter().any(|other| other.id == id)
}

fn id(draft: &Draft, number: &str) -> String {
    format!("{}-address-{number}", draft.party.id)
}

impl Place<'_> {
    fn is_empty(&self) -> bool {
        self.full().is_empty() && self.remarks.is_none()
    }

    /// All of it on one line.
    pub(super) fn full(&self) -> String {
        let parts: Vec<&str> = [self.street, self.town, self.country].into_iter().flatten().collect();
        parts.join(", ")
    }
}

/// Adds an address to its party. One that says nothing is noted.
fn add(draft: &mut Draft, place: &Place<'_>, log: &mut Log) {
    if place.is_empty() {
        return log.note("empty_address", "the address is empty: only its number is given");
    }
    let full = place.full();
    let mut address = Entity::new(id(draft, place.number), draft::schema("Address"));
    log.put(&mut address, "full", full.as_str());
    log.put(&mut address, "street", place.street.unwrap_or_default());
    log.put(&mut address, "remarks", place.remarks.unwrap_or_default());
    match (place.town_parts, place.town) {
        ([], Some(town)) => add_town(&mut address, town, log),
        (parts, _) => parts.iter().for_each(|(property, text)| log.put(&mut address, property, text)),
    }
    if let Some(country) = place.country {
        add_country(draft, &mut address, country, log);
    }
    if place.street.is_some() || place.town.is_some() {
        log.put(&mut draft.party, "address", full);
    }
    log.put(&mut draft.party, "addressEntity", address.id.as_str());
    draft.addresses.push(address);
}

/// Adds another translation of the address that was added last.
pub(super) fn add_translation(draft: &mut Draft, place: &Place<'_>, log: &mut Log) {
    let full = place.full();
    if let Some(address) = draft.addresses.last_mut() {
        log.put(address, "full", full.as_str());
    }
    if place.street.is_some() || place.town.is_some() {
        log.put(&mut draft.party, "address", full);
    }
}

/// City, state and postal code on one line, as the delimited set has them.
pub(super) fn town(city: Option<&str>, state: Option<&str>, code: Option<&str>) -> String {
    let region = [city, state].into_iter().flatten().collect::<Vec<_>>().join(", ");
    [Some(region.as_str()).filter(|region| !region.is_empty()), code]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn add_country(draft: &mut Draft, address: &mut Entity, country: &str, log: &mut Log) {
    let region = country.strip_prefix("Region:").map(str::trim);
    if let Some(region) = region {
        log.put(address, "region", region);
    }
    match country::code(region.unwrap_or(country)) {
        Some(code) => {
            log.put(address, "country", code);
            log.put(&mut draft.party, "country", code);
        }
        None if region.is_some() || country == "undetermined" => {} // said in the full address
        None => log.unknown_country("country", country),
    }
}

/// `Guadalajara, Jalisco 44680`: the town, what it is in, and the postal code.
fn add_town(address: &mut Entity, town: &str, log: &mut Log) {
    let (rest, code) = without_postal_code(town);
    let (city, state) = match rest.split_once(',') {
        Some((city, state)) => (city.trim(), state.trim()),
        None => (rest, ""),
    };
    for (property, value) in [("city", city), ("state", state), ("postalCode", code)] {
        log.put(address, property, value);
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
