//! Which chains are there, and what does a label of a list or a URI call them? A label is a hint: what an address is, is
//! decided by the address.

use std::fmt;

macro_rules! chains {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, [$($symbol:literal),*];)*) => {
        /// A chain, or a group of chains that no address tells apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Chain { $($(#[$doc])* $variant,)* }

        impl Chain {
            /// Every chain.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What lists, URIs and wallets call it, in lower case, the most common first.
            pub fn symbols(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($symbol),*],)* }
            }
        }
    };
}

chains! {
    /// Bitcoin.
    Bitcoin = "bitcoin", ["btc", "xbt", "bitcoin"];
    /// Bitcoin Cash.
    BitcoinCash = "bitcoin_cash", ["bch", "bitcoincash", "bcc"];
    /// Bitcoin SV.
    BitcoinSv = "bitcoin_sv", ["bsv", "bitcoinsv"];
    /// eCash, formerly Bitcoin Cash ABC.
    Ecash = "ecash", ["xec", "ecash", "bcha"];
    /// Bitcoin Gold.
    BitcoinGold = "bitcoin_gold", ["btg", "bitcoingold"];
    /// Litecoin.
    Litecoin = "litecoin", ["ltc", "litecoin"];
    /// Dogecoin.
    Dogecoin = "dogecoin", ["doge", "xdg", "dogecoin"];
    /// Dash.
    Dash = "dash", ["dash"];
    /// Zcash.
    Zcash = "zcash", ["zec", "zcash"];
    /// Verge.
    Verge = "verge", ["xvg", "verge"];
    /// DigiByte.
    DigiByte = "digibyte", ["dgb", "digibyte"];
    /// PIVX.
    Pivx = "pivx", ["pivx"];
    /// Qtum.
    Qtum = "qtum", ["qtum"];
    /// Ravencoin.
    Ravencoin = "ravencoin", ["rvn", "ravencoin"];
    /// Komodo.
    Komodo = "komodo", ["kmd", "komodo"];
    /// Vertcoin.
    Vertcoin = "vertcoin", ["vtc", "vertcoin"];
    /// Peercoin.
    Peercoin = "peercoin", ["ppc", "peercoin"];
    /// Namecoin.
    Namecoin = "namecoin", ["nmc", "namecoin"];
    /// Horizen.
    Horizen = "horizen", ["zen", "horizen"];
    /// A test network of a chain like Bitcoin.
    Testnet = "testnet", ["tbtc", "testnet"];
    /// Ethereum.
    Ethereum = "ethereum", ["eth", "ethereum", "erc20"];
    /// Ethereum Classic.
    EthereumClassic = "ethereum_classic", ["etc", "ethereumclassic"];
    /// BNB Smart Chain.
    BnbSmartChain = "bnb_smart_chain", ["bsc", "bnb", "bep20"];
    /// Polygon.
    Polygon = "polygon", ["matic", "pol", "polygon"];
    /// Arbitrum.
    Arbitrum = "arbitrum", ["arb", "arb1", "arbitrum"];
    /// Optimism.
    Optimism = "optimism", ["op", "oeth", "optimism"];
    /// Base.
    Base = "base", ["base"];
    /// Avalanche, the C-chain.
    Avalanche = "avalanche", ["avax", "avalanche"];
    /// Gnosis.
    Gnosis = "gnosis", ["gno", "xdai", "gnosis"];
    /// Fantom.
    Fantom = "fantom", ["ftm", "fantom"];
    /// Celo.
    Celo = "celo", ["celo"];
    /// Any other chain with Ethereum's addresses.
    OtherEvm = "other_evm", ["evm"];
    /// TRON.
    Tron = "tron", ["trx", "tron", "trc20"];
    /// Monero.
    Monero = "monero", ["xmr", "monero"];
    /// The XRP ledger.
    Ripple = "ripple", ["xrp", "xrpl", "ripple"];
    /// Stellar.
    Stellar = "stellar", ["xlm", "stellar"];
    /// Solana.
    Solana = "solana", ["sol", "solana"];
    /// BNB Beacon Chain.
    BnbBeacon = "bnb_beacon", ["bnb", "bep2"];
    /// Cosmos Hub.
    Cosmos = "cosmos", ["atom", "cosmos"];
    /// Osmosis.
    Osmosis = "osmosis", ["osmo", "osmosis"];
    /// THORChain.
    Thorchain = "thorchain", ["rune", "thor", "thorchain"];
    /// Terra.
    Terra = "terra", ["luna", "lunc", "terra"];
    /// Kava.
    Kava = "kava", ["kava"];
    /// Injective.
    Injective = "injective", ["inj", "injective"];
    /// Evmos.
    Evmos = "evmos", ["evmos"];
    /// Sei.
    Sei = "sei", ["sei"];
    /// Celestia.
    Celestia = "celestia", ["tia", "celestia"];
    /// TON.
    Ton = "ton", ["ton", "toncoin"];
    /// Algorand.
    Algorand = "algorand", ["algo", "algorand"];
    /// Cardano.
    Cardano = "cardano", ["ada", "cardano"];
    /// Polkadot.
    Polkadot = "polkadot", ["dot", "polkadot"];
    /// Kusama.
    Kusama = "kusama", ["ksm", "kusama"];
    /// Any other chain with addresses in Substrate's form.
    OtherSubstrate = "other_substrate", ["substrate"];
    /// Tezos.
    Tezos = "tezos", ["xtz", "tezos"];
    /// Filecoin.
    Filecoin = "filecoin", ["fil", "filecoin"];
}

