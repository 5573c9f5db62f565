//! How are the many boxes drawn that hang on one box alone? Folded into columns, each along a spine, in place of a row without end.

use super::{Dock, Graph, Head, Layout, Line, Point, Route, Side, Size, Step, count};

/// Fewer than so many stay in the row.
const MEMBERS_MIN: usize = 6;
/// Room between two boxes of a column.
const ROW_GAP: i64 = 12;
/// Room between two columns.
const COLUMN_GAP: i64 = 26;
/// Room between the line along all columns and the first boxes.
const BUS: i64 = 18;
/// Length of the line from a spine to its box, without the label.
const STUB: i64 = 34;

/// A graph in which each fan is one box.
#[derive(Debug)]
pub(super) struct Folded {
    pub graph: Graph,
    /// For each box of the folded graph.
    boxes: Vec<Folding>,
    /// For each line of the folded graph that is no trunk of a fan, its number in the whole graph.
    lines: Vec<Option<usize>>,
}

#[derive(Debug)]
enum Folding {
    Box(usize),
    Fan(Fan),
}

#[derive(Debug)]
struct Fan {
    /// Line and box of each member.
    members: Vec<(usize, usize)>,
    side: Side,
    cell: Size,
    stub: i64,
    columns: usize,
}

impl Folded {
    pub fn new(graph: &Graph) -> Self {
        let groups = groups(graph);
        let mut in_fan = vec![false; graph.boxes.len()];
        groups.iter().flat_map(|(_, members)| members).for_each(|&(_, member)| in_fan[member] = true);
        let mut folded = Self { graph: Graph::default(), boxes: Vec::new(), lines: Vec::new() };
        let mut place = vec![usize::MAX; graph.boxes.len()];
        for (at, size) in graph.boxes.iter().enumerate().filter(|(at, _)| !in_fan[*at]) {
            place[at] = folded.push(*size, Folding::Box(at));
        }
        for (at, line) in graph.lines.iter().enumerate() {
            if !in_fan[line.from] && !in_fan[line.to] {
                folded.graph.lines.push(Line { from: place[line.from], to: place[line.to], ..*line });
                folded.lines.push(Some(at));
            }
        }
        for ((hub, side, look), members) in groups {
            let fan = Fan::new(graph, side, members);
            let at = folded.push(fan.size(), Folding::Fan(fan));
            let (from, to) = if side == Side::Below { (place[hub], at) } else { (at, place[hub]) };
            folded.graph.lines.push(Line { from, to, label: Size::default(), weight: 4, look });
            folded.lines.push(None);
        }
        folded
    }

    fn push(&mut self, size: Size, folding: Folding) -> usize {
        self.graph.boxes.push(size);
        self.graph.docks.push(match &folding {
            Folding::Box(_) => None,
            Folding::Fan(fan) => Some(Dock { length: fan.bus(), side: fan.side }),
        });
        self.boxes.push(folding);
        self.boxes.len() - 1
    }

    /// The layout of the whole graph from that of the folded one.
    pub fn unfolded(self, whole: &Graph, layout: Layout) -> Layout {
        let mut out = Layout {
            size: layout.size,
            boxes: vec![Point::default(); whole.boxes.len()],
            lines: vec![Route::default(); whole.lines.len()],
        };
        let mut trunks = vec![None; self.boxes.len()];
        for ((line, route), old) in self.graph.lines.iter().zip(layout.lines).zip(&self.lines) {
            match old {
                Some(old) => out.lines[*old] = route,
                None if matches!(self.boxes[line.to], Folding::Fan(_)) => trunks[line.to] = Some(route),
                None => trunks[line.from] = Some(route),
            }
        }
        for ((folding, corner), trunk) in self.boxes.iter().zip(layout.boxes).zip(trunks) {
            match (folding, trunk) {
                (Folding::Box(old), _) => out.boxes[*old] = corner,
                (Folding::Fan(fan), Some(trunk)) => fan.unfold(whole, corner, &trunk, &mut out),
                (Folding::Fan(_), None) => {}
            }
        }
        out
    }
}

type Group = ((usize, Side, u8), Vec<(usize, usize)>);

/// Boxes with one line only, by hub, side and look, where there are enough of them.
fn groups(graph: &Graph) -> Vec<Group> {
    let mut degrees = vec![0usize; graph.boxes.len()];
    for line in &graph.lines {
        degrees[line.from] += 1;
        degrees[line.to] += 1;
    }
    let mut groups = std::collections::BTreeMap::<_, Vec<_>>::new();
    for (at, line) in graph.lines.iter().enumerate() {
        match (degrees[line.from], degrees[line.to]) {
            (2.., 1) => groups.entry((line.from, Side::Below, line.look)).or_default().push((at, line.to)),
            (1, 2..) => groups.entry((line.to, Side::Above, line.look)).or_default().push((at, line.from)),
            _ => {}
        }
    }
    groups.retain(|_, members| members.len() >= MEMBERS_MIN);
    let mut groups: Vec<Group> = groups.into_iter().collect();
    groups.iter_mut().for_each(|(_, members)| members.sort_by_key(|&(_, member)| member));
    groups
}

