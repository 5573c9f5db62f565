//! Are pictures what they should be: the same each time, well-formed whatever the names are, true in their sums, and bounded?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "shared/shapes.rs"]
mod shapes;

use interdict_ledger::picture::{Heading, svg};
use interdict_ledger::report::{EndKind, TraceReport};
use interdict_ledger::strategy::{Direction, Strategy as Rule};
use interdict_ledger::words::{END_KINDS, end_words};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use shapes::{COIN, Shape, address};

fn drawn(report: &TraceReport) -> String {
    svg(report, &Heading { title: "A trace".to_owned(), ledger: "invented, 1a2b3c4d5e6f".to_owned() })
}

/// The names of all elements and all texts; fails where it is no XML.
fn read(xml: &str) -> (Vec<String>, Vec<String>) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut names, mut texts) = (Vec::new(), Vec::new());
    let mut depth = 0usize;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                start.attributes().for_each(|attribute| assert!(attribute.is_ok()));
                names.push(start.name().as_ref().to_owned());
            }
            Event::Empty(empty) => names.push(empty.name().as_ref().to_owned()),
            Event::End(_) => depth -= 1,
            Event::Text(text) => texts.push(text.into_inner().into_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    let is_allowed = |sign: char| matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{7E}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(is_allowed));
    (names, texts)
}

fn has(texts: &[String], text: &str) -> bool {
    texts.iter().any(|other| other == text)
}

/// Corners and sizes of all boxes: groups that begin with a frame.
fn boxes(xml: &str) -> Vec<(i64, i64, i64)> {
    let mut boxes = Vec::new();
    let mut corner = None;
    for line in xml.lines() {
        if let Some(place) = line.strip_prefix("<g class=\"").and_then(|rest| rest.split("translate(").nth(1))
        {
            let mut numbers = place.split([' ', ')']).map(|number| number.parse().unwrap_or(0));
            corner = Some((numbers.next().unwrap(), numbers.next().unwrap()));
        }
        if line.starts_with("<rect class=\"tr-card\" x=\"0\" y=\"0\" width=\"196\"")
            && let Some((x, y)) = corner
        {
            let height = line.split("height=\"").nth(1).unwrap().split('"').next().unwrap();
            boxes.push((x, y, height.parse().unwrap()));
        }
    }
    boxes
}

#[test]
fn a_hop_is_drawn() {
    let drawing = drawn(&shapes::single_hop());
    read(&drawing);
    let (before, after) =
        (drawing.split_once("<style>").unwrap().0, drawing.split_once("</style>").unwrap().1);
    insta::assert_snapshot!(format!("{before}{after}"));
}

#[test]
fn every_shape_is_well_formed_and_no_box_is_on_another() {
    for (name, report) in shapes::all() {
        let drawing = drawn(&report);
        let (elements, texts) = read(&drawing);
        assert!(elements.len() > 10 && has(&texts, "A trace"), "{name}");
        assert_eq!(drawing.matches("http").count(), 1, "{name}: only the name space is an address");
        for forbidden in ["<script", "<image", "<foreignObject", " href", "onload=\"", "NaN"] {
            assert!(!drawing.contains(forbidden), "{name}: {forbidden}");
        }
        let boxes = boxes(&drawing);
        assert!(boxes.len() > 1, "{name}");
        for (number, one) in boxes.iter().enumerate() {
            for other in &boxes[number + 1..] {
                let is_apart =
                    (one.0 - other.0).abs() >= 196 || one.1 + one.2 <= other.1 || other.1 + other.2 <= one.1;
                assert!(is_apart, "{name}: {one:?} {other:?}");
            }
        }
        assert_eq!(drawing, drawn(&report), "{name}");
    }
}

#[test]
fn every_way_to_end_is_told_in_words() {
    let (_, texts) = read(&drawn(&shapes::all_ends()));
    for kind in END_KINDS {
        // In the account and in a box.
        assert!(texts.iter().filter(|text| text.starts_with(end_words(kind))).count() >= 2, "{kind:?}");
    }
    assert!(texts.iter().any(|text| text.contains("56 BTC = 2 at a service + 16 unspent")), "{texts:?}");
}

