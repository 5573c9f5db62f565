//! What does a column of a table, or an element of the XML, hold? By its name without blanks and case.

use super::Edition;

/// Where the text of a column goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// One of the six parts of a name, counted from 0.
    NamePart(usize),
    /// A name in one piece.
    WholeName,
    NameType,
    NameStrength,
    /// One of the lines of an address: six, the postal code, the country.
    Address(usize),
    PassportNumber,
    PassportDetails,
    IdentifierNumber,
    IdentifierDetails,
    TownOfBirth,
    CountryOfBirth,
    /// What stands alone.
    Fact(What),
    /// The id, which the caller looks at.
    Id,
}

/// The country among the parts of an address.
pub(super) const COUNTRY: usize = 7;
/// The postal code among the parts of an address.
pub(super) const POSTAL_CODE: usize = 6;

/// What a text of its own is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum What {
    Kind,
    OtherScript,
    Script,
    ReferenceOfOfsi,
    ReferenceOfUk,
    ReferenceOfUn,
    Title,
    BirthDate,
    Nationality,
    Position,
    Gender,
    Phone,
    Email,
    Website,
    Regime,
    Source,
    Imposed,
    Reasons,
    DesignatedOn,
    ListedOn,
    UpdatedOn,
    EntityType,
    Registration,
    Parent,
    Subsidiary,
    Imo,
    Flag,
    PastFlag,
    ShipType,
    Tonnage,
    Length,
    BuiltIn,
    Hull,
    Owner,
    PastOwner,
    Information,
}

/// The slot of a column by its key.
pub(super) fn slot(edition: Edition, key: &str) -> Option<Slot> {
    if key == edition.id_column() {
        return Some(Slot::Id);
    }
    let part = |prefix: &str| {
        let number: usize = key.strip_prefix(prefix)?.parse().ok()?;
        number.checked_sub(1).filter(|part| *part < 6)
    };
    if let Some(part) = part("name") {
        return Some(Slot::NamePart(part));
    }
    if let Some(line) = part("addressline").or_else(|| part("address")) {
        return Some(Slot::Address(line));
    }
    Some(match key {
        "name" => Slot::WholeName,
        "nametype" | "aliastype" => Slot::NameType,
        "aliasstrength" | "aliasquality" => Slot::NameStrength,
        "addresspostalcode" | "postzipcode" | "postcode" => Slot::Address(POSTAL_CODE),
        "addresscountry" | "country" => Slot::Address(COUNTRY),
        "passportnumber" => Slot::PassportNumber,
        "passportadditionalinformation" | "passportdetails" => Slot::PassportDetails,
        "nationalidentifiernumber" | "nationalidentificationnumber" | "ninumber" => Slot::IdentifierNumber,
        "nationalidentifieradditionalinformation" | "nationalidentificationdetails" | "nidetails" => {
            Slot::IdentifierDetails
        }
        "townofbirth" => Slot::TownOfBirth,
        "countryofbirth" => Slot::CountryOfBirth,
        _ => Slot::Fact(fact(key)?),
    })
}

/// What a column or a label is, of those that stand alone.
pub(super) fn fact(key: &str) -> Option<What> {
    let found = FACTS.iter().find(|(_, keys)| keys.contains(&key));
    found.map(|(what, _)| *what)
}

const FACTS: &[(What, &[&str])] = &[
    (What::Kind, &["type", "designationtype", "individualentityship", "grouptype"]),
    (What::OtherScript, &["namenonlatinscript", "nonlatinname"]),
    (What::Script, &["nonlatinscripttype", "nonlatinscriptlanguage"]),
    (What::ReferenceOfOfsi, &["ofsigroupid", "groupid"]),
    (What::ReferenceOfUk, &["uksanctionslistref", "uniqueid"]),
    (What::ReferenceOfUn, &["unreferencenumber", "unref"]),
    (What::Title, &["title"]),
    (What::BirthDate, &["dob", "dateofbirth"]),
    (What::Nationality, &["nationality", "nationalityies", "nationalities"]),
    (What::Position, &["position"]),
    (What::Gender, &["gender"]),
    (What::Phone, &["phonenumber", "phonenumbers"]),
    (What::Email, &["emailaddress", "emailaddresses"]),
    (What::Website, &["website", "websites"]),
    (What::Regime, &["regimename", "regime"]),
    (What::Source, &["designationsource"]),
    (What::Imposed, &["sanctionsimposed"]),
    (What::Reasons, &["ukstatementofreasons"]),
    (What::DesignatedOn, &["datedesignated", "uksanctionslistdatedesignated"]),
    (What::ListedOn, &["listedon", "datelisted"]),
    (What::UpdatedOn, &["lastupdated"]),
    (What::EntityType, &["typeofentity"]),
    (What::Registration, &["businessregistrationnumber", "businessregistrationnumbers", "businessregno"]),
    (What::Parent, &["parentcompany"]),
    (What::Subsidiary, &["subsidiaries", "subsidiary"]),
    (What::Imo, &["imonumber"]),
    (What::Flag, &["currentbelievedflagofship"]),
    (What::PastFlag, &["previousflags", "previousflag"]),
    (What::ShipType, &["typeofship"]),
    (What::Tonnage, &["tonnageofship"]),
    (What::Length, &["lengthofship"]),
    (What::BuiltIn, &["yearbuilt"]),
    (What::Hull, &["hullidentificationnumber", "hullidentificationnumberhin"]),
    (What::Owner, &["currentowneroperator", "currentowneroperators"]),
    (What::PastOwner, &["previousowneroperator", "previousowneroperators"]),
    (What::Information, &["otherinformation"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_both_editions() {
        let uk = |key| slot(Edition::SanctionsList, key);
        assert_eq!(uk("name6"), Some(Slot::NamePart(5)));
        assert_eq!(uk("addressline1"), Some(Slot::Address(0)));
        assert_eq!(uk("uniqueid"), Some(Slot::Id));
        assert_eq!(uk("ofsigroupid"), Some(Slot::Fact(What::ReferenceOfOfsi)));
        assert_eq!(slot(Edition::Consolidated, "groupid"), Some(Slot::Id));
        for unknown in ["", "name0", "name7", "namex", "address9", "favoritecolor"] {
            assert_eq!(uk(unknown), None, "{unknown}");
        }
        let mut keys: Vec<&str> = FACTS.iter().flat_map(|(_, keys)| keys.iter().copied()).collect();
        let n_keys = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), n_keys);
    }
}
