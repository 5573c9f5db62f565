//! One party from one row of the primary file: what kind of party it is, its names, its columns, its remarks.

use std::borrow::Cow;

use interdict_core::country;
use interdict_core::entity::Entity;
use interdict_core::model::Schema;

use super::draft::{self, CUT, Draft, Reference, ReferenceUse};
use super::rows::Row;
use super::{apply, free_text, remarks};
use crate::reading::{Log, Lost, Reading};
use crate::text::clip;

/// The issuer of the list, in the `authority` of every sanction.
const AUTHORITY: &str = "Office of Foreign Assets Control";

/// What any form of the list says of a party in so many words, as the columns of the primary file do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'a> {
    /// The source's number of the party.
    pub(super) number: &'a str,
    /// The name as published: `KIM, Sang Man`.
    pub(super) name: &'a str,
    /// `individual`, `vessel`, `aircraft`; none for all others.
    pub(super) kind: Option<&'a str>,
}

/// The party of a row, with the comment that continues its remarks.
pub(super) fn read(
    reading: &mut Reading<'_>,
    row: &Row,
    comment: Option<&str>,
    log: &mut Log,
) -> Result<Draft, Lost> {
    let name = row.value(1).ok_or_else(|| Lost::new("no_name", "the record has no name"))?;
    let kind = row.value(2);
    let head = Head { number: row.id(), name: &name, kind: kind.as_deref() };
    let remarks = remarks::Remarks::new(row.text(11), comment);
    let clauses = remarks.clauses();
    let id = reading.unique(reading.ids_of.of(row.id()), log);
    let mut draft = begin(&head, id, &clauses, log)?;
    row.value(3)
        .as_deref()
        .into_iter()
        .flat_map(programs)
        .for_each(|program| add_program(&mut draft, program, log));
    row.value(4).as_deref().into_iter().for_each(|title| add_titles(&mut draft, title, log));
    add_vessel_columns(&mut draft, row, log);
    for clause in &clauses {
        apply::clause(&mut draft, clause, log);
    }
    if let Some(cut) = remarks.cut() {
        log.value_lost("remarks_cut", "the remarks end in the middle, and no comments file continues them");
        draft.clauses.push(CUT);
        draft.note(cut, log);
    }
    Ok(draft)
}

/// A party with its name and one designation. The clauses are looked at for what kind of organization it is.
pub(super) fn begin(
    head: &Head<'_>,
    id: String,
    clauses: &[impl AsRef<str>],
    log: &mut Log,
) -> Result<Draft, Lost> {
    let schema = schema(head.kind, head.name, clauses, log);
    let mut draft = Draft::new(id, schema);
    add_name(&mut draft, "name", head.name, log);
    if draft.party.get("name").is_empty() {
        return Err(Lost::new("no_name", "the name of the record cannot be kept"));
    }
    draft.put("topics", "sanction", log);
    let mut sanction = new_sanction(&draft, log);
    log.put(&mut sanction, "authorityId", head.number);
    draft.sanctions.push(sanction);
    Ok(draft)
}

fn schema(kind: Option<&str>, name: &str, clauses: &[impl AsRef<str>], log: &mut Log) -> &'static Schema {
    let schema = match kind.map(str::to_ascii_lowercase).as_deref() {
        Some("individual") => "Person",
        Some("vessel") => "Vessel",
        Some("aircraft") => "Airplane",
        None => organization(name, clauses),
        Some(other) => {
            let reason = format!("the type of party {other:?} is not known; it was read as an organization");
            log.note("unknown_type", reason);
            organization(name, clauses)
        }
    };
    draft::schema(schema)
}

/// What a party that is no person, ship or aircraft is. Only what the record says makes it a company or a public body.
fn organization(name: &str, clauses: &[impl AsRef<str>]) -> &'static str {
    let clauses = || clauses.iter().map(AsRef::as_ref);
    let says = |beginnings: &[&str]| {
        clauses().any(|clause| beginnings.iter().any(|beginning| clause.starts_with(beginning)))
    };
    if says(&["Target Type Government Entity"]) {
        "PublicBody"
    } else if says(&["Target Type Charity", "Target Type Criminal Organization"]) {
        "Organization"
    } else if says(COMPANY_CLAUSES) || has_legal_form(name) || clauses().any(is_business) {
        "Company"
    } else {
        "Organization"
    }
}

/// Clauses that only companies have.
const COMPANY_CLAUSES: &[&str] = &[
    "Target Type Private Company",
    "Target Type Public Company",
    "Target Type State-Owned Enterprise",
    "Target Type Financial Institution",
    "Company Number",
    "UK Company Number",
    "Folio Mercantil",
    "Matricula Mercantil",
];

/// Words in an `Organization Type:` that are not those of a business.
const NO_BUSINESS: &[&str] = &[
    "political",
    "public administration",
    "public order",
    "defense",
    "education",
    "health",
    "central banking",
    "sports",
    "religious",
    "membership",
    "foreign affairs",
    "trusts",
    "social",
    "extraterritorial",
    "research",
];

