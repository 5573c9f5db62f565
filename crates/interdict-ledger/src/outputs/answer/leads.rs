//! Which patterns did traced value go through? Peel chains, CoinJoins, bridges and mixers, as leads beside the answer.

use std::collections::BTreeMap;

use super::recorder::Recorder;
use super::{Named, Question};
use crate::leads::coinjoin::{self, CoinJoinRules};
use crate::leads::deposits::{self, Service};
use crate::leads::peel::{self, PeelRules};
use crate::leads::transaction::Transactions;
use crate::leads::{Names, Pattern};
use crate::outputs::chain::Chain;
use crate::outputs::{AddressId, Tx};
use crate::report::{Lead, Note};

/// Most leads of one kind that are told.
const LEADS_TOLD_MAX: usize = 50;

/// What is known of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLabel {
    /// Who it is.
    pub name: String,
    /// Of what kind: `exchange`, `mixing_service`.
    pub category: Option<String>,
    /// What it does with value, if that is known and leads to another place.
    pub service: Option<Service>,
}

/// The names of a chain, as leads want them.
struct Told<'a, N>(&'a N, &'a BTreeMap<u32, String>);

impl<N: Named> Names for Told<'_, N> {
    fn transaction(&self, number: Tx) -> String {
        self.0.transaction(number)
    }

    fn address(&self, number: AddressId) -> String {
        self.0.address(number)
    }

    fn service(&self, number: u32) -> String {
        self.1.get(&number).cloned().unwrap_or_default()
    }
}

pub(super) fn found(
    chain: &Chain,
    names: &impl Named,
    question: &Question<'_>,
    recorder: &mut Recorder<'_>,
    notes: &mut Vec<Note>,
) -> Vec<Lead> {
    let (among, more) = recorder.transactions();
    if more > 0 {
        let text = format!("{more} of the transactions were not searched for patterns");
        notes.push(Note { code: "leads_not_searched", text });
    }
    let mut services: BTreeMap<AddressId, Service> = BTreeMap::new();
    let mut called: BTreeMap<u32, String> = BTreeMap::new();
    for address in question.stops.iter() {
        let Some(label) = names.label(address) else { continue };
        let Some(service) = label.service else { continue };
        called.insert(service.number, label.name);
        services.insert(address, service);
    }
    let mut transactions = Transactions::of(chain);
    let patterns = [
        ("peel chains", peel::search(chain, among.iter().copied(), &PeelRules::default())),
        ("CoinJoins", coinjoin::search(&mut transactions, among.iter().copied(), &CoinJoinRules::default())),
        ("services", deposits::search(&mut transactions, among.iter().copied(), &services)),
    ];
    let told = Told(names, &called);
    let mut leads = Vec::new();
    for (what, found) in patterns {
        let first: Vec<&Pattern> = found.first.iter().take(LEADS_TOLD_MAX).collect();
        let more = found.count.saturating_sub(first.len() as u64);
        if more > 0 {
            notes.push(Note {
                code: "leads_left_out",
                text: format!("{more} further leads of {what} are not told"),
            });
        }
        leads.extend(first.into_iter().map(|pattern| pattern.named(&told, &question.unit)));
    }
    leads
}
