//! What does a trace through a chain of outputs tell, in names? Ends by address, how value moved, and the patterns it went through.

mod leads;
mod recorder;

use std::collections::BTreeMap;

use super::addresses::AddressSet;
use super::chain::Chain;
use super::trace::{At, Fate, Request, Traced, Untraceable, trace};
use super::{AddressId, NO_ADDRESS, Output, Tx};
use crate::report::{End, EndKind, Note, Seed, TraceReport, Unit};
use crate::strategy::{Direction, Strategy};
pub use leads::ServiceLabel;
use recorder::Recorder;

/// What transactions and addresses of a chain are called, and who is a service.
pub trait Named {
    /// The id of a transaction as it is usually printed.
    fn transaction(&self, tx: Tx) -> String;
    /// An address as it is usually written; empty for [`NO_ADDRESS`].
    fn address(&self, address: AddressId) -> String;
    /// What is known of an address.
    fn label(&self, address: AddressId) -> Option<ServiceLabel>;
}

/// Outputs that a caller named by one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedSeed {
    /// The word: an address, `txid:n`, a transaction.
    pub what: String,
    /// The outputs.
    pub outputs: Vec<Output>,
}

/// What is asked.
pub struct Question<'a> {
    /// By which rule.
    pub strategy: Strategy,
    /// In which direction.
    pub direction: Direction,
    /// Where it begins.
    pub seeds: &'a [NamedSeed],
    /// Where it stops.
    pub stops: &'a AddressSet,
    /// Which transactions are looked at.
    pub window: std::ops::Range<Tx>,
    /// Amounts below this are not followed.
    pub dust: u64,
    /// Between how many pairs movements are told; 0 for none.
    pub flows_max: usize,
    /// What amounts are counted in.
    pub unit: Unit,
}

/// Follows value and tells it in names.
///
/// # Errors
/// As of [`trace`].
pub fn report(
    chain: &Chain,
    names: &impl Named,
    question: &Question<'_>,
) -> Result<TraceReport, Untraceable> {
    let outputs: Vec<Output> = question.seeds.iter().flat_map(|seed| seed.outputs.iter().copied()).collect();
    let request = Request {
        strategy: question.strategy,
        direction: question.direction,
        seeds: &outputs,
        stops: question.stops,
        window: question.window.clone(),
        dust: question.dust,
    };
    let mut recorder = Recorder::new(chain, &outputs, question);
    let traced = trace(chain, &request, &mut recorder)?;
    let mut notes = Vec::new();
    if recorder.flows_left_out() > 0 {
        let text = format!(
            "{} movements between further pairs of addresses are not told one by one; all are in the sums",
            recorder.flows_left_out()
        );
        notes.push(Note { code: "flows_left_out", text });
    }
    let leads = leads::found(chain, names, question, &mut recorder, &mut notes);
    let ends = ends(chain, names, question, &traced, &recorder);
    Ok(TraceReport {
        strategy: question.strategy,
        direction: question.direction,
        unit: question.unit.clone(),
        seeds: question.seeds.iter().map(|seed| seed_told(chain, seed)).collect(),
        conservation: traced.conservation,
        ends,
        flows: recorder.flows(names),
        leads,
        notes,
        transactions: traced.transactions,
    })
}

fn seed_told(chain: &Chain, seed: &NamedSeed) -> Seed {
    let amount = seed.outputs.iter().map(|output| u128::from(chain.value(*output))).sum();
    Seed { what: seed.what.clone(), amount, parts: seed.outputs.len() as u64 }
}

/// Value that ended in one way at one address, in the making.
#[derive(Default)]
struct Sum {
    amount: u128,
    direct: u128,
    parts: u64,
    steps: u32,
    first: Option<i64>,
    last: Option<i64>,
}

fn kind_of(fate: Fate) -> EndKind {
    match fate {
        Fate::Held => EndKind::Unspent,
        Fate::Stopped => EndKind::Stopped,
        Fate::Superseded => EndKind::Superseded,
        Fate::Dust => EndKind::Dust,
        Fate::Issued => EndKind::Issued,
        Fate::Unseen => EndKind::Unseen,
    }
}

fn ends(
    chain: &Chain,
    names: &impl Named,
    question: &Question<'_>,
    traced: &Traced,
    recorder: &Recorder<'_>,
) -> Vec<End> {
    let unspent = traced.unspent().iter().map(|&(output, amount)| At { output, amount, fate: Fate::Held });
    let mut sums: BTreeMap<(AddressId, EndKind), Sum> = BTreeMap::new();
    for at in unspent.chain(traced.ended.iter().copied()) {
        let sum = sums.entry((chain.address(at.output), kind_of(at.fate))).or_default();
        let went_on = matches!(at.fate, Fate::Held | Fate::Issued | Fate::Unseen);
        let steps = if went_on { recorder.steps(at.output) } else { recorder.steps_to_end(at.output) };
        let time = chain.creator(at.output).and_then(|tx| chain.block_of(tx)).map(|block| block.time);
        sum.amount += u128::from(at.amount);
        sum.direct += if steps == 1 { u128::from(at.amount) } else { 0 };
        sum.steps = if sum.parts == 0 { steps } else { sum.steps.min(steps) };
        sum.parts += 1;
        sum.first = time.into_iter().chain(sum.first).min();
        sum.last = sum.last.max(time);
    }
    let rest = recorder.rest();
    if rest.amount > 0 {
        let kind = if question.direction == Direction::Forward { EndKind::Fee } else { EndKind::Unseen };
        let unseen = sums.entry((NO_ADDRESS, kind)).or_default();
        unseen.steps = if unseen.parts == 0 { rest.steps } else { unseen.steps.min(rest.steps) };
        unseen.amount += rest.amount;
        unseen.direct += rest.direct;
        unseen.parts += rest.parts;
        unseen.first = rest.first.into_iter().chain(unseen.first).min();
        unseen.last = unseen.last.max(rest.last);
    }
    let mut ends: Vec<End> = sums
        .into_iter()
        .map(|((address, kind), sum)| End {
            address: names.address(address),
            label: names.label(address).map(|label| label.name),
            kind,
            amount: sum.amount,
            direct: sum.direct,
            parts: sum.parts,
            steps: sum.steps,
            first: sum.first,
            last: sum.last,
        })
        .collect();
    ends.sort_by(|a, b| {
        b.amount.cmp(&a.amount).then_with(|| a.address.cmp(&b.address)).then(a.kind.cmp(&b.kind))
    });
    ends
}
