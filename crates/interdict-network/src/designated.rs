//! From whom does blocking spread? Designated persons, each with the parties of the network that are the same person, and why we think so.

use serde::Serialize;

use crate::interest::Span;
use crate::network::PartyId;

/// One designated person, or a body of a blocked government.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designee {
    /// The parties of the network that are this person. Sources have ids of their own, so that there may be several.
    pub parties: Vec<PartyId>,
    /// How sure that is.
    pub certainty: Certainty,
    /// What kind of rule designates it.
    pub basis: Basis,
    /// From when until when it is designated.
    pub span: Span,
    /// Why, for people: which list in which edition, which score, who said so.
    pub evidence: String,
}

/// Whether a party is a designated person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It is.
    Certain,
    /// Its name or other particulars are those of one; nobody has decided.
    Possible,
}

/// What designates a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It is on a list.
    Listed,
    /// It is a body of a government whose property is blocked as such.
    Government,
}
