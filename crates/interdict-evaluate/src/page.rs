//! The report as one HTML page that needs nothing from anywhere: no script, no font, no picture from outside. Beside each
//! picture stands a table with its numbers.

mod chart;
mod curves;
mod shape;
mod table;

use std::fmt::Write as _;

use chart::{Bar, bars, escaped};
use table::{percent, share_cell};

use crate::report::{Against, ClassSlice, Report, Slice};

/// What the page says of itself.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// Which program, with its version.
    pub program: String,
    /// When the report was made.
    pub made_on: String,
    /// The lists that were screened against, each in a few words.
    pub lists: Vec<String>,
    /// The digest of the index.
    pub digest: String,
}

/// The whole page.
pub fn page(report: &Report, heading: &Heading) -> String {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>Evaluation of name screening</title>\n<style>\n",
    );
    html.push_str(include_str!("page/style.css"));
    html.push_str("</style>\n</head>\n<body>\n");
    head(report, heading, &mut html);
    if report.counts.matches > 0 {
        curves::recall_by_rate(report, &mut html);
        classes(report, &mut html);
        shape::reliability(report, &mut html);
        shape::histogram(report, &mut html);
    }
    if let Some(pairs) = &report.pairs {
        table::pairs(pairs, &mut html);
    }
    definitions(report, heading, &mut html);
    html.push_str("</body>\n</html>\n");
    html
}

fn head(report: &Report, heading: &Heading, html: &mut String) {
    let counts = &report.counts;
    let _ = writeln!(html, "<header>\n<h1>Evaluation of name screening</h1>");
    let evidence = if report.evidence == "all" { "with birth dates and countries" } else { "by name only" };
    let _ = writeln!(
        html,
        "<p class=\"soft\">{} manipulated names of listed parties, {} hard negatives and {} benign names, screened {evidence} \
         against {}.</p>",
        table::number(counts.matches),
        table::number(counts.hard_negatives),
        table::number(counts.benign),
        escaped(&heading.lists.join(", "))
    );
    let mut tiles: Vec<(String, &str)> = Vec::new();
    let at = |values: &[f64], idx: usize| values.get(idx).copied().map(percent).unwrap_or_default();
    if let Some(idx) = report.point(Against::Benign, 0.01).filter(|_| counts.matches > 0) {
        tiles.push((at(&report.all.recall, idx), "found at 1 % alerts on benign names"));
    }
    if let Some(idx) = report.point(Against::HardNegatives, 0.01).filter(|_| counts.matches > 0) {
        tiles.push((at(&report.all.macro_recall, idx), "mean over classes at 1 % alerts on hard negatives"));
    }
    if counts.matches > 0 {
        tiles.push((percent(report.all.first_place), "of the parties in first place"));
    }
    if let Some(auc) = report.pairs.as_ref().and_then(|pairs| pairs.all.auc) {
        tiles.push((format!("{auc:.3}"), "AUC of labelled pairs"));
    }
    if let Some(speed) = &report.speed {
        tiles.push((table::number_of(speed.names_per_second), "names a second on one core"));
        tiles.push((format!("{:.2} ms", speed.p99_us / 1000.0), "for the slowest 1 of 100 names"));
    }
    html.push_str("<ul class=\"tiles\">\n");
    for (number, what) in tiles {
        let _ = writeln!(html, "<li><strong>{number}</strong><span>{what}</span></li>");
    }
    html.push_str("</ul>\n</header>\n");
}

fn classes(report: &Report, html: &mut String) {
    let benign = report.point(Against::Benign, 0.01);
    let hard = report.point(Against::HardNegatives, 0.01);
    let configured = report.point(Against::Configured, 0.0);
    let main = benign.or(configured).unwrap_or_default();
    let what = if benign.is_some() { "1 % of benign names alert" } else { "the configured threshold holds" };
    let at = |slice: &Slice, idx: usize| slice.recall.get(idx).copied().unwrap_or_default();
    let _ = writeln!(
        html,
        "<section>\n<h2>By class of manipulation</h2>\n<p>The share of parties found where {what}. The marks l, m and h are light, \
         medium and heavy manipulations.</p>\n<figure>"
    );
    let letter = |name: &str| name.chars().next().unwrap_or('?');
    let bar = |class: &ClassSlice| Bar {
        name: class.slice.name.replace('_', " "),
        share: at(&class.slice, main),
        marks: class.severities.iter().map(|severity| (at(severity, main), letter(&severity.name))).collect(),
    };
    let rows: Vec<Bar> = report.classes.iter().map(bar).collect();
    html.push_str(&bars("Bars of the share found for each class; the table below has the numbers", &rows));
    html.push_str("</figure>\n");
    let header = [
        "class",
        "",
        "cases",
        "found",
        "light",
        "medium",
        "heavy",
        "1 % hard negatives",
        "as configured",
        "first place",
    ];
    let of = |class: &ClassSlice, name: &str| {
        let severity = class.severities.iter().find(|severity| severity.name == name);
        severity.map_or("<td>–</td>".to_owned(), |slice| share_cell(at(slice, main)))
    };
    let row = |class: &ClassSlice| {
        let missing = || "<td>–</td>".to_owned();
        format!(
            "<th scope=\"row\">{}</th><td class=\"about\">{}</td><td>{}</td>{}{}{}{}{}{}{}",
            escaped(&class.slice.name.replace('_', " ")),
            escaped(class.about),
            class.slice.n,
            share_cell(at(&class.slice, main)),
            of(class, "light"),
            of(class, "medium"),
            of(class, "heavy"),
            hard.map_or_else(missing, |idx| share_cell(at(&class.slice, idx))),
            configured.map_or_else(missing, |idx| share_cell(at(&class.slice, idx))),
            share_cell(class.slice.first_place),
        )
    };
    let rows: Vec<String> = report.classes.iter().map(row).collect();
    html.push_str(&table::table_of_cells(
        &format!("Share found where {what}, and in the columns behind as they say"),
        &header,
        &rows,
    ));
    html.push_str("</section>\n");
}

fn definitions(report: &Report, heading: &Heading, html: &mut String) {
    html.push_str(
        "<section>\n<h2>What the words mean</h2>\n<dl>\n\
         <dt>match</dt><dd>a case made of a listed name; it is found when the score of its own party reaches the threshold</dd>\n\
         <dt>benign name</dt><dd>a name that nobody should be alerted on; it alerts when any hit reaches the threshold</dd>\n\
         <dt>hard negative</dt><dd>a name that has much of a listed one and is none</dd>\n\
         <dt>1 % alerts</dt><dd>the lowest threshold at which no more than 1 % of these names alert</dd>\n\
         <dt>mean of classes</dt><dd>the mean of the shares found in each class, so that each counts the same</dd>\n\
         <dt>first place</dt><dd>no other party has a higher score, but for one that bears the same name</dd>\n\
         </dl>\n",
    );
    if let Some(speed) = &report.speed {
        let _ = writeln!(
            html,
            "<p>Speed: {} names a second on one core, the median of {} runs over {} names; half of them took up to {:.0} µs, 99 of 100 \
             up to {:.0} µs, the slowest {:.0} µs.</p>",
            table::number_of(speed.names_per_second),
            speed.runs,
            table::number(speed.names),
            speed.p50_us,
            speed.p99_us,
            speed.max_us
        );
    }
    let made = [&heading.program, &heading.made_on].into_iter().filter(|text| !text.is_empty());
    let made: Vec<String> = made.map(|text| escaped(text)).collect();
    let _ = writeln!(
        html,
        "</section>\n<footer>{} · index {}</footer>",
        made.join(" · "),
        escaped(&heading.digest)
    );
}