impl Fan {
    fn new(graph: &Graph, side: Side, members: Vec<(usize, usize)>) -> Self {
        let most = |of: &dyn Fn(&(usize, usize)) -> i64| members.iter().map(of).max().unwrap_or(0);
        let cell = Size {
            width: most(&|&(_, member)| graph.boxes[member].width),
            height: most(&|&(line, member)| {
                graph.boxes[member].height.max(graph.lines[line].label.height + 4)
            }),
        };
        let stub = most(&|&(line, _)| graph.lines[line].label.width) + STUB;
        let (wide, high) = (cell.width + stub + COLUMN_GAP, cell.height + ROW_GAP);
        // As wide as 16 to 9 for what is many; few are one or two columns.
        let columns = (count(members.len()) * high * 16 / (9 * wide)).isqrt();
        let columns = usize::try_from(columns).unwrap_or(1).clamp(1, members.len().max(1));
        let rows = members.len().div_ceil(columns);
        let columns = members.len().div_ceil(rows.max(1));
        Self { members, side, cell, stub, columns }
    }

    fn rows(&self) -> usize {
        self.members.len().div_ceil(self.columns.max(1))
    }

    /// Length of the line along all columns, from the first spine to the last.
    fn bus(&self) -> i64 {
        (count(self.columns) - 1) * (self.cell.width + self.stub + COLUMN_GAP)
    }

    fn size(&self) -> Size {
        let columns = count(self.columns);
        Size {
            width: columns * (self.cell.width + self.stub) + (columns - 1) * COLUMN_GAP,
            height: count(self.rows()) * (self.cell.height + ROW_GAP) - ROW_GAP + BUS,
        }
    }

    fn unfold(&self, whole: &Graph, corner: Point, trunk: &Route, out: &mut Layout) {
        let (start, head, steps) = self.trunk(trunk);
        let bus = if self.side == Side::Below { corner.y } else { corner.y + self.size().height };
        let entry = Point { x: steps.last().map_or(start.x, |step| step.point().x), y: bus };
        let rows = self.rows();
        for (at, &(line, member)) in self.members.iter().enumerate() {
            let (column, row) = (at / rows, at % rows);
            let spine = self.spine(corner, column);
            let middle = self.middle(corner, row);
            let own = whole.boxes[member];
            out.boxes[member] = Point { x: spine + self.stub, y: middle - own.height / 2 };
            // Each member draws only what none before it has drawn, so that dashes do not lie upon each other.
            let mut route = if row > 0 {
                let before = Point { x: spine, y: self.middle(corner, row - 1) };
                Route { start: before, head: self.head(head), ..Route::default() }
            } else if self.first_column(corner, entry.x) == column {
                Route { start, head, steps: steps.clone(), ..Route::default() }
            } else {
                Route { start: self.branch(corner, entry, column), head: self.head(head), ..Route::default() }
            };
            for (x, y) in [(spine, bus), (spine, middle), (spine + self.stub, middle)]
                .into_iter()
                .skip(usize::from(row > 0))
            {
                route.steps.push(Step::To(Point { x, y }));
            }
            route.label = Point { x: spine + (self.stub - 8) / 2, y: middle };
            out.lines[line] = route;
        }
    }

    /// The head of a line that does not reach the hub itself.
    fn head(&self, head: Head) -> Head {
        if head == Head::First { Head::Elsewhere } else { head }
    }

    fn spine(&self, corner: Point, column: usize) -> i64 {
        corner.x + count(column) * (self.cell.width + self.stub + COLUMN_GAP)
    }

    /// The height at which the line of a row runs.
    fn middle(&self, corner: Point, row: usize) -> i64 {
        let far = BUS + count(row) * (self.cell.height + ROW_GAP) + self.cell.height / 2;
        if self.side == Side::Below { corner.y + far } else { corner.y + self.size().height - far }
    }

    /// The column that draws the trunk: the last whose spine is not right of it.
    fn first_column(&self, corner: Point, entry: i64) -> usize {
        (1..self.columns).rev().find(|&column| self.spine(corner, column) <= entry).unwrap_or(0)
    }

    /// Where the line to a column leaves that to the column before it, seen from the trunk.
    fn branch(&self, corner: Point, entry: Point, column: usize) -> Point {
        let first = self.first_column(corner, entry.x);
        let x = if column < first {
            self.spine(corner, column + 1)
        } else {
            self.spine(corner, column - 1).max(entry.x)
        };
        Point { x, ..entry }
    }

    /// The trunk as told from the hub: where it starts, where the heads of the members are, its steps.
    fn trunk(&self, trunk: &Route) -> (Point, Head, Vec<Step>) {
        let points: Vec<Step> = std::iter::once(Step::To(trunk.start)).chain(trunk.steps.clone()).collect();
        // A trunk starts at its upper end; that is the hub's for what is below, unless the line was turned around.
        let hub_is_first = (self.side == Side::Below) == (trunk.head == Head::Last);
        let head = if self.side == Side::Below { Head::Last } else { Head::First };
        if hub_is_first {
            return (trunk.start, head, trunk.steps.clone());
        }
        let start = points.last().map_or(trunk.start, |step| step.point());
        let back = points.windows(2).rev().filter_map(|pair| match pair {
            [before, Step::To(_)] => Some(Step::To(before.point())),
            [before, Step::Bow(_)] => Some(Step::Bow(before.point())),
            _ => None,
        });
        (start, head, back.collect())
    }
}
