//! What a clause of the remarks is about: a table of the words it begins with.

use std::sync::OnceLock;

use interdict_core::identifier::IdentifierKind;

/// One kind of clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    /// The words that the clause begins with, in any case.
    pub(super) label: &'static str,
    /// The kind under which such clauses are counted.
    pub(super) kind: &'static str,
    pub(super) reading: Reading,
}

/// How the words behind the label are read, and where they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A date for this property.
    Date(&'static str),
    /// A country for this property.
    Country(&'static str),
    /// Text for this property.
    Text(&'static str),
    /// A place, whose last part may be a country.
    BirthPlace,
    Gender,
    /// A name between single quotes for this property.
    Quoted(&'static str),
    /// A number of a register, perhaps with country, date of issue and expiry.
    Number(Register),
    /// An e-mail address, a web site or a phone number for this property.
    Contact(&'static str),
    /// A currency label and a wallet address.
    Wallet,
    /// The name of another party, linked to this one.
    Link,
    /// The name of another party for this property.
    Party(&'static str),
    /// A whole clause about what the sanctions cover.
    Provision,
    /// A date for this property of the sanction under the authority in parentheses.
    SanctionDate(&'static str),
    /// A sanction's web page.
    MoreInformation,
}

/// Where a number is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Register {
    /// A register with checks or a property of its own.
    Kind(IdentifierKind),
    /// Just a property.
    Property(&'static str),
}

/// The rule of a clause with the text behind its label. A label ends where a word ends; the longest that fits counts.
pub(super) fn find(clause: &str) -> Option<(&'static Rule, &str)> {
    static BY_FIRST_BYTE: OnceLock<Vec<Vec<Rule>>> = OnceLock::new();
    let rules = BY_FIRST_BYTE.get_or_init(by_first_byte);
    let first = clause.bytes().next()?.to_ascii_lowercase();
    rules.get(usize::from(first))?.iter().find_map(|rule| Some((rule, behind(clause, rule.label)?)))
}

/// Whether a text is a label of a clause, with nothing behind it but what belongs to labels (`No.`, `#`, brackets, a currency).
/// `Some(true)` when a number follows it.
pub(crate) fn is_label(text: &str) -> Option<bool> {
    let (rule, rest) = find(text)?;
    let rest = rest.trim_matches(|char: char| char.is_whitespace() || matches!(char, '.' | '#' | ':' | '-'));
    let is_end = matches!(rest, "" | "No" | "Number" | "Card" | "Information" | "information")
        || rest.starts_with('(');
    let is_wallet = rule.reading == Reading::Wallet && rest.len() <= 8;
    let is_determination = rule.reading == Reading::Provision;
    let has_number = matches!(rule.reading, Reading::Number(_));
    (is_end || is_wallet || is_determination).then_some(has_number)
}

/// What stands behind a label.
fn behind<'a>(clause: &'a str, label: &str) -> Option<&'a str> {
    let (head, rest) = clause.split_at_checked(label.len())?;
    let ends_a_word = !label.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    (head.eq_ignore_ascii_case(label) && ends_a_word).then_some(rest)
}

fn by_first_byte() -> Vec<Vec<Rule>> {
    let mut rules: Vec<Vec<Rule>> = vec![Vec::new(); 256];
    let numbers = NUMBERS.iter().flat_map(|(kind, register, labels)| {
        labels.iter().map(|&label| Rule { label, kind, reading: Reading::Number(*register) })
    });
    let others = RULES.iter().map(|&(label, kind, reading)| Rule { label, kind, reading });
    for rule in others.chain(numbers) {
        let first = rule.label.bytes().next().unwrap_or_default().to_ascii_lowercase();
        rules[usize::from(first)].push(rule);
    }
    for rules in &mut rules {
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.label.len()));
    }
    rules
}

const SANCTION: &str = "sanction";
const VESSEL: &str = "vessel";
const AIRCRAFT: &str = "aircraft";
const CONTACT: &str = "contact";
const ORGANIZATION: &str = "organization";
const OFFICE: &str = "position";

const RULES: &[(&str, &str, Reading)] = &[
    ("DOB", "birth date", Reading::Date("birthDate")),
    ("POB", "birth place", Reading::BirthPlace),
    ("Nationality of Registration", VESSEL, Reading::Country("country")),
    ("nationality", "nationality", Reading::Country("nationality")),
    ("citizen", "citizenship", Reading::Country("citizenship")),
    ("Gender", "gender", Reading::Gender),
    ("ethnicity", "ethnicity", Reading::Text("ethnicity")),
    ("Occupation", OFFICE, Reading::Text("position")),
    ("Position", OFFICE, Reading::Text("position")),
    ("Title", OFFICE, Reading::Text("position")),
    ("Alternate Title", OFFICE, Reading::Text("position")),
    ("Rank", OFFICE, Reading::Text("position")),
    ("a.k.a.", "weak alias", Reading::Quoted("weakAlias")),
    ("d.b.a.", "weak alias", Reading::Quoted("weakAlias")),
    ("n.k.a.", "weak alias", Reading::Quoted("weakAlias")),
    ("f.k.a.", "former name", Reading::Quoted("previousName")),
    ("Linked To", "link", Reading::Link),
    ("Digital Currency Address", "wallet", Reading::Wallet),
    ("Email Address", CONTACT, Reading::Contact("email")),
    ("Email", CONTACT, Reading::Contact("email")),
    ("Website", CONTACT, Reading::Contact("website")),
    ("Phone", CONTACT, Reading::Contact("phone")),
    ("Telephone", CONTACT, Reading::Contact("phone")),
    ("Fax", CONTACT, Reading::Contact("phone")),
    ("Organization Established Date", ORGANIZATION, Reading::Date("incorporationDate")),
    ("Organization Type", ORGANIZATION, Reading::Text("sector")),
    ("Target Type", ORGANIZATION, Reading::Text("classification")),
    ("Registration Country", ORGANIZATION, Reading::Country("jurisdiction")),
    ("Issuer Name", "alias", Reading::Text("alias")),
    ("Equity Ticker", ORGANIZATION, Reading::Text("ticker")),
    ("Vessel Year of Build", VESSEL, Reading::Date("buildDate")),
    ("Vessel Type", VESSEL, Reading::Text("type")),
    ("Other Vessel Type", VESSEL, Reading::Text("type")),
    ("Former Vessel Type", VESSEL, Reading::Text("pastTypes")),
    ("Vessel Call Sign", VESSEL, Reading::Text("callSign")),
    ("Other Vessel Call Sign", VESSEL, Reading::Text("callSign")),
    ("Vessel Flag", VESSEL, Reading::Country("flag")),
    ("Other Vessel Flag", VESSEL, Reading::Country("flag")),
    ("Former Vessel Flag", VESSEL, Reading::Country("pastFlags")),
    ("Vessel Owner", VESSEL, Reading::Party("owner")),
    ("Aircraft Operator", AIRCRAFT, Reading::Party("operator")),
    ("Aircraft Model", AIRCRAFT, Reading::Text("model")),
    ("Aircraft Manufacture Date", AIRCRAFT, Reading::Date("buildDate")),
    ("Secondary sanctions risk", SANCTION, Reading::Provision),
    ("Additional Sanctions Information", SANCTION, Reading::Provision),
    ("Transactions Prohibited For", SANCTION, Reading::Provision),
    ("Executive Order", SANCTION, Reading::Provision),
    ("CAATSA Section", SANCTION, Reading::Provision),
    ("IFCA Determination", SANCTION, Reading::Provision),
    ("PEESA Information", SANCTION, Reading::Provision),
    ("United States financial institutions are prohibited", SANCTION, Reading::Provision),
    ("all offices worldwide", SANCTION, Reading::Provision),
    ("all branches worldwide", SANCTION, Reading::Provision),
    ("and all other locations worldwide", SANCTION, Reading::Provision),
    ("and all other offices worldwide", SANCTION, Reading::Provision),
    ("and other locations within the United States", SANCTION, Reading::Provision),
    ("Purchase/Sales For Divestment Date", SANCTION, Reading::Provision),
    ("Listing Date", SANCTION, Reading::SanctionDate("listingDate")),
    ("Effective Date", SANCTION, Reading::SanctionDate("startDate")),
    ("For more information", SANCTION, Reading::MoreInformation),
];

const IDENTIFIER: &str = "identifier";

/// The registers by the labels of their numbers. `No.`, `Number` and `#` behind a label need not be given here.
const NUMBERS: &[(&str, Register, &[&str])] = &[
    (
        IDENTIFIER,
        Register::Kind(IdentifierKind::Passport),
        &[
            "Passport",
            "Diplomatic Passport",
            "Official Passport",
            "Service Passport",
            "Passport Booklet",
            "Stateless Person Passport",
            "British National Overseas Passport",
            "Passport Card",
        ],
    ),
    (
        IDENTIFIER,
        Register::Kind(IdentifierKind::NationalId),
        &[
            "National ID",
            "Cedula",
            "C.U.R.P.",
            "CURP",
            "D.N.I.",
            "Identification",
            "Personal ID Card",
            "Personal ID",
            "Bosnian Personal ID",
            "Moroccan Personal ID",
            "Kenyan ID",
            "UAE Identification",
            "Turkish Identification",
            "Tazkira National ID Card",
            "National Foreign ID",
            "Electoral Registry",
            "Cartilla de Servicio Militar Nacional",
            "Credencial electoral",
            "I.F.E.",
            "C.U.I.",
            "C.U.I.P.",
            "Residency",
            "LE Number",
            "Numero de Identidad",
            "Citizen's Card",
            "Travel Document",
            "VisaNumberID",
            "Birth Certificate",
            "Refugee ID Card",
            "Stateless Person ID Card",
            "Immigration",
            "Public Security and Immigration",
            "N.I.E.",
            "CNP",
            "Romanian Permanent Resident",
            "Driver's License",
            "Seafarer's Identification Document",
            "Military Registration",
            "Tarjeta Profesional",
            "Temporary suspension of deportation",
            "Interpol: Red Notice. File",
            "Serial",
            "File",
        ],
    ),
    (
        IDENTIFIER,
        Register::Kind(IdentifierKind::TaxNumber),
        &[
            "Tax ID",
            "R.F.C.",
            "RFC",
            "NIT",
            "RUC",
            "RIF",
            "C.U.I.T.",
            "Italian Fiscal Code",
            "US FEIN",
            "Paraguayan tax identification",
            "Fiscal Code",
            "Romanian Tax Registration",
            "C.I.F.",
            "N.I.F.",
            "Numero Unico de Identificacao Tributaria",
            "RSIN",
            "RTN",
            "Numero de Identidad Tributaria",
        ],
    ),
    (
        IDENTIFIER,
        Register::Kind(IdentifierKind::Registration),
        &[
            "Registration Number",
            "Registration ID",
            "Company Number",
            "UK Company Number",
            "Company ID",
            "Commercial Registry",
            "Business Registration",
            "Business Registration Document",
            "Business Number",
            "Chamber of Commerce",
            "Dubai Chamber of Commerce Membership",
            "Istanbul Chamber of Comm.",
            "Folio Mercantil",
            "Matricula Mercantil",
            "C.R.",
            "Romanian C.R.",
            "Economic Register",
            "Public Registration",
            "Central Registration System",
            "Certificate of Incorporation",
            "Enterprise Number",
            "Branch Unit",
            "Registered Charity",
            "MSB Registration",
            "Organization Code",
            "Trademark",
            "Government Gazette",
            "UN/LOCODE",
            "MICEX Code",
            "Vessel Registration Identification",
        ],
    ),
    (
        IDENTIFIER,
        Register::Property("licenseNumber"),
        &[
            "License",
            "Trade License",
            "Tourism License",
            "Pilot License",
            "Permit",
            "SRE Permit",
            "Afghan Money Service Provider License",
        ],
    ),
    (IDENTIFIER, Register::Kind(IdentifierKind::Ssn), &["SSN"]),
    (
        IDENTIFIER,
        Register::Kind(IdentifierKind::Uscc),
        &["Unified Social Credit Code", "United Social Credit Code Certificate"],
    ),
    (IDENTIFIER, Register::Kind(IdentifierKind::Lei), &["Legal Entity Number", "Legal Entity Identifier"]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Duns), &["D-U-N-S"]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Vat), &["V.A.T."]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Bic), &["SWIFT/BIC"]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Bik), &["BIK"]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Isin), &["ISIN", "Identification Number ISIN"]),
    (IDENTIFIER, Register::Kind(IdentifierKind::Imo), &["International Maritime Organization"]),
    (VESSEL, Register::Kind(IdentifierKind::Mmsi), &["MMSI"]),
    (
        AIRCRAFT,
        Register::Kind(IdentifierKind::AircraftSerial),
        &[
            "Aircraft Manufacturer's Serial Number",
            "Aircraft Construction Number",
            "Aircraft Serial Identification",
        ],
    ),
    (
        AIRCRAFT,
        Register::Property("registrationNumber"),
        &["Aircraft Tail Number", "Previous Aircraft Tail Number"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use interdict_core::model;

    fn label(clause: &str) -> Option<(&'static str, &str)> {
        find(clause).map(|(rule, rest)| (rule.label, rest))
    }

    #[test]
    fn the_longest_label_that_ends_a_word() {
        assert_eq!(label("DOB 1951"), Some(("DOB", " 1951")));
        assert_eq!(label("DOBSON, head of"), None);
        assert_eq!(label("Registration ID HE 290894"), Some(("Registration ID", " HE 290894")));
        assert_eq!(label("PHONE 850 2 381"), Some(("Phone", " 850 2 381")));
        assert_eq!(label("NIT # 800018928-0"), Some(("NIT", " # 800018928-0")));
        assert_eq!(label("Ünknown"), None);
        assert_eq!(label(""), None);
    }

    #[test]
    fn labels_are_there_once_and_name_properties_of_the_model() {
        let rules: Vec<Rule> = by_first_byte().into_iter().flatten().collect();
        for (idx, rule) in rules.iter().enumerate() {
            let again = rules[..idx].iter().any(|other| other.label.eq_ignore_ascii_case(rule.label));
            assert!(!again, "{}", rule.label);
            let property = match rule.reading {
                Reading::Date(property) | Reading::Country(property) | Reading::Text(property) => property,
                Reading::Quoted(property) | Reading::Contact(property) | Reading::Party(property) => property,
                Reading::SanctionDate(property) | Reading::Number(Register::Property(property)) => property,
                _ => continue,
            };
            assert!(model::schemata().any(|schema| schema.property(property).is_some()), "{property}");
        }
    }
}
