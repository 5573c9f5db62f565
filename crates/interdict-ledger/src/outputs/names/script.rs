//! Which address does an output's script pay to? The common forms have one; other scripts are kept under their digest.
//!
//! A public key that is paid to directly counts as the address of its hash: whoever holds the key holds both, and explorers, lists and BlockSci's
//! clusters name it so. Several keys (bare multisig) are no address and not split into some: their script has a digest as its name.

use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

use super::name::SCRIPT;
use super::network::Network;
use interdict_wallets::Family;

const OP_PUSH_20: u8 = 0x14;
const OP_RETURN: u8 = 0x6a;
const OP_DUP: u8 = 0x76;
const OP_EQUAL: u8 = 0x87;
const OP_EQUALVERIFY: u8 = 0x88;
const OP_HASH160: u8 = 0xa9;
const OP_CHECKSIG: u8 = 0xac;

/// Whether an output has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// It has: the key of an address, or the digest of a script.
    Yes,
    /// It holds data and can never be spent.
    No,
}

/// Puts the key of what a script pays to in the place of what was in `key`.
pub fn key_of_script(script: &[u8], network: &Network, key: &mut Vec<u8>) -> Named {
    key.clear();
    match script {
        [OP_DUP, OP_HASH160, OP_PUSH_20, hash @ .., OP_EQUALVERIFY, OP_CHECKSIG] if hash.len() == 20 => {
            base58(network.key, hash, key);
        }
        [OP_HASH160, OP_PUSH_20, hash @ .., OP_EQUAL] if hash.len() == 20 => {
            base58(network.script, hash, key)
        }
        [OP_RETURN, ..] => return Named::No,
        [length, public @ .., OP_CHECKSIG]
            if usize::from(*length) == public.len() && is_public_key(public) =>
        {
            base58(network.key, &Ripemd160::digest(Sha256::digest(public)), key);
        }
        _ => match (network.hrp, witness(script)) {
            (Some(hrp), Some((version, program))) => {
                key.push(Family::Segwit.code());
                key.extend(hrp.as_bytes());
                key.extend([0, version]);
                key.extend(program);
            }
            _ => {
                key.push(SCRIPT);
                key.extend(Sha256::digest(script));
            }
        },
    }
    Named::Yes
}

fn base58(version: u8, hash: &[u8], key: &mut Vec<u8>) {
    key.extend([Family::Bitcoin.code(), version]);
    key.extend(hash);
}

fn is_public_key(public: &[u8]) -> bool {
    match (public.len(), public.first()) {
        (33, Some(2 | 3)) => true,
        // 6 and 7 are an old form that nodes still take.
        (65, Some(4 | 6 | 7)) => true,
        _ => false,
    }
}

/// Version and program, BIP-141. Version 0 has two lengths; others are not spendable.
fn witness(script: &[u8]) -> Option<(u8, &[u8])> {
    let [version, length, program @ ..] = script else { return None };
    let version = match version {
        0 => 0,
        0x51..=0x60 => version - 0x50,
        _ => return None,
    };
    let fits = usize::from(*length) == program.len()
        && if version == 0 { matches!(program.len(), 20 | 32) } else { (2..=40).contains(&program.len()) };
    fits.then_some((version, program))
}
