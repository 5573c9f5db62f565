//! What does a trace tell? The same for chains of outputs and of accounts, in names and not in numbers of a graph.
//!
//! Amounts are whole units (satoshi, wei); [`Unit`] says how to write them. Everything is sorted, so that the same run gives the same bytes.

use serde::{Serialize, Serializer};

use crate::strategy::{Conservation, Direction, Strategy};

/// An amount as JSON: a decimal text, as 128 bits are beyond what most readers of JSON keep exact.
fn as_text<S: Serializer>(amount: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(amount)
}

/// What amounts are counted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// What is counted: `BTC`, `ETH`, a token's address, `USD`.
    pub asset: String,
    /// How many decimals the asset is written with: 8 for Bitcoin, 18 for Ethereum. An amount of 1 is 10 to the minus so many.
    pub decimals: u8,
}

impl Unit {
    /// The amount with its decimals, without trailing zeros: `0.0001`.
    pub fn written(&self, amount: u128) -> String {
        let decimals = usize::from(self.decimals);
        let digits = format!("{amount:0>width$}", width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let fraction = fraction.trim_end_matches('0');
        if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
    }
}

/// What tracing began with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seed {
    /// What was asked for: an address, `txid:n`, a transaction.
    pub what: String,
    /// How much of value it stands for.
    #[serde(serialize_with = "as_text")]
    pub amount: u128,
    /// How many outputs or transfers it stands for.
    pub parts: u64,
}

/// How traced value ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndKind {
    /// Unspent, or a balance.
    Unspent,
    /// At a service, where tracing stops.
    Stopped,
    /// At another seed.
    Superseded,
    /// Paid as a fee.
    Fee,
    /// Backward: came into being here.
    Issued,
    /// Backward: from before the ledger, or from what it does not show.
    Unseen,
    /// Below the threshold that was asked for, and not followed.
    Dust,
    /// Destroyed.
    Burnt,
}

/// Value that ended in one way at one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    /// Whose. Empty for fees of a chain of outputs, and for outputs without an address.
    pub address: String,
    /// What is known of the address: the name of a service, the label of a tag or list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How it ended.
    pub kind: EndKind,
    /// How much.
    #[serde(serialize_with = "as_text")]
    pub amount: u128,
    /// How much of it came (backward: went) in one step from a seed to here.
    #[serde(serialize_with = "as_text")]
    pub direct: u128,
    /// In how many outputs or transfers.
    pub parts: u64,
    /// The fewest transactions between a seed and here.
    pub steps: u32,
    /// When the first of it arrived, in seconds since 1970, if the ledger tells times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// When the last of it arrived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
}

/// Traced value that moved from one address to another, all transactions together: a line of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// How much of it was traced value.
    #[serde(serialize_with = "as_text")]
    pub amount: u128,
    /// In how many transactions.
    pub transactions: u64,
    /// When first, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<i64>,
    /// When last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
    /// Some of the transactions, the first ones, at most [`FLOW_EXAMPLES_MAX`].
    pub examples: Vec<String>,
}

/// Most transactions that are named for one flow.
pub const FLOW_EXAMPLES_MAX: usize = 3;

/// What a pattern suggests. Never taint, never a reason to block by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lead {
    /// What it may be: `peel_chain`, `coinjoin`, `bridge`, `swap`.
    pub kind: &'static str,
    /// By which method it was seen, with its parameters.
    pub method: String,
    /// How sure the method is, from 0 to 1.
    pub confidence: f64,
    /// The transactions, in order.
    pub transactions: Vec<String>,
    /// The addresses.
    pub addresses: Vec<String>,
    /// What was seen, in words.
    pub seen: String,
}

/// Something that whoever reads the answer has to know: what the ledger does not show, what was taken for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A short stable name: `opening_balance_unknown`.
    pub code: &'static str,
    /// What, in words, with counts.
    pub text: String,
}

/// The answer of one run for one asset.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TraceReport {
    /// By which rule.
    pub strategy: Strategy,
    /// In which direction.
    pub direction: Direction,
    /// What amounts are counted in.
    pub unit: Unit,
    /// What it began with.
    pub seeds: Vec<Seed>,
    /// Where every unit went.
    pub conservation: Conservation,
    /// Where value ended, the largest amounts first.
    pub ends: Vec<End>,
    /// How it moved, in the order of time; empty unless asked for.
    pub flows: Vec<Flow>,
    /// Patterns on the way.
    pub leads: Vec<Lead>,
    /// What has to be known.
    pub notes: Vec<Note>,
    /// How many transactions the run looked at.
    pub transactions: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_their_decimals() {
        let bitcoin = Unit { asset: "BTC".into(), decimals: 8 };
        assert_eq!(bitcoin.written(0), "0");
        assert_eq!(bitcoin.written(10_000), "0.0001");
        assert_eq!(bitcoin.written(123_456_789_000), "1234.56789");
        assert_eq!(Unit { asset: "KRW".into(), decimals: 0 }.written(120), "120");
    }
}
