//! The answer about one address as JSON. Its shape is a contract: `docs/answers.md` tells it, snapshot tests hold it.

use serde::Serialize;

use interdict_core::date::PartialDate;
use interdict_core::digest::Digest;
use interdict_core::list::{ListId, ListVersion};
use interdict_wallets::{
    By, Candidate, Chains, Folded, Listed, Match, Memo, Party, Reading, RelatedKind, Standing, Tag, Verified,
};

use super::asked::{Asked, NotRead};
use super::opened::{OpenedWallets, Origin, Together};

/// The answer for one address.
#[derive(Serialize)]
pub(crate) struct Answer<'a> {
    /// The line of the row, in answers to a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    /// Which of several addresses on the command line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    argument: Option<usize>,
    /// Where it stands, in answers to a free text.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
    /// What the text says as an address; null where it was refused or cannot be decided.
    wallet: Option<Wallet>,
    /// `clear`, `hits` or `not_screened`.
    outcome: &'static str,
    /// Why it was not screened.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// What it was compared with.
    index: IndexName<'a>,
    n_hits: usize,
    hits: Vec<AnswerMatch<'a>>,
    /// What was found and is no hit: listed formerly or later, or of a class that was not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    besides: Vec<AnswerMatch<'a>>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Place<'a> {
    /// The file; `-` is standard input.
    pub file: &'a str,
    /// The line, from 1.
    pub line: u64,
    /// The first byte, from 0.
    pub start: u64,
    /// The byte behind the last.
    pub end: u64,
}

/// What a text says as an address.
#[derive(Serialize)]
struct Wallet {
    /// Every address that it can be.
    addresses: Vec<AnswerAddress>,
    /// Others in the same text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    besides: Vec<AnswerAddress>,
    /// What stood before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// What was put right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<&'static str>,
}

#[derive(Serialize)]
struct AnswerAddress {
    address: String,
    family: &'static str,
    chains: Vec<&'static str>,
    verified: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    memo: Option<AnswerMemo>,
    /// Said where payments on the chain also need a memo or tag, which names the account at a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    memo_kind: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum AnswerMemo {
    Tag(u32),
    Id(u64),
    PaymentId(String),
}

/// Why it was not screened.
#[derive(Serialize)]
struct Reason {
    code: &'static str,
    message: String,
}

/// An index of addresses as an answer names it.
#[derive(Serialize)]
struct IndexName<'a> {
    digest: Digest,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<PartialDate>,
    lists: Vec<ListName<'a>>,
    /// Other versions of the lists, by which is told what was removed or is not listed yet.
    #[serde(skip_serializing_if = "is_none")]
    history: &'a Together,
    /// The kept packs of tags.
    #[serde(skip_serializing_if = "is_none")]
    tags: &'a Together,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    lists_without_version: &'a [ListId],
}

#[derive(Serialize)]
struct ListName<'a> {
    id: &'a ListId,
    version: &'a str,
    published: Option<PartialDate>,
    entities: u64,
    /// Older than the list may be.
    #[serde(skip_serializing_if = "is_false")]
    stale: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_none(together: &Together) -> bool {
    together.n == 0
}

/// Something that is said of the address.
#[derive(Serialize)]
struct AnswerMatch<'a> {
    /// `sanctioned`, `advisory`, `issuer_frozen`, `attributed` or `related_key`.
    class: &'static str,
    /// Of a related key: what the address by the same key is.
    #[serde(skip_serializing_if = "Option::is_none")]
    underlying: Option<&'static str>,
    /// `address`, `text`, `other_chain`, or what is shared.
    by: &'static str,
    standing: Standing,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<&'a str>,
    origin: &'a Origin,
    /// The address that is named; null where its text is none.
    address: Option<String>,
    chains: Vec<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    labels: &'a [String],
    #[serde(skip_serializing_if = "is_undated")]
    listed: Listed,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    parties: &'a [Party],
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<AnswerTag<'a>>,
    records: &'a [String],
}

/// A tag, and the number of its confidence.
#[derive(Serialize)]
struct AnswerTag<'a> {
    #[serde(flatten)]
    tag: &'a Tag,
    confidence_level: Option<u8>,
}

fn is_undated(listed: &Listed) -> bool {
    *listed == Listed::default()
}

impl<'a> Answer<'a> {
    /// The answer for a text that was looked up in an index.
    pub fn new(opened: &'a OpenedWallets, asked: &'a Asked<'a>) -> Self {
        let matched = |found: &'a Match<'a>| AnswerMatch::of(opened, found);
        Self {
            line: None,
            argument: None,
            place: None,
            wallet: asked.reading.as_ref().ok().and_then(Wallet::of),
            outcome: asked.outcome(),
            reason: asked.reason.as_ref().map(Reason::of),
            index: IndexName::of(opened),
            n_hits: asked.hits.len(),
            hits: asked.hits.iter().filter_map(matched).collect(),
            besides: asked.besides.iter().filter_map(matched).collect(),
        }
    }

