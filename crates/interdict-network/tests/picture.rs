//! Are pictures what they should be: the same each time, well-formed whatever the names are, honest about what is left out?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail")]

#[path = "shared/example.rs"]
mod example;

use example::{Example, diamond, pact, standing};
use interdict_network::excerpt::{Excerpt, Extent, PARTIES_MAX};
use interdict_network::interest::{Day, InterestKind};
use interdict_network::network::Network;
use interdict_network::picture::{Heading, svg};
use interdict_network::policy::Regime;
use interdict_network::standing::Standing;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

fn heading(title: &str) -> Heading {
    let day = Day::of("2026-04-01".parse().unwrap());
    Heading { title: title.to_owned(), regime: Some(Regime::Ofac), day }
}

fn whole(network: &Network, title: &str) -> String {
    svg(network, &Excerpt::whole(network, 150, &standing), &heading(title), &standing)
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

#[test]
fn a_diamond_is_drawn() {
    let network = diamond();
    let crown = network.find("company-3").unwrap();
    let excerpt = Excerpt::around(&network, &[crown], &Extent::default(), &standing);
    let drawing = svg(&network, &excerpt, &heading("Holders of Crown Terminals"), &standing);
    read(&drawing);
    // The style sheet is not what this test is about.
    let (before, after) =
        (drawing.split_once("<style>").unwrap().0, drawing.split_once("</style>").unwrap().1);
    insta::assert_snapshot!(format!("{before}{after}"));
}

#[test]
fn every_standing_is_told_in_words_and_by_icon() {
    let drawing = whole(&diamond(), "All");
    for words in ["Designated", "Possibly designated", "Blocked by ownership", "Undetermined", "Not blocked"]
    {
        // In its box and in the legend.
        assert!(drawing.matches(&format!(">{words}<")).count() >= 2, "{words}");
    }
    for look in ["nw-line\"", "nw-line nw-other\""] {
        assert!(drawing.contains(look), "{look}");
    }
}

#[test]
fn what_is_held_jointly_is_drawn() {
    let (_, texts) = read(&whole(&pact(), "Pact"));
    let labels = |label: &str| texts.iter().filter(|text| *text == label).count();
    assert_eq!((labels("30 % jointly"), labels("25 % jointly"), labels("20 %")), (1, 1, 1), "{texts:?}");
    let told =
        "Anchor holds 30 % of Harbor jointly (“pact of 2019”) (Register of Freedonia, 2026-03, line 1)";
    assert!(texts.iter().any(|text| text.contains(told)), "{texts:?}");
}

#[test]
fn the_legend_has_only_what_appears() {
    let mut example = Example::new();
    let (a, b) = (example.party("a", "Company", "A", ""), example.party("b", "Company", "B", ""));
    example.interest(a, b, InterestKind::Shares, "100");
    let network = example.network();
    let drawing =
        svg(&network, &Excerpt::whole(&network, 9, &|_| Standing::NotBlocked), &heading("A and B"), &|_| {
            Standing::NotBlocked
        });
    let (_, texts) = read(&drawing);
    assert!(texts.iter().any(|text| text == "ownership"));
    for absent in ["control", "other tie", "asked about", "Designated"] {
        assert!(texts.iter().all(|text| text != absent), "{absent}");
    }
}

#[test]
fn hostile_names_stay_names() {
    let mut example = Example::new();
    let long = "x".repeat(10_000);
    let names = [
        "<script>alert(1)</script>",
        "</text></g></svg>",
        "a\u{0}b\u{1b}[31m",
        "good\u{202E}moc.live\u{2066}",
        "]]>&amp;&#0;\"'",
        long.as_str(),
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "\u{FFFF}\u{FDD0}",
    ];
    let parties: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(at, name)| example.party(&format!("p{at}"), "Company", name, ""))
        .collect();
    for pair in parties.windows(2) {
        example.said(pair[0], pair[1], InterestKind::Other, "", "", "<b onload='x'>\u{202E}");
    }
    let network = example.network();
    let drawing = whole(&network, &names.concat());
    let (elements, texts) = read(&drawing);
    let known = ["svg", "style", "rect", "text", "g", "title", "path", "circle"];
    assert!(elements.iter().all(|name| known.contains(&name.as_str())));
    assert!(drawing.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !texts.is_empty());
    assert!(!drawing.contains(['\u{202E}', '\u{2066}']), "nothing turns the direction around");
    assert!(drawing.len() < 60_000, "{}", drawing.len());
    for outside in ["http://www.w3.org/2000/svg", "http"] {
        assert_eq!(drawing.matches(outside).count(), 1, "only the name space is an address");
    }
}

