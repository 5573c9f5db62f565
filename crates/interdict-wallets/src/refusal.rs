//! What is refused before anything is kept of it? Private keys and seed phrases: whoever knows one owns the funds. A refusal says what
//! was seen and holds no part of it.

use interdict_core::limits::WALLET_TEXT_BYTES_MAX;
use thiserror::Error;

/// Why a text is not taken in at all. Nothing of the text is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is a secret.
    #[error("this is {}: it was not kept; whoever has it owns the funds, so treat it as disclosed", .0.description())]
    Secret(SecretKind),
    /// It is too long to be an address.
    #[error("the text is longer than {WALLET_TEXT_BYTES_MAX} bytes (WALLET_TEXT_BYTES_MAX)")]
    TooLong,
    /// Nothing is there to be read.
    #[error("there is no text")]
    Empty,
}

/// What kind of secret was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// A private key in Wallet Import Format.
    Wif,
    /// A private key in Casascius' mini form.
    MiniKey,
    /// A private key under a password, BIP-38.
    EncryptedKey,
    /// An extended private key, BIP-32 (`xprv`, `yprv`, `zprv` …).
    ExtendedKey,
    /// Words from which keys are made, as in BIP-39.
    SeedPhrase,
    /// The secret seed of an account (Stellar `S…`, Ripple `s…`, Tezos `edsk…`).
    AccountSeed,
    /// A secret key in bech32 (Zcash, Cardano and others).
    Bech32Key,
    /// A pair of keys, Solana's 64 bytes.
    KeyPair,
    /// A text that calls itself a private key, a secret or a seed.
    Labelled,
}

impl SecretKind {
    /// In words, for a person.
    pub fn description(self) -> &'static str {
        match self {
            Self::Wif => "a private key (Wallet Import Format)",
            Self::MiniKey => "a private key (mini key)",
            Self::EncryptedKey => "an encrypted private key (BIP-38)",
            Self::ExtendedKey => "an extended private key",
            Self::SeedPhrase => "a row of words as a seed phrase has",
            Self::AccountSeed => "the secret seed of an account",
            Self::Bech32Key => "a secret key (bech32)",
            Self::KeyPair => "a key pair with its private key",
            Self::Labelled => "labelled as a private key or seed",
        }
    }
}
