//! How high does each thing of a column stand? As near to what it is tied to as its neighbors above and below let it.

use super::{Grid, ROOM};

/// How often everything is moved.
const ROUNDS: usize = 14;
/// Room around a place where a line passes.
const PASS_ROOM: i64 = 8;

/// Gives every item its height above the others, from 0 down.
pub(super) fn place(grid: &mut Grid, columns: &[Vec<usize>]) {
    let mut ties: [Vec<Vec<(usize, i64)>>; 2] =
        [vec![Vec::new(); grid.items.len()], vec![Vec::new(); grid.items.len()]];
    for link in &grid.links {
        ties[0][link.to].push((link.from, link.weight));
        ties[1][link.from].push((link.to, link.weight));
    }
    for column in columns {
        settle(grid, column, &vec![0; column.len()]);
    }
    for round in 0..ROUNDS {
        let sides: &[usize] = if round + 2 >= ROUNDS { &[0, 1] } else { &[round % 2] };
        for number in 0..columns.len() {
            let column = &columns[if round % 2 == 0 { number } else { columns.len() - 1 - number }];
            let wanted = |&item: &usize| {
                let own: Vec<_> = sides.iter().flat_map(|&side| &ties[side][item]).copied().collect();
                wanted_top(grid, item, &own)
            };
            let wanted: Vec<i64> = column.iter().map(wanted).collect();
            settle(grid, column, &wanted);
        }
    }
    let top = grid.items.iter().map(|item| item.y).min().unwrap_or(0);
    grid.items.iter_mut().for_each(|item| item.y -= top);
}

fn wanted_top(grid: &Grid, item: usize, ties: &[(usize, i64)]) -> i64 {
    let weights: i64 = ties.iter().map(|(_, weight)| weight).sum();
    let sum: i64 = ties.iter().map(|&(other, weight)| grid.middle(other) * weight).sum();
    sum.checked_div(weights).map_or(grid.items[item].y, |middle| middle - grid.items[item].height / 2)
}

/// Puts a column where it wants to be without anything on anything else: halfway between pushing down and pushing up.
fn settle(grid: &mut Grid, column: &[usize], wanted: &[i64]) {
    let (mut down, mut up) = (Vec::with_capacity(column.len()), vec![0; column.len()]);
    let room = |grid: &Grid, one: usize, other: usize| {
        if is_pass(grid, one) || is_pass(grid, other) { PASS_ROOM } else { ROOM }
    };
    let mut least = i64::MIN;
    for (number, (&item, &wanted)) in column.iter().zip(wanted).enumerate() {
        let y = wanted.max(least);
        down.push(y);
        let next = column.get(number + 1).copied().unwrap_or(item);
        least = y + grid.items[item].height + room(grid, item, next);
    }
    let mut most = i64::MAX;
    for (number, (&item, &wanted)) in column.iter().zip(wanted).enumerate().rev() {
        let height = grid.items[item].height;
        let y = wanted.min(most.saturating_sub(height));
        up[number] = y;
        let before = number.checked_sub(1).and_then(|before| column.get(before)).copied().unwrap_or(item);
        most = y - room(grid, before, item);
    }
    for ((&item, down), up) in column.iter().zip(down).zip(up) {
        grid.items[item].y = (down + up).div_euclid(2);
    }
}

/// Whether a line passes there, and no box stands there.
fn is_pass(grid: &Grid, item: usize) -> bool {
    item >= grid.n_boxes
}