fn is_business(clause: &str) -> bool {
    let Some(kind) = clause.strip_prefix("Organization Type:") else { return false };
    let kind = kind.to_lowercase();
    !kind.trim().is_empty() && !NO_BUSINESS.iter().any(|word| kind.contains(word))
}

/// Legal forms, without dots, that make a company wherever they stand in a name.
const FORMS_ANYWHERE: &[&str] = &[
    "LTD",
    "LIMITED",
    "LLC",
    "INC",
    "INCORPORATED",
    "CORP",
    "CORPORATION",
    "COMPANY",
    "GMBH",
    "SARL",
    "SRL",
    "SPA",
    "PLC",
    "PJSC",
    "OJSC",
    "JSC",
    "CJSC",
    "OOO",
    "OAO",
    "ZAO",
    "PAO",
    "LTDA",
    "EIRL",
    "EURL",
    "PTE",
    "PTY",
    "BHD",
    "FZE",
    "FZC",
    "FZCO",
    "DMCC",
    "EOOD",
    "DOO",
    "LLP",
    "KFT",
    "ZRT",
    "SRO",
    "SAS",
    "SAL",
    "OYJ",
];

/// Legal forms that are also words or initials: they count at the end of a name, or at its beginning where Russian names
/// have them.
const FORMS_AT_END: &[&str] =
    &["CO", "SA", "AG", "BV", "NV", "AS", "AD", "AB", "AO", "CA", "KG", "LP", "OY", "EAD", "OOD", "SNC"];
const FORMS_AT_START: &[&str] = &["AO", "PT"];

/// Whether a name has the legal form of a company.
pub(crate) fn has_legal_form(name: &str) -> bool {
    let name = name.to_uppercase();
    let words: Vec<Cow<'_, str>> = name
        .split(|char: char| char.is_whitespace() || matches!(char, ',' | '(' | ')' | '/' | '-'))
        .map(|word| {
            if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                Cow::Borrowed(word)
            } else {
                word.chars().filter(|char| char.is_alphanumeric()).collect()
            }
        })
        .filter(|word| !word.is_empty())
        .collect();
    let is_one_of = |word: Option<&Cow<'_, str>>, forms: &[&str]| {
        word.is_some_and(|word| words.len() > 1 && forms.contains(&word.as_ref()))
    };
    words.iter().any(|word| is_one_of(Some(word), FORMS_ANYWHERE))
        || is_one_of(words.last(), FORMS_AT_END)
        || is_one_of(words.first(), FORMS_AT_START)
        || ["JOINT STOCK", "JOINT-STOCK", " S.A. ", "S. DE R.L."].iter().any(|form| name.contains(form))
}

/// Adds a name as published, and for a person the parts that the comma separates.
pub(crate) fn add_name(draft: &mut Draft, property: &str, name: &str, log: &mut Log) {
    draft.put(property, name, log);
    if !draft.party.schema.is_a("Person") {
        return;
    }
    let mut parts: Vec<&str> = name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    if let Some(idx) = parts.iter().skip(1).position(|part| is_suffix(part)) {
        let suffix = parts.remove(idx + 1);
        draft.put("nameSuffix", suffix, log);
    }
    if let [last, first] = parts[..] {
        draft.put("lastName", last, log);
        draft.put("firstName", first, log);
    }
}

/// Whether an alias is good enough to be looked for on its own (OFAC FAQ 122-124).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AliasQuality {
    Strong,
    Weak,
}

/// Adds a further name of this type: `aka`, `A.K.A.`, `f.k.a.` A weak alias is no name of its own, so it has no parts.
pub(super) fn add_alias(draft: &mut Draft, kind: &str, quality: AliasQuality, name: &str, log: &mut Log) {
    let letters: String = kind.chars().filter(|char| *char != '.').flat_map(char::to_lowercase).collect();
    let is_former = letters == "fka";
    if !is_former && !matches!(letters.as_str(), "aka" | "nka" | "dba") {
        let kind = clip(kind, 20);
        log.note("unknown_type", format!("the type of alias {kind:?} is not known; it was read as aka"));
    }
    match quality {
        AliasQuality::Strong => add_name(draft, if is_former { "previousName" } else { "alias" }, name, log),
        AliasQuality::Weak => {
            draft.put(if is_former { "previousName" } else { "weakAlias" }, name, log);
        }
    }
}

fn is_suffix(part: &str) -> bool {
    let part = part.trim_end_matches('.').to_ascii_uppercase();
    matches!(part.as_str(), "JR" | "SR" | "II" | "III" | "IV")
}

/// Adds a program to the designation under which the whole record was published, which is the first sanction.
pub(super) fn add_program(draft: &mut Draft, program: &str, log: &mut Log) {
    if let Some(sanction) = draft.sanctions.first_mut() {
        log.put(sanction, "program", program);
        log.put(sanction, "programId", program);
    }
    draft.put("programId", program, log);
}

