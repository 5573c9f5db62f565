//! Which entities are a row?

use interdict_core::country;
use interdict_core::entity::Entity;

use super::clauses;
use crate::delimited::Record;
use crate::ofac::{self, PartyDraft, Reference, ReferenceUse, has_legal_form, schema};
use crate::reading::{Log, Lost, Reading, keep_as_note};
use crate::table::{self, Header};
use crate::text::clip;
use crate::written_dates;

/// The columns of which it is known what they hold.
pub(super) const KNOWN: &[&str] = &[
    "id",
    "source",
    "entitynumber",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federalregisternotice",
    "startdate",
    "enddate",
    "standardorder",
    "licenserequirement",
    "licensepolicy",
    "callsign",
    "vesseltype",
    "grosstonnage",
    "grossregisteredtonnage",
    "vesselflag",
    "vesselowner",
    "remarks",
    "sourcelisturl",
    "altnames",
    "citizenships",
    "datesofbirth",
    "nationalities",
    "placesofbirth",
    "sourceinformationurl",
    "ids",
    "country",
];

/// `sdn-9935`, or the id of the row where its list has no numbers.
pub(super) fn record_id(header: &Header, record: &Record) -> Option<String> {
    let text = |key| header.text(record, key);
    match text("entitynumber") {
        Some(number) => Some(format!("{}-{number}", code(text("source").unwrap_or_default()))),
        None => text("id").map(str::to_owned),
    }
}

/// The short name of a list, in brackets in its name: `sdn`, `ns-mbs`.
fn code(source: &str) -> String {
    let name = source.split(" - ").next().unwrap_or_default();
    let short =
        name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or(name, |(short, _)| short);
    let short = short.strip_suffix(" List").unwrap_or(short);
    let words = short.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// A row while it is read.
struct Row<'r> {
    header: &'r Header,
    record: &'r Record,
}

impl<'r> Row<'r> {
    fn text(&self, key: &str) -> &'r str {
        self.header.text(self.record, key).unwrap_or_default()
    }

    /// The values of a column: between semicolons, with an `and` before the last one perhaps.
    fn values(&self, key: &str) -> impl Iterator<Item = &'r str> {
        let values =
            self.text(key).split("; ").map(|value| value.strip_prefix("and ").unwrap_or(value).trim());
        values.filter(|value| !value.is_empty())
    }

    fn is_of_ofac(&self) -> bool {
        self.text("source").contains("Treasury")
    }
}

/// The party of a row, its links still to be resolved.
pub(super) fn draft(
    reading: &mut Reading<'_>,
    header: &Header,
    record: &Record,
    id: &str,
    log: &mut Log,
) -> Result<PartyDraft, Lost> {
    let row = Row { header, record };
    let name = row.text("name");
    if !name.contains(char::is_alphanumeric) {
        return Err(Lost::new("no_name", "the record has no name"));
    }
    let schema_name = schema_name(&row, name, log);
    let id = reading.unique(reading.ids_of.of_party(id), log);
    let mut draft = PartyDraft::new(id, schema(schema_name));
    ofac::add_name(&mut draft, "name", name, log);
    if draft.party.get("name").is_empty() {
        return Err(Lost::new("no_name", "the name of the record cannot be kept"));
    }
    row.values("altnames").for_each(|name| ofac::add_name(&mut draft, "alias", name, log));
    put_source(&mut draft, &row, log);
    put_person(&mut draft, &row, log);
    put_ship(&mut draft, &row, log);
    row.values("addresses").for_each(|address| put_address(&mut draft, address, log));
    put_words(&mut draft, &row, log);
    for field in header.fields(record).filter(|field| !KNOWN.contains(&field.key)) {
        keep_as_note(&mut draft.party, clip(field.name, 60), field.text);
    }
    Ok(draft)
}

fn schema_name(row: &Row<'_>, name: &str, log: &mut Log) -> &'static str {
    match table::key(row.text("type")).as_str() {
        "individual" => "Person",
        "vessel" => "Vessel",
        "aircraft" => "Airplane",
        "entity" if has_legal_form(name) => "Company",
        "entity" => "Organization",
        "" if has_legal_form(name) => "Company",
        "" => "LegalEntity", // the export lists do not say whether it is a person
        _ => {
            let kind = clip(row.text("type"), 40);
            log.note(
                "unknown_type",
                format!("the type of party {kind:?} is not known; it is taken as a legal entity"),
            );
            "LegalEntity"
        }
    }
}

/// The list that the row is of, and what its measures are.
fn put_source(draft: &mut PartyDraft, row: &Row<'_>, log: &mut Log) {
    let source = row.text("source");
    let (list, authority) = source.rsplit_once(" - ").unwrap_or((source, ""));
    draft.put("topics", topic(&code(source)), log);
    let number = row.text("entitynumber");
    if row.is_of_ofac() && !number.is_empty() {
        let prefix = if code(source) == "sdn" { "ofac" } else { "ofac-nonsdn" };
        draft.party.referents.push(format!("{prefix}-{number}"));
    }
    let mut sanction = draft.part("Sanction", "sanction-1", "entity", log);
    log.put(&mut sanction, "authority", if authority.is_empty() { source } else { authority });
    log.put(&mut sanction, "country", "us");
    log.put(&mut sanction, "authorityId", number);
    log.put(&mut sanction, "program", list);
    for program in row.values("programs") {
        log.put(&mut sanction, "program", program);
        log.put(&mut sanction, "programId", program);
        draft.put("programId", program, log);
    }
    for (key, property) in [("startdate", "startDate"), ("enddate", "endDate")] {
        written_dates::put(log, &mut sanction, property, row.text(key));
    }
    for (key, words) in [("federalregisternotice", "Federal Register"), ("standardorder", "Standard order")] {
        let text = row.text(key);
        if !text.is_empty() {
            log.put(&mut sanction, "description", format!("{words}: {text}"));
        }
    }
    for (key, words) in [("licenserequirement", "License requirement"), ("licensepolicy", "License policy")] {
        let text = row.text(key);
        if !text.is_empty() {
            log.put(&mut sanction, "provisions", format!("{words}: {text}"));
        }
    }
    for key in ["sourcelisturl", "sourceinformationurl"] {
        log.put(&mut sanction, "sourceUrl", row.text(key));
    }
    draft.sanctions.push(sanction);
}

/// What a list is about. Only those of the Bureau of Industry and Security and of arms exports are no sanctions lists.
fn topic(code: &str) -> &'static str {
    match code {
        "el" | "dpl" | "meu" | "dtc" => "export.control",
        "uvl" => "export.risk",
        _ => "sanction",
    }
}

