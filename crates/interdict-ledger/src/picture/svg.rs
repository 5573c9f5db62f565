//! How is a drawing written down as SVG?

use std::fmt::Write as _;

use super::cards::{Card, ICON, PADDING, ROOM, Row, SEED};
use super::gathered::What;
use super::layout::{BOX, Layout, Line, Point, Route};
use super::legend::{Key, Margin};
use super::{BACK_MAX, Scene, share, style, text};
use crate::report::{EndKind, TraceReport};
use crate::strategy::Direction;
use crate::words::end_name;
use crate::written::escaped;

/// Room around all.
const MARGIN: i64 = 32;
/// Length of the head of a line.
const HEAD: i64 = 9;
/// Height of the bar of ends.
const BAR: i64 = 22;
const KEY_HEIGHT: i64 = 26;
const NOTE_HEIGHT: i64 = 17;

/// The document.
pub(super) fn written(report: &TraceReport, scene: &Scene, layout: &Layout, margin: &Margin) -> String {
    let mut body = Drawing {
        out: String::new(),
        is_mirrored: report.direction == Direction::Backward,
        width: layout.width,
    };
    let top = body.heading(report, margin);
    body.push(format_args!(
        "<g transform=\"translate({} {top})\">\n",
        MARGIN + (margin.width - layout.width) / 2
    ));
    body.lines(report, scene, layout);
    for (card, &(corner, height)) in scene.cards.iter().zip(&layout.boxes) {
        let x = if body.is_mirrored { layout.width - corner.x - BOX } else { corner.x };
        body.card(card, Point { x, y: corner.y }, height);
    }
    body.push(format_args!("</g>\n"));
    let bottom = body.legend(margin, top + layout.height + 30);
    let (width, height) = (margin.width + 2 * MARGIN, bottom + MARGIN - 12);
    let label = escaped(&format!("{}. {}", margin.title.join(" "), margin.sum.join(" ")));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{label}\">\n<style>{}</style>\n<rect class=\"tr-bg\" width=\"{width}\" height=\"{height}\"/>\n\
         {}</svg>\n",
        style::SHEET,
        body.out
    )
}

/// The class of a way to end.
fn class(kind: Option<EndKind>) -> String {
    kind.map(|kind| format!("tr-{}", end_name(kind))).unwrap_or_default()
}

struct Drawing {
    out: String,
    /// Whether the seeds are on the right, so that value goes from left to right all the same.
    is_mirrored: bool,
    width: i64,
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
            "<text class=\"tr-text {class}\" text-anchor=\"{anchor}\" x=\"{}\" y=\"{}\"{direction}>{}</text>\n",
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

    fn heading(&mut self, report: &TraceReport, margin: &Margin) -> i64 {
        let mut y = MARGIN + 18;
        for line in &margin.title {
            self.text_from_left("tr-title", Point { x: MARGIN, y }, line);
            y += 25;
        }
        for line in &margin.subtitle {
            self.text_from_left("tr-sub tr-muted", Point { x: MARGIN, y }, line);
            y += 18;
        }
        y += 9;
        let class = if margin.is_alarm { "tr-sum tr-alarm" } else { "tr-sum" };
        for line in &margin.sum {
            self.text_from_left(class, Point { x: MARGIN, y }, line);
            y += 20;
        }
        if margin.ended.is_empty() {
            return y + 20;
        }
        self.bar(report, margin, y - 6);
        y += BAR + 15;
        self.flowing(
            margin,
            margin.ended.iter().map(|(kind, _, words)| (Sign::End(*kind), words.as_str())),
            y,
        ) + 44
    }

