//! How is a drawing written down as SVG?

use std::fmt::Write as _;

use super::Scene;
use super::cards::Card;
use super::layout::{Head, Layout, Point, Route, Size, Step};
use super::legend::{Key, Margin};
use super::style;
use super::text;
use super::ties::{Look, Tie};
use crate::written::escaped;

/// Room around all.
const MARGIN: i64 = 32;
/// Length of the head of a line.
const HEAD: i64 = 9;
/// Radius of a corner between straight pieces.
const CORNER: i64 = 7;
const TITLE_HEIGHT: i64 = 26;
const KEY_HEIGHT: i64 = 26;
const NOTE_HEIGHT: i64 = 17;

/// The document.
pub(super) fn written(scene: &Scene, layout: &Layout, margin: &Margin) -> String {
    let mut body = Drawing { out: String::new() };
    let mut y = body.heading(margin);
    let origin = Point { x: MARGIN + (margin.width - layout.size.width) / 2, y };
    body.push(format_args!("<g transform=\"translate({} {})\">\n", origin.x, origin.y));
    for (tie, route) in scene.ties.iter().zip(&layout.lines) {
        body.tie(tie, route);
    }
    for (card, &corner) in scene.cards.iter().zip(&layout.boxes) {
        body.card(card, corner);
    }
    body.push(format_args!("</g>\n"));
    y = body.legend(margin, y + layout.size.height + 30);
    let (width, height) = (margin.width + 2 * MARGIN, y + MARGIN - 12);
    let label = escaped(&format!("{}. {}", margin.title.join(" "), margin.subtitle));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{label}\">\n<style>{}</style>\n<rect class=\"nw-bg\" width=\"{width}\" height=\"{height}\"/>\n\
         {}</svg>\n",
        style::SHEET,
        body.out
    )
}

struct Drawing {
    out: String,
}

impl Drawing {
    fn push(&mut self, part: std::fmt::Arguments<'_>) {
        // Writing to a text does not fail.
        let _ = self.out.write_fmt(part);
    }

    /// A line of text; from right to left where it begins so.
    fn text(&mut self, class: &str, anchor: &str, at: Point, line: &str) {
        let direction = if text::is_right_to_left(line) { " direction=\"rtl\"" } else { "" };
        self.push(format_args!(
            "<text class=\"nw-text {class}\" text-anchor=\"{anchor}\" x=\"{}\" y=\"{}\"{direction}>{}</text>\n",
            at.x,
            at.y,
            escaped(line)
        ));
    }

    /// A line of text that begins at the left, in whichever direction it is read.
    fn text_from_left(&mut self, class: &str, at: Point, line: &str) {
        let anchor = if text::is_right_to_left(line) { "end" } else { "start" };
        self.text(class, anchor, at, line);
    }

    fn heading(&mut self, margin: &Margin) -> i64 {
        let mut y = MARGIN + 18;
        for line in &margin.title {
            self.text_from_left("nw-title", Point { x: MARGIN, y }, line);
            y += TITLE_HEIGHT;
        }
        self.text_from_left("nw-sub nw-muted", Point { x: MARGIN, y }, &margin.subtitle);
        y + 34
    }

    fn tie(&mut self, tie: &Tie, route: &Route) {
        self.push(format_args!("<g><title>{}</title>\n", escaped(&tie.title)));
        let look = match tie.look {
            Look::Ownership => "",
            Look::Control => " nw-control",
            Look::Other => " nw-other",
        };
        let (path, head) = path(route, tie.is_directed);
        self.push(format_args!("<path class=\"nw-line{look}\" d=\"{path}\"/>\n"));
        if let Some(head) = head {
            self.push(format_args!("<path class=\"nw-head\" d=\"{head}\"/>\n"));
        }
        let Size { width, height } = tie.size();
        let (left, top) = (route.label.x - width / 2, route.label.y - height / 2);
        self.push(format_args!(
            "<rect class=\"nw-bg\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>\n"
        ));
        let mut y = top + 12;
        for line in &tie.label {
            self.text("nw-small", "middle", Point { x: route.label.x, y }, line);
            y += Tie::LINE_HEIGHT;
        }
        self.push(format_args!("</g>\n"));
    }

    fn card(&mut self, card: &Card, corner: Point) {
        let Size { width, height } = card.size;
        let class = style::class(card.standing);
        let ring = if card.is_focus { Card::RING } else { 0 };
        self.push(format_args!(
            "<g class=\"{class}\" transform=\"translate({} {})\"><title>{}</title>\n",
            corner.x + ring,
            corner.y + ring,
            escaped(&card.title)
        ));
        if card.is_focus {
            self.frame("nw-focus", Size { width, height }, 1 - Card::RING);
        }
        self.frame("nw-card", Size { width, height }, 0);
        if card.standing == crate::standing::Standing::BlockedByOwnership {
            self.frame("nw-inner", Size { width, height }, 3);
        }
        let middle = width / 2;
        let status_width = text::width(card.status, 11) + Card::ICON;
        let mut y = Card::ROOM + 7;
        let icon_x = middle - status_width / 2 + 7;
        self.push(format_args!(
            "<g transform=\"translate({icon_x} {y})\">{}</g>\n",
            style::icon(card.standing)
        ));
        let status = Point { x: icon_x - 7 + Card::ICON, y: y + 4 };
        self.text("nw-small nw-tone", "start", status, card.status);
        y = Card::ROOM + Card::STATUS_HEIGHT + 13;
        for line in &card.caption {
            self.text("nw-name", "middle", Point { x: middle, y }, line);
            y += Card::CAPTION_HEIGHT;
        }
        y -= 1;
        for line in &card.details {
            self.text("nw-small nw-muted", "middle", Point { x: middle, y }, line);
            y += Card::DETAIL_HEIGHT;
        }
        self.push(format_args!("</g>\n"));
    }

