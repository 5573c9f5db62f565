//! In which order do things stand in a column, so that few lines cross? Each goes to the mean place of what it is tied to, back and forth.

use super::Grid;

/// How often the columns are put in order.
const SWEEPS: usize = 10;
/// Parts of a place.
const FINE: i64 = 1_000;

/// The items of each column, from above to below.
pub(super) fn order(grid: &Grid) -> Vec<Vec<usize>> {
    let n_columns = grid.items.iter().map(|item| item.column + 1).max().unwrap_or(0);
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); n_columns];
    let mut before: Vec<Vec<(usize, i64)>> = vec![Vec::new(); grid.items.len()];
    let mut behind = before.clone();
    for link in &grid.links {
        behind[link.from].push((link.to, link.weight));
        before[link.to].push((link.from, link.weight));
    }
    for item in first_met(grid, &behind) {
        columns[grid.items[item].column].push(item);
    }
    let mut place = vec![0; grid.items.len()];
    columns.iter().for_each(|column| mark(column, &mut place));
    for sweep in 0..SWEEPS {
        let ties = if sweep % 2 == 0 { &before } else { &behind };
        for number in 0..n_columns {
            let at = if sweep % 2 == 0 { number } else { n_columns - 1 - number };
            columns[at].sort_by_cached_key(|&item| mean(&ties[item], &place).unwrap_or(place[item]));
            mark(&columns[at], &mut place);
        }
    }
    columns
}

/// Items as a walk from the first ones meets them: what hangs together comes together.
fn first_met(grid: &Grid, behind: &[Vec<(usize, i64)>]) -> Vec<usize> {
    let mut is_met = vec![false; grid.items.len()];
    let mut met = Vec::new();
    let mut starts: Vec<usize> = (0..grid.items.len()).collect();
    starts.sort_by_key(|&item| grid.items[item].column);
    for start in starts {
        let mut open = vec![start];
        while let Some(item) = open.pop() {
            if !std::mem::replace(&mut is_met[item], true) {
                met.push(item);
                let mut next = behind[item].clone();
                next.sort_by_key(|&(to, weight)| (weight, std::cmp::Reverse(to)));
                open.extend(next.into_iter().map(|(to, _)| to));
            }
        }
    }
    met
}

/// Places in the middle of the column, so that columns of different length face each other.
fn mark(column: &[usize], place: &mut [i64]) {
    let middle = i64::try_from(column.len()).unwrap_or(0) * FINE / 2;
    let mut at = -middle;
    for &item in column {
        place[item] = at;
        at += FINE;
    }
}

fn mean(ties: &[(usize, i64)], place: &[i64]) -> Option<i64> {
    let weights: i64 = ties.iter().map(|(_, weight)| weight).sum();
    let sum: i64 = ties.iter().map(|&(item, weight)| place[item] * weight).sum();
    sum.checked_div(weights)
}
