//! At which point does each item stand? As near to the items it is tied to as the order of its layer allows, so that lines are straight.

use super::layers::{Item, Layers};
use super::straight;
use super::{Dock, Graph, Head, Layout, Point, Route, Side, Size, Step, count};

/// Room between two boxes of a layer.
const BOX_GAP: i64 = 28;
/// Room beside a point of a line.
const POINT_GAP: i64 = 14;
/// Least and greatest height between two layers.
const CHANNEL: (i64, i64) = (26, 72);
/// Length of the straight piece at either end of a line, where its head is.
const STRAIGHT: i64 = 9;
/// How far below the top of a layer of fans its boxes stand at most.
const LEANING: i64 = 22;
/// How often the layers are gone through.
const ROUNDS: usize = 20;
/// Most room between two lines at the edge of a box.
const PORT_GAP: i64 = 22;

/// The layout of the items.
pub(super) fn place(graph: &Graph, layers: &Layers) -> Layout {
    let mut x = vec![0i64; layers.items.len()];
    for layer in &layers.layers {
        let wanted: Vec<(i64, i64)> = layer.iter().map(|_| (0, 1)).collect();
        settle(layers, layer, &wanted, &mut x);
    }
    let depth = layers.layers.len();
    for round in 0..ROUNDS {
        for step in 0..depth {
            let layer = &layers.layers[if round.is_multiple_of(2) { step } else { depth - 1 - step }];
            let wanted: Vec<(i64, i64)> = layer.iter().map(|&at| wanted(layers, at, round, &x)).collect();
            settle(layers, layer, &wanted, &mut x);
        }
    }
    straight::straighten(graph, layers, &mut x);
    let half = |at: usize| layers.sizes[at].width / 2;
    let left = (0..x.len()).map(|at| x[at] - half(at)).min().unwrap_or(0);
    x.iter_mut().for_each(|x| *x -= left);
    let width = (0..x.len()).map(|at| x[at] + layers.sizes[at].width - half(at)).max().unwrap_or(0);
    let ports = Ports::new(graph, layers, &x);
    let bands = Bands::new(graph, layers, &ports, &x);
    let corner = |at: usize| Point { x: x[at] - half(at), y: bands.top(at) };
    Layout {
        size: Size { width, height: bands.height },
        boxes: (0..graph.boxes.len()).map(corner).collect(),
        lines: (0..graph.lines.len()).map(|line| route(layers, &ports, &bands, line, &x)).collect(),
    }
}

/// Where an item would stand by its neighbors, and how much that matters. The first rounds look to one side, the last to both.
fn wanted(layers: &Layers, at: usize, round: usize, x: &[i64]) -> (i64, i64) {
    let (is_down, is_last) = (round.is_multiple_of(2), round + 6 > ROUNDS);
    let (mut sum, mut weights) = (0, 0);
    for (ends, own_turn) in [(&layers.above[at], is_down), (&layers.below[at], !is_down)] {
        if own_turn || is_last {
            for &end in ends {
                let weight = if layers.is_point(at) && layers.is_point(end) { 8 } else { 2 };
                sum += x[end] * weight;
                weights += weight;
            }
        }
    }
    if weights == 0 { (x[at], 1) } else { (sum.div_euclid(weights), weights) }
}

/// The least distance between the middles of two neighbors.
pub(super) fn apart(layers: &Layers, a: usize, b: usize) -> i64 {
    let gap = if layers.is_point(a) || layers.is_point(b) { POINT_GAP } else { BOX_GAP };
    let (a, b) = (layers.sizes[a].width, layers.sizes[b].width);
    a - a / 2 + b / 2 + gap
}