    /// A frame so many pixels inside the edge.
    fn frame(&mut self, class: &str, size: Size, inset: i64) {
        let (width, height) = (size.width - 2 * inset, size.height - 2 * inset);
        let radius = (7 - inset).clamp(4, 11);
        self.push(format_args!(
            "<rect class=\"{class}\" x=\"{inset}\" y=\"{inset}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>\n"
        ));
    }

    fn legend(&mut self, margin: &Margin, top: i64) -> i64 {
        let right = MARGIN + margin.width;
        self.push(format_args!("<path class=\"nw-rule\" d=\"M{MARGIN} {top}H{right}\"/>\n"));
        let (mut x, mut y) = (MARGIN, top + 24);
        for key in &margin.keys {
            if x > MARGIN && x + key.width() > right {
                x = MARGIN;
                y += KEY_HEIGHT;
            }
            self.key(*key, Point { x, y });
            self.text("nw-note", "start", Point { x: x + Key::SIGN, y: y + 4 }, key.words());
            x += key.width();
        }
        y += 28;
        for note in &margin.notes {
            self.text_from_left("nw-note nw-muted", Point { x: MARGIN, y }, note);
            y += NOTE_HEIGHT;
        }
        y
    }

    fn key(&mut self, key: Key, at: Point) {
        let size = Size { width: 32, height: 18 };
        let class = match key {
            Key::Standing(standing) => style::class(standing),
            Key::Look(_) | Key::Focus => "",
        };
        self.push(format_args!("<g class=\"{class}\" transform=\"translate({} {})\">\n", at.x, at.y - 9));
        match key {
            Key::Standing(standing) => {
                self.frame("nw-card", size, 0);
                if standing == crate::standing::Standing::BlockedByOwnership {
                    self.frame("nw-inner", size, 2);
                }
                self.push(format_args!(
                    "<g transform=\"translate(16 9) scale(.85)\">{}</g>\n",
                    style::icon(standing)
                ));
            }
            Key::Focus => self.frame("nw-focus", size, 1),
            Key::Look(look) => {
                let look = match look {
                    Look::Ownership => "",
                    Look::Control => " nw-control",
                    Look::Other => " nw-other",
                };
                self.push(format_args!("<path class=\"nw-line{look}\" d=\"M0 9H32\"/>\n"));
            }
        }
        self.push(format_args!("</g>\n"));
    }
}

/// The path of a line and that of its head, if it has one.
fn path(route: &Route, has_head: bool) -> (String, Option<String>) {
    let mut points: Vec<Step> = std::iter::once(Step::To(route.start)).chain(route.steps.clone()).collect();
    if points.len() < 2 {
        return (String::new(), None);
    }
    let (tip, neighbor) = match route.head {
        Head::Last => (points.len() - 1, points.len() - 2),
        Head::First => (0, 1),
        Head::Elsewhere => return (drawn(&points), None),
    };
    let (end, before) = (points[tip].point(), points[neighbor].point());
    // The ends of lines are upright or level.
    let (dx, dy) = ((end.x - before.x).signum(), (end.y - before.y).signum());
    let (dx, dy) = if dy == 0 { (dx, 0) } else { (0, dy) };
    let head = has_head.then(|| {
        let base = Point { x: end.x - dx * HEAD, y: end.y - dy * HEAD };
        points[tip] = Step::To(Point { x: end.x - dx * (HEAD - 2), y: end.y - dy * (HEAD - 2) });
        let (side_x, side_y) = (dy * 4, dx * 4);
        format!(
            "M{} {}L{} {}L{} {}Z",
            end.x,
            end.y,
            base.x - side_x,
            base.y - side_y,
            base.x + side_x,
            base.y + side_y
        )
    });
    (drawn(&points), head)
}

fn drawn(points: &[Step]) -> String {
    let mut out = String::new();
    let Some(mut at) = points.first().map(|step| step.point()) else { return out };
    let _ = write!(out, "M{} {}", at.x, at.y);
    for (number, step) in points.iter().enumerate().skip(1) {
        let point = step.point();
        match step {
            Step::Bow(_) => {
                let middle = (at.y + point.y) / 2;
                let _ = write!(out, "C{} {middle} {} {middle} {} {}", at.x, point.x, point.x, point.y);
            }
            Step::To(_) => match points.get(number + 1) {
                Some(Step::To(next)) => rounded(&mut out, at, point, *next),
                _ => {
                    let _ = write!(out, "L{} {}", point.x, point.y);
                }
            },
        }
        at = point;
    }
    out
}

/// A straight piece that turns into the next one with a round corner.
fn rounded(out: &mut String, from: Point, corner: Point, next: Point) {
    let toward = |other: Point| {
        let (dx, dy) = (other.x - corner.x, other.y - corner.y);
        let radius = CORNER.min((dx.abs() + dy.abs()) / 2);
        Point { x: corner.x + dx.signum() * radius, y: corner.y + dy.signum() * radius }
    };
    let (before, behind) = (toward(from), toward(next));
    let _ = write!(out, "L{} {}Q{} {} {} {}", before.x, before.y, corner.x, corner.y, behind.x, behind.y);
}
