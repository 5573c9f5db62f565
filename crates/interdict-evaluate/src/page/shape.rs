//! How the scores lie, and what a score is worth.

use std::fmt::Write as _;

use super::chart::{Axis, Picture, place};
use super::curves::legend;
use super::table::{self, odds, percent, table};
use crate::metrics::ratio;
use crate::report::{Bin, Reliability, Report};

pub(super) fn reliability(report: &Report, html: &mut String) {
    let Some(first) = report.reliability.first() else { return };
    html.push_str(
        "<section>\n<h2>What a score is worth</h2>\n\
         <p>Of all subjects of this evaluation whose best hit has such a score: the share for which it is the right party. \
         The lines span where the true share lies with 95 % confidence. Where other names are screened the shares differ.</p>\n\
         <div class=\"pair\">\n<figure>\n",
    );
    let from = (first.from * 10.0).floor() / 10.0;
    let mut picture = Picture::new(
        "The share of right hits by score, with its uncertainty; the table has the numbers",
        &Axis::scores(from),
        &Axis::shares("hits that are right"),
    );
    for bin in &report.reliability {
        let across = place(f64::midpoint(bin.from, bin.until), from);
        picture.whisker("even", across, bin.low, bin.high);
        picture.dot(
            "matches",
            (across, bin.share),
            &format!("{:.2} to {:.2}: {} of {}", bin.from, bin.until, bin.right, bin.n),
        );
    }
    html.push_str(&picture.done());
    html.push_str("<figcaption>Share of best hits that are right, by score.</figcaption>\n</figure>\n");
    let row = |bin: &Reliability| {
        vec![
            format!("{:.2} to {:.2}", bin.from, bin.until),
            bin.n.to_string(),
            percent(bin.share),
            format!("{} to {}", percent(bin.low), percent(bin.high)),
            bin.odds.map_or("all right".to_owned(), odds),
        ]
    };
    let rows: Vec<Vec<String>> = report.reliability.iter().map(row).collect();
    html.push_str(&table(
        "Right hits by score",
        &["score", "subjects", "right", "95 % confidence", "odds"],
        &rows,
    ));
    html.push_str("</div>\n</section>\n");
}

pub(super) fn histogram(report: &Report, html: &mut String) {
    let shape = &report.histogram;
    let Some(first) = shape.bins.first() else { return };
    html.push_str("<section>\n<h2>Where the scores lie</h2>\n<div class=\"pair\">\n<figure>\n");
    let from = (first.from * 10.0).floor() / 10.0;
    let counts = &report.counts;
    let share = |n: usize, of: usize| ratio(n, of);
    type Count = fn(&Bin) -> usize;
    let groups: [(&str, &str, usize, Count); 3] = [
        ("matches", "matches (score of the right party)", counts.matches, |bin| bin.matches),
        ("benign dashed", "benign names (best hit)", counts.benign, |bin| bin.benign),
        ("hard dashed", "hard negatives (best hit)", counts.hard_negatives, |bin| bin.hard_negatives),
    ];
    let all_shares = shape.bins.iter().flat_map(|bin| groups.map(|(.., of, count)| share(count(bin), of)));
    let top = (all_shares.fold(0.0_f64, f64::max) * 10.0).ceil().max(1.0) / 10.0;
    let marks = (0..=5_u32)
        .map(|fifth| f64::from(fifth) / 5.0)
        .map(|at| (at, format!("{:.0} %", at * top * 100.0)))
        .collect();
    let up = Axis { label: "share of the group", marks };
    let mut picture = Picture::new(
        "Steps of the share of each group by score; the table has the counts",
        &Axis::scores(from),
        &up,
    );
    for (class, _, of, count) in groups.iter().filter(|(.., of, _)| *of > 0) {
        let steps: Vec<(f64, f64)> = shape
            .bins
            .iter()
            .flat_map(|bin| {
                let height = share(count(bin), *of) / top;
                [(place(bin.from, from), height), (place(bin.until, from), height)]
            })
            .collect();
        picture.area(class, &steps);
        picture.line(class, steps);
    }
    html.push_str(&picture.done());
    let entries: Vec<(&str, &str)> = groups
        .iter()
        .filter(|(.., of, _)| *of > 0)
        .map(|(class, name, ..)| (class.split(' ').next().unwrap_or_default(), *name))
        .collect();
    legend(&entries, html);
    let _ = writeln!(
        html,
        "<figcaption>Without a hit of {} and more: {} matches, {} benign names, {} hard negatives.</figcaption>\n</figure>",
        report.floor,
        table::number(shape.matches_without),
        table::number(shape.benign_without),
        table::number(shape.hard_negatives_without)
    );
    let row = |bin: &Bin| {
        let range = format!("{:.3} to {:.3}", bin.from, bin.until);
        vec![range, bin.matches.to_string(), bin.benign.to_string(), bin.hard_negatives.to_string()]
    };
    let rows: Vec<Vec<String>> = shape.bins.iter().map(row).collect();
    html.push_str(&table("Subjects by score", &["score", "matches", "benign", "hard negatives"], &rows));
    html.push_str("</div>\n</section>\n");
}
