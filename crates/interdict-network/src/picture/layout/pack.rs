//! Where do the parts of a drawing go that no line ties together? Side by side in rows of a sensible width, the first first.

use super::{Graph, Layout, Line, Point, Size, count};

/// Room between two parts.
const GAP: i64 = 40;

/// Boxes and lines that are tied together, by their numbers in the whole graph.
#[derive(Debug, Default)]
pub(super) struct Part {
    boxes: Vec<usize>,
    lines: Vec<usize>,
}

impl Part {
    /// The part as a graph of its own.
    pub fn graph(&self, whole: &Graph) -> Graph {
        let mut own = vec![usize::MAX; whole.boxes.len()];
        for (new, &old) in self.boxes.iter().enumerate() {
            own[old] = new;
        }
        let line = |&old: &usize| {
            let line = whole.lines[old];
            Line { from: own[line.from], to: own[line.to], ..line }
        };
        Graph {
            boxes: self.boxes.iter().map(|&old| whole.boxes[old]).collect(),
            docks: vec![None; self.boxes.len()],
            lines: self.lines.iter().map(line).collect(),
        }
    }
}

/// The parts, in order of their first box.
pub(super) fn components(graph: &Graph) -> Vec<Part> {
    let mut root: Vec<usize> = (0..graph.boxes.len()).collect();
    for line in &graph.lines {
        let (a, b) = (find(&mut root, line.from), find(&mut root, line.to));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut number = vec![usize::MAX; graph.boxes.len()];
    for at in 0..graph.boxes.len() {
        let root = find(&mut root, at);
        if number[root] == usize::MAX {
            number[root] = parts.len();
            parts.push(Part::default());
        }
        parts[number[root]].boxes.push(at);
    }
    for (at, line) in graph.lines.iter().enumerate() {
        let root = find(&mut root, line.from);
        parts[number[root]].lines.push(at);
    }
    parts
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// All parts in one layout.
pub(super) fn packed(graph: &Graph, mut parts: Vec<(Part, Layout)>) -> Layout {
    // Rows look even when parts of like height share them; the part of the first box stays first.
    if let Some((_, rest)) = parts.split_first_mut() {
        rest.sort_by_key(|(part, layout)| {
            (std::cmp::Reverse(layout.size.height), part.boxes.first().copied())
        });
    }
    let sizes = parts.iter().map(|(_, layout)| layout.size);
    let area: i64 = sizes.clone().map(|size| (size.width + GAP) * (size.height + GAP)).sum();
    let widest = sizes.map(|size| size.width).max().unwrap_or(0);
    let width_max = widest.max((area * 8 / 5).isqrt());
    let mut whole = Layout {
        size: Size::default(),
        boxes: vec![Point::default(); graph.boxes.len()],
        lines: vec![super::Route::default(); graph.lines.len()],
    };
    let (mut corner, mut row_height) = (Point::default(), 0);
    for (part, layout) in parts {
        if corner.x > 0 && corner.x + layout.size.width > width_max {
            corner = Point { x: 0, y: corner.y + row_height + GAP };
            row_height = 0;
        }
        let size = layout.size;
        put(&mut whole, &part, layout, corner);
        whole.size.width = whole.size.width.max(corner.x + size.width);
        whole.size.height = whole.size.height.max(corner.y + size.height);
        corner.x += size.width + GAP;
        row_height = row_height.max(size.height);
    }
    whole
}

fn put(whole: &mut Layout, part: &Part, layout: Layout, corner: Point) {
    for (&old, place) in part.boxes.iter().zip(layout.boxes) {
        whole.boxes[old] = place.moved(corner);
    }
    for (&old, route) in part.lines.iter().zip(layout.lines) {
        whole.lines[old] = route.moved(corner);
    }
}

/// The width that boxes of a sum of areas should have together, a little wider than high.
pub(super) fn width_of_all(boxes: &[Size], gap: Size) -> i64 {
    let area: i64 = boxes.iter().map(|size| (size.width + gap.width) * (size.height + gap.height)).sum();
    area.saturating_mul(2).isqrt().max(count(4) * 240)
}
