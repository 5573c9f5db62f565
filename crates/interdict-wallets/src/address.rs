//! What is one address, whatever the spelling? Its family and the bytes that it stands for.

use std::fmt;

use crate::family;

macro_rules! families {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $code:literal;)*) => {
        /// The kinds of address. What one stands for is told at each: it is what [`WalletAddress::payload`] holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Family { $($(#[$doc])* $variant,)* }

        impl Family {
            /// Every family.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The stable number, the first byte of a key.
            pub fn code(self) -> u8 {
                match self { $(Self::$variant => $code,)* }
            }
        }
    };
}

families! {
    /// Base58 as in Bitcoin, and CashAddr: version (one or two bytes) and hash (20 bytes).
    Bitcoin = "bitcoin", 1;
    /// Segregated witness: `hrp`, zero, version, program (2 to 40 bytes).
    Segwit = "segwit", 2;
    /// Ethereum and its like: 20 bytes.
    Evm = "evm", 3;
    /// TRON: 20 bytes.
    Tron = "tron", 4;
    /// Monero: network (standard or subaddress), public spend key, public view key.
    Monero = "monero", 5;
    /// XRP ledger: the account, 20 bytes.
    Ripple = "ripple", 6;
    /// Stellar: version byte and 32 bytes.
    Stellar = "stellar", 7;
    /// Solana: 32 bytes.
    Solana = "solana", 8;
    /// Shielded Zcash: Sapling (43 bytes) or Sprout (64 bytes).
    ZcashShielded = "zcash_shielded", 9;
    /// Unified Zcash: a mark of network and revision, and the receivers.
    ZcashUnified = "zcash_unified", 10;
    /// An account in bech32, as on Cosmos and BNB Beacon Chain: `hrp`, zero, bytes.
    Bech32Account = "bech32_account", 11;
    /// TON: workchain (one byte) and hash (32 bytes).
    Ton = "ton", 12;
    /// Algorand: 32 bytes.
    Algorand = "algorand", 13;
    /// Cardano: the bytes of the address.
    Cardano = "cardano", 14;
    /// Substrate: prefix of the network (two bytes) and account (32 bytes).
    Substrate = "substrate", 15;
    /// Tezos: prefix (three bytes) and hash (20 bytes).
    Tezos = "tezos", 16;
    /// Filecoin: protocol and bytes.
    Filecoin = "filecoin", 17;
}

/// One address: two spellings of it are equal, two addresses never are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WalletAddress {
    family: Family,
    payload: Box<[u8]>,
}

impl WalletAddress {
    /// An address of bytes that a family's reader made.
    pub(crate) fn new(family: Family, payload: impl Into<Box<[u8]>>) -> Self {
        Self { family, payload: payload.into() }
    }

    /// An address of its parts; `None` where the family has none with these bytes.
    pub fn from_parts(family: Family, payload: &[u8]) -> Option<Self> {
        let address = Self::new(family, payload);
        family::write(&address).map(|_| address)
    }

    /// The family.
    pub fn family(&self) -> Family {
        self.family
    }

    /// What it stands for, see [`Family`].
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The canonical key: the number of the family, and the payload. Equal exactly for equal addresses.
    pub fn to_key(&self) -> Vec<u8> {
        [&[self.family.code()], &*self.payload].concat()
    }

    /// The address of a canonical key.
    pub fn from_key(key: &[u8]) -> Option<Self> {
        let (code, payload) = key.split_first()?;
        let family = Family::ALL.iter().copied().find(|family| family.code() == *code)?;
        Self::from_parts(family, payload)
    }
}

impl fmt::Display for WalletAddress {
    /// The canonical spelling.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&family::write(self).unwrap_or_default())
    }
}

impl fmt::Debug for WalletAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({self})", self.family.name())
    }
}
