//! Identifiers: passports, tax numbers, LEIs, ship numbers, wallet addresses.
//!
//! A check digit that fails annotates an identifier and never discards it: real lists carry some that fail.

mod checks;

use serde::Serialize;

/// An identifier with its kind and what its check digits say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identifier {
    /// Which register it is of.
    pub kind: IdentifierKind,
    /// The text as given.
    pub value: String,
    /// What its form and check digits say.
    pub validity: Validity,
}

/// What the form and the check digits of an identifier say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Form and check digits are right.
    Valid,
    /// The form is wrong: length or characters.
    WrongForm,
    /// The form is right and the check digits are not.
    WrongCheckDigit,
    /// Nothing is known that could be checked.
    NotChecked,
}

macro_rules! identifier_kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $property:literal;)*) => {
        /// The register that an identifier is of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum IdentifierKind { $($(#[$doc])* $variant,)* }

        impl IdentifierKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name of the kind.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The FollowTheMoney property that holds it, where the schema has it; `idNumber` or
            /// `registrationNumber` otherwise.
            pub fn property(self) -> &'static str {
                match self { $(Self::$variant => $property,)* }
            }

            /// The kind that the values of a FollowTheMoney property are of, where it is one.
            pub fn of_property(property: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.property() == property)
            }
        }
    };
}

identifier_kinds! {
    /// A passport number.
    Passport = "passport", "passportNumber";
    /// A national identity number or another personal document.
    NationalId = "national_id", "idNumber";
    /// A tax number.
    TaxNumber = "tax_number", "taxNumber";
    /// A company or association register number.
    Registration = "registration", "registrationNumber";
    /// A Legal Entity Identifier, ISO 17442.
    Lei = "lei", "leiCode";
    /// A Business Identifier Code, ISO 9362.
    Bic = "bic", "swiftBic";
    /// An IMO ship or company number.
    Imo = "imo", "imoNumber";
    /// A Maritime Mobile Service Identity.
    Mmsi = "mmsi", "mmsi";
    /// A radio call sign.
    CallSign = "call_sign", "callSign";
    /// A Russian taxpayer number, ИНН.
    Inn = "inn", "innCode";
    /// A Russian register number, ОГРН.
    Ogrn = "ogrn", "ogrnCode";
    /// A Russian statistics number, ОКПО.
    Okpo = "okpo", "okpoCode";
    /// A Russian tax registration reason code, КПП.
    Kpp = "kpp", "kppCode";
    /// A Russian bank code, БИК.
    Bik = "bik", "bikCode";
    /// A Chinese Unified Social Credit Code, GB 32100.
    Uscc = "uscc", "registrationNumber";
    /// A D-U-N-S number.
    Duns = "duns", "dunsCode";
    /// A value-added tax number.
    Vat = "vat", "vatCode";
    /// A US social security number.
    Ssn = "ssn", "socialSecurityNumber";
    /// A securities number, ISO 6166.
    Isin = "isin", "isinCode";
    /// A bank account number, ISO 13616.
    Iban = "iban", "bankAccount";
    /// The address of a virtual-currency wallet.
    Wallet = "wallet", "publicKey";
    /// An aircraft's serial number.
    AircraftSerial = "aircraft_serial", "serialNumber";
    /// An e-mail address.
    Email = "email", "email";
    /// A web site.
    Website = "website", "website";
    /// A phone number.
    Phone = "phone", "phone";
}

impl Identifier {
    /// An identifier, checked.
    ///
    /// # Example
    /// ```
    /// use interdict_core::identifier::{Identifier, IdentifierKind, Validity};
    /// let lei = Identifier::new(IdentifierKind::Lei, "253400V1H6ART1UQ0N98");
    /// assert_eq!(lei.validity, Validity::Valid);
    /// let imo = Identifier::new(IdentifierKind::Imo, "IMO 7406785");
    /// assert_eq!(imo.validity, Validity::WrongCheckDigit);
    /// ```
    pub fn new(kind: IdentifierKind, value: impl Into<String>) -> Self {
        let value = value.into();
        let validity = checks::validity(kind, &comparable(&value));
        Self { kind, value, validity }
    }

    /// The form in which two spellings of one identifier are equal, see [`comparable`].
    pub fn comparable(&self) -> String {
        match self.kind {
            IdentifierKind::Email => self.value.trim().to_lowercase(),
            IdentifierKind::Website => comparable_site(&self.value),
            IdentifierKind::Wallet => comparable_wallet(&self.value),
            IdentifierKind::Imo => comparable(&self.value).trim_start_matches("IMO").to_owned(),
            _ => comparable(&self.value),
        }
    }
}

/// Letters and digits in upper case: blanks, hyphens, dots and slashes are not part of an identifier.
pub fn comparable(value: &str) -> String {
    value.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// A web site without scheme, `www.` and trailing slash, in lower case.
fn comparable_site(value: &str) -> String {
    let site = value.trim().to_lowercase();
    let site = site.split_once("://").map_or(site.as_str(), |(_, rest)| rest);
    site.strip_prefix("www.").unwrap_or(site).trim_end_matches('/').to_owned()
}

/// A wallet address in one spelling where case carries no meaning (hexadecimal and bech32), as given otherwise.
fn comparable_wallet(value: &str) -> String {
    let address = value.trim();
    let hexadecimal = address
        .strip_prefix("0x")
        .or_else(|| address.strip_prefix("0X"))
        .is_some_and(|digits| digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let one_case = !address.bytes().any(|byte| byte.is_ascii_lowercase())
        || !address.bytes().any(|byte| byte.is_ascii_uppercase());
    let bech32 = one_case && ["bc1", "ltc1", "tb1"].iter().any(|hrp| address.to_lowercase().starts_with(hrp));
    if hexadecimal || bech32 { address.to_lowercase() } else { address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;

    #[test]
    fn spellings_of_one_identifier_compare_equal() {
        let same = |kind, a: &str, b: &str| {
            assert_eq!(Identifier::new(kind, a).comparable(), Identifier::new(kind, b).comparable());
        };
        same(IdentifierKind::Imo, "IMO 7406784", "7406784");
        same(IdentifierKind::Passport, "472 220-033", "472220033");
        same(IdentifierKind::Website, "https://www.Example.org/", "example.org");
        same(
            IdentifierKind::Wallet,
            "0x098B716B8Aaf21512996dC57EB0615e2383E2f96",
            "0x098b716b8aaf21512996dc57eb0615e2383e2f96",
        );
        let base58 = Identifier::new(IdentifierKind::Wallet, "1D6gG9iKEhPitTcWRJiniuj1jYM2hNeAfJ");
        assert_eq!(base58.comparable(), base58.value);
    }

    #[test]
    fn the_properties_exist_in_the_model() {
        for kind in IdentifierKind::ALL {
            let known = model::schemata().any(|schema| schema.property(kind.property()).is_some());
            assert!(known || *kind == IdentifierKind::Iban, "{}", kind.property());
        }
    }
}
