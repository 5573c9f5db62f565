//! What was blocked once: the standing of a party through time.

use crate::graphs::{day, designee, network};
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::history::{self, History};
use interdict_network::interest::Span;
use interdict_network::policy::Regime;

/// The periods of party `A`, when `X` is designated within a span, up to the first day of 2026.
fn periods(written: &str, start: &str, end: &str) -> String {
    let network = network(written);
    let date = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    let span = Span { start: date(start), end: date(end) };
    let parties = vec![network.find("X").unwrap()];
    let evidence = "test".to_owned();
    let designee = Designee { parties, certainty: Certainty::Certain, basis: Basis::Listed, span, evidence };
    match history::of(&network, Regime::Ofac, network.find("A").unwrap(), day("2026-01-01"), &[designee]) {
        History::Told(periods) => {
            let shown = |day: Option<interdict_network::interest::Day>| {
                day.map(|day| day.to_string()).unwrap_or_default()
            };
            let told = periods.iter().map(|period| {
                format!("{}..{} {}", shown(period.from), shown(period.until), period.standing.name())
            });
            told.collect::<Vec<_>>().join(", ")
        }
        History::TooMuch => "too much".to_owned(),
    }
}

#[test]
fn periods_begin_and_end_with_holdings_and_designations() {
    for (written, start, end, expected) in [
        ("X 50 A", "", "", ".. blocked_by_ownership"),
        ("X 10 A", "2010-01-01", "", ".. not_blocked"),
        (
            "X 60 A @2015-03-01..2020-12-31",
            "",
            "",
            "..2015-02-28 not_blocked, 2015-03-01..2020-12-31 blocked_by_ownership, 2021-01-01.. not_blocked",
        ),
        (
            "X 60 A @2015-03-01..2020-12-31",
            "2018-05-23",
            "",
            "..2018-05-22 not_blocked, 2018-05-23..2020-12-31 blocked_by_ownership, 2021-01-01.. not_blocked",
        ),
        // Sold before the designation: never blocked.
        ("X 60 A @..2016-06-30", "2018-05-23", "", ".. not_blocked"),
        (
            "X 60 B; B 60 A @2019..",
            "",
            "",
            "..2018-12-31 not_blocked, 2019-01-01..2019-12-30 undetermined, 2019-12-31.. blocked_by_ownership",
        ),
        // What begins after the day that is asked about is not told.
        ("X 60 A @2027-01-01..", "", "", ".. not_blocked"),
    ] {
        assert_eq!(periods(written, start, end), expected, "{written} {start}");
    }
}

#[test]
fn a_party_that_was_blocked_is_told() {
    let network = network("X 60 A @..2020-12-31");
    let parties = vec![network.find("X").unwrap()];
    let evidence = "test".to_owned();
    let designee = Designee {
        parties,
        certainty: Certainty::Certain,
        basis: Basis::Listed,
        span: Span::default(),
        evidence,
    };
    let party = network.find("A").unwrap();
    let history =
        history::of(&network, Regime::Ofac, party, day("2026-01-01"), std::slice::from_ref(&designee));
    assert_eq!(history.blocked_before().unwrap().until, Some(day("2020-12-31")));
    let then = history::of(&network, Regime::Ofac, party, day("2020-01-01"), &[designee]);
    assert_eq!(then.blocked_before(), None);
}

#[test]
fn each_day_has_its_own_rules() {
    let told = |written: &str, regime: Regime| {
        let network = network(written);
        let designees = ["X", "Y"].map(|id| designee(&network, id, Certainty::Certain)).into_iter().flatten();
        let designees: Vec<_> = designees.collect();
        match history::of(&network, regime, network.find("A").unwrap(), day("2026-01-01"), &designees) {
            History::Told(periods) => {
                let told = periods.iter().map(|period| {
                    let from = period.from.map(|day| day.to_string()).unwrap_or_default();
                    format!("{from} {}", period.standing.name())
                });
                told.collect::<Vec<_>>().join(", ")
            }
            History::TooMuch => "too much".to_owned(),
        }
    };
    // 50 percent is enough for the EU since 3 July 2024; until 2020 the rules of the EU were those of the United Kingdom.
    assert_eq!(told("X 25 A; Y 25 A", Regime::Ofac), " blocked_by_ownership");
    assert_eq!(told("X 30 A; Y 30 A", Regime::Uk), " blocked_by_ownership, 2021-01-01 not_blocked");
    assert_eq!(told("X 50 A", Regime::Eu), " not_blocked, 2024-07-03 blocked_by_ownership");
    assert_eq!(told("X 50 A @..2024-06-30", Regime::Eu), " not_blocked");
    assert_eq!(told("X 60 A", Regime::Uk), " blocked_by_ownership");
}
