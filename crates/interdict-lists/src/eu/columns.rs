//! What does each column of the official CSV mean? Its versions 1.1 and 1.0 have other names for the same things.

use crate::delimited::Record;

/// The part of a party that a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Block {
    Entity,
    Subject,
    Regulation,
    Name,
    Address,
    Birth,
    Paper,
    Citizenship,
}

/// What a column says of its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// What this attribute says in the XML.
    Attribute(&'static str),
    /// What this attribute of the regulation of the part says in the XML.
    Summary(&'static str),
    Remark,
    Contact,
    /// The number of a paper, with its kind in brackets behind it.
    Number,
    /// When the file was made.
    FileDate,
    /// Nothing of the party.
    Bookkeeping,
}

/// The place of a column; `None` for one that is not known.
pub(super) type Place = Option<(Block, Field)>;

impl Block {
    /// The parts, in the order in which they are added.
    pub(super) const PARTS: &'static [Self] = &[
        Self::Subject,
        Self::Regulation,
        Self::Name,
        Self::Address,
        Self::Birth,
        Self::Paper,
        Self::Citizenship,
    ];

    /// The name of its element in the XML.
    pub(super) fn element(self) -> &'static str {
        match self {
            Self::Entity => "sanctionEntity",
            Self::Subject => "subjectType",
            Self::Regulation => "regulation",
            Self::Name => "nameAlias",
            Self::Address => "address",
            Self::Birth => "birthdate",
            Self::Paper => "identification",
            Self::Citizenship => "citizenship",
        }
    }
}

/// What the columns mean, in order. `None` when there is no column for the number of a party, or none for names.
pub(super) fn places(header: &Record) -> Option<Vec<Place>> {
    let places: Vec<Place> = header.iter().map(place).collect();
    let has = |wanted: (Block, Field)| places.contains(&Some(wanted));
    let is_this = has((Block::Entity, Attribute("logicalId")))
        && (has((Block::Name, Attribute("wholeName"))) || has((Block::Name, Attribute("lastName"))));
    is_this.then_some(places)
}

fn place(column: &str) -> Place {
    let column = column.trim().to_ascii_lowercase();
    if let Some((_, block, field)) = WHOLE.iter().find(|(name, ..)| *name == column) {
        return Some((*block, *field));
    }
    let (prefix, block) = PREFIXES.iter().find(|(prefix, _)| column.starts_with(prefix))?;
    let rest = column.strip_prefix(prefix)?;
    let of = |table: &[(&str, Field)]| table.iter().find(|(name, _)| *name == rest).map(|(_, field)| *field);
    let own = match block {
        Block::Name => of(NAME),
        Block::Address => of(ADDRESS),
        Block::Birth => of(BIRTH),
        Block::Paper => of(PAPER),
        Block::Citizenship | Block::Entity | Block::Subject | Block::Regulation => None,
    };
    Some((*block, own.or_else(|| of(COMMON))?))
}

use Field::{Attribute, Bookkeeping, Contact, FileDate, Number, Remark, Summary};

const WHOLE: &[(&str, Block, Field)] = &[
    ("filegenerationdate", Block::Entity, FileDate),
    ("date_file", Block::Entity, FileDate),
    ("entity_logicalid", Block::Entity, Attribute("logicalId")),
    ("entity_logical_id", Block::Entity, Attribute("logicalId")),
    ("entity_eu_referencenumber", Block::Entity, Attribute("euReferenceNumber")),
    ("eu_ref_num", Block::Entity, Attribute("euReferenceNumber")),
    ("entity_unitednationid", Block::Entity, Attribute("unitedNationId")),
    ("un_ref_num", Block::Entity, Attribute("unitedNationId")),
    ("entity_designationdate", Block::Entity, Attribute("designationDate")),
    ("entity_designationdetails", Block::Entity, Attribute("designationDetails")),
    ("entity_remark", Block::Entity, Remark),
    ("entity_subjecttype", Block::Subject, Attribute("code")),
    ("subject_type", Block::Subject, Attribute("code")),
    ("entity_subjecttype_classificationcode", Block::Subject, Attribute("classificationCode")),
    ("entity_regulation_type", Block::Regulation, Attribute("regulationType")),
    ("entity_regulation_organisationtype", Block::Regulation, Attribute("organisationType")),
    ("entity_regulation_publicationdate", Block::Regulation, Attribute("publicationDate")),
    ("entity_regulation_entryintoforcedate", Block::Regulation, Attribute("entryIntoForceDate")),
    ("entity_regulation_numbertitle", Block::Regulation, Attribute("numberTitle")),
    ("entity_regulation_programme", Block::Regulation, Attribute("programme")),
    ("entity_regulation_publicationurl", Block::Regulation, Attribute("publicationUrl")),
    ("leba_numtitle", Block::Regulation, Attribute("numberTitle")),
    ("leba_publication_date", Block::Regulation, Attribute("publicationDate")),
    ("leba_url", Block::Regulation, Attribute("publicationUrl")),
    ("programme", Block::Regulation, Attribute("programme")),
];

