//! Which identifiers can make one party of two, and which parties share one?

use std::collections::{BTreeMap, BTreeSet};

use interdict_core::identifier::{Identifier, IdentifierKind, Validity};

use super::facts::Facts;

/// Registers whose numbers are compared with each other. Lists call one number a tax number here and a registration there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Register {
    /// An IMO number with the right check digit: a ship keeps it whatever it is called.
    Imo,
    /// A Legal Entity Identifier with the right check digits.
    Lei,
    /// Passports, identity cards, tax and register numbers.
    Number,
    /// The address of a virtual-currency wallet.
    Wallet,
    /// A bank code, account, e-mail address or ship's radio number: a family or a group may share it.
    Shared,
}

/// The least characters and digits of a number that tells; shorter ones are the same by chance.
const NUMBER_CHARS_MIN: usize = 6;
const NUMBER_DIGITS_MIN: usize = 5;
const WALLET_CHARS_MIN: usize = 20;
/// An identifier that so many parties of one list have is not of one party.
const PARTIES_PER_LIST_MAX: usize = 2;

impl Register {
    /// The register of an identifier, when it is one that tells.
    pub fn of(identifier: &Identifier, comparable: &str) -> Option<Self> {
        use IdentifierKind as Id;
        let n_digits = comparable.bytes().filter(u8::is_ascii_digit).count();
        let is_number = comparable.chars().count() >= NUMBER_CHARS_MIN
            && n_digits >= NUMBER_DIGITS_MIN
            && !is_filler(comparable);
        match identifier.kind {
            Id::Imo if identifier.validity == Validity::Valid => Some(Self::Imo),
            Id::Lei if identifier.validity == Validity::Valid => Some(Self::Lei),
            Id::Wallet => (comparable.len() >= WALLET_CHARS_MIN).then_some(Self::Wallet),
            Id::Bic if identifier.validity != Validity::WrongForm => Some(Self::Shared),
            Id::Email if comparable.contains('@') => Some(Self::Shared),
            Id::Iban | Id::Mmsi | Id::Okpo => is_number.then_some(Self::Shared),
            Id::Passport | Id::NationalId | Id::TaxNumber | Id::Registration | Id::Inn | Id::Ogrn => {
                is_number.then_some(Self::Number)
            }
            Id::Uscc | Id::Duns | Id::Vat | Id::Ssn => is_number.then_some(Self::Number),
            _ => None,
        }
    }

    /// The name in reasons.
    pub fn name(self) -> &'static str {
        match self {
            Self::Imo => "IMO",
            Self::Lei => "LEI",
            Self::Number => "number",
            Self::Wallet => "wallet",
            Self::Shared => "contact or account",
        }
    }
}

/// `000000`, `999999`: written where nothing is known.
fn is_filler(comparable: &str) -> bool {
    let mut digits = comparable.bytes().filter(u8::is_ascii_digit);
    digits.next().is_none_or(|first| digits.all(|digit| digit == first))
}

/// The parties that have each identifier.
fn holders<'f>(facts: &'f [Facts<'_>]) -> BTreeMap<(Register, &'f str), Vec<u32>> {
    let mut holders: BTreeMap<(Register, &str), Vec<u32>> = BTreeMap::new();
    for (entity, facts) in (0_u32..).zip(facts) {
        for (register, value) in facts.identifiers.keys() {
            holders.entry((*register, value)).or_default().push(entity);
        }
    }
    holders
}

/// Takes the identifiers away that one list gives to more than two parties: they are not of one party.
pub(super) fn leave_out_crowded(facts: &mut [Facts<'_>], list_of: &dyn Fn(u32) -> usize) {
    let crowded: BTreeSet<(Register, String)> = holders(facts)
        .into_iter()
        .filter(|(_, holders)| !is_of_few(holders, list_of))
        .map(|((register, value), _)| (register, value.to_owned()))
        .collect();
    for facts in facts {
        facts.identifiers.retain(|key, _| !crowded.contains(key));
    }
}

/// The pairs of parties that share an identifier.
pub(super) fn pairs(facts: &[Facts<'_>]) -> BTreeSet<(u32, u32)> {
    holders(facts).values().flat_map(|holders| all_pairs(holders)).collect()
}

/// Whether no list gives this to more than two parties.
pub(super) fn is_of_few(holders: &[u32], list_of: &dyn Fn(u32) -> usize) -> bool {
    let mut by_list: BTreeMap<usize, usize> = BTreeMap::new();
    for &holder in holders {
        *by_list.entry(list_of(holder)).or_default() += 1;
    }
    by_list.values().all(|&n| n <= PARTIES_PER_LIST_MAX)
}

/// Every pair of these, the smaller first.
pub(super) fn all_pairs(parties: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    parties
        .iter()
        .enumerate()
        .flat_map(move |(idx, &a)| parties.iter().skip(idx + 1).map(move |&b| (a.min(b), a.max(b))))
}

/// The identifier that two parties share: the register that tells most, then the longest. Not one that two countries issued.
pub(super) fn shared<'f>(a: &'f Facts<'_>, b: &Facts<'_>) -> Option<(Register, &'f str)> {
    let issued_alike = |ours: &BTreeSet<String>, theirs: &BTreeSet<String>| {
        ours.is_empty() || theirs.is_empty() || !ours.is_disjoint(theirs)
    };
    let both = a
        .identifiers
        .iter()
        .filter(|(key, ours)| b.identifiers.get(*key).is_some_and(|theirs| issued_alike(ours, theirs)));
    let keys = both.map(|((register, value), _)| (*register, value.as_str()));
    keys.min_by_key(|(register, value)| (*register, std::cmp::Reverse(value.len())))
}
