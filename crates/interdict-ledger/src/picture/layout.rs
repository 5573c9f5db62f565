//! Where does each box stand and each line run? Columns from the left, seeds first; lines back run below all boxes.
//!
//! Whole pixels only, and ties are broken by number: the same boxes have the same places.

mod columns;
mod order;
mod place;

use super::trail::Edge;

/// Width of a box, and the room between columns, in which lines bend and their amounts stand.
pub(super) const BOX: i64 = 196;
pub(super) const GAP: i64 = 150;
/// Least room between boxes of a column.
const ROOM: i64 = 20;
/// Height of a line with an amount.
const LABELLED: i64 = 15;
/// Room for a line back, with its amount.
const LANE: i64 = 24;
/// Most lines back that are drawn, the largest ones.
const RETURNS_MAX: usize = 12;

/// A box that wants a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub height: i64,
    pub depth: usize,
    pub is_seed: bool,
    /// Whether it stands for many that are alike in their distance from the seeds only.
    pub is_gathered: bool,
}

/// A line that wants a way, with its width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub edge: Edge,
    pub width: i64,
}

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub x: i64,
    pub y: i64,
}

/// How a line runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// From column to column: at each it enters and leaves at these heights.
    On(Vec<(Point, Point)>),
    /// Back: from the first point down to a lane and up to the last point; how far beside the boxes it goes down and up.
    Back { start: Point, end: Point, lane: i64, beside: i64 },
    /// Not drawn.
    Left,
}

/// All places.
#[derive(Debug)]
pub(super) struct Layout {
    /// Upper left corner of each box, and its height.
    pub boxes: Vec<(Point, i64)>,
    /// In the order of the lines.
    pub routes: Vec<Route>,
    /// Whether the amount of each line stands at it.
    pub is_labelled: Vec<bool>,
    pub width: i64,
    pub height: i64,
}

/// Something in a column: a box, or a place where a line passes.
#[derive(Debug, Clone)]
struct Item {
    column: usize,
    height: i64,
    y: i64,
}

/// A piece of a line from one column to the next.
#[derive(Debug, Clone, Copy)]
struct Link {
    from: usize,
    to: usize,
    weight: i64,
}

/// Gives everything a place.
pub(super) fn layout(wanted: &[Wanted], lines: &[Line]) -> Layout {
    let columns = columns::columns(wanted, lines);
    let is_back = |line: &Line| columns[line.edge.to] <= columns[line.edge.from];
    let mut entering = vec![0_usize; wanted.len()];
    lines.iter().for_each(|line| entering[line.edge.to] += 1);
    let drawn_back = largest_back(lines, &is_back);
    let is_labelled: Vec<bool> =
        lines.iter().map(|line| !is_back(line) && entering[line.edge.to] > 1).collect();
    let mut grid = Grid::new(wanted, &columns);
    let mut ways: Vec<Vec<usize>> = Vec::new();
    for line in lines {
        ways.push(if is_back(line) { Vec::new() } else { grid.way(line) });
    }
    let mut slots = Slots::new(wanted.len());
    for (number, line) in lines.iter().enumerate() {
        if is_back(line) && !drawn_back.contains(&number) {
            continue;
        }
        let room = if is_labelled[number] { LABELLED } else { 3 };
        slots.out[line.edge.from].push((number, line.width + 2));
        slots.into[line.edge.to].push((number, (line.width + 2).max(room)));
    }
    for (at, item) in grid.items.iter_mut().enumerate().take(wanted.len()) {
        item.height = item.height.max(slots.room(at) + 10);
    }
    let order = order::order(&grid);
    place::place(&mut grid, &order);
    slots.sort(&grid, lines, &ways);
    routes(&grid, lines, &ways, &slots, is_labelled, &drawn_back)
}

/// The largest lines back.
fn largest_back(lines: &[Line], is_back: &impl Fn(&Line) -> bool) -> Vec<usize> {
    let mut back: Vec<usize> = (0..lines.len()).filter(|&number| is_back(&lines[number])).collect();
    back.sort_by_key(|&number| (std::cmp::Reverse(lines[number].edge.amount), number));
    back.truncate(RETURNS_MAX);
    back
}

/// Everything that stands in columns.
struct Grid {
    /// Boxes first, in their order.
    items: Vec<Item>,
    n_boxes: usize,
    links: Vec<Link>,
}

impl Grid {
    fn new(wanted: &[Wanted], columns: &[usize]) -> Self {
        let item = |(wanted, &column): (&Wanted, &usize)| Item { column, height: wanted.height, y: 0 };
        Self {
            items: wanted.iter().zip(columns).map(item).collect(),
            n_boxes: wanted.len(),
            links: Vec::new(),
        }
    }