/// A set of chains.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Chains(u64);

const _: () = assert!(Chain::ALL.len() <= 64, "a chain needs its bit");

impl Chains {
    /// None: the form is known, the chain is not.
    pub const NONE: Self = Self(0);
    /// Every chain with Ethereum's addresses that is known by name, and the others as one.
    pub const EVM: Self = Self::of(&[
        Chain::Ethereum,
        Chain::EthereumClassic,
        Chain::BnbSmartChain,
        Chain::Polygon,
        Chain::Arbitrum,
        Chain::Optimism,
        Chain::Base,
        Chain::Avalanche,
        Chain::Gnosis,
        Chain::Fantom,
        Chain::Celo,
        Chain::OtherEvm,
    ]);

    /// These chains.
    pub const fn of(mut chains: &[Chain]) -> Self {
        let mut bits = 0;
        while let [first, rest @ ..] = chains {
            bits |= 1 << *first as u32;
            chains = rest;
        }
        Self(bits)
    }

    /// What a label means: a symbol, the scheme of a URI or the name of a network. Nothing for a token such as USDT, which is on
    /// many chains, and for an unknown label; more than one where it is used for several.
    ///
    /// # Example
    /// ```
    /// use interdict_wallets::{Chain, Chains};
    /// assert_eq!(Chains::of_label("XBT"), Chains::of(&[Chain::Bitcoin]));
    /// assert_eq!(Chains::of_label("USDT"), Chains::NONE);
    /// ```
    pub fn of_label(label: &str) -> Self {
        let is_named =
            |chain: &Chain| chain.symbols().iter().any(|symbol| symbol.eq_ignore_ascii_case(label));
        Chain::ALL.iter().copied().filter(is_named).collect()
    }

    /// Is the chain one of them?
    pub const fn has(self, chain: Chain) -> bool {
        self.0 & (1 << chain as u32) != 0
    }

    /// Is there none?
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The chains in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Chain> {
        Chain::ALL.iter().copied().filter(move |chain| self.has(*chain))
    }
}

impl FromIterator<Chain> for Chains {
    fn from_iter<I: IntoIterator<Item = Chain>>(chains: I) -> Self {
        chains.into_iter().fold(Self::NONE, |all, chain| Self(all.0 | Self::of(&[chain]).0))
    }
}

impl fmt::Debug for Chains {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
