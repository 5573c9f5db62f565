//! Tables and numbers of the page.

use std::fmt::Write as _;

use super::chart::escaped;
use crate::metrics::Quality;
use crate::pairs::{PairReport, PairSlice};

/// A share in percent; short of the whole it is never shown as the whole, and what is there never as nothing.
pub(super) fn percent(share: f64) -> String {
    match share {
        share if share > 0.999_999 => "100 %".to_owned(),
        share if share > 0.0 && share < 0.000_05 => "< 0.01 %".to_owned(),
        share => format!("{:.2} %", (share * 100.0).min(99.99)),
    }
}

/// Odds to one, with two digits where they are small.
pub(super) fn odds(odds: f64) -> String {
    match odds {
        odds if odds >= 10.0 => format!("{odds:.0} : 1"),
        odds if odds >= 1.0 => format!("{odds:.1} : 1"),
        odds if odds >= 0.1 => format!("{odds:.2} : 1"),
        odds => format!("{odds:.3} : 1"),
    }
}

/// A count with blanks between thousands that do not break.
pub(super) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The same of a number that is whole.
pub(super) fn number_of(value: f64) -> String {
    format!("{value:.0}").parse().map_or_else(|_| format!("{value:.0}"), number)
}

/// A cell whose ground is the darker the higher the share; the cube makes low shares stand out.
pub(super) fn share_cell(share: f64) -> String {
    format!("<td class=\"share\" style=\"--s:{ground:.3}\">{}</td>", percent(share), ground = share.powi(3))
}

/// A table of texts that are safe already; the first cell of a row is its heading.
pub(super) fn table(caption: &str, header: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |row: &Vec<String>| {
        let cell = |(idx, text): (usize, &String)| match idx {
            0 => format!("<th scope=\"row\">{text}</th>"),
            _ => format!("<td>{text}</td>"),
        };
        row.iter().enumerate().map(cell).collect::<String>()
    };
    table_of_cells(caption, header, &rows.iter().map(cells).collect::<Vec<_>>())
}

/// A table of rows that are cells already.
pub(super) fn table_of_cells(caption: &str, header: &[&str], rows: &[String]) -> String {
    let mut html =
        format!("<div class=\"scroll\">\n<table>\n<caption>{}</caption>\n<thead><tr>", escaped(caption));
    for text in header {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escaped(text));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let _ = writeln!(html, "<tr>{row}</tr>");
    }
    html + "</tbody>\n</table>\n</div>\n"
}

/// Labelled pairs.
pub(super) fn pairs(pairs: &PairReport, html: &mut String) {
    html.push_str("<section>\n<h2>Labelled pairs</h2>\n<p>Two names each, of which it is known whether they are one party.</p>\n");
    let header = [
        "group",
        "pairs",
        "matches",
        "AUC",
        "average precision",
        "best F1",
        "at",
        "F1 as configured",
        "precision",
        "recall",
        "precision at 95 % recall",
        "others below at 99 % recall",
    ];
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
    let row = |slice: &PairSlice| {
        let of = |quality: Option<Quality>, value: fn(Quality) -> f64| number(quality.map(value));
        vec![
            escaped(&slice.name),
            slice.n.to_string(),
            slice.matches.to_string(),
            number(slice.auc),
            number(slice.average_precision),
            of(slice.best_f1, |quality| quality.f1),
            of(slice.best_f1, |quality| quality.threshold),
            number(Some(slice.configured.f1)),
            number(Some(slice.configured.precision)),
            number(Some(slice.configured.recall)),
            of(slice.at_recall_95, |quality| quality.precision),
            of(slice.at_recall_99, |quality| quality.specificity),
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(&pairs.all).chain(&pairs.groups).map(row).collect();
    html.push_str(&table("How well pairs are told apart", &header, &rows));
    if !pairs.errors.is_empty() {
        let row = |error: &crate::pairs::PairError| {
            let what = if error.is_match { "missed" } else { "false alert" };
            vec![what.to_owned(), format!("{:.4}", error.score), escaped(&error.a), escaped(&error.b)]
        };
        let rows: Vec<Vec<String>> = pairs.errors.iter().map(row).collect();
        html.push_str(&table(
            "The worst errors at the configured threshold",
            &["", "score", "one", "other"],
            &rows,
        ));
    }
    html.push_str("</section>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_is_only_the_whole() {
        assert_eq!(
            [0.0, 0.999_99, 1.0, 0.5, 0.966_67, 0.000_01].map(percent),
            ["0.00 %", "99.99 %", "100 %", "50.00 %", "96.67 %", "< 0.01 %"]
        );
    }

    #[test]
    fn small_odds_are_not_nothing() {
        assert_eq!([0.005, 0.29, 3.5, 639.0].map(odds), ["0.005 : 1", "0.29 : 1", "3.5 : 1", "639 : 1"]);
    }

    #[test]
    fn texts_cannot_become_markup() {
        let html = table_of_cells("<b>", &["\"x\""], &[]);
        assert!(html.contains("&lt;b&gt;") && html.contains("&quot;x&quot;"), "{html}");
    }
}