/// Puts the items of a layer as near as possible to where they are wanted (least squares), in their order and apart: pools of
/// neighbors that want to pass each other stand side by side at their common mean.
fn settle(layers: &Layers, layer: &[usize], wanted: &[(i64, i64)], x: &mut [i64]) {
    let mut offsets = Vec::with_capacity(layer.len());
    let mut offset = 0;
    for (number, &at) in layer.iter().enumerate() {
        offset += number.checked_sub(1).map_or(0, |before| apart(layers, layer[before], at));
        offsets.push(offset);
    }
    // Sum of wishes, of weights, and how many items.
    let mut pools: Vec<(i64, i64, usize)> = Vec::new();
    for (&(wish, weight), offset) in wanted.iter().zip(&offsets) {
        let mut pool = ((wish - offset) * weight, weight, 1);
        while let Some(&(sum, weights, items)) = pools.last() {
            if sum.div_euclid(weights) < pool.0.div_euclid(pool.1) {
                break;
            }
            pool = (pool.0 + sum, pool.1 + weights, pool.2 + items);
            pools.pop();
        }
        pools.push(pool);
    }
    let places =
        pools.iter().flat_map(|&(sum, weights, items)| std::iter::repeat_n(sum.div_euclid(weights), items));
    for ((&at, offset), place) in layer.iter().zip(offsets).zip(places) {
        x[at] = place + offset;
    }
}

/// Where along the lower and upper edges of boxes the lines begin and end.
pub(super) struct Ports {
    /// For each line, at its upper box.
    pub upper: Vec<i64>,
    /// For each line, at its lower box.
    pub lower: Vec<i64>,
}

impl Ports {
    pub fn new(graph: &Graph, layers: &Layers, x: &[i64]) -> Self {
        let mut ports = Self { upper: vec![0; layers.chains.len()], lower: vec![0; layers.chains.len()] };
        let mut down = vec![Vec::new(); graph.boxes.len()];
        let mut up = vec![Vec::new(); graph.boxes.len()];
        for (line, chain) in layers.chains.iter().enumerate() {
            if let [upper, second, ..] = chain[..] {
                down[upper].push((x[second], line));
            }
            if let [.., before, lower] = chain[..] {
                up[lower].push((x[before], line));
            }
        }
        for (at, size) in graph.boxes.iter().enumerate() {
            for (ends, ports) in [(&mut down[at], &mut ports.upper), (&mut up[at], &mut ports.lower)] {
                match graph.docks[at] {
                    None => spread(size.width, x[at], ends, ports),
                    Some(Dock { length, .. }) => {
                        let left = x[at] - size.width / 2;
                        ends.iter().for_each(|&(next, line)| ports[line] = next.clamp(left, left + length));
                    }
                }
            }
        }
        ports
    }
}

/// Lines side by side around the middle of an edge, in the order of where they go.
fn spread(width: i64, middle: i64, ends: &mut [(i64, usize)], ports: &mut [i64]) {
    ends.sort_unstable();
    let between = count(ends.len()).max(2) - 1;
    let gap = PORT_GAP.min((width - 24).max(0) / between);
    let first = middle - gap * (count(ends.len()) - 1) / 2;
    for (number, &(_, line)) in ends.iter().enumerate() {
        ports[line] = first + gap * count(number);
    }
}

/// Top and height of each layer.
struct Bands {
    of_item: Vec<usize>,
    /// On which side the fans of a layer hang, when all hang on the same: its boxes stay on that side as well.
    leaning: Vec<Option<Side>>,
    /// Top of each box.
    of_box: Vec<i64>,
    tops: Vec<(i64, i64)>,
    height: i64,
}

