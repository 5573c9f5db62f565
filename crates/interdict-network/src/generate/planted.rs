//! Structures whose answers are known by how they are made: each is alone, and nobody outside holds anything of it.

use super::{Row, between};
use crate::interest::InterestKind;
use crate::share::{Bound, Share, ShareRange};
use crate::standing::Standing;

/// Planted structures together. Parties are numbered from 0.
#[derive(Debug, Clone, Default)]
pub struct Planted {
    /// How many parties there are.
    pub parties: u32,
    /// The holdings.
    pub rows: Vec<Row>,
    /// Who is designated.
    pub designated: Vec<u32>,
    /// How parties stand under OFAC, EU and UK.
    pub expected: Vec<(u32, [Standing; 3])>,
}

const FREE: Standing = Standing::NotBlocked;
const OPEN: Standing = Standing::Undetermined;
const BLOCKED: Standing = Standing::BlockedByOwnership;

/// What is designated is designated under every rule.
const LENGTHS: [u32; 6] = [1, 2, 5, 20, 100, 400];

impl Planted {
    /// All structures, so many times; those with open answers only on demand.
    pub(super) fn new(times: u32, with_open: bool) -> Self {
        let mut planted = Self::default();
        for time in 0..times {
            planted.chain(LENGTHS[time as usize % LENGTHS.len()]);
            planted.many_owners(2 + time % 49);
            planted.just_below();
            planted.circle();
            planted.circle_brought_in();
            planted.diamond();
            planted.control();
            if with_open {
                planted.unknown();
                planted.nothing_left();
            }
        }
        planted
    }

    fn party(&mut self, expected: [Standing; 3]) -> u32 {
        let number = self.parties;
        self.parties += 1;
        self.expected.push((number, expected));
        number
    }

    fn designee(&mut self) -> u32 {
        let number = self.party([Standing::Designated; 3]);
        self.designated.push(number);
        number
    }

    fn holds(&mut self, holder: u32, share: ShareRange, asset: u32) {
        self.rows.push(Row { holder, asset, kind: InterestKind::Shares, share });
    }

    /// Each company owns a little more than half of the next.
    fn chain(&mut self, length: u32) {
        let mut holder = self.designee();
        for _ in 0..length {
            let asset = self.party([BLOCKED; 3]);
            self.holds(holder, units(HALF + 1), asset);
            holder = asset;
        }
        // Exactly half is enough for two of the three, and no link of theirs needs more.
        let last = self.party([BLOCKED, BLOCKED, FREE]);
        self.holds(holder, units(HALF), last);
    }

    /// Half of it in many hands, each of another designated person; and a company where one of them has a little less.
    fn many_owners(&mut self, owners: u32) {
        let (enough, below) = (self.party([BLOCKED, BLOCKED, FREE]), self.party([FREE; 3]));
        let part = HALF / u64::from(owners);
        let rest = HALF - part * u64::from(owners - 1);
        for owner in 0..owners {
            let designee = self.designee();
            let held = if owner == 0 { rest } else { part };
            self.holds(designee, units(held), enough);
            self.holds(designee, units(if owner == 0 { held - 1 } else { held }), below);
        }
    }

    /// One unit below half, the next company wholly owned, and the rest with somebody free.
    fn just_below(&mut self) {
        let (designee, other) = (self.designee(), self.party([FREE; 3]));
        let (below, next) = (self.party([FREE; 3]), self.party([FREE; 3]));
        self.holds(designee, units(HALF - 1), below);
        self.holds(other, units(HALF + 1), below);
        self.holds(below, units(2 * HALF), next);
    }

    /// Two companies own half of each other, and a designated person a tenth of one: nobody brings them in.
    fn circle(&mut self) {
        let (designee, one, two) = (self.designee(), self.party([FREE; 3]), self.party([FREE; 3]));
        self.holds(one, units(HALF), two);
        self.holds(two, units(HALF), one);
        self.holds(designee, units(HALF / 5), one);
    }

    /// Three in a circle, one of which has a designated majority.
    fn circle_brought_in(&mut self) {
        let designee = self.designee();
        let circle = [self.party([BLOCKED; 3]), self.party([BLOCKED; 3]), self.party([BLOCKED; 3])];
        self.holds(designee, units(HALF + 1), circle[0]);
        self.holds(circle[0], units(HALF + 1), circle[1]);
        self.holds(circle[1], units(HALF + 1), circle[2]);
        self.holds(circle[2], units(HALF - 1), circle[0]);
    }

    /// Two ways of a quarter each make a half and one unit.
    fn diamond(&mut self) {
        let designee = self.designee();
        let (left, right) = (self.party([BLOCKED; 3]), self.party([BLOCKED; 3]));
        let bottom = self.party([BLOCKED; 3]);
        for (side, held) in [(left, HALF / 2), (right, HALF / 2 + 1)] {
            self.holds(designee, units(2 * HALF), side);
            self.holds(side, units(held), bottom);
        }
    }

    /// Control without a share, and a company owned by the controlled one.
    fn control(&mut self) {
        let designee = self.designee();
        let (controlled, owned) =
            (self.party([FREE, BLOCKED, BLOCKED]), self.party([FREE, BLOCKED, BLOCKED]));
        let kind = InterestKind::Controls;
        self.rows.push(Row { holder: designee, asset: controlled, kind, share: ShareRange::UNKNOWN });
        self.holds(controlled, units(HALF + 1), owned);
    }

    /// A share of which nothing is known, a range around the half, and what both would bring in.
    fn unknown(&mut self) {
        let designee = self.designee();
        let (unknown, ranged, below) = (self.party([OPEN; 3]), self.party([OPEN; 3]), self.party([OPEN; 3]));
        self.holds(designee, ShareRange::UNKNOWN, unknown);
        let around = between(Bound::open(of(HALF / 2)), Bound::closed(of(HALF + 1)));
        self.holds(designee, around, ranged);
        self.holds(unknown, units(HALF), below);
        self.holds(ranged, units(1), below);
    }

    /// Somebody free holds so much that an unknown share cannot be enough.
    fn nothing_left(&mut self) {
        let (designee, other) = (self.designee(), self.party([FREE; 3]));
        let asset = self.party([FREE; 3]);
        self.holds(designee, ShareRange::UNKNOWN, asset);
        self.holds(other, units(HALF + 1), asset);
    }
}

const HALF: u64 = Share::HALF.units();

fn of(units: u64) -> Share {
    Share::from_units(units).unwrap_or(Share::WHOLE)
}

fn units(units: u64) -> ShareRange {
    ShareRange::exactly(of(units))
}
