//! Which attributes are known, and which of them belong together?

use std::collections::HashMap;
use std::sync::OnceLock;

/// What an attribute is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `NAME_*`.
    Name,
    /// `ADDR_*`.
    Address,
    /// `PHONE_*`.
    Phone,
    /// A number with its country and its type.
    Number,
    /// `REL_*`.
    Relation,
    /// An attribute that stands alone.
    Single(Single),
    /// What says how the record is kept, not what it is about.
    Bookkeeping,
}

/// Where an attribute that stands alone goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Single {
    /// To the first of these properties that the schema has.
    Property(&'static [&'static str]),
    /// To a property for countries.
    Country(&'static str),
    /// To `gender`.
    Gender,
    /// It is the schema.
    RecordType,
    /// It is the id of the same party on another list, behind this prefix.
    Referent(&'static str),
    /// To the notes, under its name.
    Note,
}

const fn to(properties: &'static [&'static str]) -> Family {
    Family::Single(Single::Property(properties))
}

const NOTE: Family = Family::Single(Single::Note);

/// The attributes whose use may be told by a word before them.
const WITH_USE: &[&str] = &["NAME_", "ADDR_", "PHONE_", "EMAIL_", "WEBSITE_"];

const ATTRIBUTES: &[(&str, Family)] = &[
    ("NAME_TYPE", Family::Name),
    ("NAME_FULL", Family::Name),
    ("NAME_ORG", Family::Name),
    ("NAME_FIRST", Family::Name),
    ("NAME_MIDDLE", Family::Name),
    ("NAME_LAST", Family::Name),
    ("NAME_PREFIX", Family::Name),
    ("NAME_SUFFIX", Family::Name),
    ("ADDR_TYPE", Family::Address),
    ("ADDR_FULL", Family::Address),
    ("ADDR_LINE1", Family::Address),
    ("ADDR_LINE2", Family::Address),
    ("ADDR_LINE3", Family::Address),
    ("ADDR_LINE4", Family::Address),
    ("ADDR_LINE5", Family::Address),
    ("ADDR_LINE6", Family::Address),
    ("ADDR_CITY", Family::Address),
    ("ADDR_STATE", Family::Address),
    ("ADDR_POSTAL_CODE", Family::Address),
    ("ADDR_COUNTRY", Family::Address),
    ("PHONE_TYPE", Family::Phone),
    ("PHONE_NUMBER", Family::Phone),
    ("PASSPORT_NUMBER", Family::Number),
    ("PASSPORT_COUNTRY", Family::Number),
    ("NATIONAL_ID_NUMBER", Family::Number),
    ("NATIONAL_ID_TYPE", Family::Number),
    ("NATIONAL_ID_SUBTYPE", Family::Number),
    ("NATIONAL_ID_COUNTRY", Family::Number),
    ("TAX_ID_NUMBER", Family::Number),
    ("TAX_ID_TYPE", Family::Number),
    ("TAX_ID_SUBTYPE", Family::Number),
    ("TAX_ID_COUNTRY", Family::Number),
    ("OTHER_ID_NUMBER", Family::Number),
    ("OTHER_ID_TYPE", Family::Number),
    ("OTHER_ID_SUBTYPE", Family::Number),
    ("OTHER_ID_COUNTRY", Family::Number),
    ("TRUSTED_ID_NUMBER", Family::Number),
    ("TRUSTED_ID_TYPE", Family::Number),
    ("DRIVERS_LICENSE_NUMBER", Family::Number),
    ("DRIVERS_LICENSE_STATE", Family::Number),
    ("NIN_NUMBER", Family::Number),
    ("NIN_COUNTRY", Family::Number),
    ("REL_ANCHOR_DOMAIN", Family::Relation),
    ("REL_ANCHOR_KEY", Family::Relation),
    ("REL_POINTER_DOMAIN", Family::Relation),
    ("REL_POINTER_KEY", Family::Relation),
    ("REL_POINTER_ROLE", Family::Relation),
    ("RECORD_TYPE", Family::Single(Single::RecordType)),
    ("ENTITY_TYPE", Family::Single(Single::RecordType)),
    ("GENDER", Family::Single(Single::Gender)),
    ("DATE_OF_BIRTH", to(&["birthDate"])),
    ("DATE_OF_DEATH", to(&["deathDate", "dissolutionDate"])),
    ("REGISTRATION_DATE", to(&["incorporationDate", "registrationDate"])),
    ("DISSOLUTION_DATE", to(&["dissolutionDate"])),
    ("PLACE_OF_BIRTH", to(&["birthPlace"])),
    ("NATIONALITY", Family::Single(Single::Country("nationality"))),
    ("CITIZENSHIP", Family::Single(Single::Country("citizenship"))),
    ("COUNTRY_OF_ASSOCIATION", Family::Single(Single::Country("country"))),
    ("REGISTRATION_COUNTRY", Family::Single(Single::Country("jurisdiction"))),
    ("SSN_NUMBER", to(&["socialSecurityNumber", "idNumber"])),
    ("LEI_NUMBER", to(&["leiCode"])),
    ("DUNS_NUMBER", to(&["dunsCode"])),
    ("NPI_NUMBER", to(&["npiCode"])),
    ("IMO_NUMBER", to(&["imoNumber"])),
    ("MMSI_NUMBER", to(&["mmsi"])),
    ("CALL_SIGN", to(&["callSign"])),
    ("ISIN_NUMBER", to(&["isinCode", "isin"])),
    ("AIRCRAFT_TAIL_NUMBER", to(&["registrationNumber"])),
    ("EMAIL_ADDRESS", to(&["email"])),
    ("WEBSITE_ADDRESS", to(&["website"])),
    ("URL", to(&["sourceUrl"])),
    ("SOURCE_URL", to(&["sourceUrl"])),
    ("TOPIC", to(&["topics"])),
    ("TOPICS", to(&["topics"])),
    ("OFAC_ID", Family::Single(Single::Referent("ofac-"))),
    ("WHATSAPP", to(&["phone"])),
    ("SIGNAL", to(&["phone"])),
    ("VIBER", to(&["phone"])),
    ("SSN_LAST4", NOTE),
    ("ACCOUNT_NUMBER", NOTE),
    ("ACCOUNT_DOMAIN", NOTE),
    ("EMPLOYER", NOTE),
    ("GROUP_ASSOCIATION_TYPE", NOTE),
    ("GROUP_ASSOCIATION_ORG_NAME", NOTE),
    ("GROUP_ASSN_ID_TYPE", NOTE),
    ("GROUP_ASSN_ID_NUMBER", NOTE),
    ("LINKEDIN", NOTE),
    ("FACEBOOK", NOTE),
    ("TWITTER", NOTE),
    ("SKYPE", NOTE),
    ("ZOOMROOM", NOTE),
    ("INSTAGRAM", NOTE),
    ("TELEGRAM", NOTE),
    ("TANGO", NOTE),
    ("WECHAT", NOTE),
    ("DATA_SOURCE", Family::Bookkeeping),
    ("RECORD_ID", Family::Bookkeeping),
    ("LAST_CHANGE", Family::Bookkeeping),
    ("DSRC_ACTION", Family::Bookkeeping),
    ("LOAD_ID", Family::Bookkeeping),
];