    /// One bar that is as long as the seed, a piece for each way to end.
    fn bar(&mut self, report: &TraceReport, margin: &Margin, y: i64) {
        let sum = margin.ended.iter().fold(0_u128, |sum, (_, amount, _)| sum.saturating_add(*amount));
        let whole = sum.max(report.conservation.seed);
        let mut done = 0_u128;
        for (kind, amount, words) in &margin.ended {
            let start = share(done, whole, margin.width);
            done = done.saturating_add(*amount);
            let width = (share(done, whole, margin.width) - start).max(2);
            self.push(format_args!(
                "<g class=\"{}\" transform=\"translate({} {y})\"><title>{}</title>\
                 <rect class=\"tr-tone\" width=\"{}\" height=\"{BAR}\"/>",
                class(Some(*kind)),
                MARGIN + start,
                escaped(words),
                (width - 2).max(2)
            ));
            if width > 40 {
                self.push(format_args!(
                    "<circle class=\"tr-bg\" cx=\"{0}\" cy=\"{1}\" r=\"9\"/><g transform=\"translate({0} {1})\">{2}</g>",
                    width / 2,
                    BAR / 2,
                    style::icon(*kind)
                ));
            }
            self.push(format_args!("</g>\n"));
        }
    }

    fn lines(&mut self, report: &TraceReport, scene: &Scene, layout: &Layout) {
        let mut order: Vec<_> = scene.lines.iter().zip(&layout.routes).zip(&layout.is_labelled).collect();
        order.sort_by_key(|((line, _), _)| std::cmp::Reverse(line.width));
        for ((line, route), _) in &order {
            self.line(report, scene, line, route);
        }
        for ((line, route), is_labelled) in &order {
            self.amount(report, line, route, **is_labelled);
        }
    }

    /// A place as it is drawn.
    fn seen(&self, point: Point) -> Point {
        if self.is_mirrored { Point { x: self.width - point.x, ..point } } else { point }
    }

    fn line(&mut self, report: &TraceReport, scene: &Scene, line: &Line, route: &Route) {
        let (path, tip, width, back) = match route {
            Route::Left => return,
            Route::On(pieces) => {
                let mut pieces: Vec<_> =
                    pieces.iter().map(|&(from, to)| (self.seen(from), self.seen(to))).collect();
                if self.is_mirrored {
                    pieces.reverse();
                    pieces.iter_mut().for_each(|piece| *piece = (piece.1, piece.0));
                }
                let tip = pieces.last().map_or(Point { x: 0, y: 0 }, |piece| piece.1);
                (bent(&pieces), tip, line.width, "")
            }
            Route::Back { start, end, lane, beside } => {
                let (start, end) = (self.seen(*start), self.seen(*end));
                let (start, end) = if self.is_mirrored { (end, start) } else { (start, end) };
                (around(start, end, *lane, *beside), end, line.width.min(BACK_MAX), " tr-back")
            }
        };
        let tone = scene.cards.get(line.edge.to).filter(|_| !self.is_mirrored).and_then(|card| card.tone);
        let called = |at: usize| scene.cards.get(at).map_or("", |card| card.called.as_str());
        let (from, to) =
            if self.is_mirrored { (line.edge.to, line.edge.from) } else { (line.edge.from, line.edge.to) };
        let title = format!(
            "{} → {}\n{} {} in {} transaction{}",
            called(from),
            called(to),
            report.unit.written(line.edge.amount),
            text::plain(&report.unit.asset),
            line.edge.transactions,
            if line.edge.transactions == 1 { "" } else { "s" }
        );
        let half = (width / 2 + 3).clamp(4, 60);
        self.push(format_args!(
            "<g><title>{}</title><path class=\"tr-line{back} {}\" stroke-width=\"{width}\" d=\"{path}\"/>\
             <path class=\"tr-head\" d=\"M{} {}l-{HEAD} -{half}v{}Z\"/></g>\n",
            escaped(&title),
            class(tone),
            tip.x,
            tip.y,
            2 * half
        ));
    }

    /// The amount at a line, where several lines meet.
    fn amount(&mut self, report: &TraceReport, line: &Line, route: &Route, is_labelled: bool) {
        let told = text::figure(&report.unit, line.edge.amount);
        match route {
            Route::On(pieces) if is_labelled => {
                let Some(&(_, end)) = pieces.last() else { return };
                let at = self.seen(end);
                let (x, anchor) =
                    if self.is_mirrored { (at.x + 6, "start") } else { (at.x - HEAD - 4, "end") };
                self.text("tr-small tr-halo", anchor, Point { x, y: at.y + 4 }, &text::elided(&told, 11, 96));
            }
            Route::Back { start, end, lane, .. } => {
                let x = self.seen(Point { x: (start.x + end.x) / 2, y: 0 }).x;
                let y = lane - line.width.min(BACK_MAX) / 2 - 5;
                self.text("tr-small tr-halo", "middle", Point { x, y }, &format!("{told} back"));
            }
            _ => {}
        }
    }