#[test]
fn a_sum_that_does_not_come_out_is_no_secret() {
    let mut report = shapes::single_hop();
    report.conservation.unspent -= 1;
    let (_, texts) = read(&drawn(&report));
    assert!(
        texts.iter().any(|text| text.contains("2 in the seed, but 1.5 at a service + 0.49989999 unspent"))
    );
    report.strategy = Rule::Poison;
    assert!(drawn(&report).contains("Poison makes taint: no sum is kept."));
}

#[test]
fn a_long_chain_is_one_box() {
    let (_, texts) = read(&drawn(&shapes::peel_chain(40)));
    assert!(has(&texts, "39 addresses in a row") && has(&texts, "lead 1"), "{texts:?}");
    let (_, texts) = read(&drawn(&shapes::peel_chain(4)));
    assert!(!texts.iter().any(|text| text.contains("in a row")), "{texts:?}");
}

#[test]
fn what_is_gathered_keeps_its_sum() {
    let mut shape = Shape::new(&[(&address(0), 100 * COIN)]);
    for number in 1..=100 {
        shape.flow(&address(0), &address(number), COIN).end(&address(number), "", EndKind::Unspent, COIN);
    }
    let (_, texts) = read(&drawn(&shape.report()));
    let more = texts.iter().find(|text| text.starts_with("… and ")).unwrap();
    let gathered: usize = more.split(' ').nth(2).unwrap().parse().unwrap();
    assert!(has(&texts, &format!("Unspent {gathered}")), "{texts:?}");
    let alone = texts.iter().filter(|text| *text == "Unspent 1").count();
    assert_eq!(alone + gathered, 100);
}

#[test]
fn value_that_comes_back_is_drawn_as_that() {
    let drawing = drawn(&shapes::cycle());
    let (_, texts) = read(&drawing);
    assert!(has(&texts, "2 back") && has(&texts, "3 back") && has(&texts, "2 BTC came back"), "{texts:?}");
}

#[test]
fn backward_leads_to_the_seed_on_the_right() {
    let drawing = drawn(&shapes::backward());
    let seed = drawing.find("SEED  5 BTC").unwrap();
    let before = drawing[..seed].rfind("translate(").unwrap();
    let x: i64 = drawing[before + 10..].split(' ').next().unwrap().parse().unwrap();
    assert_eq!(boxes(&drawing).iter().map(|place| place.0).max(), Some(x));
}

#[test]
fn what_a_report_lacks_is_told() {
    let (_, texts) = read(&drawn(&shapes::without_flows()));
    assert!(texts.iter().any(|text| text.starts_with("How value moved was not asked for")));
    let nothing = Shape::new(&[]).report();
    read(&drawn(&nothing));
    let mut unnamed = Shape::new(&[("77aa:0", COIN)]);
    unnamed.flow("a", "", COIN).end("", "", EndKind::Unspent, COIN);
    let (_, texts) = read(&drawn(&unnamed.report()));
    assert!(has(&texts, "SEED  1 BTC") && has(&texts, "no address"), "{texts:?}");
}

#[test]
fn the_largest_picture_is_bounded() {
    let report = shapes::many(30_000);
    let drawing = drawn(&report);
    let (elements, _) = read(&drawing);
    assert!(drawing.len() < 400_000 && boxes(&drawing).len() < 170, "{} {}", drawing.len(), elements.len());
    assert!(drawing.matches("class=\"tr-line").count() <= 302);
}

fn traces() -> impl Strategy<Value = TraceReport> {
    let flows = prop::collection::vec((0usize..14, 0usize..14, any::<u128>()), 0..60);
    let ends = prop::collection::vec((0usize..14, 0usize..8, any::<u128>(), "\\PC{0,40}"), 0..20);
    (flows, ends, any::<bool>(), "\\PC{0,20}").prop_map(|(flows, ends, is_backward, name)| {
        let names: Vec<String> =
            (0..14).map(|number| if number == 5 { name.clone() } else { address(number) }).collect();
        let mut shape = Shape::new(&[(&names[0], COIN)]);
        for (from, to, amount) in flows {
            shape.flow(&names[from], &names[to], amount);
        }
        for (at, kind, amount, label) in ends {
            shape.end(&names[at], &label, END_KINDS[kind], amount >> 8);
        }
        let direction = if is_backward { Direction::Backward } else { Direction::Forward };
        TraceReport { direction, ..shape.report() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_picture_is_well_formed(report in traces()) {
        let drawing = drawn(&report);
        read(&drawing);
        prop_assert_eq!(&drawing, &drawn(&report));
    }
}
