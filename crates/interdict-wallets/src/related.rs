//! Which other addresses may one holder have by the same key? The same hash on another chain is reported as related, and never
//! as the same.

use crate::address::{Family, WalletAddress};
use crate::family::bitcoin::Hashed;
use crate::family::{bech32_account, bitcoin, cardano, filecoin, segwit, stellar, zcash};

/// What two related addresses have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelatedKey {
    /// What it is.
    pub kind: RelatedKind,
    /// Its bytes.
    pub bytes: Box<[u8]>,
}

/// What two related addresses can have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelatedKind {
    /// RIPEMD-160 of SHA-256 of a public key: Bitcoin and its like, XRP ledger, Cosmos.
    KeyHash,
    /// The same of a script.
    ScriptHash,
    /// SHA-256 of a script, segregated witness.
    WitnessScript,
    /// The output key of taproot.
    TaprootKey,
    /// The last 20 bytes of Keccak-256 of a public key: Ethereum and its like, TRON.
    EthereumHash,
    /// A public key of 32 bytes: Stellar, Solana, Algorand, Substrate.
    PublicKey,
    /// A credential of Cardano: who spends, or who stakes.
    CardanoCredential,
    /// A shielded receiver of Zcash.
    ShieldedReceiver,
    /// The keys of Monero: a standard address on two networks.
    MoneroKeys,
}

/// By what an address is related to others. None where nothing follows from its bytes.
pub fn related_keys(address: &WalletAddress) -> Vec<RelatedKey> {
    let payload = address.payload();
    match address.family() {
        Family::Bitcoin => bitcoin::hash(payload).map(hashed).into_iter().collect(),
        Family::Segwit => segwit::parts(payload).and_then(witness).into_iter().collect(),
        Family::Evm | Family::Tron => one(RelatedKind::EthereumHash, payload),
        Family::Monero => one(RelatedKind::MoneroKeys, payload.get(1..).unwrap_or_default()),
        Family::Ripple => one(RelatedKind::KeyHash, payload),
        Family::Stellar => match payload.split_first() {
            Some((&stellar::ACCOUNT, key)) => one(RelatedKind::PublicKey, key),
            _ => Vec::new(),
        },
        Family::Solana | Family::Algorand => one(RelatedKind::PublicKey, payload),
        Family::Substrate => one(RelatedKind::PublicKey, payload.get(2..).unwrap_or_default()),
        Family::ZcashShielded => one(RelatedKind::ShieldedReceiver, payload),
        Family::ZcashUnified => zcash::receiving(payload).iter().flat_map(related_keys).collect(),
        Family::Bech32Account => account(payload),
        Family::Cardano => cardano::credentials(payload)
            .into_iter()
            .map(|bytes| key(RelatedKind::CardanoCredential, bytes))
            .collect(),
        Family::Filecoin => match payload {
            [4, filecoin::ETHEREUM, hash @ ..] => one(RelatedKind::EthereumHash, hash),
            _ => Vec::new(),
        },
        Family::Ton | Family::Tezos => Vec::new(),
    }
}

fn key(kind: RelatedKind, bytes: &[u8]) -> RelatedKey {
    RelatedKey { kind, bytes: bytes.into() }
}

fn one(kind: RelatedKind, bytes: &[u8]) -> Vec<RelatedKey> {
    vec![key(kind, bytes)]
}

fn hashed((hashed, bytes): (Hashed, &[u8])) -> RelatedKey {
    match hashed {
        Hashed::Key => key(RelatedKind::KeyHash, bytes),
        Hashed::Script => key(RelatedKind::ScriptHash, bytes),
    }
}

fn witness((_, version, program): (&str, u8, &[u8])) -> Option<RelatedKey> {
    match (version, program.len()) {
        (0, 20) => Some(key(RelatedKind::KeyHash, program)),
        (0, 32) => Some(key(RelatedKind::WitnessScript, program)),
        (1, 32) => Some(key(RelatedKind::TaprootKey, program)),
        _ => None,
    }
}

fn account(payload: &[u8]) -> Vec<RelatedKey> {
    match bech32_account::parts(payload) {
        Some((hrp, _, content)) if content.len() == 20 => {
            let is_ethereum_like = bech32_account::is_ethereum_like(hrp);
            one(if is_ethereum_like { RelatedKind::EthereumHash } else { RelatedKind::KeyHash }, content)
        }
        _ => Vec::new(),
    }
}
