//! The report for people at a terminal.

use std::fmt::Write as _;

use interdict_evaluate::pairs::{PairReport, PairSlice};
use interdict_evaluate::report::{Against, ClassSlice, Point, Report, Slice};
use interdict_evaluate::speed::Speed;

use crate::terminal::{self, FAINT, STRONG, number, printable};

/// The alert rate that the table of classes is about.
const RATE: f64 = 0.01;
/// The length of a full bar.
const BAR: usize = 20;

/// The whole report.
pub(super) fn text(report: &Report) -> String {
    let mut text = String::new();
    let counts = &report.counts;
    if counts.matches + counts.hard_negatives + counts.benign > 0 {
        let _ = writeln!(
            text,
            "{} cases, {} hard negatives, {} benign names; {}",
            number(counts.matches as u64),
            number(counts.hard_negatives as u64),
            number(counts.benign as u64),
            if report.evidence == "all" { "with birth dates and countries" } else { "names only" },
        );
        let n_not_screened = counts.matches_not_screened + counts.others_not_screened;
        if n_not_screened > 0 {
            let _ = writeln!(
                text,
                "{} cases and {} others could not be screened: the cases count as not found",
                counts.matches_not_screened, counts.others_not_screened
            );
        }
        text.push('\n');
        points(report, &mut text);
        classes(report, &mut text);
        let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
        let _ = writeln!(
            text,
            "\nAUC {}   average precision {}   first place {}   first three {}",
            number(report.auc),
            number(report.average_precision),
            percent(report.all.first_place),
            percent(report.all.top_three)
        );
    }
    if let Some(pairs) = &report.pairs {
        self::pairs(pairs, &mut text);
    }
    if let Some(speed) = &report.speed {
        self::speed(speed, &mut text);
    }
    text
}

fn points(report: &Report, text: &mut String) {
    let mut header = vec!["alerts", "threshold", "benign", "hard neg.", "recall", "macro"];
    header.extend(report.kinds.iter().map(|kind| kind.name.as_str()));
    let share = |value: Option<f64>| value.map_or("–".to_owned(), percent);
    let row = |(idx, point): (usize, &Point)| {
        let mut row = vec![
            title(point),
            point.threshold.map_or("none".to_owned(), |threshold| format!("{threshold:.4}")),
            share(point.benign_alerts),
            share(point.hard_alerts),
            percent(at(&report.all.recall, idx)),
            percent(at(&report.all.macro_recall, idx)),
        ];
        row.extend(report.kinds.iter().map(|kind| percent(at(&kind.recall, idx))));
        row
    };
    let right: Vec<usize> = (1..header.len()).collect();
    let table = terminal::table(&header, &right, report.points.iter().enumerate().map(row));
    let _ = writeln!(text, "{table}\n");
}

fn title(point: &Point) -> String {
    let rate = point.alert_rate.map(|rate| format!("{} %", rate * 100.0)).unwrap_or_default();
    match point.against {
        Against::Benign => format!("{rate} of benign"),
        Against::HardNegatives => format!("{rate} of hard neg."),
        Against::Configured => "as configured".to_owned(),
    }
}

fn classes(report: &Report, text: &mut String) {
    let benign = report.point(Against::Benign, RATE);
    let hard = report.point(Against::HardNegatives, RATE);
    let configured = report.point(Against::Configured, 0.0);
    let main = benign.or(configured);
    let share = |slice: &Slice, point: Option<usize>| {
        point.map_or("–".to_owned(), |idx| percent(at(&slice.recall, idx)))
    };
    let severity = |class: &ClassSlice, name: &str| {
        let found = class.severities.iter().find(|severity| severity.name == name);
        found.map_or("–".to_owned(), |slice| share(slice, main))
    };
    let row = |class: &ClassSlice| {
        vec![
            printable(&class.slice.name),
            class.slice.n.to_string(),
            bar(main.map_or(0.0, |idx| at(&class.slice.recall, idx))),
            share(&class.slice, main),
            severity(class, "light"),
            severity(class, "medium"),
            severity(class, "heavy"),
            share(&class.slice, hard),
            share(&class.slice, configured),
            percent(class.slice.first_place),
        ]
    };
    let what = if benign.is_some() { "at 1 % benign alerts" } else { "at the configured threshold" };
    let _ = writeln!(
        text,
        "{STRONG}Recall by class{STRONG:#}, {what}; behind it at 1 % alerts on hard negatives, as configured, and the share in first place"
    );
    let header = ["class", "n", "", "recall", "light", "medium", "heavy", "hard", "config.", "first"];
    let table = terminal::table(&header, &[1, 3, 4, 5, 6, 7, 8, 9], report.classes.iter().map(row));
    let _ = writeln!(text, "{table}");
}

fn bar(share: f64) -> String {
    let n_full = (0..BAR).filter(|&idx| idx as f64 + 0.5 <= share * BAR as f64).count();
    format!("{}{FAINT}{}{FAINT:#}", "█".repeat(n_full), "░".repeat(BAR - n_full))
}

fn at(values: &[f64], idx: usize) -> f64 {
    values.get(idx).copied().unwrap_or_default()
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn pairs(pairs: &PairReport, text: &mut String) {
    let quality = |slice: &PairSlice| {
        let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.4}"));
        let best = slice.best_f1;
        vec![
            if slice.name.is_empty() { "–".to_owned() } else { printable(&slice.name) },
            slice.n.to_string(),
            slice.matches.to_string(),
            number(slice.auc),
            number(best.map(|best| best.f1)),
            number(best.map(|best| best.threshold)),
            number(Some(slice.configured.f1)),
            number(Some(slice.configured.recall)),
            number(Some(slice.configured.specificity)),
            number(slice.at_recall_95.map(|quality| quality.precision)),
            number(slice.at_recall_99.map(|quality| quality.specificity)),
        ]
    };
    let header = [
        "pairs",
        "n",
        "matches",
        "auc",
        "best f1",
        "at",
        "f1 conf.",
        "recall",
        "specif.",
        "prec. at 95",
        "spec. at 99",
    ];
    let rows = std::iter::once(&pairs.all).chain(&pairs.groups).map(quality);
    let table = terminal::table(&header, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], rows);
    let _ = writeln!(text, "\n{STRONG}Labelled pairs{STRONG:#}\n{table}");
    for error in &pairs.errors {
        let what = if error.is_match { "missed" } else { "alarm " };
        let _ = writeln!(
            text,
            "  {what}  {:.4}  {}  =  {}",
            error.score,
            printable(&error.a),
            printable(&error.b)
        );
    }
}

fn speed(speed: &Speed, text: &mut String) {
    let _ = writeln!(
        text,
        "\n{} names/s on one core (median of {} runs over {} names); p50 {:.0} µs, p99 {:.0} µs",
        speed.names_per_second, speed.runs, speed.names, speed.p50_us, speed.p99_us
    );
}