impl Bands {
    fn new(graph: &Graph, layers: &Layers, ports: &Ports, x: &[i64]) -> Self {
        let mut of_item = vec![0; layers.items.len()];
        for (number, layer) in layers.layers.iter().enumerate() {
            layer.iter().for_each(|&at| of_item[at] = number);
        }
        let mut reach = vec![0i64; layers.layers.len()];
        for (line, chain) in layers.chains.iter().enumerate() {
            for (number, pair) in chain.windows(2).enumerate() {
                let from = if number == 0 { ports.upper[line] } else { x[pair[0]] };
                let to = if number + 2 == chain.len() { ports.lower[line] } else { x[pair[1]] };
                let layer = &mut reach[of_item[pair[0]]];
                *layer = (*layer).max((from - to).abs());
            }
        }
        let (mut top, mut tops) = (0, Vec::new());
        let mut bottom = 0;
        for (layer, reach) in layers.layers.iter().zip(&reach) {
            let height = layer.iter().map(|&at| layers.sizes[at].height).max().unwrap_or(0);
            tops.push((top, height));
            bottom = top + height;
            // The wider a line swings, the more height it needs to be followed with the eye.
            top = bottom + (CHANNEL.0 + reach / 8).min(CHANNEL.1);
        }
        let mut bands =
            Self { of_item, leaning: leaning(graph, layers), of_box: Vec::new(), tops, height: bottom };
        bands.of_box = (0..graph.boxes.len()).map(|at| bands.top_of_box(graph, at)).collect();
        bands
    }

    fn of(&self, at: usize) -> (i64, i64) {
        self.tops[self.of_item[at]]
    }

    /// The top of a box, which stands in the middle of its layer; a fan as near as can be to what it hangs on.
    fn top_of_box(&self, graph: &Graph, at: usize) -> i64 {
        let (top, height) = self.of(at);
        let free = height - graph.boxes[at].height;
        match graph.docks[at].map(|dock| dock.side) {
            None => match self.leaning[self.of_item[at]] {
                Some(Side::Below) => top + (free / 2).min(LEANING),
                Some(Side::Above) => top + free - (free / 2).min(LEANING),
                None => top + free / 2,
            },
            Some(Side::Below) => top,
            Some(Side::Above) => top + free,
        }
    }

    fn top(&self, at: usize) -> i64 {
        self.of_box[at]
    }
}

fn leaning(graph: &Graph, layers: &Layers) -> Vec<Option<Side>> {
    let of_layer = |layer: &Vec<usize>| {
        let docks = layer.iter().filter_map(|&at| graph.docks.get(at).copied().flatten());
        let sides: std::collections::BTreeSet<Side> = docks.map(|dock| dock.side).collect();
        if sides.len() == 1 { sides.first().copied() } else { None }
    };
    layers.layers.iter().map(of_layer).collect()
}

/// The way of a line through the points of its layers.
fn route(layers: &Layers, ports: &Ports, bands: &Bands, line: usize, x: &[i64]) -> Route {
    let chain = &layers.chains[line];
    let head = if layers.turned[line] { Head::First } else { Head::Last };
    let [upper, inner @ .., lower] = &chain[..] else { return Route::default() };
    let mut route = Route { head, ..Route::default() };
    let bottom = bands.top(*upper) + layers.sizes[*upper].height;
    route.start = Point { x: ports.upper[line], y: bottom };
    let (band_top, band_height) = bands.of(*upper);
    let mut steps = vec![Step::To(Point { x: ports.upper[line], y: band_top + band_height + STRAIGHT })];
    for &at in inner {
        let (top, height) = bands.of(at);
        steps.push(Step::Bow(Point { x: x[at], y: top }));
        steps.push(Step::To(Point { x: x[at], y: top + height }));
        if matches!(layers.items[at], Item::Label(_)) {
            route.label = Point { x: x[at], y: top + height / 2 };
        }
    }
    steps.push(Step::Bow(Point { x: ports.lower[line], y: bands.of(*lower).0 - STRAIGHT }));
    steps.push(Step::To(Point { x: ports.lower[line], y: bands.top(*lower) }));
    route.steps = straightened(route.start, &steps);
    route
}

/// Steps without those that go nowhere, and with those that go on straight down joined.
fn straightened(start: Point, steps: &[Step]) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::new();
    for &step in steps {
        let before = out.last().map_or(start, |step| step.point());
        let point = step.point();
        if point == before {
            continue;
        }
        let is_upright = point.x == before.x;
        if let (true, Some(Step::To(last))) = (is_upright, out.last_mut()) {
            *last = point;
        } else {
            out.push(if is_upright { Step::To(point) } else { step });
        }
    }
    out
}