#[test]
fn a_hub_shows_the_most_important_and_says_what_is_left() {
    let mut example = Example::new();
    let hub = example.party("hub", "Company", "Hub", "");
    let owner = example.party("owner", "Person", "Owner", "");
    example.interest(owner, hub, InterestKind::Shares, "60");
    for at in 0..10_000 {
        let asset = example.party(&format!("asset-{at:05}"), "Company", &format!("Asset {at}"), "");
        example.interest(hub, asset, InterestKind::Shares, &(at % 90).to_string());
    }
    let network = example.network();
    let far = network.find("asset-07654").unwrap();
    let standing = |party| if party == far { Standing::Designated } else { Standing::NotBlocked };
    let excerpt = Excerpt::around(&network, &[hub], &Extent::default(), &standing);
    let ids: Vec<_> = excerpt.parties.iter().map(|&party| network.id(party)).collect();
    assert_eq!(&ids[..4], ["hub", "owner", "asset-07654", "asset-00089"]);
    assert_eq!((ids.len(), excerpt.interests.len()), (150, 149));
    assert_eq!(
        (excerpt.left_out.parties, excerpt.hidden[0].assets, excerpt.hidden[0].holders),
        (9_852, 9_852, 0)
    );
    let drawing = svg(&network, &excerpt, &heading("Hub"), &standing);
    assert!(drawing.contains("+ 9,852 below") && drawing.contains("9,852 more parties"));
    assert!(drawing.len() < 300_000, "{}", drawing.len());
}

#[test]
fn the_largest_picture_is_bounded() {
    let mut example = Example::new();
    let parties: Vec<_> =
        (0..700).map(|at| example.party(&format!("p{at:03}"), "Company", "Chain", "")).collect();
    for step in [1, 7, 31, 200] {
        for at in 0..parties.len() - step {
            example.interest(parties[at], parties[at + step], InterestKind::Shares, "20");
        }
    }
    let network = example.network();
    let excerpt = Excerpt::whole(&network, usize::MAX, &standing);
    assert_eq!(excerpt.parties.len(), PARTIES_MAX);
    let drawing = svg(&network, &excerpt, &heading("Chain"), &standing);
    read(&drawing);
    assert!(drawing.len() < 8_000_000, "{}", drawing.len());
}

#[test]
fn nothing_to_show_is_shown_as_that() {
    let network = Example::new().network();
    let (_, texts) = read(&whole(&network, "Nobody"));
    assert!(texts.iter().any(|text| text.contains("0 parties, 0 interests")));
}

#[test]
fn what_is_not_asked_for_is_counted() {
    let network = diamond();
    let crown = network.find("company-3").unwrap();
    let extent = Extent {
        kinds: vec![InterestKind::Shares],
        day: Day::of("2018-01-01".parse().unwrap()),
        ..Extent::default()
    };
    let excerpt = Excerpt::around(&network, &[crown, crown], &extent, &standing);
    assert_eq!((excerpt.focus.len(), excerpt.parties.len(), excerpt.interests.len()), (1, 5, 5));
    // The board, the spouse, and the shares that came in 2019.
    assert_eq!(excerpt.left_out.not_asked_for, 3);
    let one_up = Extent { up: 1, down: 0, ..Extent::default() };
    let excerpt = Excerpt::around(&network, &[crown], &one_up, &standing);
    assert_eq!((excerpt.parties.len(), excerpt.left_out.parties, excerpt.left_out.interests), (4, 1, 3));
}

/// A company that holds its own holder is above and below, and leads on both ways.
#[test]
fn a_party_on_both_sides_leads_on_both_ways() {
    let mut example = Example::new();
    let [asked, both, top, bottom] =
        ["asked", "both", "top", "bottom"].map(|id| example.party(id, "Company", id, ""));
    example.interest(asked, both, InterestKind::Shares, "50");
    example.interest(both, asked, InterestKind::Shares, "50");
    example.interest(top, both, InterestKind::Shares, "50");
    example.interest(both, bottom, InterestKind::Shares, "50");
    let network = example.network();
    let shown = |up, down| {
        let extent = Extent { up, down, ..Extent::default() };
        Excerpt::around(&network, &[asked], &extent, &standing).parties
    };
    assert_eq!(shown(2, 2), [asked, both, top, bottom]);
    assert_eq!(shown(1, 2), [asked, both, bottom]);
    assert_eq!(shown(2, 1), [asked, both, top]);
    assert_eq!(shown(0, 0), [asked]);
}

fn networks() -> impl Strategy<Value = Network> {
    let interests = prop::collection::vec((0usize..12, 0usize..12, 0usize..15, "\\PC{0,12}"), 0..30);
    (prop::collection::vec("\\PC{1,60}", 12), interests).prop_map(|(names, interests)| {
        let mut example = Example::new();
        let mut parties = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let name = if name.trim().is_empty() { "blank" } else { name };
            parties.push(example.party(&format!("p{at}"), "Company", name, "ir"));
        }
        for (holder, asset, kind, words) in interests {
            let kind = InterestKind::ALL[kind];
            let share = if kind.has_share() { "10-60" } else { "" };
            example.said(parties[holder], parties[asset], kind, share, "2020", &words);
        }
        example.network()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_picture_is_well_formed(network in networks(), title in "\\PC{0,300}") {
        let drawing = whole(&network, &title);
        let (elements, texts) = read(&drawing);
        let boxes = elements.iter().filter(|name| *name == "g").count();
        prop_assert!(boxes > network.parties().len() && !texts.is_empty());
        prop_assert!(!drawing.contains("NaN") && !drawing.contains("inf "));
        prop_assert_eq!(&drawing, &whole(&network, &title));
    }
}
