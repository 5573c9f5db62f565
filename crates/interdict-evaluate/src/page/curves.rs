//! The curves: how much is found at which share of alerts.

use std::fmt::Write as _;

use super::chart::{Axis, Picture, escaped};
use super::table::{percent, table};
use crate::report::{Against, Point, Report};

/// A curve: its class in the style, its name, what it is against, its points.
type Series<'a> = (&'static str, &'static str, Against, &'a [(f64, f64)]);

/// The series of both curves: against benign names and against hard negatives, where there are any.
fn series(report: &Report) -> Vec<Series<'_>> {
    let mut series: Vec<Series<'_>> = Vec::new();
    if report.counts.benign > 0 {
        series.push(("matches", "against benign names", Against::Benign, &report.curve));
    }
    if report.counts.hard_negatives > 0 {
        series.push(("hard", "against hard negatives", Against::HardNegatives, &report.curve_hard));
    }
    series
}

pub(super) fn legend(entries: &[(&str, &str)], html: &mut String) {
    html.push_str("<ul class=\"legend\">");
    for (class, text) in entries {
        let _ = write!(html, "<li class=\"{class}\">{text}</li>");
    }
    html.push_str("</ul>\n");
}

pub(super) fn recall_by_rate(report: &Report, html: &mut String) {
    html.push_str(
        "<section>\n<h2>How much is found at which price</h2>\n\
         <p>Whoever lowers the threshold finds more and alerts more. Each point of a curve is a threshold.</p>\n",
    );
    let series = series(report);
    if !series.is_empty() {
        curves(report, &series, html);
    }
    let mut header = vec!["alerts", "threshold", "benign", "hard", "found", "mean of classes"];
    header.extend(report.kinds.iter().map(|kind| kind.name.as_str()));
    let share = |value: Option<f64>| value.map_or("–".to_owned(), percent);
    let row = |(idx, point): (usize, &Point)| {
        let mut row = vec![
            escaped(&point.title()),
            point.threshold.map_or("none".to_owned(), |threshold| format!("{threshold:.4}")),
            share(point.benign_alerts),
            share(point.hard_alerts),
        ];
        let slices = [&report.all.recall, &report.all.macro_recall].into_iter();
        let slices = slices.chain(report.kinds.iter().map(|kind| &kind.recall));
        row.extend(slices.map(|recall| share(recall.get(idx).copied())));
        row
    };
    let rows: Vec<Vec<String>> = report.points.iter().enumerate().map(row).collect();
    html.push_str(&table("Thresholds, what they cost and what they find", &header, &rows));
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
    let row = |what: &str, value: String| vec![what.to_owned(), value];
    let rows = [
        row("area under the curve, benign names", number(report.auc)),
        row("average precision, benign names", number(report.average_precision)),
        row("right party in first place", percent(report.all.first_place)),
        row("right party in the first three", percent(report.all.top_three)),
        row("matches that could not be screened", report.counts.matches_not_screened.to_string()),
        row("other names that could not be screened", report.counts.others_not_screened.to_string()),
    ];
    html.push_str("<div class=\"narrow\">\n");
    html.push_str(&table("All thresholds together", &["", "value"], &rows));
    html.push_str("</div>\n</section>\n");
}

/// The same curves twice: on a scale of tens, where the useful thresholds lie, and on even scales.
fn curves(report: &Report, series: &[Series<'_>], html: &mut String) {
    let entries: Vec<(&str, &str)> = series.iter().map(|(class, name, ..)| (*class, *name)).collect();
    html.push_str("<div class=\"pair\">\n<figure>\n");
    let up = Axis::shares("parties found");
    let told = "Curves of the share of parties found against the share of other names that alert; the table has the numbers";
    let mut picture = Picture::new(told, &Axis::rates("share of other names that alert"), &up);
    for (class, _, against, curve) in series {
        // All thresholds below the first mark lie on it: of these the last is drawn.
        let first = curve.iter().rposition(|(rate, _)| *rate <= 1e-4).unwrap_or_default();
        let points = curve.iter().skip(first).map(|(rate, recall)| (Axis::place_of_rate(*rate), *recall));
        picture.line(&dashed(class, *against), points);
        for (idx, point) in report.points.iter().enumerate().filter(|(_, point)| point.against == *against) {
            let recall = report.all.recall.get(idx).copied().unwrap_or_default();
            let at = (Axis::place_of_rate(point.alert_rate.unwrap_or_default()), recall);
            picture.dot(class, at, &format!("{}: {} found", point.title(), percent(recall)));
        }
    }
    html.push_str(&picture.done());
    legend(&entries, html);
    html.push_str("<figcaption>Share of parties found by share of alerts, on a scale of tens.</figcaption>\n</figure>\n<figure>\n");
    let told = "The same curves on even scales (receiver operating characteristic)";
    let mut picture = Picture::new(told, &Axis::shares("share of other names that alert"), &up);
    picture.line("even dashed", [(0.0, 0.0), (1.0, 1.0)]);
    for (class, _, against, curve) in series {
        picture.line(&dashed(class, *against), curve.iter().copied());
    }
    html.push_str(&picture.done());
    legend(&entries, html);
    let _ = writeln!(
        html,
        "<figcaption>The same on even scales (ROC). The curves end at a score of {}, below which hits are not seen.</figcaption>\n\
         </figure>\n</div>",
        report.floor
    );
}

fn dashed(class: &str, against: Against) -> String {
    format!("{class}{}", if against == Against::HardNegatives { " dashed" } else { "" })
}
