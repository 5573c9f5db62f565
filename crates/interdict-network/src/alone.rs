//! Who is reached where each designated person counts alone? One spreading for each of them.
//!
//! Ten thousand persons above one chain would walk down all of it ten thousand times. A party is *quiet* when whatever it leads to, each
//! link suffices by itself: then nothing that it holds is ever added to what others hold, and once it has been reached so has
//! all behind it. Later persons stop there. Quiet parties are looked for when much more has been walked than there is.

use crate::assessment::{Reach, counts};
use crate::designated::Designee;
use crate::network::{Interest, PartyId};
use crate::policy::Policy;
use crate::spread::{Spread, World};
use crate::weights::{Class, Weights};

/// So many times what there is may be walked before quiet parties are looked for.
const WALKED_MAX: usize = 4;

/// The number from 1 of the first designee that reaches each party.
pub(crate) fn reach(
    weights: &Weights<'_>,
    spread: &mut Spread<'_>,
    designees: &[Designee],
    world: World,
) -> Reach {
    let network = weights.network();
    let all = network.parties().len() + network.interests().len();
    let mut first = vec![0; network.parties().len()];
    let mut walked = 0;
    let mut quiet: Option<Vec<bool>> = None;
    for (number, designee) in (1u32..).zip(designees) {
        if !counts(designee, world) {
            continue;
        }
        if walked / WALKED_MAX > all && quiet.is_none() {
            quiet = Some(quiet_parties(weights, spread.policy(), world));
        }
        let is_quiet = |party: PartyId| quiet.as_ref().is_some_and(|quiet| quiet[party.index()]);
        spread
            .run_but(designee.parties.iter().copied(), |party| first[party.index()] != 0 && is_quiet(party));
        for party in spread.order() {
            walked += 1 + network.held_by(*party).len();
            let first = &mut first[party.index()];
            *first = if *first == 0 { number } else { *first };
        }
        spread.reset();
    }
    Reach(first)
}

fn quiet_parties(weights: &Weights<'_>, policy: Policy, world: World) -> Vec<bool> {
    let network = weights.network();
    let suffices = |group: &[Interest]| suffices(weights, policy, world, group);
    let is_quiet = |holder: PartyId| Weights::groups(network.held_by(holder)).all(suffices);
    let mut quiet: Vec<bool> = network.parties().map(is_quiet).collect();
    let mut next: Vec<PartyId> = network.parties().filter(|party| !quiet[party.index()]).collect();
    while let Some(party) = next.pop() {
        for interest in network.held_in(party) {
            if weights.of(interest).class != Class::Nothing && quiet[interest.holder.index()] {
                quiet[interest.holder.index()] = false;
                next.push(interest.holder);
            }
        }
    }
    quiet
}

/// Whether what one holder has in one asset suffices by itself, or is nothing.
fn suffices(weights: &Weights<'_>, policy: Policy, world: World, group: &[Interest]) -> bool {
    let terms = |interest: &Interest| weights.network().terms(interest);
    if group.iter().all(|interest| weights.of(interest).class == Class::Nothing) {
        return true;
    }
    // What is held jointly counts for others too.
    if group.iter().any(|interest| terms(interest).joint != 0) {
        return false;
    }
    // What surely suffices can suffice: the others leave at least as much.
    let shares = weights.of_group(group, Class::Shares);
    let is_reached = policy.threshold.is_surely_reached(shares.min, shares.min_is_open);
    is_reached || weights.controls(group, world)
}
