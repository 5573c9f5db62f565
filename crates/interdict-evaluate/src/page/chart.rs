//! Pictures as inline SVG: curves, bars, steps, points with their uncertainty. Colors come from the page's style.

use std::fmt::Write as _;

/// The size of a picture, and the margins of its frame.
const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 30.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 50.0;

/// An axis: what it is, and its marks with their places from 0 to 1.
pub(super) struct Axis {
    pub label: &'static str,
    pub marks: Vec<(f64, String)>,
}

impl Axis {
    /// An axis of shares from 0 to 100 %.
    pub fn shares(label: &'static str) -> Self {
        let marks = [0, 20, 40, 60, 80, 100].map(|mark| (f64::from(mark) / 100.0, format!("{mark} %")));
        Self { label, marks: marks.to_vec() }
    }

    /// An axis of shares from 0.01 % to 100 %, each step ten times the one before.
    pub fn rates(label: &'static str) -> Self {
        let marks = ["0.01 %", "0.1 %", "1 %", "10 %", "100 %"];
        let marks = marks.iter().zip([0.0, 0.25, 0.5, 0.75, 1.0]);
        Self { label, marks: marks.map(|(mark, at)| (at, (*mark).to_owned())).collect() }
    }

    /// The place of a share on an axis of rates.
    pub fn place_of_rate(rate: f64) -> f64 {
        ((rate.max(1e-4).log10() + 4.0) / 4.0).clamp(0.0, 1.0)
    }

    /// An axis of scores that starts at `from`.
    pub fn scores(from: f64) -> Self {
        let marks = (0..=10).map(|tenth| f64::from(tenth) / 10.0).filter(|mark| *mark >= from - 1e-9);
        let marks = marks.map(|mark| (place(mark, from), format!("{mark:.1}"))).collect();
        Self { label: "score", marks }
    }
}

/// The place of a score on an axis that starts at `from`.
pub(super) fn place(score: f64, from: f64) -> f64 {
    if from < 1.0 { ((score - from) / (1.0 - from)).clamp(0.0, 1.0) } else { 1.0 }
}

fn x(at: f64) -> f64 {
    LEFT + at * (WIDTH - LEFT - RIGHT)
}

fn y(at: f64) -> f64 {
    HEIGHT - BOTTOM - at * (HEIGHT - TOP - BOTTOM)
}

/// A text as it may stand in HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            char if char.is_control() => safe.push('\u{fffd}'),
            char => safe.push(char),
        }
    }
    safe
}

/// A picture within a frame with two axes.
pub(super) struct Picture {
    svg: String,
}

impl Picture {
    /// An empty frame. `told` says for those who do not see it what the picture shows.
    pub fn new(told: &str, across: &Axis, up: &Axis) -> Self {
        let told = escaped(told);
        let mut svg = format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{told}\">\n");
        for (at, mark) in &across.marks {
            let (x, bottom) = (x(*at), y(0.0));
            let _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\"/>",
                y(1.0)
            );
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                bottom + 18.0,
                escaped(mark)
            );
        }
        for (at, mark) in &up.marks {
            let (left, y) = (x(0.0), y(*at));
            let _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{left:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
                x(1.0)
            );
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                left - 7.0,
                y + 4.0,
                escaped(mark)
            );
        }
        let _ = writeln!(
            svg,
            "<line class=\"axis\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>",
            x(0.0),
            x(1.0),
            y(0.0),
            y(0.0)
        );
        let _ = writeln!(
            svg,
            "<text class=\"strong\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            x(0.5),
            HEIGHT - 8.0,
            across.label
        );
        let _ = writeln!(
            svg,
            "<text class=\"strong\" transform=\"translate(13 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            y(0.5),
            up.label
        );
        Self { svg }
    }

    /// A line through points whose places go from 0 to 1.
    pub fn line(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        let points: Vec<String> =
            points.into_iter().map(|(across, up)| format!("{:.1},{:.1}", x(across), y(up))).collect();
        if points.len() > 1 {
            let _ = writeln!(self.svg, "<polyline class=\"line {class}\" points=\"{}\"/>", points.join(" "));
        }
    }

    /// The area below such a line.
    pub fn area(&mut self, class: &str, points: &[(f64, f64)]) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let closed = std::iter::once((first.0, 0.0)).chain(points.iter().copied()).chain([(last.0, 0.0)]);
        let closed: Vec<String> =
            closed.map(|(across, up)| format!("{:.1},{:.1}", x(across), y(up))).collect();
        let _ = writeln!(self.svg, "<polygon class=\"area {class}\" points=\"{}\"/>", closed.join(" "));
    }

    /// A dot with a text that shows when it is pointed at.
    pub fn dot(&mut self, class: &str, at: (f64, f64), told: &str) {
        let _ = writeln!(
            self.svg,
            "<circle class=\"fill {class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"><title>{}</title></circle>",
            x(at.0),
            y(at.1),
            escaped(told)
        );
    }

    /// An upright line between two heights.
    pub fn whisker(&mut self, class: &str, across: f64, low: f64, high: f64) {
        let (x, low, high) = (x(across), y(low), y(high));
        let _ = writeln!(
            self.svg,
            "<path class=\"line {class}\" d=\"M{:.1} {low:.1}h8m-4 0V{high:.1}m-4 0h8\"/>",
            x - 4.0
        );
    }

    /// The picture.
    pub fn done(self) -> String {
        self.svg + "</svg>\n"
    }
}

