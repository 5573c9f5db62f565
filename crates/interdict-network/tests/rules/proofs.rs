//! The proofs: each step rests on those before it, what is told adds up, and the roots are designated.

use crate::graphs::{assess, network};
use crate::naive::{Case, Draw};
use interdict_core::random::Random;
use interdict_network::explanation::{Because, Explainer, Explanation, HOLDINGS_MAX, Holding, STEPS_MAX};
use interdict_network::interest::InterestKind;
use interdict_network::policy::Regime;
use interdict_network::share::{Share, ShareRange};
use interdict_network::standing::Standing;

const EXACT: Draw = Draw { parties: 7, stakes: 14, open: 0, twice: 0 };
const OPEN: Draw = Draw { parties: 7, stakes: 12, open: 35, twice: 0 };

/// The parties of a proof that are its roots.
fn check(case: &Case, regime: Regime, explanation: &Explanation) -> Vec<String> {
    let told = || format!("{} {} {:?} {explanation:#?}", regime.name(), case.written(), case.listed);
    let is_open = explanation.standing == Standing::Undetermined;
    let needed = |share: &ShareRange, is_more: bool| {
        let bound = if is_open { share.max() } else { share.min() };
        // More than 50 at the least is more than 50.
        let is_above = !is_open && bound.is_open;
        bound.share > Share::HALF || (is_above || !is_more) && bound.share == Share::HALF
    };
    let mut roots = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for step in &explanation.steps {
        let rests = |holdings: &[Holding], kinds: &[InterestKind]| {
            assert!(!holdings.is_empty(), "nothing told: {}", told());
            for held in holdings {
                assert!(kinds.contains(&held.kind), "{:?} told: {}", held.kind, told());
                let is_joint = case
                    .stakes
                    .iter()
                    .any(|stake| stake.joint > 0 && format!("p{}", stake.holder) == held.holder.id);
                let is_known = before.contains(&held.holder.id.as_str()) || regime == Regime::Uk && is_joint;
                assert!(
                    is_known,
                    "{} rests on {} that comes later: {}",
                    step.party.id,
                    held.holder.id,
                    told()
                );
            }
        };
        let sum = |holdings: &[Holding]| -> u64 {
            let part = |held: &Holding| {
                let share = held.share.unwrap_or(ShareRange::UNKNOWN);
                if is_open { share.max().share.units() } else { share.min().share.units() }
            };
            holdings.iter().map(part).sum()
        };
        let half = Share::HALF.units();
        use InterestKind as Kind;
        let control = [Kind::Controls, Kind::OwnsOrControls];
        match &step.because {
            Because::Designated { .. } => roots.push(step.party.id.clone()),
            Because::Ownership { share, holdings } => {
                rests(holdings, &[Kind::Shares, Kind::IndirectShares, Kind::OwnsOrControls]);
                assert!(
                    needed(share, regime == Regime::Uk) && sum(holdings) >= half,
                    "too little: {}",
                    told()
                );
            }
            Because::Votes { share, holdings } => {
                rests(holdings, &[Kind::VotingRights]);
                assert!(needed(share, true) && sum(holdings) > half, "too little: {}", told());
            }
            Because::Control { holdings } => rests(holdings, &control),
            Because::Government { holdings } => {
                rests(
                    holdings,
                    &[
                        Kind::Shares,
                        Kind::IndirectShares,
                        Kind::OwnsOrControls,
                        Kind::VotingRights,
                        Kind::Controls,
                    ],
                );
            }
        }
        before.push(&step.party.id);
    }
    assert_eq!(before.last(), Some(&explanation.party.id.as_str()), "{}", told());
    roots
}

fn check_all(draw: Draw, cases: u32, seed: u64) {
    let mut random = Random::new(seed, "networks");
    let mut longest = 0;
    for _ in 0..cases {
        let case = draw.case(&mut random);
        let network = network(&case.written());
        for regime in Regime::ALL {
            let assessment = case.assess(&network, regime);
            for party in network.parties() {
                let explanation = assessment.explain(party);
                if explanation.standing == Standing::NotBlocked {
                    assert!(explanation.steps.is_empty());
                    continue;
                }
                let roots = check(&case, regime, &explanation);
                longest = longest.max(explanation.steps.len());
                let told =
                    || format!("{} {} {:?} {explanation:#?}", regime.name(), case.written(), case.listed);
                let is_listed = |root: &String| {
                    case.listed.iter().any(|one| one.parties.iter().any(|party| format!("p{party}") == *root))
                };
                assert!(!roots.is_empty() && roots.iter().all(is_listed), "{}", told());
                // Under the rule of each alone a proof begins with one person.
                let is_of_one = |one: &crate::naive::Listed| {
                    roots.iter().all(|root| one.parties.iter().any(|party| format!("p{party}") == *root))
                };
                assert!(regime != Regime::Uk || case.listed.iter().any(is_of_one), "{}", told());
            }
        }
    }
    assert!(longest > 4, "only short proofs: {longest}");
}