    fn card(&mut self, card: &Card, corner: Point, height: i64) {
        self.push(format_args!(
            "<g class=\"{}\" transform=\"translate({} {})\"><title>{}</title>\n",
            class(card.tone),
            corner.x,
            corner.y,
            escaped(&card.title)
        ));
        if card.has_lead {
            self.push(format_args!(
                "<rect class=\"tr-lead\" x=\"-6\" y=\"-6\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n",
                BOX + if card.what == What::Chain { 20 } else { 12 },
                height + 12
            ));
        }
        self.frame(card.what, card.tone, height);
        let mut y = (height - card.height) / 2 + ROOM;
        if let Some(seed) = &card.seed {
            self.push(format_args!(
                "<path class=\"tr-seed\" d=\"M0 {0}V6A6 6 0 0 1 6 0H{1}A6 6 0 0 1 {BOX} 6V{0}Z\"/>\n",
                SEED + 2,
                BOX - 6
            ));
            self.push(format_args!("<path class=\"tr-on\" d=\"M{PADDING} 6l9 5l-9 5Z\"/>\n"));
            self.text("tr-note tr-name tr-on", "start", Point { x: PADDING + ICON, y: 16 }, seed);
            y += SEED;
        }
        for row in &card.rows {
            self.row(row, y);
            y += row.height();
        }
        self.push(format_args!("</g>\n"));
    }

    fn row(&mut self, row: &Row, y: i64) {
        let at = Point { x: PADDING, y: y + 12 };
        match row {
            Row::Name(line) => self.text_from_left("tr-name", at, line),
            Row::Plain(line) => self.text_from_left("tr-note", at, line),
            Row::Muted(line) => self.text_from_left("tr-small tr-muted", at, line),
            Row::End(kind, line) => {
                self.push(format_args!(
                    "<g class=\"{}\" transform=\"translate({} {})\">{}</g>\n",
                    class(Some(*kind)),
                    PADDING + 6,
                    y + 9,
                    style::icon(*kind)
                ));
                self.text("tr-note", "start", Point { x: PADDING + ICON, y: y + 13 }, line);
            }
        }
    }

    /// The frame of a box: of a chain with two more behind it, of what is gathered as a pile.
    fn frame(&mut self, what: What, tone: Option<EndKind>, height: i64) {
        let mut frame = |x: i64, y: i64, class: &str, inset: i64| {
            self.push(format_args!(
                "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
                x + inset,
                y + inset,
                BOX - 2 * inset,
                height - 2 * inset
            ));
        };
        if what == What::Rest {
            frame(5, 5, "tr-card", 0);
        }
        if what == What::Chain {
            frame(4, 0, "tr-card", 0);
            frame(8, 0, "tr-inner", 0);
        }
        frame(0, 0, "tr-card", 0);
        if tone == Some(EndKind::Superseded) {
            frame(0, 0, "tr-inner", 3);
        }
    }

    fn legend(&mut self, margin: &Margin, top: i64) -> i64 {
        let right = MARGIN + margin.width;
        self.push(format_args!("<path class=\"tr-rule\" d=\"M{MARGIN} {top}H{right}\"/>\n"));
        let keys = margin.keys.iter().map(|(key, words)| (Sign::Key(*key), words.as_str()));
        let mut y = self.flowing(margin, keys, top + 24) + 28;
        for note in &margin.notes {
            self.text_from_left("tr-note tr-muted", Point { x: MARGIN, y }, note);
            y += NOTE_HEIGHT;
        }
        y
    }