    /// The way of a line: its boxes, and the places between them.
    fn way(&mut self, line: &Line) -> Vec<usize> {
        let (first, last) = (self.items[line.edge.from].column, self.items[line.edge.to].column);
        let mut way = vec![line.edge.from];
        for column in first + 1..last {
            way.push(self.items.len());
            self.items.push(Item { column, height: line.width + 4, y: 0 });
        }
        way.push(line.edge.to);
        for pair in way.windows(2) {
            self.links.push(Link { from: pair[0], to: pair[1], weight: line.width.max(1) });
        }
        way
    }

    fn middle(&self, item: usize) -> i64 {
        self.items[item].y + self.items[item].height / 2
    }

    fn bottom(&self) -> i64 {
        self.items.iter().map(|item| item.y + item.height).max().unwrap_or(0)
    }
}

/// Where lines begin and end at the sides of boxes: number of the line and its room.
struct Slots {
    out: Vec<Vec<(usize, i64)>>,
    into: Vec<Vec<(usize, i64)>>,
}

impl Slots {
    fn new(boxes: usize) -> Self {
        Self { out: vec![Vec::new(); boxes], into: vec![Vec::new(); boxes] }
    }

    /// How much room the fuller side of a box needs.
    fn room(&self, at: usize) -> i64 {
        let sum = |slots: &[(usize, i64)]| slots.iter().map(|(_, room)| room).sum::<i64>();
        sum(&self.out[at]).max(sum(&self.into[at]))
    }

    /// In the order in which lines come from above to below; lines back are the lowest.
    fn sort(&mut self, grid: &Grid, lines: &[Line], ways: &[Vec<usize>]) {
        let beyond = |way: Option<&usize>| way.map_or(i64::MAX, |&item| grid.middle(item));
        for slots in &mut self.out {
            slots.sort_by_key(|&(number, _)| (beyond(ways[number].get(1)), lines[number].edge.to));
        }
        for slots in &mut self.into {
            slots.sort_by_key(|&(number, _)| {
                (beyond(ways[number].iter().rev().nth(1)), lines[number].edge.from)
            });
        }
    }

    /// The middle of the slot of each line, counted from the top of its box.
    fn heights(slots: &[(usize, i64)], height: i64) -> impl Iterator<Item = (usize, i64)> + '_ {
        let sum: i64 = slots.iter().map(|(_, room)| room).sum();
        let mut y = (height - sum) / 2;
        slots.iter().map(move |&(number, room)| {
            y += room;
            (number, y - room / 2)
        })
    }
}

/// How far beside boxes the line back of this rank goes up and down.
fn beside(rank: usize) -> i64 {
    16 + 8 * i64::try_from(rank).unwrap_or(0)
}

fn routes(
    grid: &Grid,
    lines: &[Line],
    ways: &[Vec<usize>],
    slots: &Slots,
    is_labelled: Vec<bool>,
    drawn_back: &[usize],
) -> Layout {
    // Lines back run outside the first and the last column, too.
    let side = if drawn_back.is_empty() { 0 } else { beside(drawn_back.len()) + 14 };
    let left = |column: usize| side + i64::try_from(column).unwrap_or(0) * (BOX + GAP);
    let n_boxes = grid.n_boxes;
    let (mut starts, mut ends) = (vec![0; lines.len()], vec![0; lines.len()]);
    for (at, item) in grid.items.iter().enumerate().take(n_boxes) {
        Slots::heights(&slots.out[at], item.height).for_each(|(number, y)| starts[number] = item.y + y);
        Slots::heights(&slots.into[at], item.height).for_each(|(number, y)| ends[number] = item.y + y);
    }
    let mut lane = grid.bottom() + 24;
    let mut routes = Vec::new();
    for (number, (line, way)) in lines.iter().zip(ways).enumerate() {
        let (from, to) =
            (left(grid.items[line.edge.from].column) + BOX, left(grid.items[line.edge.to].column));
        let (start, end) = (Point { x: from, y: starts[number] }, Point { x: to, y: ends[number] });
        if !way.is_empty() {
            let mut at = start;
            let mut pieces = Vec::new();
            for &item in way.iter().take(way.len() - 1).skip(1) {
                let x = left(grid.items[item].column);
                let y = grid.middle(item);
                pieces.push((at, Point { x, y }));
                at = Point { x: x + BOX, y };
            }
            pieces.push((at, end));
            routes.push(Route::On(pieces));
        } else if let Some(rank) = drawn_back.iter().position(|&back| back == number) {
            routes.push(Route::Back { start, end, lane, beside: beside(rank) });
            lane += LANE;
        } else {
            routes.push(Route::Left);
        }
    }
    let column = |item: &Item| left(item.column) + BOX;
    Layout {
        boxes: grid
            .items
            .iter()
            .take(n_boxes)
            .map(|item| (Point { x: left(item.column), y: item.y }, item.height))
            .collect(),
        routes,
        is_labelled,
        width: grid.items.iter().map(column).max().unwrap_or(0) + side,
        height: if drawn_back.is_empty() { grid.bottom() } else { lane },
    }
}
