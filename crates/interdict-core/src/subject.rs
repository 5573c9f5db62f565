//! What is screened: a customer, a counterparty, an applicant, a party of a payment.

use serde::Serialize;

use crate::date::PartialDate;
use crate::model::Schema;

/// One party to screen, with whatever is known of it. Only a name is needed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Subject {
    /// The caller's own id, repeated in the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The names to screen: the first is the primary one, the others are aliases.
    pub names: Vec<String>,
    /// What kind of party it is, where known.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "schema_name")]
    pub schema: Option<&'static Schema>,
    /// Birth dates, or dates of foundation for organizations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub birth_dates: Vec<PartialDate>,
    /// Countries as FollowTheMoney codes (lower-case ISO 3166 where there is one): nationality, residence, place of business.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<&'static str>,
    /// Identifiers in the form they were given: passport, tax number, LEI, IMO, wallet address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<String>,
    /// Postal addresses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
}

impl Subject {
    /// A subject of which only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { names: vec![name.into()], ..Self::default() }
    }
}

fn schema_name<S: serde::Serializer>(
    schema: &Option<&'static Schema>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match schema {
        Some(schema) => serializer.serialize_str(schema.name),
        None => serializer.serialize_none(),
    }
}
