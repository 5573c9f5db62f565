//! Where does each box and each line of a drawing go? Boxes in layers, those from which lines start above those in which they end.
//!
//! The steps are those of Sugiyama, Tagawa and Toda (1981): lines that close a circle are turned around (`ranks`), boxes get ranks, lines
//! over several ranks get a point in each (`layers`), the order within each layer is sought that has few crossings (`order`), then the
//! places (`place`). Labels have layers of their own between those of the boxes, so that nothing ever covers them. Many boxes that hang
//! on one box alone are folded into columns (`fans`). All is counted in whole pixels: the same drawing everywhere.

mod fans;
mod layers;
mod order;
mod pack;
mod place;
mod ranks;
mod straight;

use fans::Folded;

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Size {
    pub width: i64,
    pub height: i64,
}

/// A point; y grows downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Point {
    pub x: i64,
    pub y: i64,
}

impl Point {
    fn moved(self, by: Self) -> Self {
        Self { x: self.x + by.x, y: self.y + by.y }
    }
}

/// A line from one box to another, never to itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub from: usize,
    pub to: usize,
    /// The room its label needs.
    pub label: Size,
    /// How much it matters that it points down and is short.
    pub weight: i64,
    /// Lines of different looks are not folded together.
    pub look: u8,
}

/// What is to be drawn.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    pub boxes: Vec<Size>,
    /// Which boxes are fans: their lines do not end in the middle.
    pub docks: Vec<Option<Dock>>,
    pub lines: Vec<Line>,
}

/// The edge of a fan: its line may end anywhere along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dock {
    /// How far it goes from the left.
    pub length: i64,
    pub side: Side,
}

/// Where the boxes of a fan are, seen from the box on which they hang.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Below,
    Above,
}

/// One part of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Straight on to a point.
    To(Point),
    /// In a bow that leaves and arrives upright.
    Bow(Point),
}

impl Step {
    pub fn point(self) -> Point {
        match self {
            Self::To(point) | Self::Bow(point) => point,
        }
    }

    fn moved(self, by: Point) -> Self {
        match self {
            Self::To(point) => Self::To(point.moved(by)),
            Self::Bow(point) => Self::Bow(point.moved(by)),
        }
    }
}

/// Which end of a route is the box that its line goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Head {
    /// The last point.
    #[default]
    Last,
    /// The first point: the route is told against the direction of its line.
    First,
    /// None: the line joins another that has the head.
    Elsewhere,
}

/// The way of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Route {
    pub start: Point,
    pub steps: Vec<Step>,
    pub head: Head,
    /// The middle of its label.
    pub label: Point,
}

impl Route {
    fn moved(mut self, by: Point) -> Self {
        self.start = self.start.moved(by);
        self.label = self.label.moved(by);
        self.steps.iter_mut().for_each(|step| *step = step.moved(by));
        self
    }
}

/// Where all goes; boxes by their upper left corner.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    pub size: Size,
    pub boxes: Vec<Point>,
    pub lines: Vec<Route>,
}

/// Lays out a graph.
pub(super) fn layout(graph: &Graph) -> Layout {
    let parts = pack::components(graph).into_iter().map(|part| {
        let own = part.graph(graph);
        let placed = component(&own);
        (part, placed)
    });
    pack::packed(graph, parts.collect())
}

/// Lays out boxes that are all tied together.
fn component(graph: &Graph) -> Layout {
    let folded = Folded::new(graph);
    let plain = &folded.graph;
    let ranks = ranks::ranks(plain);
    let mut layers = layers::Layers::new(plain, &ranks);
    order::order(&mut layers);
    let placed = place::place(plain, &layers);
    folded.unfolded(graph, placed)
}

/// A number of things as pixels.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
