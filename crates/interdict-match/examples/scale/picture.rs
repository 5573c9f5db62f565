//! The figures as a picture: names in a second, and the time that 99 of 100 names stay below, over the number of parties.

use std::fmt::Write as _;

use crate::figures::{Figures, Speed};

/// Colors that are read on white and on black.
const COLORS: [&str; 7] = ["#2a7fd4", "#d9622b", "#2f9e57", "#9a63d8", "#d14d72", "#8a8f98", "#b58a00"];
const STYLE: &str = "<style>\n\
    text { fill: #1f2328; font: 13px system-ui, sans-serif; }\n\
    .title { font-size: 15px; font-weight: 600; }\n\
    .page { fill: #ffffff; }\n\
    .grid { stroke: #d0d7de; }\n\
    .curve { fill: none; stroke-width: 2.5; }\n\
    @media (prefers-color-scheme: dark) {\n\
    text { fill: #e6edf3; }\n\
    .page { fill: #0d1117; }\n\
    .grid { stroke: #30363d; }\n\
    }\n\
    </style>\n";
/// Where a panel has its scales, in pixels.
const LEFT: f64 = 66.0;
const WIDTH: f64 = 330.0;
const TOP: f64 = 60.0;
const HEIGHT: f64 = 300.0;

/// One of the two panels.
struct Panel {
    title: &'static str,
    x: f64,
    /// Powers of ten at the bottom and at the top.
    powers: (i32, i32),
    value: fn(&Speed) -> f64,
}

const PANELS: [Panel; 2] = [
    Panel { title: "Names in a second, one core", x: 0.0, powers: (1, 5), value: |speed| speed.per_second },
    Panel {
        title: "99 of 100 names take at most, in milliseconds",
        x: 400.0,
        powers: (-1, 3),
        value: |speed| speed.p99 / 1_000.0,
    },
];

pub fn draw(all: &[Figures]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 420\" width=\"960\" height=\"420\">\n",
    );
    svg.push_str(STYLE);
    svg.push_str("<rect class=\"page\" width=\"960\" height=\"420\"/>\n");
    PANELS.iter().for_each(|panel| panel.draw(all, &mut svg));
    for (idx, (name, color)) in names(all).into_iter().zip(COLORS.iter().cycle()).enumerate() {
        let at = 80 + 24 * idx;
        let label = match name {
            "file" => "benign names".to_owned(),
            "misspelt" => "listed, misspelt".to_owned(),
            "1" => "1 word".to_owned(),
            n => format!("{n} words"),
        };
        let _ = writeln!(
            svg,
            "<path class=\"curve\" stroke=\"{color}\" d=\"M820 {}h18\"/><text x=\"844\" y=\"{at}\">{label}</text>",
            at - 4
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn names(all: &[Figures]) -> Vec<&str> {
    all.first()
        .map_or(Vec::new(), |figures| figures.speeds.iter().map(|speed| speed.names.as_str()).collect())
}

impl Panel {
    /// Both scales go by powers of ten.
    fn draw(&self, all: &[Figures], svg: &mut String) {
        let log = |n: f64| n.max(1e-6).log10();
        let size = |figures: &Figures| log(figures.parties as f64);
        let first = all.first().map_or(4.0, size);
        let span = (all.last().map_or(5.0, size) - first).max(0.1);
        let x = |figures: &Figures| self.x + LEFT + (WIDTH - 30.0) * (size(figures) - first) / span + 15.0;
        let (low, high) = self.powers;
        let share = |value: f64| (log(value) - f64::from(low)) / f64::from(high - low);
        let y = |value: f64| TOP + HEIGHT * (1.0 - share(value).clamp(0.0, 1.0));
        let (left, right) = (self.x + LEFT, self.x + LEFT + WIDTH);
        let _ = writeln!(svg, "<text class=\"title\" x=\"{left:.0}\" y=\"32\">{}</text>", self.title);
        for power in low..=high {
            let value = 10.0_f64.powi(power);
            let at = y(value);
            let _ = writeln!(
                svg,
                "<path class=\"grid\" d=\"M{left:.0} {at:.0}H{right:.0}\"/>\
                 <text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{value}</text>",
                left - 6.0,
                at + 4.0
            );
        }
        for figures in all {
            let (at, bottom) = (x(figures), TOP + HEIGHT);
            let _ = writeln!(
                svg,
                "<path class=\"grid\" d=\"M{at:.0} {TOP}V{bottom}\"/>\
                 <text x=\"{at:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
                bottom + 20.0,
                short(figures.parties)
            );
        }
        for (name, color) in names(all).into_iter().zip(COLORS.iter().cycle()) {
            let points = all.iter().filter_map(|figures| {
                let speed = figures.speeds.iter().find(|speed| speed.names == name)?;
                Some(format!("{:.1},{:.1}", x(figures), y((self.value)(speed))))
            });
            let points = points.collect::<Vec<_>>().join(" ");
            let _ = writeln!(svg, "<polyline class=\"curve\" stroke=\"{color}\" points=\"{points}\"/>");
        }
        let middle = (left + right) / 2.0;
        let _ = writeln!(
            svg,
            "<text x=\"{middle:.0}\" y=\"{:.0}\" text-anchor=\"middle\">listed parties</text>",
            TOP + HEIGHT + 44.0
        );
    }
}

fn short(n: usize) -> String {
    match n {
        n if n >= 1_000_000 => format!("{} M", n / 1_000_000),
        n if n >= 1_000 => format!("{} k", n / 1_000),
        n => n.to_string(),
    }
}