const PREFIXES: &[(&str, Block)] = &[
    ("namealias_", Block::Name),
    ("naal_", Block::Name),
    ("address_", Block::Address),
    ("addr_", Block::Address),
    ("birthdate_", Block::Birth),
    ("birt_", Block::Birth),
    ("identification_", Block::Paper),
    ("iden_", Block::Paper),
    ("citizenship_", Block::Citizenship),
    ("citi_", Block::Citizenship),
];

/// Columns that several parts have.
const COMMON: &[(&str, Field)] = &[
    ("logicalid", Bookkeeping),
    ("logical_id", Bookkeeping),
    ("entity_id", Bookkeeping),
    ("entity_logical_id", Bookkeeping),
    ("regulationlanguage", Bookkeeping),
    ("remark", Remark),
    ("region", Attribute("region")),
    ("countryiso2code", Attribute("countryIso2Code")),
    ("countrydescription", Attribute("countryDescription")),
    ("country", Attribute("countryDescription")),
    ("regulation_type", Summary("regulationType")),
    ("regulation_organisationtype", Bookkeeping),
    ("regulation_publicationdate", Summary("publicationDate")),
    ("regulation_entryintoforcedate", Bookkeeping),
    ("regulation_numbertitle", Summary("numberTitle")),
    ("regulation_programme", Summary("programme")),
    ("regulation_publicationurl", Summary("publicationUrl")),
    ("leba_numtitle", Summary("numberTitle")),
    ("leba_publication_date", Summary("publicationDate")),
    ("leba_url", Summary("publicationUrl")),
    ("programme", Summary("programme")),
];

const NAME: &[(&str, Field)] = &[
    ("lastname", Attribute("lastName")),
    ("firstname", Attribute("firstName")),
    ("middlename", Attribute("middleName")),
    ("wholename", Attribute("wholeName")),
    ("namelanguage", Attribute("nameLanguage")),
    ("language", Attribute("nameLanguage")),
    ("gender", Attribute("gender")),
    ("title", Attribute("title")),
    ("function", Attribute("function")),
    ("strong", Attribute("strong")),
];

const ADDRESS: &[(&str, Field)] = &[
    ("city", Attribute("city")),
    ("street", Attribute("street")),
    ("number", Attribute("number")),
    ("pobox", Attribute("poBox")),
    ("zipcode", Attribute("zipCode")),
    ("place", Attribute("place")),
    ("asatlistingtime", Attribute("asAtListingTime")),
    ("contactinfo", Contact),
    ("other", Remark),
];

const BIRTH: &[(&str, Field)] = &[
    ("birthdate", Attribute("birthdate")),
    ("date", Attribute("birthdate")),
    ("day", Attribute("dayOfMonth")),
    ("month", Attribute("monthOfYear")),
    ("year", Attribute("year")),
    ("yearrangefrom", Attribute("yearRangeFrom")),
    ("yearrangeto", Attribute("yearRangeTo")),
    ("circa", Attribute("circa")),
    ("calendartype", Attribute("calendarType")),
    ("zipcode", Attribute("zipCode")),
    ("place", Attribute("place")),
    ("city", Attribute("city")),
];

const PAPER: &[(&str, Field)] = &[
    ("number", Number),
    ("diplomatic", Attribute("diplomatic")),
    ("knownexpired", Attribute("knownExpired")),
    ("knownfalse", Attribute("knownFalse")),
    ("reportedlost", Attribute("reportedLost")),
    ("revokedbyissuer", Attribute("revokedByIssuer")),
    ("issuedby", Attribute("issuedBy")),
    ("issueddate", Attribute("issuedDate")),
    ("validfrom", Attribute("validFrom")),
    ("validto", Attribute("validTo")),
    ("latinnumber", Attribute("latinNumber")),
    ("nameondocument", Attribute("nameOnDocument")),
    ("typecode", Attribute("identificationTypeCode")),
    ("typedescription", Attribute("identificationTypeDescription")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delimited::Records;

    #[test]
    fn columns_of_both_versions() {
        for (column, expected) in [
            ("NameAlias_WholeName", Some((Block::Name, Attribute("wholeName")))),
            ("Naal_wholename", Some((Block::Name, Attribute("wholeName")))),
            ("Citizenship_CountryIso2Code", Some((Block::Citizenship, Attribute("countryIso2Code")))),
            ("Citi_country", Some((Block::Citizenship, Attribute("countryDescription")))),
            ("BirthDate_Regulation_NumberTitle", Some((Block::Birth, Summary("numberTitle")))),
            ("Iden_leba_url", Some((Block::Paper, Summary("publicationUrl")))),
            (" Entity_Remark", Some((Block::Entity, Remark))),
            ("NameAlias_Color", None),
            ("Color", None),
            ("", None),
        ] {
            assert_eq!(place(column), expected, "{column}");
        }
    }

    #[test]
    fn a_file_needs_numbers_and_names() {
        for (header, fits) in [
            ("Entity_LogicalId;NameAlias_WholeName", true),
            ("Entity_logical_id;Naal_lastname", true),
            ("Entity_LogicalId;Address_City", false),
            ("NameAlias_WholeName;name", false),
        ] {
            let record = Records::new(header.as_bytes(), b';').next().unwrap().unwrap();
            assert_eq!(places(&record).is_some(), fits, "{header}");
        }
    }
}