#[test]
fn proofs_of_what_is_certain() {
    check_all(EXACT, 3_000, 11);
}

#[test]
fn proofs_of_what_is_possible() {
    check_all(OPEN, 3_000, 12);
}

#[test]
fn the_share_that_is_told_is_the_sum_of_what_blocked_parties_hold() {
    let mut random = Random::new(13, "networks");
    for _ in 0..3_000 {
        let case = EXACT.case(&mut random);
        let network = network(&case.written());
        for regime in [Regime::Ofac, Regime::Eu] {
            let assessment = case.assess(&network, regime);
            let blocked = case.blocked(&case.least(), regime);
            for party in 0..case.parties {
                let Some(id) = network.find(&format!("p{party}")) else { continue };
                let held = case.stakes.iter().filter(|stake| {
                    stake.kind == crate::naive::Kind::Shares && stake.asset == party && blocked[stake.holder]
                });
                let sum: u64 = held.map(|stake| stake.said[0].0).sum();
                let units = Share::from_units(
                    sum.min(crate::naive::WHOLE) * (Share::WHOLE.units() / crate::naive::WHOLE),
                )
                .unwrap();
                let expected = (sum > 0).then_some(ShareRange::exactly(units));
                assert_eq!(
                    assessment.explain(id).blocked_share,
                    expected,
                    "p{party} {} {:?}",
                    case.written(),
                    case.listed
                );
            }
        }
    }
}

#[test]
fn where_each_counts_alone_a_proof_does_not_add_up_two_designated_persons() {
    let network = network("X 60 Y; Y 30 A; X 25 A");
    let assessment = assess(&network, Regime::Uk.policy(), "X Y");
    let explanation = assessment.explain(network.find("A").unwrap());
    let told: Vec<_> = explanation
        .steps
        .iter()
        .map(|step| (&*step.party.id, matches!(step.because, Because::Designated { .. })))
        .collect();
    assert_eq!(told, [("X", true), ("Y", false), ("A", false)]);
}

#[test]
fn a_party_that_may_be_designated_is_told_with_its_evidence() {
    let network = network("X 60 A");
    let assessment = assess(&network, Regime::Eu.policy(), "?X");
    let explanation = assessment.explain(network.find("X").unwrap());
    assert!(
        matches!(explanation.steps[..], [ref step] if matches!(step.because, Because::Designated { .. }))
    );
}

/// A chain of so many holdings from `X`: `n1`, `n2` …
fn chain(length: usize) -> String {
    let links = (1..length).map(|number| format!("n{number} 60 n{};", number + 1));
    format!("X 60 n1;{}", links.collect::<String>())
}

#[test]
fn a_long_proof_is_told_from_both_ends_and_the_rest_is_counted() {
    let network = network(&chain(1_000));
    for regime in [Regime::Ofac, Regime::Uk] {
        let assessment = assess(&network, regime.policy(), "X");
        let explanation = assessment.explain(network.find("n1000").unwrap());
        let told: Vec<&str> = explanation.steps.iter().map(|step| step.party.id.as_str()).collect();
        assert_eq!((told.len(), explanation.steps_left_out), (STEPS_MAX, 1_001 - STEPS_MAX));
        assert_eq!((told[0], told[1], told[STEPS_MAX - 1]), ("X", "n1", "n1000"));
    }
}

#[test]
fn a_brief_explanation_is_the_last_step_however_long_the_proof() {
    let network = network(&chain(30_000));
    for regime in [Regime::Ofac, Regime::Uk] {
        let assessment = assess(&network, regime.policy(), "X");
        let mut explainer = Explainer::of(&assessment);
        // With all of the proof for each, this would be half a billion steps.
        for party in assessment.by_designee(network.parties().collect()) {
            if assessment.standing(party) == Standing::BlockedByOwnership {
                let explanation = explainer.explain_briefly(party);
                assert_eq!((explanation.steps.len(), explanation.steps_left_out), (1, 1));
                assert_eq!(explanation.blocked_share.unwrap().to_string(), "60 %");
            }
        }
    }
}

#[test]
fn many_holdings_of_one_step_are_counted() {
    let holders = (0..HOLDINGS_MAX + 50).map(|number| format!("X 60 h{number}; h{number} 0.5 A;"));
    let network = network(&holders.collect::<String>());
    let assessment = assess(&network, Regime::Ofac.policy(), "X");
    let explanation = assessment.explain(network.find("A").unwrap());
    let step = explanation.steps.last().unwrap();
    let Because::Ownership { share, holdings } = &step.because else { panic!("{step:?}") };
    assert_eq!(
        (share.to_string().as_str(), holdings.len(), step.holdings_left_out),
        ("75 %", HOLDINGS_MAX, 50)
    );
}