/// A sanction of the party with its number and authority.
pub(super) fn new_sanction(draft: &Draft, log: &mut Log) -> Entity {
    let suffix = format!("sanction-{}", draft.sanctions.len() + 1);
    let mut sanction = draft.part("Sanction", &suffix, "entity", log);
    log.put(&mut sanction, "authority", AUTHORITY);
    log.put(&mut sanction, "country", "us");
    sanction
}

/// `DPRK3] [DPRK4` are two programs.
fn programs(text: &str) -> impl Iterator<Item = &str> {
    text.split(['[', ']']).map(str::trim).filter(|program| !program.is_empty())
}

/// Adds the offices that semicolons separate; a form of address among them (`Dr`) is a title, too.
pub(super) fn add_titles(draft: &mut Draft, titles: &str, log: &mut Log) {
    for title in titles.split(';').map(str::trim).filter(|title| !title.is_empty()) {
        if free_text::is_form_of_address(title) && draft.party.schema.is_a("Person") {
            draft.put("title", title, log);
        }
        if !draft.put("position", title, log) {
            draft.note(&format!("Title: {title}"), log);
        }
    }
}

/// The columns that only ships have.
fn add_vessel_columns(draft: &mut Draft, row: &Row, log: &mut Log) {
    let columns = [
        VesselColumn::CallSign,
        VesselColumn::Type,
        VesselColumn::Tonnage,
        VesselColumn::GrossTonnage,
        VesselColumn::Flag,
        VesselColumn::Owner,
    ];
    for (idx, column) in (5..).zip(columns) {
        if let Some(value) = row.value(idx) {
            add_vessel_column(draft, column, &value, log);
        }
    }
}

/// What only ships have a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VesselColumn {
    CallSign,
    Type,
    Tonnage,
    GrossTonnage,
    Flag,
    Owner,
}

/// Adds one of the columns of ships; on another party it is kept as a note.
pub(super) fn add_vessel_column(draft: &mut Draft, column: VesselColumn, value: &str, log: &mut Log) {
    let (property, label) = match column {
        VesselColumn::CallSign => ("callSign", "Call sign"),
        VesselColumn::Type => ("type", "Vessel type"),
        VesselColumn::Tonnage => ("tonnage", "Tonnage"),
        VesselColumn::GrossTonnage => ("grossRegisteredTonnage", "Gross registered tonnage"),
        VesselColumn::Flag => return add_flag(draft, value, log),
        VesselColumn::Owner => {
            let clause = format!("Vessel owner: {value}");
            let place = ReferenceUse::Property("owner");
            return draft.references.push(Reference::by_name(clause, value, place));
        }
    };
    let is_number = matches!(column, VesselColumn::Tonnage | VesselColumn::GrossTonnage);
    let number = if is_number { value.replace(',', "") } else { value.to_owned() };
    if !draft.put(property, number, log) {
        draft.note(&format!("{label}: {value}"), log);
    }
}

fn add_flag(draft: &mut Draft, flag: &str, log: &mut Log) {
    match country::code(flag) {
        Some(code) if draft.put("flag", code, log) => {}
        Some(_) => draft.note(&format!("Flag: {flag}"), log),
        None if apply::is_said_to_be_unknown(flag) => draft.note(&format!("Flag: {flag}"), log),
        None => {
            log.unknown_country("flag", flag);
            draft.note(&format!("Flag: {flag}"), log);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_organization() {
        let cases: [(&str, &[&str], &str); 11] = [
            ("AGENCIA DE VIAJES X, S.A.", &[], "Company"),
            ("CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY", &[], "Company"),
            ("OOO ALFA", &[], "Company"),
            ("ANGLO-CARIBBEAN CO., LTD.", &[], "Company"),
            ("DES CO ASSOCIATES", &[], "Organization"),
            ("LAZARUS GROUP", &[], "Organization"),
            ("ISLAMIC REVOLUTIONARY GUARD CORPS", &[], "Organization"),
            ("NAGA", &["Organization Type: Real estate activities"], "Company"),
            ("NAGA", &["Organization Type: Activities of political organizations"], "Organization"),
            ("RELIEF LTD", &["Target Type Charity or Nonprofit Organization"], "Organization"),
            ("110TH RESEARCH CENTER", &["Target Type Government Entity"], "PublicBody"),
        ];
        for (name, clauses, expected) in cases {
            assert_eq!(organization(name, clauses), expected, "{name}");
        }
    }

    #[test]
    fn several_programs_in_one_field() {
        assert_eq!(programs("DPRK3] [DPRK4").collect::<Vec<_>>(), ["DPRK3", "DPRK4"]);
        assert_eq!(programs("CAATSA - RUSSIA").collect::<Vec<_>>(), ["CAATSA - RUSSIA"]);
    }
}
