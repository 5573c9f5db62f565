//! What is known of blocks, receipts, tokens and contracts, before any value moves?

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::super::{SourceError, Tally, moment};
use super::Reading;
use super::table::{Fields, Kind, Table};
use crate::accounts::address::transaction_key;
use crate::accounts::keys::Keys;
use crate::accounts::{AccountId, AddressKey};

/// Wei in a Gwei, which withdrawals are counted in (EIP-4895).
const GWEI: u128 = 1_000_000_000;

/// What a receipt says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Receipt {
    pub status: Option<u64>,
    pub gas_used: Option<u128>,
    pub price: Option<u128>,
    /// Gas for blobs, and its price.
    pub blob_gas: Option<(u128, u128)>,
    /// The contract that was made.
    pub contract: Option<AccountId>,
}

/// What a block says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub time: Option<i64>,
    pub miner: Option<AccountId>,
    /// 0 before there was one.
    pub base_fee: u128,
}

/// What the stake of a validator paid out.
#[derive(Debug)]
pub(super) struct Withdrawal {
    pub block: u64,
    pub to: AccountId,
    pub wei: u128,
}

#[derive(Debug, Default)]
pub(super) struct Facts {
    hashes: Keys,
    receipts: HashMap<u32, Receipt>,
    pub blocks: HashMap<u64, Block>,
    pub withdrawals: Vec<Withdrawal>,
    /// Keys of contracts, and the decimals of their tokens.
    pub decimals: HashMap<AddressKey, u8>,
    /// Contracts whose tokens are single things: what is called value is a number of a thing.
    pub things: HashSet<AddressKey>,
}

impl Facts {
    pub fn receipt(&self, hash: &str) -> Option<&Receipt> {
        self.receipts.get(&self.hashes.find(&transaction_key(hash))?)
    }

    pub fn time(&self, block: u64) -> Option<i64> {
        self.blocks.get(&block).and_then(|block| block.time)
    }
}

impl Reading<'_> {
    /// Reads a table that moves no value itself.
    pub(super) fn facts(&mut self, mut table: Table<'_>) -> Result<(), SourceError> {
        let (kind, record) = match table.kind {
            Kind::Tokens => (Kind::Tokens, "token"),
            Kind::Contracts => (Kind::Contracts, "contract"),
            Kind::Blocks => (Kind::Blocks, "block"),
            other => (other, "receipt"),
        };
        let mut tally = Tally::new(table.name, record);
        while let Some(fields) = table.next(&mut tally)? {
            match kind {
                Kind::Tokens | Kind::Contracts => self.contract(&mut tally, &fields),
                Kind::Blocks => self.block(&mut tally, &fields)?,
                _ => self.receipt(&mut tally, &fields)?,
            }
        }
        tally.finish(&mut self.account);
        Ok(())
    }

    fn contract(&mut self, tally: &mut Tally, fields: &Fields<'_>) {
        let Some(Ok(key)) = fields.get("address").map(AddressKey::of) else {
            tally.lose(fields.line(), "no_party", "the contract has no address that can be read");
            return;
        };
        if let Some(decimals) = fields.get("decimals").and_then(|text| text.parse().ok()) {
            self.facts.decimals.insert(key.clone(), decimals);
        }
        if fields.get("iserc721").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
            self.facts.things.insert(key);
        }
    }

    fn block(&mut self, tally: &mut Tally, fields: &Fields<'_>) -> Result<(), SourceError> {
        let Some(number) = fields.needed(tally, "number") else { return Ok(()) };
        let Ok(miner) = self.party(tally, fields, "miner")? else { return Ok(()) };
        let time = fields.get("timestamp").and_then(moment::parse);
        let base_fee = fields.large("basefeepergas").unwrap_or(0);
        if self.facts.blocks.insert(number, Block { time, miner, base_fee }).is_some() {
            tally.lose(fields.line(), "duplicate", "the block was read before");
            return Ok(());
        }
        if let Some(text) = fields.get("withdrawals") {
            self.withdrawals_of(tally, fields.line(), number, text)?;
        }
        Ok(())
    }

    /// The withdrawals of a block, as JSON or as Python writes a list of dictionaries.
    fn withdrawals_of(
        &mut self,
        tally: &mut Tally,
        line: u64,
        block: u64,
        text: &str,
    ) -> Result<(), SourceError> {
        let json = text.replace('\'', "\"").replace("None", "null");
        let Ok(all) = serde_json::from_str::<Vec<Value>>(&json) else {
            tally.value_lost(line, "bad_withdrawals", "the withdrawals cannot be read");
            return Ok(());
        };
        for one in all {
            let key = one.get("address").and_then(Value::as_str).and_then(|text| AddressKey::of(text).ok());
            let gwei = one.get("amount").and_then(|amount| match amount {
                Value::String(text) => text.parse().ok(),
                other => other.as_u64().map(u128::from),
            });
            let wei = gwei.and_then(|gwei: u128| gwei.checked_mul(GWEI));
            let (Some(key), Some(wei)) = (key, wei) else {
                tally.value_lost(
                    line,
                    "bad_withdrawals",
                    "a withdrawal has no address or amount that can be read",
                );
                continue;
            };
            let to = self.builder.account(&key)?;
            self.facts.withdrawals.push(Withdrawal { block, to, wei });
        }
        Ok(())
    }

    fn receipt(&mut self, tally: &mut Tally, fields: &Fields<'_>) -> Result<(), SourceError> {
        let Ok(contract) = self.party(tally, fields, "contractaddress")? else { return Ok(()) };
        let Some(number) =
            fields.get("transactionhash").and_then(|hash| self.facts.hashes.intern(&transaction_key(hash)))
        else {
            tally.lose(fields.line(), "no_transaction", "the receipt names no transaction");
            return Ok(());
        };
        let receipt = Receipt {
            status: fields.number("status"),
            gas_used: fields.large("gasused"),
            price: fields.large("effectivegasprice"),
            blob_gas: fields.large("blobgasused").zip(fields.large("blobgasprice")),
            contract,
        };
        if self.facts.receipts.insert(number, receipt).is_some() {
            tally.lose(fields.line(), "duplicate", "the transaction had a receipt before");
        }
        Ok(())
    }
}
