//! Is this address named anywhere? An immutable index from addresses to what is said of them.
//!
//! One address may be of several parties and one party may have many addresses. What is named is found by its canonical key under every
//! spelling; by the digest of its text where it cannot be read as an address, or lost its case; and by a key that it shares with an address
//! on another chain, which is told apart from the address itself. A label narrows what a saying is about and never hides it.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasherDefault, Hash};

use crate::address::WalletAddress;
use crate::chain::Chains;
use crate::claim::{Claim, Class};
use crate::confidence::Confidence;
use crate::parse::{parse, raw_key};
use crate::reading::{Candidate, RawKey, Reading, Undecided};
use crate::refusal::Refusal;
use crate::related::{RelatedKey, RelatedKind, related_keys};

/// A table whose hash has no secret, so that nothing depends on chance. Only look-ups are made in it.
type Table<K> = HashMap<K, Postings, BuildHasherDefault<DefaultHasher>>;

/// Which claims, and where: mostly one.
type Postings = Vec<Posting>;

/// One claim about one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Posting {
    /// Its place among the claims.
    claim: u32,
    /// The place of the address that it names; none where its text is no address.
    address: Option<u32>,
    /// The chains that are meant: those of the spelling, narrowed by the label.
    chains: Chains,
}

/// What is said of which address.
#[derive(Debug, Default)]
pub struct AddressIndex {
    claims: Vec<Claim>,
    addresses: Vec<WalletAddress>,
    by_key: Table<WalletAddress>,
    by_related: Table<RelatedKey>,
    by_raw: Table<RawKey>,
    /// How many claims are about a text that lost its case: only then the text of a well-read address must be searched, too.
    n_case_lost: usize,
}

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// It is the address.
    Address,
    /// It is the same text, which is no address or lost its case.
    Text,
    /// It has the bytes of the address, and means a chain that this spelling is not of.
    OtherChain,
    /// It is the same key on another chain, or in another form: whoever has the one most likely has the other.
    Related(RelatedKind),
}

impl By {
    /// Is it another address by the same key?
    pub fn is_related(self) -> bool {
        matches!(self, Self::Related(_) | Self::OtherChain)
    }
}

/// Something that is said of an address that was looked up.
#[derive(Debug, Clone, Copy)]
pub struct Match<'a> {
    /// What is said.
    pub claim: &'a Claim,
    /// The number of the claim: the order in which they were added.
    pub number: u32,
    /// How it was found.
    pub by: By,
    /// The address that it names; none where its text is no address.
    pub named: Option<&'a WalletAddress>,
    /// The chains that are meant by it.
    pub chains: Chains,
}

/// What an address is called, for those who follow money and stop at services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressLabel<'a> {
    /// What kind of saying it is.
    pub class: Class,
    /// The label of a tag, or the name of the listed party.
    pub label: &'a str,
    /// What kind of service: `exchange`, `mixing_service` …
    pub category: Option<&'a str>,
    /// The id of the actor.
    pub actor: Option<&'a str>,
    /// How sure a tag is; none for a list.
    pub confidence: Option<&'a Confidence>,
}

/// What became of a text that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is an address.
    Address,
    /// It is none, and is found by its text.
    Text(Undecided),
}

impl AddressIndex {
    /// An index of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is said of the address in a text.
    ///
    /// # Errors
    /// When the text is refused: nothing is kept of it.
    pub fn add(&mut self, text: &str, claim: Claim) -> Result<Added, Refusal> {
        let reading = parse(text)?;
        let raw = match reading.raw {
            Some(raw) => raw,
            None => raw_key(text)?,
        };
        let number = count(self.claims.len());
        let hint = meant(&claim.labels);
        for candidate in reading.candidates.iter().chain(&reading.besides) {
            let Candidate { address, chains, .. } = candidate.narrowed(hint);
            let posting = Posting { claim: number, address: Some(self.place_of(&address)), chains };
            for key in related_keys(&address) {
                put(&mut self.by_related, key, posting);
            }
            put(&mut self.by_key, address, posting);
        }
        put(&mut self.by_raw, raw, Posting { claim: number, address: None, chains: hint });
        self.claims.push(claim);
        match reading.undecided {
            None => Ok(Added::Address),
            Some(why) => {
                self.n_case_lost += usize::from(why == Undecided::CaseLost);
                Ok(Added::Text(why))
            }
        }
    }

