//! All worlds, on a coarse grid, that an open network can be.

use interdict_network::policy::Regime;

use crate::naive::{Case, Draw, Kind, WHOLE, World};

pub const OPEN: Draw = Draw { parties: 5, stakes: 8, open: 35, twice: 10 };

/// Most worlds of one case; cases with more are passed over.
const WORLDS_MAX: usize = 20_000;

/// The values of one stake that are tried.
fn grid((low, high): (u64, u64)) -> Vec<u64> {
    let round = (0..=10).map(|tenth| tenth * WHOLE / 10).chain([4_999, 5_001]);
    let mut grid: Vec<u64> = round.chain([low, high]).filter(|value| (low..=high).contains(value)).collect();
    grid.sort_unstable();
    grid.dedup();
    grid
}

/// The worlds; `None` when there are too many.
pub fn of(case: &Case, regime: Regime) -> Option<Vec<World>> {
    let mut choices: Vec<Vec<u64>> = Vec::new();
    for stake in &case.stakes {
        let bounds = case.bounds(stake);
        let mut values = match stake.kind {
            Kind::OwnsOrControls if regime != Regime::Ofac => vec![0, WHOLE],
            _ => grid(bounds),
        };
        if stake.may_be_over && !values.contains(&0) {
            values.insert(0, 0);
        }
        choices.push(values);
    }
    choices.extend(case.listed.iter().map(|one| if one.is_sure { vec![1] } else { vec![0, 1] }));
    let count = choices.iter().try_fold(1usize, |count, values| count.checked_mul(values.len()))?;
    if count > WORLDS_MAX {
        return None;
    }
    let least = case.least();
    let worlds = (0..count).map(|number| world(&choices, number, case.stakes.len()));
    Some(worlds.filter(|world| is_possible(case, world, &least, regime)).collect())
}

fn world(choices: &[Vec<u64>], mut number: usize, stakes: usize) -> World {
    let mut picked = Vec::new();
    for values in choices {
        picked.push(values[number % values.len()]);
        number /= values.len();
    }
    let is_listed = picked.split_off(stakes).into_iter().map(|chosen| chosen == 1).collect();
    World { amounts: picked, is_listed }
}

/// What is held of the shares of an asset, of all kinds that can be shares.
fn held(case: &Case, world: &World, asset: usize, regime: Regime) -> u64 {
    let of_asset = case.stakes.iter().zip(&world.amounts).filter(|(stake, _)| {
        let is_share = match stake.kind {
            Kind::Shares | Kind::Indirect => true,
            Kind::OwnsOrControls => regime == Regime::Ofac,
            _ => false,
        };
        stake.asset == asset && is_share
    });
    of_asset.map(|(_, amount)| amount).sum()
}

/// Nobody holds more than all of anything, unless the sources say so at the least.
fn is_possible(case: &Case, world: &World, least: &World, regime: Regime) -> bool {
    (0..case.parties)
        .all(|asset| held(case, world, asset, regime) <= WHOLE || held(case, least, asset, regime) > WHOLE)
}
