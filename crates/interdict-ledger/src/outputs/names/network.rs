//! Which network are blocks of, and how are its addresses made?

use interdict_wallets::Chain;

/// How the proof of work of a network is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// From the hash of the block: it is checked.
    OfTheHash,
    /// In another way: it is not checked.
    Other,
}

/// What comes with a block besides its transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extras {
    /// Nothing.
    None,
    /// An extension block with hidden amounts follows the transactions (Litecoin's MWEB).
    ExtensionBlock,
    /// The work may be done in a block of another chain, which is told between head and transactions (AuxPoW).
    MergedMining,
}

/// A network whose block files are read. Sources: `chainparams.cpp` of Bitcoin Core, Litecoin Core and Dogecoin Core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// The name, for options and manifests.
    pub name: &'static str,
    /// The chain as `interdict-wallets` has it.
    pub chain: Chain,
    /// The bytes before each block in a file.
    pub magic: [u8; 4],
    /// Version of addresses of keys.
    pub key: u8,
    /// Version of addresses of scripts; of Litecoin the one under which `interdict-wallets` keeps both spellings.
    pub script: u8,
    /// What addresses of segregated witness begin with, if there are any.
    pub hrp: Option<&'static str>,
    /// How work is proved.
    pub proof: Proof,
    /// What else is in blocks.
    pub extras: Extras,
}

const BITCOIN: Network = Network {
    name: "bitcoin",
    chain: Chain::Bitcoin,
    magic: [0xf9, 0xbe, 0xb4, 0xd9],
    key: 0x00,
    script: 0x05,
    hrp: Some("bc"),
    proof: Proof::OfTheHash,
    extras: Extras::None,
};

const TESTNET: Network = Network {
    name: "bitcoin-testnet",
    chain: Chain::Testnet,
    magic: [0x0b, 0x11, 0x09, 0x07],
    key: 0x6f,
    script: 0xc4,
    hrp: Some("tb"),
    ..BITCOIN
};

const LITECOIN: Network = Network {
    name: "litecoin",
    chain: Chain::Litecoin,
    magic: [0xfb, 0xc0, 0xb6, 0xdb],
    key: 0x30,
    script: 0x05,
    hrp: Some("ltc"),
    proof: Proof::Other,
    extras: Extras::ExtensionBlock,
};

const DOGECOIN: Network = Network {
    name: "dogecoin",
    chain: Chain::Dogecoin,
    magic: [0xc0, 0xc0, 0xc0, 0xc0],
    key: 0x1e,
    script: 0x16,
    hrp: None,
    proof: Proof::Other,
    extras: Extras::MergedMining,
};

/// Networks that are kept apart on purpose although their files look alike.
const REFUSED: [(&str, &str); 4] = [
    ("bitcoin-cash", "its blocks are not in the order in which transactions spend each other"),
    ("bitcoin-sv", "its blocks are not in the order in which transactions spend each other"),
    ("zcash", "its blocks have another form, and amounts can be hidden"),
    ("dash", "its special transactions are not read"),
];

impl Network {
    /// Every network whose block files are read.
    pub const ALL: [Self; 7] = [
        BITCOIN,
        TESTNET,
        Self { name: "bitcoin-testnet4", magic: [0x1c, 0x16, 0x3f, 0x28], ..TESTNET },
        Self { name: "bitcoin-signet", magic: [0x0a, 0x03, 0xcf, 0x40], ..TESTNET },
        Self { name: "bitcoin-regtest", magic: [0xfa, 0xbf, 0xb5, 0xda], hrp: Some("bcrt"), ..TESTNET },
        LITECOIN,
        DOGECOIN,
    ];

    /// The network of a name.
    ///
    /// # Errors
    /// When block files of it are not read; the text says why and which are.
    pub fn named(name: &str) -> Result<Self, String> {
        if let Some(network) = Self::ALL.iter().find(|network| network.name.eq_ignore_ascii_case(name)) {
            return Ok(*network);
        }
        let why = REFUSED
            .iter()
            .find(|(refused, _)| refused.eq_ignore_ascii_case(name))
            .map_or("it is not known", |(_, why)| why);
        let names: Vec<&str> = Self::ALL.iter().map(|network| network.name).collect();
        Err(format!("network {name} is not read: {why}; those that are: {}", names.join(", ")))
    }

    /// The network whose blocks have these bytes before them.
    pub fn of_magic(magic: [u8; 4]) -> Option<Self> {
        Self::ALL.iter().find(|network| network.magic == magic).copied()
    }
}
