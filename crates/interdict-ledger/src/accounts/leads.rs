//! Did traced value change its asset? Whoever sends one asset and gets another in one transaction may have swapped or wrapped it. A lead and no
//! taint: what came for it may be anything, and a walk follows one asset.

use std::collections::BTreeMap;

use super::ledger::{AccountId, AccountLedger, AssetId, EventKind, TransactionId};
use crate::report::Lead;

/// Most movements of traced value that are looked at for what came back, and most leads.
pub(super) const LEADS_MAX: usize = 10_000;

/// Who sent traced value in which transaction.
#[derive(Debug, Default)]
pub(super) struct Leads {
    left: Vec<(u32, u32)>,
    /// Movements beyond the bound, which were not looked at.
    pub beyond: u64,
}

/// What came to one who sent.
#[derive(Default)]
struct Came {
    assets: Vec<u32>,
    fresh: bool,
}

impl Leads {
    /// Traced value left an account.
    pub fn left(&mut self, transaction: u32, account: u32) {
        if self.left.last() == Some(&(transaction, account)) {
            return;
        }
        if self.left.len() < LEADS_MAX {
            self.left.push((transaction, account));
        } else {
            self.beyond += 1;
        }
    }

    /// Swaps and wraps, in the order of transactions.
    pub fn found(&self, ledger: &AccountLedger, asset: AssetId) -> Vec<Lead> {
        if ledger.assets.len() < 2 || self.left.is_empty() {
            return Vec::new();
        }
        let mut sent: BTreeMap<(u32, u32), Came> =
            self.left.iter().map(|sender| (*sender, Came::default())).collect();
        for event in ledger.events().filter(|event| event.asset != asset && event.value > 0) {
            let Some(to) = event.to.filter(|to| event.from != Some(*to)) else { continue };
            if let Some(came) = sent.get_mut(&(event.transaction.0, to.0)) {
                came.fresh |= event.kind == EventKind::Mint;
                if !came.assets.contains(&event.asset.0) {
                    came.assets.push(event.asset.0);
                }
            }
        }
        let came = sent.into_iter().filter(|(_, came)| !came.assets.is_empty());
        came.map(|((transaction, account), came)| lead(ledger, asset, transaction, account, &came)).collect()
    }
}

fn lead(ledger: &AccountLedger, asset: AssetId, transaction: u32, account: u32, came: &Came) -> Lead {
    let names: Vec<String> = came.assets.iter().map(|asset| ledger.unit(AssetId(*asset)).asset).collect();
    let (method, confidence) = match came.assets.len() {
        1 => ("same_transaction(assets=1)", 0.8),
        _ => ("same_transaction(assets=several)", 0.5),
    };
    let address = ledger.address(AccountId(account));
    let fresh = if came.fresh { ", newly issued" } else { "" };
    let seen = format!(
        "{address} sent {} and got {}{fresh} in the same transaction",
        ledger.unit(asset).asset,
        names.join(", ")
    );
    Lead {
        kind: "swap",
        method: method.to_owned(),
        confidence,
        transactions: vec![ledger.hash(TransactionId(transaction))],
        addresses: vec![address],
        seen,
    }
}
