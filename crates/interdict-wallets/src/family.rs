//! Which families are there, and how is an address of each read and written? One file for each; a reader adds what fits to the
//! findings and keeps no text.

pub(crate) mod algorand;
pub(crate) mod bech32_account;
pub(crate) mod bitcoin;
pub(crate) mod cardano;
pub(crate) mod cash;
pub(crate) mod evm;
pub(crate) mod filecoin;
pub(crate) mod monero;
pub(crate) mod ripple;
pub(crate) mod segwit;
pub(crate) mod solana;
pub(crate) mod stellar;
pub(crate) mod substrate;
pub(crate) mod tezos;
pub(crate) mod ton;
pub(crate) mod tron;
pub(crate) mod zcash;

use crate::address::{Family, WalletAddress};
use crate::chain::Chains;
use crate::reading::{Candidate, Memo, Undecided, Verified};

/// What the readers found.
#[derive(Default)]
pub(crate) struct Findings {
    pub(crate) candidates: Vec<Candidate>,
    /// Addresses in the same text.
    pub(crate) besides: Vec<Candidate>,
    /// Why not, where there is none: the first that is known.
    pub(crate) undecided: Option<Undecided>,
}

impl Findings {
    pub(crate) fn add(&mut self, address: WalletAddress, chains: Chains, verified: Verified) {
        self.candidates.push(Candidate { address, chains, verified, memo: None });
    }

    pub(crate) fn add_with_memo(&mut self, address: WalletAddress, chains: Chains, memo: Option<Memo>) {
        self.candidates.push(Candidate { address, chains, verified: Verified::Checksum, memo });
    }

    pub(crate) fn not(&mut self, why: Undecided) {
        self.undecided.get_or_insert(why);
    }

    pub(crate) fn wrong_checksum(&mut self, family: Family) {
        self.not(Undecided::WrongChecksum(family));
    }
}

/// Does a family of its own read what stands behind these letters in bech32?
pub(crate) fn is_of_another_bech32_family(hrp: &str) -> bool {
    segwit::is_hrp(hrp)
        || cardano::is_hrp(hrp)
        || zcash::is_hrp(hrp)
        || is_secret_hrp(hrp)
        || zcash::is_viewing_hrp(hrp)
}

/// Do these letters stand before a secret key in bech32?
pub(crate) fn is_secret_hrp(hrp: &str) -> bool {
    const SECRET: [&str; 4] = ["nsec", "age-secret-key-", "sprv", "xprv"];
    hrp.starts_with("secret-")
        || hrp.ends_with("_sk")
        || hrp.ends_with("_xsk")
        || hrp.contains("priv")
        || SECRET.contains(&hrp)
}

/// The canonical spelling; `None` where no address of the family has this payload.
pub(crate) fn write(address: &WalletAddress) -> Option<String> {
    let payload = address.payload();
    match address.family() {
        Family::Bitcoin => bitcoin::write(payload),
        Family::Segwit => segwit::write(payload),
        Family::Evm => evm::write(payload),
        Family::Tron => tron::write(payload),
        Family::Monero => monero::write(payload),
        Family::Ripple => ripple::write(payload),
        Family::Stellar => stellar::write(payload),
        Family::Solana => solana::write(payload),
        Family::ZcashShielded => zcash::write_shielded(payload),
        Family::ZcashUnified => zcash::write_unified(payload),
        Family::Bech32Account => bech32_account::write(payload),
        Family::Ton => ton::write(payload),
        Family::Algorand => algorand::write(payload),
        Family::Cardano => cardano::write(payload),
        Family::Substrate => substrate::write(payload),
        Family::Tezos => tezos::write(payload),
        Family::Filecoin => filecoin::write(payload),
    }
}
