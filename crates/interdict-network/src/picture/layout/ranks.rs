//! Which box is above which? A rank for each box, so that lines point down as far as there are no circles.

use super::pack::width_of_all;
use super::{Graph, Size};

/// Room that a box takes besides its own size, for the bound of a rank's width.
const GAP: Size = Size { width: 30, height: 70 };

/// The rank of each box, from 0 without gaps, and which lines are turned around.
#[derive(Debug)]
pub(super) struct Ranks {
    pub of_box: Vec<usize>,
    pub turned: Vec<bool>,
}

pub(super) fn ranks(graph: &Graph) -> Ranks {
    let place = sequence(graph);
    let turned: Vec<bool> = graph.lines.iter().map(|line| place[line.from] > place[line.to]).collect();
    let links = Links::new(graph, &turned);
    let mut order: Vec<usize> = (0..graph.boxes.len()).collect();
    order.sort_by_key(|&at| place[at]);
    let mut of_box = vec![0; graph.boxes.len()];
    for &at in &order {
        of_box[at] = links.above[at].iter().map(|&(above, _)| of_box[above] + 1).max().unwrap_or(0);
    }
    for _ in 0..4 {
        order.iter().rev().for_each(|&at| pull(&links, &mut of_box, at));
        order.iter().for_each(|&at| pull(&links, &mut of_box, at));
    }
    close_gaps(&mut of_box);
    split_wide(graph, &links, &mut of_box);
    Ranks { of_box, turned }
}

/// An order of the boxes against which little weight of lines points back: Eades, Lin and Smyth (1993).
fn sequence(graph: &Graph) -> Vec<usize> {
    let boxes = graph.boxes.len();
    let plain = Links::new(graph, &vec![false; graph.lines.len()]);
    let (mut into, mut out) = (vec![0i64; boxes], vec![0i64; boxes]);
    for line in &graph.lines {
        out[line.from] += line.weight;
        into[line.to] += line.weight;
    }
    let mut place = vec![usize::MAX; boxes];
    let (mut first, mut last) = (0, boxes);
    while first < last {
        let free = (0..boxes).filter(|&at| place[at] == usize::MAX);
        let sink = (0..boxes).filter(|&at| place[at] == usize::MAX).rfind(|&at| out[at] == 0 && into[at] > 0);
        let source = || free.clone().find(|&at| into[at] == 0);
        let next = sink
            .or_else(source)
            .or_else(|| free.clone().max_by_key(|&at| (out[at] - into[at], std::cmp::Reverse(at))));
        let Some(next) = next else { break };
        if sink.is_some() {
            last -= 1;
            place[next] = last;
        } else {
            place[next] = first;
            first += 1;
        }
        plain.below[next].iter().for_each(|&(below, weight)| into[below] -= weight);
        plain.above[next].iter().for_each(|&(above, weight)| out[above] -= weight);
    }
    place
}

/// The boxes above and below each box with the weights of the lines.
struct Links {
    above: Vec<Vec<(usize, i64)>>,
    below: Vec<Vec<(usize, i64)>>,
}

impl Links {
    fn new(graph: &Graph, turned: &[bool]) -> Self {
        let mut links =
            Self { above: vec![Vec::new(); graph.boxes.len()], below: vec![Vec::new(); graph.boxes.len()] };
        for (line, &turned) in graph.lines.iter().zip(turned) {
            let (upper, lower) = if turned { (line.to, line.from) } else { (line.from, line.to) };
            links.below[upper].push((lower, line.weight));
            links.above[lower].push((upper, line.weight));
        }
        links
    }
}

/// Moves a box to where its lines are shortest, as far as the others allow.
fn pull(links: &Links, of_box: &mut [usize], at: usize) {
    let weight = |links: &[(usize, i64)]| links.iter().map(|&(_, weight)| weight).sum::<i64>();
    let highest = links.above[at].iter().map(|&(above, _)| of_box[above] + 1).max();
    let lowest = links.below[at].iter().map(|&(below, _)| of_box[below].saturating_sub(1)).min();
    let (up, down) = (weight(&links.above[at]), weight(&links.below[at]));
    of_box[at] = match (highest, lowest) {
        (Some(highest), _) if up > down => highest,
        (_, Some(lowest)) if down > up => lowest,
        _ => of_box[at],
    };
}

fn close_gaps(of_box: &mut [usize]) {
    let mut used = of_box.to_vec();
    used.sort_unstable();
    used.dedup();
    for rank in of_box {
        *rank = used.partition_point(|&other| other < *rank);
    }
}

/// Breaks ranks that are much wider than the drawing should be. Those without anything below them stay up, near their holders.
fn split_wide(graph: &Graph, links: &Links, of_box: &mut [usize]) {
    let width_max = width_of_all(&graph.boxes, GAP);
    let ranks = of_box.iter().max().map_or(0, |&last| last + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); ranks];
    for (at, &rank) in of_box.iter().enumerate() {
        members[rank].push(at);
    }
    let mut next = 0;
    for mut members in members {
        let wide = |at: usize| graph.boxes[at].width + GAP.width;
        let sum: i64 = members.iter().map(|&at| wide(at)).sum();
        members.sort_by_key(|&at| {
            (!links.below[at].is_empty(), links.above[at].is_empty(), links.above[at].first().copied())
        });
        let rows = if sum * 4 > width_max * 5 { (sum + width_max - 1) / width_max } else { 1 };
        let (row_width, mut used) = (sum / rows.max(1) + 1, 0);
        for at in members {
            if used >= row_width {
                next += 1;
                used = 0;
            }
            used += wide(at);
            of_box[at] = next;
        }
        next += 1;
    }
}