    fn place_of(&mut self, address: &WalletAddress) -> u32 {
        let known = self.by_key.get(address).and_then(|postings| postings.first()?.address);
        known.unwrap_or_else(|| {
            self.addresses.push(address.clone());
            count(self.addresses.len() - 1)
        })
    }

    /// What is said of a text that was read as `reading`, the gravest first: of the address itself, of its text, and of addresses by the
    /// same key. Each claim is there once, in the closest way that it was found.
    pub fn look_up(&self, text: &str, reading: &Reading) -> Vec<Match<'_>> {
        let mut found = Vec::new();
        for candidate in reading.candidates.iter().chain(&reading.besides) {
            self.find(candidate, &mut found);
        }
        let raw = reading.raw.or_else(|| (self.n_case_lost > 0).then(|| raw_key(text).ok()).flatten());
        for posting in raw.and_then(|raw| self.by_raw.get(&raw)).into_iter().flatten() {
            found.extend(self.matched(posting, By::Text));
        }
        if found.len() > 1 {
            found.sort_by_key(|one| (one.number, one.by));
            found.dedup_by_key(|one| one.number);
            found.sort_by_key(|one| {
                (one.claim.standing, one.by.is_related(), one.claim.class, one.by, one.number)
            });
        }
        found
    }

    fn find<'a>(&'a self, candidate: &Candidate, found: &mut Vec<Match<'a>>) {
        for posting in self.by_key.get(&candidate.address).into_iter().flatten() {
            let are_known = !candidate.chains.is_empty() && !posting.chains.is_empty();
            let is_apart = are_known && candidate.chains.and(posting.chains).is_empty();
            found.extend(self.matched(posting, if is_apart { By::OtherChain } else { By::Address }));
        }
        for key in related_keys(&candidate.address) {
            for posting in self.by_related.get(&key).into_iter().flatten() {
                found.extend(self.matched(posting, By::Related(key.kind)));
            }
        }
    }

    fn matched(&self, posting: &Posting, by: By) -> Option<Match<'_>> {
        let claim = self.claims.get(usize::try_from(posting.claim).ok()?)?;
        let named = posting.address.and_then(|place| self.addresses.get(usize::try_from(place).ok()?));
        Some(Match { claim, number: posting.claim, by, named, chains: posting.chains })
    }

    /// What an address is called, the gravest and surest first; what does not hold on the day of the index is left out, and so is what is
    /// said of related addresses.
    pub fn labels(&self, address: &WalletAddress) -> Vec<AddressLabel<'_>> {
        let postings = self.by_key.get(address).into_iter().flatten();
        let mut claims: Vec<&Claim> =
            postings.filter_map(|posting| self.claims.get(usize::try_from(posting.claim).ok()?)).collect();
        claims.retain(|claim| claim.standing == crate::claim::Standing::InForce);
        let mut labels: Vec<AddressLabel<'_>> = claims.into_iter().flat_map(labels_of).collect();
        labels.sort_by_key(|label| (label.class, std::cmp::Reverse(label.confidence)));
        labels
    }

    /// Every claim, in the order in which they were added.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// Every address that is named, once.
    pub fn addresses(&self) -> &[WalletAddress] {
        &self.addresses
    }

    /// How many different addresses are named.
    pub fn n_addresses(&self) -> usize {
        self.addresses.len()
    }
}

fn labels_of(claim: &Claim) -> Vec<AddressLabel<'_>> {
    match &claim.tag {
        Some(tag) => vec![AddressLabel {
            class: claim.class,
            label: &tag.label,
            category: tag.category.as_deref(),
            actor: tag.actor.as_deref(),
            confidence: Some(&tag.confidence),
        }],
        None => {
            let label = |label| AddressLabel {
                class: claim.class,
                label,
                category: None,
                actor: None,
                confidence: None,
            };
            claim.parties.iter().map(|party| label(party.caption.as_str())).collect()
        }
    }
}

/// The chains that the labels of a claim mean together; none where one of them says nothing of the chain.
fn meant(labels: &[String]) -> Chains {
    let chains: Vec<Chains> = labels.iter().map(|label| Chains::of_label(label)).collect();
    if chains.iter().any(|chains| chains.is_empty()) {
        return Chains::NONE;
    }
    chains.into_iter().flat_map(|chains| chains.iter().collect::<Vec<_>>()).collect()
}

fn put<K: Hash + Eq>(table: &mut Table<K>, key: K, posting: Posting) {
    let postings = table.entry(key).or_default();
    if !postings.contains(&posting) {
        postings.push(posting);
    }
}

/// A number as it is kept; there are never as many claims.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