    /// The same for a row of a file.
    pub fn of_line(self, line: u64) -> Self {
        Self { line: Some(line), ..self }
    }

    /// The same for a place in a free text.
    pub fn at(self, place: Place<'a>) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same for one of several arguments, from 1.
    pub fn of_argument(self, argument: usize) -> Self {
        Self { argument: Some(argument), ..self }
    }
}

impl Reason {
    fn of(reason: &NotRead) -> Self {
        Self { code: reason.code(), message: reason.message() }
    }
}

impl<'a> IndexName<'a> {
    fn of(opened: &'a OpenedWallets) -> Self {
        let name = |list: &'a ListVersion| ListName {
            id: &list.id,
            version: &list.version,
            published: list.published,
            entities: list.entities,
            stale: opened.stale.iter().any(|(stale, _)| *stale == list.id),
        };
        Self {
            digest: opened.digest,
            as_of: opened.as_of,
            lists: opened.lists.iter().map(name).collect(),
            history: &opened.history,
            tags: &opened.tags,
            lists_without_version: &opened.without_version,
        }
    }
}

impl Wallet {
    fn of(reading: &Reading) -> Option<Self> {
        let is_decided = !reading.candidates.is_empty() || !reading.besides.is_empty();
        is_decided.then(|| Self {
            addresses: reading.candidates.iter().map(AnswerAddress::of).collect(),
            besides: reading.besides.iter().map(AnswerAddress::of).collect(),
            hint: reading.hint.as_ref().map(|hint| hint.text.clone()),
            folded: folded(reading.folded),
        })
    }
}

impl AnswerAddress {
    fn of(candidate: &Candidate) -> Self {
        Self {
            address: candidate.address.to_string(),
            family: candidate.address.family().name(),
            chains: chains(candidate.chains),
            verified: verified(candidate.verified),
            memo: candidate.memo.map(|memo| match memo {
                Memo::Tag(tag) => AnswerMemo::Tag(tag),
                Memo::Id(id) => AnswerMemo::Id(id),
                Memo::PaymentId(bytes) => {
                    AnswerMemo::PaymentId(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
                }
            }),
            memo_kind: memo_kind(candidate),
        }
    }
}

impl<'a> AnswerMatch<'a> {
    fn of(opened: &'a OpenedWallets, found: &Match<'a>) -> Option<Self> {
        let claim = found.claim;
        let own = claim.class.name();
        let is_related = found.by.is_related();
        Some(Self {
            class: if is_related { "related_key" } else { own },
            underlying: is_related.then_some(own),
            by: by(found.by),
            standing: claim.standing,
            because: claim.because.as_deref(),
            origin: opened.origins.get(usize::try_from(claim.origin).ok()?)?,
            address: found.named.map(ToString::to_string),
            chains: chains(found.chains),
            labels: &claim.labels,
            listed: claim.listed,
            parties: &claim.parties,
            tag: claim.tag.as_ref().map(|tag| AnswerTag { tag, confidence_level: tag.confidence.level() }),
            records: &claim.records,
        })
    }
}

fn chains(chains: Chains) -> Vec<&'static str> {
    chains.iter().map(interdict_wallets::Chain::name).collect()
}

/// The stable name of how something was found.
pub(crate) fn by(by: By) -> &'static str {
    match by {
        By::Address => "address",
        By::Text => "text",
        By::OtherChain => "other_chain",
        By::Related(kind) => match kind {
            RelatedKind::KeyHash => "key_hash",
            RelatedKind::ScriptHash => "script_hash",
            RelatedKind::WitnessScript => "witness_script",
            RelatedKind::TaprootKey => "taproot_key",
            RelatedKind::EthereumHash => "ethereum_hash",
            RelatedKind::PublicKey => "public_key",
            RelatedKind::CardanoCredential => "cardano_credential",
            RelatedKind::ShieldedReceiver => "shielded_receiver",
            RelatedKind::MoneroKeys => "monero_keys",
        },
    }
}

/// The stable name of what was verified.
pub(crate) fn verified(verified: Verified) -> &'static str {
    match verified {
        Verified::Checksum => "checksum",
        Verified::FormOnly => "form_only",
        Verified::WrongCase => "wrong_case",
    }
}

/// What a payment on the chain names an account at a service by, besides the address.
pub(crate) fn memo_kind(candidate: &Candidate) -> Option<&'static str> {
    use interdict_wallets::Family;
    match candidate.address.family() {
        Family::Ripple => Some("destination_tag"),
        Family::Stellar | Family::Ton | Family::Bech32Account | Family::Algorand => Some("memo"),
        Family::Monero => Some("payment_id"),
        _ => None,
    }
}

/// The stable names of what was put right.
pub(crate) fn folded(folded: Folded) -> Vec<&'static str> {
    let all = [
        (folded.blanks, "blanks"),
        (folded.invisible, "invisible"),
        (folded.compatible, "compatible"),
        (folded.lookalikes, "lookalikes"),
        (folded.quotes, "quotes"),
    ];
    all.into_iter().filter(|(is_so, _)| *is_so).map(|(_, name)| name).collect()
}
