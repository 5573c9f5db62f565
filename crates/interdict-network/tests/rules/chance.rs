//! The engine against the rules written down a second time, on networks of chance; and against all worlds that an open network can be.

use crate::graphs::network;
use crate::naive::{Case, Draw};
use interdict_core::random::Random;
use interdict_network::policy::Regime;
use interdict_network::standing::Standing;

const EXACT: Draw = Draw { parties: 7, stakes: 14, open: 0, twice: 0 };
const TOLD_TWICE: Draw = Draw { parties: 6, stakes: 12, open: 0, twice: 40 };

/// Who is surely blocked, by the engine and by the rules.
fn compare(draw: Draw, cases: u32, seed: u64) {
    let mut random = Random::new(seed, "networks");
    let mut blocked = 0;
    for _ in 0..cases {
        let case = draw.case(&mut random);
        let network = network(&case.written());
        for regime in Regime::ALL {
            let assessment = case.assess(&network, regime);
            let expected = case.blocked(&case.least(), regime);
            for (party, &expected) in expected.iter().enumerate() {
                let Some(id) = network.find(&format!("p{party}")) else { continue };
                let standing = assessment.standing(id);
                let is_blocked = matches!(standing, Standing::BlockedByOwnership | Standing::Designated);
                assert_eq!(
                    is_blocked,
                    expected,
                    "p{party} {} {} {:?}",
                    regime.name(),
                    case.written(),
                    case.listed
                );
                assert!(draw.twice > 0 || standing != Standing::Undetermined);
                blocked += u32::from(standing == Standing::BlockedByOwnership);
            }
        }
    }
    assert!(blocked > cases / 2, "hardly anybody was blocked: {blocked} of {cases}");
}

#[test]
fn who_is_blocked_is_who_the_rules_block() {
    compare(EXACT, 10_000, 1);
}

#[test]
fn what_two_sources_say_of_one_holding_counts_once() {
    compare(TOLD_TWICE, 5_000, 2);
}

/// Standings by the ids of the parties.
fn standings(case: &Case, regime: Regime) -> Vec<(String, Standing)> {
    let network = network(&case.written());
    let assessment = case.assess(&network, regime);
    let mut told: Vec<_> =
        network.parties().map(|party| (network.id(party).to_owned(), assessment.standing(party))).collect();
    told.sort();
    told
}

#[test]
fn the_order_of_adding_changes_nothing() {
    let mut random = Random::new(3, "networks");
    for _ in 0..2_000 {
        let case = crate::worlds::OPEN.case(&mut random);
        let mut other = case.clone();
        for at in (1..other.stakes.len()).rev() {
            other.stakes.swap(at, random.below_u32(u32::try_from(at).unwrap() + 1) as usize);
        }
        other.listed.reverse();
        for regime in Regime::ALL {
            assert_eq!(
                standings(&case, regime),
                standings(&other, regime),
                "{} {:?}",
                case.written(),
                case.listed
            );
        }
    }
}

fn severity(standing: Standing) -> u8 {
    match standing {
        Standing::NotBlocked => 0,
        Standing::Undetermined | Standing::PossiblyDesignated => 1,
        Standing::BlockedByOwnership => 2,
        Standing::Designated => 3,
    }
}

#[test]
fn one_more_designee_frees_nobody() {
    let mut random = Random::new(4, "networks");
    for _ in 0..2_000 {
        let mut case = crate::worlds::OPEN.case(&mut random);
        for regime in Regime::ALL {
            let all = standings(&case, regime);
            let dropped = case.listed.pop().unwrap();
            let fewer = standings(&case, regime);
            case.listed.push(dropped);
            for ((party, with), (_, without)) in all.iter().zip(&fewer) {
                assert!(
                    severity(*with) >= severity(*without),
                    "{party} {} {} {:?}",
                    regime.name(),
                    case.written(),
                    case.listed
                );
            }
        }
    }
}

#[test]
fn where_each_counts_alone_many_who_come_before_change_nothing_for_those_behind() {
    let mut random = Random::new(6, "networks");
    for draw in [EXACT, TOLD_TWICE, crate::worlds::OPEN] {
        for _ in 0..3_000 {
            let mut case = draw.case(&mut random);
            let few = standings(&case, Regime::Uk);
            // So much is walked for the first that what is known of quiet parties is used for the others.
            let first = case.listed[0].clone();
            case.listed.splice(0..0, std::iter::repeat_n(first, 100));
            assert_eq!(few, standings(&case, Regime::Uk), "{} {:?}", case.written(), case.listed.last());
        }
    }
}

/// What the enumeration of the worlds showed.
#[derive(Debug, Default)]
struct Found {
    cases: u32,
    blocked: u32,
    free: u32,
    open: u32,
    /// Called undetermined, and blocked in all worlds that were tried, or in none.
    could_be_closed: u32,
}

#[test]
fn an_answer_holds_in_every_world_and_an_open_one_has_worlds_on_either_side() {
    let mut random = Random::new(5, "networks");
    let mut found = Found::default();
    for _ in 0..3_000 {
        let case = crate::worlds::OPEN.case(&mut random);
        let network = network(&case.written());
        for regime in Regime::ALL {
            let Some(worlds) = crate::worlds::of(&case, regime) else { continue };
            found.cases += 1;
            let assessment = case.assess(&network, regime);
            let outcomes: Vec<Vec<bool>> = worlds.iter().map(|world| case.blocked(world, regime)).collect();
            for party in 0..case.parties {
                let Some(id) = network.find(&format!("p{party}")) else { continue };
                let all = outcomes.iter().all(|blocked| blocked[party]);
                let any = outcomes.iter().any(|blocked| blocked[party]);
                let told = || format!("p{party} {} {} {:?}", regime.name(), case.written(), case.listed);
                match assessment.standing(id) {
                    Standing::Designated => (),
                    Standing::BlockedByOwnership => {
                        assert!(all, "{}", told());
                        found.blocked += 1;
                    }
                    Standing::NotBlocked => {
                        assert!(!any, "{}", told());
                        found.free += 1;
                    }
                    Standing::Undetermined | Standing::PossiblyDesignated => {
                        found.open += 1;
                        if all || !any {
                            found.could_be_closed += 1;
                            if found.could_be_closed < 20 {
                                eprintln!("{all} {any} {}", told());
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(found.cases > 5_000 && found.blocked > 1_000 && found.open > 1_000, "{found:?}");
    eprintln!("{found:?}");
}