fn put_person(draft: &mut PartyDraft, row: &Row<'_>, log: &mut Log) {
    for title in row.values("title") {
        if !draft.put("position", title, log) {
            keep_as_note(&mut draft.party, "title", title);
        }
    }
    for (key, property) in
        [("nationalities", "nationality"), ("citizenships", "citizenship"), ("country", "country")]
    {
        row.values(key).for_each(|text| log.put_country(&mut draft.party, property, text));
    }
    let births = row.text("datesofbirth");
    if draft.party.schema.is_a("Person") {
        written_dates::put(log, &mut draft.party, "birthDate", births);
    } else if !births.is_empty() {
        keep_as_note(&mut draft.party, "birthDate", births);
    }
    for place in row.values("placesofbirth") {
        ofac::apply_clause(draft, &format!("POB {place}"), log);
    }
}

fn put_ship(draft: &mut PartyDraft, row: &Row<'_>, log: &mut Log) {
    let columns = [
        ("callsign", "callSign"),
        ("vesseltype", "type"),
        ("grosstonnage", "tonnage"),
        ("grossregisteredtonnage", "grossRegisteredTonnage"),
    ];
    for (key, property) in columns {
        let text = row.text(key);
        let value = if property.ends_with("onnage") { text.replace(',', "") } else { text.to_owned() };
        if !draft.put(property, value, log) && !text.is_empty() {
            keep_as_note(&mut draft.party, property, text);
        }
    }
    row.values("vesselflag").for_each(|flag| log.put_country(&mut draft.party, "flag", flag));
    let owner = row.text("vesselowner");
    if !owner.is_empty() {
        let clause = format!("Vessel owner: {owner}");
        draft.references.push(Reference::by_name(clause, owner, ReferenceUse::Property("owner")));
    }
}

/// `1 Test Street, Moscow, 101000, RU`; one that is only a country is that country.
fn put_address(draft: &mut PartyDraft, full: &str, log: &mut Log) {
    let (rest, last) = full.rsplit_once(',').map_or(("", full), |(rest, last)| (rest.trim(), last.trim()));
    let code = country::code(last);
    if let Some(code) = code {
        draft.put("country", code, log);
        if rest.is_empty() {
            return;
        }
    }
    let n = draft.addresses.len() + 1;
    let mut address = Entity::new(format!("{}-address-{n}", draft.party.id), schema("Address"));
    log.put(&mut address, "full", full);
    if let Some(code) = code {
        log.put(&mut address, "country", code);
        let postal = rest.rsplit(',').next().unwrap_or_default().trim();
        if (4..=10).contains(&postal.len())
            && postal.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        {
            log.put(&mut address, "postalCode", postal);
        }
    }
    draft.put("address", full, log);
    draft.put("addressEntity", address.id.clone(), log);
    draft.addresses.push(address);
}

/// The identifiers and the remarks. OFAC's remarks are clauses; those of others are about the entry, and are notes.
fn put_words(draft: &mut PartyDraft, row: &Row<'_>, log: &mut Log) {
    for entry in row.values("ids") {
        match clauses::clause(entry) {
            Some(clause) => ofac::apply_clause(draft, &clause, log),
            None => {
                log.note(
                    "unknown_identifier",
                    "an entry of the identifiers has no kind that is known; it is kept as a note",
                );
                keep_as_note(&mut draft.party, "ids", entry);
            }
        }
    }
    let remarks = row.text("remarks");
    if row.is_of_ofac() {
        clauses::of_remarks(remarks).into_iter().for_each(|clause| ofac::apply_clause(draft, clause, log));
    } else {
        log.put(&mut draft.party, "notes", remarks);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn short_names_of_lists() {
        for (source, code) in [
            ("Specially Designated Nationals (SDN) - Treasury Department", "sdn"),
            ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "ns-mbs"),
            ("Military End User (MEU) List - Bureau of Industry and Security", "meu"),
            ("Some Other List", "some-other"),
            ("", ""),
        ] {
            assert_eq!(super::code(source), code, "{source}");
        }
    }
}
