//! The rules once more, from the specification alone: exact numbers, and loops over everything until nothing changes.

use std::fmt::Write as _;

use interdict_core::date::PartialDate;
use interdict_core::random::Random;
use interdict_network::assessment::Assessment;
use interdict_network::designated::{Basis, Certainty, Designee};
use interdict_network::interest::Span;
use interdict_network::network::Network;
use interdict_network::policy::Regime;

/// Hundredths of a percent.
pub const WHOLE: u64 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Shares,
    /// Under OFAC a share that is perhaps there, elsewhere control that is.
    OwnsOrControls,
    Indirect,
    Votes,
    Control,
    Director,
}

/// What a holder has of an asset, and between which bounds each of the sources that tell of it puts it.
#[derive(Debug, Clone)]
pub struct Stake {
    pub holder: usize,
    pub asset: usize,
    pub kind: Kind,
    pub said: Vec<(u64, u64)>,
    /// Whether the dates leave open if it is there on the day.
    pub may_be_over: bool,
    pub joint: usize,
}

#[derive(Debug, Clone)]
pub struct Listed {
    pub parties: Vec<usize>,
    pub is_sure: bool,
    pub is_government: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Case {
    pub parties: usize,
    pub stakes: Vec<Stake>,
    pub listed: Vec<Listed>,
}

/// How much each stake is in one world, and who is designated there.
pub struct World {
    pub amounts: Vec<u64>,
    pub is_listed: Vec<bool>,
}

impl Case {
    /// In the form that `graphs::network` reads.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for stake in &self.stakes {
            for (source, &(low, high)) in stake.said.iter().enumerate() {
                let share = match (low, high) {
                    (1, WHOLE) => "unknown".to_owned(),
                    _ if low == high => decimal(low),
                    _ => format!("{}-{}", decimal(low), decimal(high)),
                };
                let what = match stake.kind {
                    Kind::Shares => share,
                    Kind::Indirect => format!("indirect_shares={share}"),
                    Kind::Votes => format!("voting_rights={share}"),
                    Kind::OwnsOrControls => "owns_or_controls".to_owned(),
                    Kind::Control => "controls".to_owned(),
                    Kind::Director => "directorship".to_owned(),
                };
                let _ = write!(text, "p{} {what} p{} source:s{source}", stake.holder, stake.asset);
                if stake.joint > 0 {
                    let _ = write!(text, " #j{}", stake.joint);
                }
                text.push_str(if stake.may_be_over { " @..2026; " } else { "; " });
            }
        }
        text
    }

    pub fn designees(&self, network: &Network) -> Vec<Designee> {
        let of = |listed: &Listed| Designee {
            parties: listed.parties.iter().filter_map(|party| network.find(&format!("p{party}"))).collect(),
            certainty: if listed.is_sure { Certainty::Certain } else { Certainty::Possible },
            basis: if listed.is_government { Basis::Government } else { Basis::Listed },
            span: Span::default(),
            evidence: format!("{:?}", listed.parties),
        };
        self.listed.iter().map(of).collect()
    }

    pub fn assess<'n>(&self, network: &'n Network, regime: Regime) -> Assessment<'n> {
        let day = interdict_network::interest::Day::of("2026-01-15".parse::<PartialDate>().unwrap()).unwrap();
        Assessment::new(network, regime.policy(), day, self.designees(network))
    }

    /// What a stake can be: bounds on which the sources agree; where they do not, anything that they leave between them.
    pub fn bounds(&self, stake: &Stake) -> (u64, u64) {
        let low = stake.said.iter().map(|said| said.0);
        let high = stake.said.iter().map(|said| said.1);
        let (least, most) = (low.clone().max().unwrap(), high.clone().min().unwrap());
        let any = (low.min().unwrap(), high.max().unwrap());
        // One of two that may be over does not limit the other.
        let agreed = if least <= most && !stake.may_be_over { (least, most) } else { any };
        match stake.kind {
            Kind::Shares | Kind::Votes => agreed,
            Kind::Indirect => (0, any.1),
            Kind::OwnsOrControls => (0, WHOLE),
            Kind::Control | Kind::Director => (WHOLE, WHOLE),
        }
    }

    /// Who is blocked in a world, the designated among them.
    pub fn blocked(&self, world: &World, regime: Regime) -> Vec<bool> {
        let listed = || {
            self.listed.iter().zip(&world.is_listed).filter(|(_, is_listed)| **is_listed).map(|(one, _)| one)
        };
        let seeds = |of: &mut dyn Iterator<Item = &Listed>| {
            let mut seeds = vec![false; self.parties];
            of.flat_map(|one| &one.parties).for_each(|&party| seeds[party] = true);
            seeds
        };
        match regime {
            Regime::Ofac => {
                let bodies = seeds(&mut listed().filter(|one| one.is_government));
                let (by_government, _) = self.fixpoint(bodies, world, WHOLE / 2, Regime::Eu);
                let mut all = seeds(&mut listed());
                all.iter_mut().zip(by_government).for_each(|(one, by_government)| *one |= by_government);
                self.fixpoint(all, world, WHOLE / 2, regime).0
            }
            Regime::Eu => self.fixpoint(seeds(&mut listed()), world, WHOLE / 2, regime).0,
            Regime::Uk => {
                let mut any = vec![false; self.parties];
                for one in listed() {
                    let (alone, _) =
                        self.fixpoint(seeds(&mut std::iter::once(one)), world, WHOLE / 2 + 1, regime);
                    any.iter_mut().zip(alone).for_each(|(any, alone)| *any |= alone);
                }
                any
            }
        }
    }

    /// Spreads until nothing changes; also what is held of each party then.
    pub fn fixpoint(
        &self,
        seeds: Vec<bool>,
        world: &World,
        needed: u64,
        regime: Regime,
    ) -> (Vec<bool>, Vec<u64>) {
        let mut blocked = seeds;
        loop {
            let mut shares = vec![0; self.parties];
            let mut votes = vec![0; self.parties];
            let mut is_controlled = vec![false; self.parties];
            for (stake, &amount) in self.stakes.iter().zip(&world.amounts) {
                let is_joint = |other: &Stake| {
                    regime == Regime::Uk
                        && stake.joint > 0
                        && other.joint == stake.joint
                        && other.asset == stake.asset
                };
                // Who has nothing takes no part.
                let joint = self
                    .stakes
                    .iter()
                    .zip(&world.amounts)
                    .filter(|(other, has)| is_joint(other) && **has > 0);
                let with_blocked = joint.into_iter().any(|(other, _)| blocked[other.holder]);
                let counts = blocked[stake.holder] || with_blocked;
                match stake.kind {
                    Kind::Shares | Kind::Indirect if counts => shares[stake.asset] += amount,
                    Kind::OwnsOrControls if counts && regime == Regime::Ofac => shares[stake.asset] += amount,
                    Kind::Votes if counts && regime != Regime::Ofac => votes[stake.asset] += amount,
                    Kind::Control | Kind::OwnsOrControls
                        if blocked[stake.holder] && regime != Regime::Ofac =>
                    {
                        is_controlled[stake.asset] |= amount > 0;
                    }
                    _ => (),
                }
            }
            let reached = |party: usize| {
                blocked[party] || shares[party] >= needed || votes[party] > WHOLE / 2 || is_controlled[party]
            };
            let next: Vec<bool> = (0..self.parties).map(reached).collect();
            if next == blocked {
                return (blocked, shares);
            }
            blocked = next;
        }
    }

    /// A world in which every stake is the least that it can be.
    pub fn least(&self) -> World {
        let least = |stake: &Stake| if stake.may_be_over { 0 } else { self.bounds(stake).0 };
        let amounts = self.stakes.iter().map(least).collect();
        World { amounts, is_listed: self.listed.iter().map(|one| one.is_sure).collect() }
    }
}

