//! What does a text say as an address? Every address that it can be, what was verified of each, and what was put right.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::address::{Family, WalletAddress};
use crate::chain::Chains;
use crate::related::related_keys;

/// What a text is, as far as it can be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The addresses that it can be, those with a right checksum first. Mostly one; none where it stays undecided.
    pub candidates: Vec<Candidate>,
    /// Addresses that are in the text besides: all of several, or the token contract of an
    /// `ethereum:` URI.
    pub besides: Vec<Candidate>,
    /// What a prefix, scheme or CAIP-10 namespace said before the address; a hint only.
    pub hint: Option<Hint>,
    /// What was put right in the letters.
    pub folded: Folded,
    /// Why there are no candidates.
    pub undecided: Option<Undecided>,
    /// The text itself under a digest, where there are no candidates: it is searched by that.
    pub raw: Option<RawKey>,
}

/// How two addresses are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Nothing is known.
    None,
    /// One key or script, on two chains or in two forms: whoever holds one most likely holds the other.
    Related,
    /// The same address.
    Same,
}

/// One address that a text can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The address.
    pub address: WalletAddress,
    /// The chains that have this address in this spelling; none where the form is known and the chain is not.
    pub chains: Chains,
    /// What was verified.
    pub verified: Verified,
    /// A destination within the address, which is no part of its key.
    pub memo: Option<Memo>,
}

impl Candidate {
    /// The same with those of its chains that a hint names; unchanged where it names none of them.
    #[must_use]
    pub fn narrowed(&self, hint: Chains) -> Self {
        let both = self.chains.and(hint);
        let chains = if both.is_empty() { self.chains } else { both };
        Self { chains, ..self.clone() }
    }

    /// How two are to each other. One address on chains that have nothing in common is related only: `1…` of Bitcoin and the same in
    /// the spelling of Bitcoin Cash.
    pub fn relation(&self, other: &Self) -> Relation {
        let apart =
            !self.chains.is_empty() && !other.chains.is_empty() && self.chains.and(other.chains).is_empty();
        if self.address == other.address {
            return if apart { Relation::Related } else { Relation::Same };
        }
        let own = related_keys(&self.address);
        let is_shared = related_keys(&other.address).iter().any(|key| own.contains(key));
        if is_shared { Relation::Related } else { Relation::None }
    }
}

/// What was verified of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verified {
    /// Form and checksum are right.
    Checksum,
    /// The form is right; the family or this spelling has no checksum.
    FormOnly,
    /// The bytes are certain and the checksum in the case of the letters (EIP-55) is wrong: mistyped, or case was lost in part.
    WrongCase,
}

/// A destination within an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Memo {
    /// The destination tag of an X-address.
    Tag(u32),
    /// The number in a multiplexed Stellar address.
    Id(u64),
    /// The payment identifier of an integrated Monero address.
    PaymentId([u8; 8]),
}

/// What is said before an address. Labels of lists are wrong at times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// As it is written, without the address; CAIP-10 with its reference.
    pub text: String,
    /// The chains that are called so; none for tokens and unknown labels.
    pub chains: Chains,
}

/// Why a text is not decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Undecided {
    /// It has the form of this family, and its checksum is wrong.
    WrongChecksum(Family),
    /// The letters are those of a family that tells upper from lower case, and all are in one: the case was lost.
    CaseLost,
    /// Hexadecimal, and no address has so many digits: some were lost, or it is something else.
    HexLength,
    /// 64 hexadecimal digits: a transaction, a public key, an address of a chain without checksums, or a private key.
    SixtyFourHexDigits,
    /// An extended public key, which stands for many addresses.
    ExtendedPublicKey,
    /// A viewing key: no address, and it shows the payments of one.
    ViewingKey,
    /// A name that a service turns into an address (`.eth`, `.near`, `.sol` …).
    Name,
    /// Several addresses are in it, see [`Reading::besides`].
    Several,
    /// Of no form that is known.
    UnknownForm,
}

/// What was put right in the letters of a text before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Folded {
    /// Blanks within or around it were left out.
    pub blanks: bool,
    /// Characters that are not seen (zero width, direction, soft hyphen) were left out.
    pub invisible: bool,
    /// Full-width and other compatible forms became plain letters.
    pub compatible: bool,
    /// Letters of other scripts became the Latin ones that they look like.
    pub lookalikes: bool,
    /// Quotes, brackets or punctuation around it were left out.
    pub quotes: bool,
}

impl Folded {
    /// Was nothing put right?
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// A text under a digest, so that it can be searched and not be read: SHA-256 of its letters and digits, folded, in lower case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RawKey([u8; 32]);

impl RawKey {
    /// Of a text that is folded and has no label any more.
    pub(crate) fn of_core(core: &str) -> Self {
        Self(Sha256::digest(core.to_ascii_lowercase()).into())
    }

    /// The digest.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for RawKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, ..] = self.0;
        write!(f, "RawKey({})", crate::codec::hex::encode(&[a, b, c, d]))
    }
}
