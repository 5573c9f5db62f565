//! What must hold of every layout: nothing lies upon anything else, and all is within the drawing.

use super::*;
use proptest::prelude::*;

fn rectangle(corner: Point, size: Size) -> (Point, Point) {
    (corner, Point { x: corner.x + size.width, y: corner.y + size.height })
}

fn around(middle: Point, size: Size) -> (Point, Point) {
    rectangle(Point { x: middle.x - size.width / 2, y: middle.y - size.height / 2 }, size)
}

fn overlap(a: (Point, Point), b: (Point, Point)) -> bool {
    a.0.x < b.1.x && b.0.x < a.1.x && a.0.y < b.1.y && b.0.y < a.1.y
}

/// Points along a line, a pixel or so apart.
fn points(route: &Route) -> Vec<Point> {
    let mut out = vec![route.start];
    let mut from = route.start;
    for step in &route.steps {
        let to = step.point();
        for part in 1..=64 {
            let bow = |t: f64| 3.0 * t * t - 2.0 * t * t * t;
            let t = f64::from(part) / 64.0;
            let (tx, ty) = match step {
                Step::To(_) => (t, t),
                // Both handles are at half the height, straight above or below the ends.
                Step::Bow(_) => (bow(t), 1.5 * t * (1.0 - t) + t * t * t),
            };
            out.push(Point { x: between(from.x, to.x, tx), y: between(from.y, to.y, ty) });
        }
        from = to;
    }
    out
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "pixels of a test")]
fn between(from: i64, to: i64, t: f64) -> i64 {
    (from as f64 + (to - from) as f64 * t).round() as i64
}

fn check(graph: &Graph) {
    let layout = layout(graph);
    let boxes: Vec<_> =
        layout.boxes.iter().zip(&graph.boxes).map(|(&at, &size)| rectangle(at, size)).collect();
    let whole = rectangle(Point::default(), layout.size);
    for (at, own) in boxes.iter().enumerate() {
        assert!(
            own.0.x >= 0 && own.0.y >= 0 && own.1.x <= whole.1.x && own.1.y <= whole.1.y,
            "{own:?} {whole:?}"
        );
        for other in &boxes[at + 1..] {
            assert!(!overlap(*own, *other), "{own:?} {other:?}");
        }
    }
    for (number, (line, route)) in graph.lines.iter().zip(&layout.lines).enumerate() {
        let label = around(route.label, line.label);
        for (at, own) in boxes.iter().enumerate() {
            assert!(!overlap(label, *own), "label of line {number} on box {at}: {label:?} {own:?}");
            let inner = (Point { x: own.0.x + 1, y: own.0.y + 1 }, Point { x: own.1.x - 1, y: own.1.y - 1 });
            for point in points(route) {
                let is_inside =
                    point.x > inner.0.x && point.x < inner.1.x && point.y > inner.0.y && point.y < inner.1.y;
                assert!(!is_inside, "line {number} ({line:?}) through box {at} {own:?}: {route:?}");
            }
        }
        let ends = [line.from, line.to].map(|end| boxes[end]);
        assert!(!route.steps.is_empty() && touches(route, ends, route.head), "{number} {route:?} {ends:?}");
    }
    for (number, (line, route)) in graph.lines.iter().zip(&layout.lines).enumerate() {
        for (other, next) in graph.lines.iter().zip(&layout.lines).skip(number + 1) {
            assert!(!overlap(around(route.label, line.label), around(next.label, other.label)), "labels");
        }
    }
}

/// Whether the ends of a route are at the edges of its boxes; a line that joins another has one such end.
fn touches(route: &Route, [from, to]: [(Point, Point); 2], head: Head) -> bool {
    let at_edge = |point: Point, own: (Point, Point)| {
        point.x >= own.0.x && point.x <= own.1.x && point.y >= own.0.y && point.y <= own.1.y
    };
    let last = route.steps.last().map_or(route.start, |step| step.point());
    match head {
        Head::Last => at_edge(last, to),
        Head::First => at_edge(route.start, to) && at_edge(last, from),
        Head::Elsewhere => at_edge(last, from),
    }
}

fn size(width: i64, height: i64) -> Size {
    Size { width, height }
}

fn line(from: usize, to: usize) -> Line {
    Line { from, to, label: size(40, 16), weight: 4, look: 0 }
}

fn graph(boxes: usize, lines: Vec<Line>) -> Graph {
    Graph { boxes: vec![size(150, 66); boxes], docks: vec![None; boxes], lines }
}

/// A line from each box to the next is drawn straight down.
#[test]
fn a_chain_is_straight() {
    let layout = layout(&graph(5, (0..4).map(|at| line(at, at + 1)).collect()));
    assert!(layout.boxes.windows(2).all(|pair| pair[0].x == pair[1].x && pair[0].y < pair[1].y));
    assert!(layout.lines.iter().all(|route| route.steps.len() == 1));
}

#[test]
fn many_holdings_of_one_box_are_folded() {
    let star = graph(61, (1..61).map(|at| line(0, at)).collect());
    check(&star);
    let Size { width, height } = layout(&star).size;
    assert!(width < 2_000 && width < 3 * height && height < 3 * width, "{width} {height}");
    let holders = graph(61, (1..61).map(|at| line(at, 0)).collect());
    check(&holders);
    let layout = layout(&holders);
    assert!((1..61).all(|at| layout.boxes[at].y < layout.boxes[0].y), "owners are above");
}

#[test]
fn nothing_is_drawn_of_nothing() {
    assert_eq!(layout(&Graph::default()).size, Size::default());
}

#[test]
fn boxes_without_lines_stand_in_rows() {
    let lonely = graph(40, Vec::new());
    check(&lonely);
    let Size { width, height } = layout(&lonely).size;
    assert!(width < 3 * height, "{width} {height}");
}

fn graphs() -> impl Strategy<Value = Graph> {
    (1usize..24).prop_flat_map(|boxes| {
        let sizes = prop::collection::vec((136i64..240, 50i64..140), boxes);
        let lines =
            prop::collection::btree_map((0..boxes, 0..boxes), (10i64..200, 16i64..46, 0u8..3), 0..boxes * 2);
        (sizes, lines).prop_map(|(sizes, lines)| {
            let lines = lines.into_iter().filter(|((from, to), _)| from != to);
            Graph {
                docks: vec![None; sizes.len()],
                boxes: sizes.into_iter().map(|(width, height)| size(width, height)).collect(),
                lines: lines
                    .map(|((from, to), (width, height, look))| Line {
                        from,
                        to,
                        label: size(width, height),
                        weight: i64::from(4 - look),
                        look,
                    })
                    .collect(),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_lies_upon_anything_else(graph in graphs()) {
        check(&graph);
    }

    #[test]
    fn the_same_graph_has_the_same_layout(graph in graphs()) {
        prop_assert_eq!(format!("{:?}", layout(&graph)), format!("{:?}", layout(&graph)));
    }
}
