//! In which column does each box stand? Seeds in the first, others as far to the right as the longest way from a seed that does not run in
//! a circle. Where boxes gather many addresses that longest way means nothing, and they stand as far as the shortest one; what goes nowhere
//! stands to the right of all that leads to it.

use super::{Line, Wanted};
use crate::picture::gathered::COLUMNS_MAX;

/// The column of each box.
pub(super) fn columns(wanted: &[Wanted], lines: &[Line]) -> Vec<usize> {
    let mut onward: Vec<Vec<usize>> = vec![Vec::new(); wanted.len()];
    let mut is_entered = vec![false; wanted.len()];
    for (number, line) in lines.iter().enumerate() {
        onward[line.edge.from].push(number);
        is_entered[line.edge.to] = true;
    }
    for edges in &mut onward {
        edges.sort_by_key(|&number: &usize| (std::cmp::Reverse(lines[number].edge.amount), number));
    }
    let order = order(wanted, lines, &onward);
    let mut place = vec![0; wanted.len()];
    order.iter().enumerate().for_each(|(number, &at)| place[at] = number);
    // A box that no line leads to stands where its report says.
    let first =
        |(at, wanted): (usize, &Wanted)| if is_entered[at] || wanted.is_seed { 0 } else { wanted.depth };
    let mut columns: Vec<usize> = wanted.iter().enumerate().map(first).collect();
    for &from in &order {
        for edge in onward[from].iter().map(|&number| lines[number].edge) {
            if place[edge.to] > place[from] && !wanted[edge.to].is_seed {
                columns[edge.to] = columns[edge.to].max(columns[from] + 1);
            }
        }
    }
    if columns.iter().any(|&column| column >= COLUMNS_MAX) || wanted.iter().any(|wanted| wanted.is_gathered) {
        return shortest(wanted, lines, &onward);
    }
    columns
}

/// Columns by the distance that the report tells.
fn shortest(wanted: &[Wanted], lines: &[Line], onward: &[Vec<usize>]) -> Vec<usize> {
    let mut columns: Vec<usize> = wanted.iter().map(|wanted| wanted.depth).collect();
    for edge in lines.iter().map(|line| line.edge).filter(|edge| onward[edge.to].is_empty()) {
        columns[edge.to] = columns[edge.to].max(wanted[edge.from].depth + 1);
    }
    columns
}

/// An order in which lines lead forward, but for those that close a circle: what a walk into the depth finishes last comes first.
fn order(wanted: &[Wanted], lines: &[Line], onward: &[Vec<usize>]) -> Vec<usize> {
    let mut starts: Vec<usize> = (0..wanted.len()).collect();
    starts.sort_by_key(|&at| (!wanted[at].is_seed, wanted[at].depth, at));
    let mut is_met = vec![false; wanted.len()];
    let mut finished = Vec::with_capacity(wanted.len());
    for start in starts {
        if std::mem::replace(&mut is_met[start], true) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            match onward[at].get(next) {
                None => finished.push(at),
                Some(&number) => {
                    path.push((at, next + 1));
                    let to = lines[number].edge.to;
                    if !std::mem::replace(&mut is_met[to], true) {
                        path.push((to, 0));
                    }
                }
            }
        }
    }
    finished.reverse();
    finished
}
