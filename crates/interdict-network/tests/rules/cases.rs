//! The rules of the three regimes, case by case.

use crate::graphs::{assess, network, standings};
use interdict_network::policy::Regime;

/// Network, designated, and who is blocked or undetermined under OFAC, EU and UK.
const CASES: &[(&str, &str, [&str; 3])] = &[
    // Ownership down a chain; never multiplied.
    ("X 50 A; A 50 B", "X", ["A blocked, B blocked", "A blocked, B blocked", ""]),
    ("X 51 A; A 50 B", "X", ["A blocked, B blocked", "A blocked, B blocked", "A blocked"]),
    ("X 51 A; A 51 B", "X", ["A blocked, B blocked", "A blocked, B blocked", "A blocked, B blocked"]),
    ("X 49 A; A 100 B", "X", ["", "", ""]),
    // Together, or each alone.
    ("X 30 A; Y 30 A", "X Y", ["A blocked", "A blocked", ""]),
    ("X 30 A #j; Y 30 A #j", "X Y", ["A blocked", "A blocked", "A blocked"]),
    ("X 30 A #j; F 30 A #j", "X", ["", "", "A blocked"]),
    ("X 30 A #j; F 30 A #k", "X", ["", "", ""]),
    // What one person holds through its own companies is its own.
    ("X 60 A; A 30 B; X 25 B", "X", ["A blocked, B blocked", "A blocked, B blocked", "A blocked, B blocked"]),
    (
        "X 60 A; Y 60 C; A 30 B; C 30 B",
        "X Y",
        ["A blocked, B blocked, C blocked", "A blocked, B blocked, C blocked", "A blocked, C blocked"],
    ),
    // Control.
    ("X 49 A; X controls A", "X", ["", "A blocked", "A blocked"]),
    ("X appoints_board A; A 50 B", "X", ["", "A blocked, B blocked", "A blocked"]),
    ("X commands A; A commands B", "X", ["", "A blocked, B blocked", "A blocked, B blocked"]),
    ("X owns_or_controls A", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    ("X directorship A; X representation B; X family C; X other D; X membership E", "X", ["", "", ""]),
    ("X voting_rights=50 A; X voting_rights=50.01 B", "X", ["", "B blocked", "B blocked"]),
    // Circles.
    ("A 50 B; B 50 A; X 10 A", "X", ["", "", ""]),
    (
        "X 20 A; X 51 B; B 31 A; A 30 B",
        "X",
        ["A blocked, B blocked", "A blocked, B blocked", "A blocked, B blocked"],
    ),
    ("A controls B; B controls A; A 100 A", "X", ["", "", ""]),
    // Exact to the last place.
    ("X 49.999999 A; Y 0.000001 A; X 49.999999999999 B", "X Y", ["A blocked", "A blocked", ""]),
    ("X 1/3 A; Y 1/3 A", "X Y", ["A blocked", "A blocked", ""]),
    ("X 1/3 A; Y 16.666666666666 A", "X Y", ["", "", ""]),
    ("X 1/3 A; Y 16.666666666667 A", "X Y", ["A blocked", "A blocked", ""]),
    // Unknown and ranged stakes.
    ("X unknown A", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    (
        "X 25-50 A; X >50 B; X <50 C; X 50-75 D",
        "X",
        [
            "A undetermined, B blocked, D blocked",
            "A undetermined, B blocked, D blocked",
            "B blocked, D undetermined",
        ],
    ),
    ("X >25 A; Y >=25 A", "X Y", ["A blocked", "A blocked", "A undetermined"]),
    (
        "X unknown A; A 100 B; B 50 C",
        "X",
        [
            "A undetermined, B undetermined, C undetermined",
            "A undetermined, B undetermined, C undetermined",
            "A undetermined, B undetermined",
        ],
    ),
    // What others surely hold is not left for the designated.
    ("X unknown A; F 60 A", "X", ["", "", ""]),
    ("X unknown A; F 50 A", "X", ["A undetermined", "A undetermined", ""]),
    ("X unknown A; F >50 A", "X", ["", "", ""]),
    ("X unknown A; F 30 A; G 30 A", "X", ["", "", ""]),
    ("X unknown A; Y 20 A; F 45 A", "X Y", ["A undetermined", "A undetermined", ""]),
    ("X unknown A; F 70 A; G 70 A", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    // Indirect shares are those of a chain: they never add to it.
    ("X indirect_shares=75 A", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    ("X indirect_shares=40 A", "X", ["", "", ""]),
    // Possible designees.
    (
        "Z 60 A; X 60 B",
        "X ?Z",
        ["A undetermined, B blocked", "A undetermined, B blocked", "A undetermined, B blocked"],
    ),
    ("Z 30 A; X 30 A", "X ?Z", ["A undetermined", "A undetermined", ""]),
    // Dates.
    (
        "X 60 A @..2020; X 60 B @2020..; X 60 C @2026..; X 60 D @2027..",
        "X",
        ["B blocked, C undetermined", "B blocked, C undetermined", "B blocked, C undetermined"],
    ),
    // A source that may speak of another time takes nothing from what the other says, also when it may have meant nothing at all.
    ("X 0-10 A source:a @..2026; X 0-50 A source:b", "X", ["A undetermined", "A undetermined", ""]),
    // One holding said by two sources, agreeing, and contradicting each other.
    ("X 60 A source:a; X unknown A source:b", "X", ["A blocked", "A blocked", "A blocked"]),
    ("X 60 A source:a; X 40 A source:b", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    ("X 30 A source:a; X 30 A source:b", "X", ["", "", ""]),
    // A source that may speak of another time takes nothing from what the other says.
    (
        "X 60 A @..2026 source:a; X 40 A @2026.. source:b; X 25-50 B @..2026 source:a; X unknown B source:b",
        "X",
        [
            "A undetermined, B undetermined",
            "A undetermined, B undetermined",
            "A undetermined, B undetermined",
        ],
    ),
    ("X 60 A @..2026 source:a; X 60 A source:b", "X", ["A blocked", "A blocked", "A blocked"]),
    ("X 40 A source:a; X 60 A @2026.. source:b", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    // In a joint arrangement too, two sources tell of one holding.
    (
        "X 30 A #j source:a; X 30 A #j source:b; F 30 B #k source:a; F 30 B #k source:b; X 1 B #k source:a",
        "X",
        ["", "", ""],
    ),
    // Who no longer holds anything is in no arrangement; who perhaps does not, is perhaps.
    ("X 10 A #j @..2020; F 60 A #j; X 0 B #j; F 60 B #j", "X", ["", "", ""]),
    ("X 10 A #j @..2026; F 60 A #j", "X", ["", "", "A undetermined"]),
    // What only one of two sources says to have been held jointly, and to be over, is held alone; nobody else counts it.
    ("X 60 A source:a; X 60 A #j @..2020 source:b", "X", ["A blocked", "A blocked", "A blocked"]),
    ("X 10 A #j; F 60 A source:test; F 60 A #j @..2020 source:b", "X", ["", "", ""]),
    // An arrangement that is perhaps over leaves it open who counts.
    ("X 10 A source:a; X 10 A #j @..2026 source:b; F 45 A #j source:a", "X", ["", "", "A undetermined"]),
    // Who surely holds all leaves nothing, unless the sources then give away more than all.
    ("X unknown A; F 100 A; X 0-100 B; F 100 B", "X", ["A undetermined", "A undetermined", "A undetermined"]),
    ("X 30 A; X 30 A", "X", ["A blocked", "A blocked", "A blocked"]),
];

#[test]
fn every_case_under_every_regime() {
    for (written, designated, expected) in CASES {
        let network = network(written);
        for (regime, expected) in Regime::ALL.into_iter().zip(expected) {
            let assessment = assess(&network, regime.policy(), designated);
            assert_eq!(standings(&assessment), *expected, "{} of {written:?}", regime.name());
        }
    }
}
