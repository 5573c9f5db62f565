//! Which chain is a base58 address like Bitcoin's of? Its version says so, as far as chains do not share one.

use super::Findings;
use crate::address::{Family, WalletAddress};
use crate::chain::{Chain, Chains};
use crate::codec::{base58, checksum};
use crate::reading::Verified;

/// Version of Bitcoin's addresses of keys.
pub(crate) const KEY: &[u8] = &[0x00];
/// Version of Bitcoin's addresses of scripts.
pub(crate) const SCRIPT: &[u8] = &[0x05];

/// What the hash is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hashed {
    Key,
    Script,
}

/// A version and who uses it, from the `chainparams.cpp` of each chain (`base58Prefixes`).
struct Version {
    bytes: &'static [u8],
    hashed: Hashed,
    chains: Chains,
}

const fn version(bytes: &'static [u8], hashed: Hashed, chains: &[Chain]) -> Version {
    Version { bytes, hashed, chains: Chains::of(chains) }
}

const VERSIONS: &[Version] = &[
    version(KEY, Hashed::Key, &[Chain::Bitcoin, Chain::BitcoinCash, Chain::BitcoinSv, Chain::Ecash]),
    version(
        SCRIPT,
        Hashed::Script,
        &[
            Chain::Bitcoin,
            Chain::BitcoinCash,
            Chain::BitcoinSv,
            Chain::Ecash,
            Chain::Litecoin,
            Chain::Vertcoin,
        ],
    ),
    version(&[0x0d], Hashed::Script, &[Chain::Pivx, Chain::Namecoin]),
    version(&[0x10], Hashed::Script, &[Chain::Dash]),
    version(&[0x16], Hashed::Script, &[Chain::Dogecoin]),
    version(&[0x17], Hashed::Script, &[Chain::BitcoinGold]),
    version(&[0x1e], Hashed::Key, &[Chain::Dogecoin, Chain::Verge, Chain::DigiByte, Chain::Pivx]),
    version(&[0x21], Hashed::Script, &[Chain::Verge]),
    version(&[0x26], Hashed::Key, &[Chain::BitcoinGold]),
    version(&[0x30], Hashed::Key, &[Chain::Litecoin]),
    version(LITECOIN_SCRIPT, Hashed::Script, &[Chain::Qtum]),
    version(&[0x34], Hashed::Key, &[Chain::Namecoin]),
    version(&[0x37], Hashed::Key, &[Chain::Peercoin]),
    version(&[0x3a], Hashed::Key, &[Chain::Qtum]),
    version(&[0x3c], Hashed::Key, &[Chain::Ravencoin, Chain::Komodo]),
    version(&[0x3f], Hashed::Script, &[Chain::DigiByte]),
    version(&[0x47], Hashed::Key, &[Chain::Vertcoin]),
    version(&[0x4c], Hashed::Key, &[Chain::Dash]),
    version(&[0x55], Hashed::Script, &[Chain::Komodo]),
    version(&[0x6f], Hashed::Key, &[Chain::Testnet]),
    version(&[0x71], Hashed::Key, &[Chain::Testnet]),
    version(&[0x75], Hashed::Script, &[Chain::Peercoin]),
    version(&[0x7a], Hashed::Script, &[Chain::Ravencoin]),
    version(&[0x8c], Hashed::Key, &[Chain::Testnet]),
    version(&[0x13], Hashed::Script, &[Chain::Testnet]),
    version(&[0x3d], Hashed::Script, &[Chain::Testnet]),
    version(&[0xc4], Hashed::Script, &[Chain::Testnet]),
    version(&[0x1c, 0xb8], Hashed::Key, &[Chain::Zcash]),
    version(&[0x1c, 0xbd], Hashed::Script, &[Chain::Zcash]),
    version(&[0x1d, 0x25], Hashed::Key, &[Chain::Testnet]),
    version(&[0x1c, 0xba], Hashed::Script, &[Chain::Testnet]),
    version(&[0x20, 0x89], Hashed::Key, &[Chain::Horizen]),
    version(&[0x20, 0x96], Hashed::Script, &[Chain::Horizen]),
];

/// Litecoin's version of addresses of scripts since 2017 (`M…`); before, it was Bitcoin's (`3…`).
const LITECOIN_SCRIPT: &[u8] = &[0x32];

/// Reads what base58 decoded to: one or two bytes of version, 20 of hash, four of checksum.
pub(crate) fn read(bytes: &[u8], findings: &mut Findings) {
    let Some(body) = checksum::without_sha256d(bytes) else {
        findings.wrong_checksum(Family::Bitcoin);
        return;
    };
    if body.first() == Some(&super::tron::VERSION) && body.len() == 21 {
        super::tron::add(body.get(1..).unwrap_or_default(), Verified::Checksum, findings);
        return;
    }
    if let Some(hash) = body.strip_prefix(LITECOIN_SCRIPT).filter(|hash| hash.len() == 20) {
        let litecoin = Chains::of(&[Chain::Litecoin]);
        findings.add(
            WalletAddress::new(Family::Bitcoin, [SCRIPT, hash].concat()),
            litecoin,
            Verified::Checksum,
        );
    }
    let chains = version_of(body).map_or(Chains::NONE, |version| version.chains);
    findings.add(WalletAddress::new(Family::Bitcoin, body), chains, Verified::Checksum);
}

fn version_of(payload: &[u8]) -> Option<&'static Version> {
    let bytes = payload.get(..payload.len().checked_sub(20)?)?;
    VERSIONS.iter().find(|version| version.bytes == bytes)
}

/// What the hash of a payload is of, and the hash.
pub(crate) fn hash(payload: &[u8]) -> Option<(Hashed, &[u8])> {
    let version = version_of(payload)?;
    Some((version.hashed, payload.get(version.bytes.len()..)?))
}

/// Base58 with checksum; CashAddr where there is no other.
pub(crate) fn write(payload: &[u8]) -> Option<String> {
    if payload.len() == 33 {
        // A script under a hash of 32 bytes has no spelling in base58.
        return super::cash::write(payload).map(|text| format!("bitcoincash:{text}"));
    }
    let is_tron = payload.len() == 21 && payload.first() == Some(&super::tron::VERSION);
    (matches!(payload.len(), 21 | 22) && !is_tron).then(|| write_checked(payload))
}

/// Any bytes with their checksum.
pub(crate) fn write_checked(body: &[u8]) -> String {
    base58::encode(&[body, &checksum::sha256d_4(body)].concat(), &base58::BITCOIN)
}

/// Litecoin's spelling since 2017 of a payload that has Bitcoin's version of scripts.
pub(crate) fn write_litecoin_script(payload: &[u8]) -> Option<String> {
    payload.strip_prefix(SCRIPT).map(|hash| write_checked(&[LITECOIN_SCRIPT, hash].concat()))
}
