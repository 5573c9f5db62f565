//! How do lines come to run straight? The points of a line move under each other, and under one of its ends, as far as their neighbors leave
//! room. Boxes stay where they are.

use super::layers::Layers;
use super::place::{Ports, apart};
use super::{Dock, Graph};

/// How often all lines are gone through: what stands in the way of one may have moved on.
const ROUNDS: usize = 4;

pub(super) fn straighten(graph: &Graph, layers: &Layers, x: &mut [i64]) {
    let mut room = Room::new(layers);
    for _ in 0..ROUNDS {
        let ports = Ports::new(graph, layers, x);
        for (line, chain) in layers.chains.iter().enumerate() {
            let [upper, inner @ .., lower] = &chain[..] else { continue };
            let dock = |at: usize, port: i64| match graph.docks[at] {
                None => (port, port),
                Some(Dock { length, .. }) => {
                    let left = x[at] - graph.boxes[at].width / 2;
                    (left, left + length)
                }
            };
            let ends = (dock(*upper, ports.upper[line]), dock(*lower, ports.lower[line]));
            room.line(layers, inner, ends, x);
        }
    }
}

/// The neighbors of each item in its layer.
struct Room {
    left: Vec<Option<usize>>,
    right: Vec<Option<usize>>,
}

/// From where to where.
type Range = (i64, i64);

impl Room {
    fn new(layers: &Layers) -> Self {
        let mut room = Self { left: vec![None; layers.items.len()], right: vec![None; layers.items.len()] };
        for pair in layers.layers.iter().flat_map(|layer| layer.windows(2)) {
            room.right[pair[0]] = Some(pair[1]);
            room.left[pair[1]] = Some(pair[0]);
        }
        room
    }

    /// Where an item can be while its neighbors stay.
    fn of(&self, layers: &Layers, at: usize, x: &[i64]) -> Range {
        let left = self.left[at].map_or(i64::MIN / 4, |left| x[left] + apart(layers, left, at));
        let right = self.right[at].map_or(i64::MAX / 4, |right| x[right] - apart(layers, at, right));
        (left, right)
    }

    /// Puts the points of a line under each other: as many as have common room, then again from there.
    fn line(&mut self, layers: &Layers, inner: &[usize], (upper, lower): (Range, Range), x: &mut [i64]) {
        let mut rest = inner;
        let mut before = upper;
        while let Some(&first) = rest.first() {
            let mut common = self.of(layers, first, x);
            let mut together = 1;
            for &at in &rest[1..] {
                let own = self.of(layers, at, x);
                let both = (common.0.max(own.0), common.1.min(own.1));
                if both.0 > both.1 {
                    break;
                }
                common = both;
                together += 1;
            }
            let (run, behind) = rest.split_at(together);
            rest = behind;
            let behind = behind.first().map_or(lower, |&next| (x[next], x[next]));
            let place = nearest(common, before, behind);
            run.iter().for_each(|&at| x[at] = place);
            before = (place, place);
        }
    }
}

/// The place within a range that is straight below the one end or straight above the other; where neither is, the nearest to one.
fn nearest(range: Range, upper: Range, lower: Range) -> i64 {
    let within = |wish: i64| wish.clamp(range.0, range.1.max(range.0));
    // Under the upper end, at the side of it that is toward the lower one, and the other way around.
    let wishes = [lower.0.clamp(upper.0, upper.1), upper.0.clamp(lower.0, lower.1)];
    let bend = |place: i64, end: Range| (place.clamp(end.0, end.1) - place).abs();
    let cost = |wish: &i64| {
        let place = within(*wish);
        let (above, below) = (bend(place, upper), bend(place, lower));
        (above.min(below), above + below)
    };
    within(wishes.into_iter().min_by_key(cost).unwrap_or(upper.0))
}