    /// Signs with their words, side by side as far as there is room; the height of the last row.
    fn flowing<'a>(
        &mut self,
        margin: &Margin,
        signs: impl Iterator<Item = (Sign, &'a str)>,
        top: i64,
    ) -> i64 {
        let (mut x, mut y) = (MARGIN, top);
        for (sign, words) in signs {
            let room = match sign {
                Sign::End(_) => ICON + 2,
                Sign::Key(_) => Key::SIGN,
            };
            let width = room + text::width(words, 12) + 24;
            if x > MARGIN && x + width > MARGIN + margin.width {
                x = MARGIN;
                y += KEY_HEIGHT;
            }
            match sign {
                Sign::End(kind) => self.push(format_args!(
                    "<g class=\"{}\" transform=\"translate({} {y})\">{}</g>\n",
                    class(Some(kind)),
                    x + 7,
                    style::icon(kind)
                )),
                Sign::Key(key) => self.key(key, Point { x, y }),
            }
            self.text("tr-note", "start", Point { x: x + room, y: y + 4 }, words);
            x += width;
        }
        y
    }

    fn key(&mut self, key: Key, at: Point) {
        self.push(format_args!("<g transform=\"translate({} {})\">", at.x, at.y - 9));
        match key {
            Key::Seed => self.push(format_args!(
                "<rect class=\"tr-seed\" width=\"32\" height=\"18\" rx=\"4\"/><path class=\"tr-on\" d=\"M11 4l10 5l-10 5Z\"/>"
            )),
            Key::Width(width) => self.push(format_args!("<path class=\"tr-line\" stroke-width=\"{width}\" d=\"M0 9H32\"/>")),
            Key::Back => self.push(format_args!("<path class=\"tr-line tr-back\" stroke-width=\"4\" d=\"M0 9H32\"/>")),
            Key::Chain => self.push(format_args!(
                "<rect class=\"tr-card\" x=\"3\" width=\"26\" height=\"18\" rx=\"4\"/><rect class=\"tr-inner\" x=\"6\" width=\"26\" height=\"18\" rx=\"4\"/>\
                 <rect class=\"tr-card\" width=\"26\" height=\"18\" rx=\"4\"/>"
            )),
            Key::Rest => self.push(format_args!(
                "<rect class=\"tr-card\" x=\"4\" y=\"4\" width=\"28\" height=\"15\" rx=\"4\"/><rect class=\"tr-card\" width=\"28\" height=\"15\" rx=\"4\"/>"
            )),
            Key::Lead => self.push(format_args!("<rect class=\"tr-lead\" x=\"1\" y=\"1\" width=\"30\" height=\"16\" rx=\"5\"/>")),
        }
        self.push(format_args!("</g>\n"));
    }
}

/// Something of which the words are told beside it.
#[derive(Clone, Copy)]
enum Sign {
    End(EndKind),
    Key(Key),
}

/// The path along a line that goes on, short of its head: level where it passes a column, bent between columns.
fn bent(pieces: &[(Point, Point)]) -> String {
    let mut out = String::new();
    for (number, &(from, to)) in pieces.iter().enumerate() {
        let end = if number + 1 == pieces.len() { to.x - HEAD + 1 } else { to.x };
        let middle = (from.x + end) / 2;
        let sign = if number == 0 { 'M' } else { 'L' };
        let _ =
            write!(out, "{sign}{} {}C{middle} {} {middle} {} {end} {}", from.x, from.y, from.y, to.y, to.y);
    }
    out
}

/// The path of a line back: down beside its box, along its lane, and up beside the other.
fn around(start: Point, end: Point, lane: i64, beside: i64) -> String {
    let (right, left) = (start.x + beside, end.x - beside - HEAD);
    let r = 10;
    format!(
        "M{} {}H{}Q{right} {} {right} {}V{}Q{right} {lane} {} {lane}H{}Q{left} {lane} {left} {}V{}Q{left} {} {} {}H{}",
        start.x,
        start.y,
        right - r,
        start.y,
        start.y + r,
        lane - r,
        right - r,
        left + r,
        lane - r,
        end.y + r,
        end.y,
        left + r,
        end.y,
        end.x - HEAD + 1
    )
}
