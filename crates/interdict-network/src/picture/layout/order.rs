//! In which order do the items of a layer stand, so that few lines cross? Sweeps down and up by the middle of the neighbors, then swaps
//! of neighbors where that helps; the best order seen is kept.

use super::layers::Layers;

/// Most sweeps.
const SWEEPS_MAX: usize = 24;
/// So many items times sweeps are worth the time.
const WORK_MAX: usize = 3_000_000;
/// Up to so many items, neighbors are swapped one by one.
const SWAPPED_ITEMS_MAX: usize = 4_000;

pub(super) fn order(layers: &mut Layers) {
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for start in [Start::First, Start::Last] {
        begin(layers, start);
        let found = improved(layers);
        if best.as_ref().is_none_or(|best| found.0 < best.0) {
            best = Some(found);
        }
    }
    layers.layers = best.map_or_else(Vec::new, |(_, order)| order);
}

/// The best order that sweeps find from where the layers stand, and how many lines cross in it.
fn improved(layers: &mut Layers) -> (usize, Vec<Vec<usize>>) {
    let mut place = places(layers);
    let mut best = (crossings(layers, &place), layers.layers.clone());
    let sweeps = (WORK_MAX / layers.items.len().max(1)).clamp(2, SWEEPS_MAX);
    let depth = layers.layers.len();
    for sweep in 0..sweeps {
        if best.0 == 0 {
            break;
        }
        let ties = if (sweep / 2).is_multiple_of(2) { Ties::Keep } else { Ties::Turn };
        for step in 1..depth {
            let is_down = sweep.is_multiple_of(2);
            let (layer, ends) =
                if is_down { (step, &layers.above) } else { (depth - 1 - step, &layers.below) };
            by_middle(&mut layers.layers[layer], ends, &mut place, ties);
        }
        if layers.items.len() <= SWAPPED_ITEMS_MAX {
            swap_neighbors(layers, &mut place);
        }
        let crossings = crossings(layers, &place);
        if crossings < best.0 {
            best = (crossings, layers.layers.clone());
        }
    }
    best
}

/// Which line of a box the first walk takes first. From one start, sweeps can end where they see no way on; seldom from both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    First,
    Last,
}

/// The first order: as a walk along the lines meets them, so that what belongs together begins together.
fn begin(layers: &mut Layers, start: Start) {
    let mut met = vec![usize::MAX; layers.items.len()];
    let mut next = 0;
    let starts: Vec<usize> = layers.layers.iter().flatten().copied().collect();
    for root in starts {
        let mut stack = vec![root];
        while let Some(at) = stack.pop() {
            if met[at] != usize::MAX {
                continue;
            }
            met[at] = next;
            next += 1;
            match start {
                Start::First => stack.extend(layers.below[at].iter().rev()),
                Start::Last => stack.extend(&layers.below[at]),
            }
        }
    }
    for layer in &mut layers.layers {
        layer.sort_by_key(|&at| met[at]);
    }
}

fn places(layers: &Layers) -> Vec<usize> {
    let mut place = vec![0; layers.items.len()];
    for layer in &layers.layers {
        layer.iter().enumerate().for_each(|(number, &at)| place[at] = number);
    }
    place
}

/// What happens to items that want the same place. Turning them around leads out of orders that no single swap makes better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ties {
    Keep,
    Turn,
}

/// Sorts a layer by the mean place of the neighbors on one side; items without any keep theirs.
fn by_middle(layer: &mut [usize], ends: &[Vec<usize>], place: &mut [usize], ties: Ties) {
    let middle = |at: usize| {
        let ends = &ends[at];
        // In thousandths, so that means need no fractions.
        (!ends.is_empty()).then(|| ends.iter().map(|&end| place[end] * 1000).sum::<usize>() / ends.len())
    };
    let mut moving: Vec<(usize, usize)> =
        layer.iter().filter_map(|&at| middle(at).map(|middle| (middle, at))).collect();
    if ties == Ties::Turn {
        moving.reverse();
    }
    moving.sort_by_key(|&(middle, _)| middle);
    let mut moving = moving.into_iter();
    for at in layer.iter_mut().filter(|at| !ends[**at].is_empty()) {
        if let Some((_, next)) = moving.next() {
            *at = next;
        }
    }
    layer.iter().enumerate().for_each(|(number, &at)| place[at] = number);
}

fn swap_neighbors(layers: &mut Layers, place: &mut [usize]) {
    for layer in &mut layers.layers {
        for left in 1..layer.len() {
            let (a, b) = (layer[left - 1], layer[left]);
            let both = [&layers.above, &layers.below];
            let as_is: usize = both.iter().map(|ends| pair(&ends[a], &ends[b], place)).sum();
            let swapped: usize = both.iter().map(|ends| pair(&ends[b], &ends[a], place)).sum();
            if swapped < as_is {
                layer.swap(left - 1, left);
                place.swap(a, b);
            }
        }
    }
}

/// How many lines cross when the one with the first ends stands left of the one with the second.
fn pair(left: &[usize], right: &[usize], place: &[usize]) -> usize {
    let crossing = |&a: &usize| right.iter().filter(|&&b| place[b] < place[a]).count();
    left.iter().map(crossing).sum()
}

/// How many pairs of lines cross: Barth, Mutzel and Jünger (2004), with a tree of sums.
fn crossings(layers: &Layers, place: &[usize]) -> usize {
    let mut sum = 0;
    for pair in layers.layers.windows(2) {
        let mut seen = vec![0usize; pair[1].len() + 1];
        let mut lines = 0;
        for &at in &pair[0] {
            let mut ends: Vec<usize> = layers.below[at].iter().map(|&end| place[end]).collect();
            ends.sort_unstable();
            sum += ends.iter().map(|&end| lines - up_to(&seen, end)).sum::<usize>();
            lines += ends.len();
            ends.iter().for_each(|&end| add(&mut seen, end));
        }
    }
    sum
}

fn up_to(seen: &[usize], place: usize) -> usize {
    let (mut at, mut sum) = (place + 1, 0);
    while at > 0 {
        sum += seen[at];
        at &= at - 1;
    }
    sum
}

fn add(seen: &mut [usize], place: usize) {
    let mut at = place + 1;
    while at < seen.len() {
        seen[at] += 1;
        at += at & at.wrapping_neg();
    }
}