fn decimal(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// What a drawn case may have.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    pub parties: u32,
    pub stakes: u32,
    /// Of a hundred stakes, so many are ranges or unknown, or may be over.
    pub open: u32,
    /// Of a hundred stakes, so many are told by two sources.
    pub twice: u32,
}

const EXACT: &[u64] =
    &[0, 1, 500, 1_000, 2_000, 2_500, 3_000, 4_000, 4_999, 5_000, 5_001, 6_000, 7_500, 10_000];
const RANGES: &[(u64, u64)] = &[
    (1, WHOLE),
    (0, 5_000),
    (2_500, 5_000),
    (1_000, 6_000),
    (5_000, 7_500),
    (5_001, WHOLE),
    (0, 1_000),
    (4_000, WHOLE),
];

impl Draw {
    pub fn case(self, random: &mut Random) -> Case {
        let parties = 2 + random.below_u32(self.parties - 1);
        let party = |random: &mut Random| random.below_u32(parties) as usize;
        let mut case = Case { parties: parties as usize, ..Case::default() };
        for _ in 0..1 + random.below_u32(self.stakes) {
            let (holder, asset) = (party(random), party(random));
            let stake = self.stake(random, holder, asset);
            // What several sources say is said of one holding, so that a second stake would be told of by both.
            let is_known = |known: &Stake| known.holder == stake.holder && known.asset == stake.asset;
            if self.twice == 0 || !case.stakes.iter().any(is_known) {
                case.stakes.push(stake);
            }
        }
        for _ in 0..1 + random.below_u32(3) {
            let mut listed = vec![party(random)];
            if random.percent(10) {
                listed.push(party(random));
            }
            let is_sure = self.open == 0 || random.percent(75);
            case.listed.push(Listed { parties: listed, is_sure, is_government: random.percent(15) });
        }
        case
    }

    fn stake(self, random: &mut Random, holder: usize, asset: usize) -> Stake {
        let is_open = random.percent(self.open);
        let kind = match random.below_u32(20) {
            0 | 1 => Kind::Control,
            2 | 3 => Kind::Votes,
            4 => Kind::Director,
            5 if is_open => Kind::OwnsOrControls,
            6 if is_open => Kind::Indirect,
            _ => Kind::Shares,
        };
        let share = |random: &mut Random| {
            let exact = *random.pick(EXACT).unwrap();
            if is_open && random.percent(70) { *random.pick(RANGES).unwrap() } else { (exact, exact) }
        };
        let mut said = vec![share(random)];
        if random.percent(self.twice) {
            said.push(if random.percent(50) { share(random) } else { said[0] });
        }
        let is_counted = matches!(kind, Kind::Shares | Kind::Votes);
        let joint = if is_counted && random.percent(25) { 1 + random.below_u32(2) as usize } else { 0 };
        Stake { holder, asset, kind, said, may_be_over: is_open && random.percent(30), joint }
    }
}