/// The attribute of that name: its known name, its family, and the word for its use before it.
pub(super) fn find(name: &str) -> Option<(&'static str, Family, &str)> {
    static BY_NAME: OnceLock<HashMap<&str, &(&str, Family)>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| ATTRIBUTES.iter().map(|entry| (entry.0, entry)).collect());
    if let Some((known, family)) = by_name.get(name) {
        return Some((known, *family, ""));
    }
    ATTRIBUTES.iter().find_map(|(known, family)| {
        let takes_use = WITH_USE.iter().any(|start| known.starts_with(start));
        let usage = name.strip_suffix(known)?.strip_suffix('_')?;
        (takes_use && !usage.is_empty()).then_some((*known, *family, usage))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_with_a_word_for_their_use() {
        assert_eq!(find("NAME_FULL"), Some(("NAME_FULL", Family::Name, "")));
        assert_eq!(find("HOME_ADDR_CITY"), Some(("ADDR_CITY", Family::Address, "HOME")));
        assert_eq!(find("WORK_PHONE_NUMBER"), Some(("PHONE_NUMBER", Family::Phone, "WORK")));
        assert_eq!(find("COMPANY_NATIONALITY"), None);
        assert_eq!(find("_NAME_FULL"), None);
        assert_eq!(find("SHOE_SIZE"), None);
    }
}
