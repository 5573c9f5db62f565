//! What stands in which layer? Boxes, and for each line a point in every layer between its ends; one of the points carries its label.
//!
//! Boxes are in the even layers. The odd ones are for labels.

use super::ranks::Ranks;
use super::{Graph, Size};

/// What stands in a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A box.
    Box(usize),
    /// A point of a line.
    Point(usize),
    /// The point of a line that has its label.
    Label(usize),
}

/// Items in layers and the links between items of neighboring layers.
#[derive(Debug)]
pub(super) struct Layers {
    pub items: Vec<Item>,
    pub sizes: Vec<Size>,
    /// The items of each layer, from left to right.
    pub layers: Vec<Vec<usize>>,
    /// The items of the next layer up or down, with the line.
    pub above: Vec<Vec<usize>>,
    pub below: Vec<Vec<usize>>,
    /// The items of each line from its upper to its lower box.
    pub chains: Vec<Vec<usize>>,
    pub turned: Vec<bool>,
}

impl Layers {
    pub fn new(graph: &Graph, ranks: &Ranks) -> Self {
        let depth = ranks.of_box.iter().max().map_or(0, |&last| 2 * last + 1);
        let mut layers = Self {
            items: Vec::new(),
            sizes: Vec::new(),
            layers: vec![Vec::new(); depth],
            above: Vec::new(),
            below: Vec::new(),
            chains: Vec::new(),
            turned: ranks.turned.clone(),
        };
        for (at, (&size, &rank)) in graph.boxes.iter().zip(&ranks.of_box).enumerate() {
            layers.push(Item::Box(at), size, 2 * rank);
        }
        for (at, line) in graph.lines.iter().enumerate() {
            let (upper, lower) = if layers.turned[at] { (line.to, line.from) } else { (line.from, line.to) };
            let (top, bottom) = (2 * ranks.of_box[upper], 2 * ranks.of_box[lower]);
            // The label is next to what is held: there the holdings of several holders are compared.
            let label = if layers.turned[at] { top + 1 } else { bottom.saturating_sub(1) };
            let mut chain = vec![upper];
            for layer in top + 1..bottom {
                let is_label = layer == label;
                let item = if is_label { Item::Label(at) } else { Item::Point(at) };
                let size = if is_label { line.label } else { Size::default() };
                chain.push(layers.push(item, size, layer));
            }
            chain.push(lower);
            for pair in chain.windows(2) {
                layers.below[pair[0]].push(pair[1]);
                layers.above[pair[1]].push(pair[0]);
            }
            layers.chains.push(chain);
        }
        layers
    }

    fn push(&mut self, item: Item, size: Size, layer: usize) -> usize {
        let at = self.items.len();
        self.items.push(item);
        self.sizes.push(size);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        self.layers[layer].push(at);
        at
    }

    /// Whether an item is a point of a line, with or without label.
    pub fn is_point(&self, at: usize) -> bool {
        !matches!(self.items[at], Item::Box(_))
    }
}