/// One row of a picture of bars.
pub(super) struct Bar {
    pub name: String,
    pub share: f64,
    /// Marks on the bar, each with the letter that stands there.
    pub marks: Vec<(f64, char)>,
}

/// Bars of shares below each other, with their names before and their numbers behind.
pub(super) fn bars(told: &str, rows: &[Bar]) -> String {
    const ROW: f64 = 22.0;
    const NAME: f64 = 170.0;
    const NUMBER: f64 = 64.0;
    const FULL: f64 = 1000.0;
    #[expect(clippy::cast_precision_loss, reason = "a few dozen rows")]
    let height = 8.0 + ROW * rows.len() as f64;
    let length = FULL - NAME - NUMBER;
    let told = escaped(told);
    let mut svg = format!("<svg viewBox=\"0 0 {FULL} {height}\" role=\"img\" aria-label=\"{told}\">\n");
    let mut top = 4.0;
    for row in rows {
        let name = escaped(&row.name);
        let middle = top + ROW / 2.0 + 4.0;
        let bar = top + 4.0;
        let _ = writeln!(
            svg,
            "<text class=\"strong\" x=\"{:.1}\" y=\"{middle:.1}\" text-anchor=\"end\">{name}</text>",
            NAME - 8.0
        );
        let _ = writeln!(
            svg,
            "<rect class=\"track\" x=\"{NAME}\" y=\"{bar:.1}\" width=\"{length}\" height=\"14\" rx=\"2\"/>"
        );
        let _ = writeln!(
            svg,
            "<rect class=\"fill matches\" x=\"{NAME}\" y=\"{bar:.1}\" width=\"{:.1}\" height=\"14\" rx=\"2\" fill-opacity=\".55\"/>",
            length * row.share
        );
        for (share, letter) in &row.marks {
            let x = NAME + length * share;
            let _ = writeln!(
                svg,
                "<line class=\"axis\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>",
                bar - 2.0,
                bar + 16.0
            );
            // Marks near each other would hide each other's letters; the table has the numbers.
            let is_crowded =
                row.marks.iter().any(|(other, sign)| sign < letter && (share - other).abs() < 0.012);
            if !is_crowded {
                let _ = writeln!(
                    svg,
                    "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{letter}</text>",
                    x - 2.0,
                    bar + 11.0
                );
            }
        }
        let _ = writeln!(
            svg,
            "<text class=\"strong\" x=\"{FULL}\" y=\"{middle:.1}\" text-anchor=\"end\">{:.1} %</text>",
            row.share * 100.0
        );
        top += ROW;
    }
    svg + "</svg>\n"
}
