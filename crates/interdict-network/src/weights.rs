//! What does each interest of a network weigh under a policy on a day? Terms are weighed once, and the interests that share them look it up.

use std::collections::BTreeSet;

use crate::interest::{Day, Presence, Terms};
use crate::network::{Interest, Network};
use crate::policy::{Policy, Treatment};
use crate::share::Share;
use crate::spread::World;

/// To which sum a weight is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// To none.
    Nothing,
    /// To the shares.
    Shares,
    /// To the votes.
    Votes,
    /// To none: it decides alone.
    Control,
}

/// The least and the most that an interest can count, in units of [`Share`], and whether those bounds are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Weight {
    pub class: Class,
    pub min: u64,
    pub min_is_open: bool,
    pub max: u64,
    pub max_is_open: bool,
    /// What it is at the least if it is there at all; more than the least for an interest that is only perhaps there.
    told_min: (u64, bool),
    /// Whether it is only perhaps there: it may be over, or be a chain that is told elsewhere.
    is_perhaps: bool,
}

/// Nothing at all, and that exactly.
const NONE: (u64, bool) = (0, false);

impl Weight {
    const NOTHING: Self = Self {
        class: Class::Nothing,
        min: 0,
        min_is_open: false,
        max: 0,
        max_is_open: false,
        told_min: NONE,
        is_perhaps: false,
    };

    fn of(terms: &Terms, policy: Policy, day: Day) -> Self {
        let presence = terms.span.on(day);
        if presence == Presence::Absent {
            return Self::NOTHING;
        }
        let (min, max) = (terms.share.min(), terms.share.max());
        let counted = |class| Self {
            class,
            min: min.share.units(),
            min_is_open: min.is_open,
            max: max.share.units(),
            max_is_open: max.is_open,
            told_min: (min.share.units(), min.is_open),
            is_perhaps: false,
        };
        let whole = Share::WHOLE.units();
        let control =
            Self { class: Class::Control, min: whole, max: whole, told_min: (whole, false), ..Self::NOTHING };
        let weight = match policy.treatment(terms.kind) {
            Treatment::Nothing => return Self::NOTHING,
            Treatment::Share => counted(Class::Shares),
            Treatment::PossibleShare => counted(Class::Shares).perhaps(),
            Treatment::Votes => counted(Class::Votes),
            Treatment::Control => control,
            Treatment::PossibleControl => control.perhaps(),
        };
        if presence == Presence::Possible { weight.perhaps() } else { weight }
    }

    /// The same, or nothing.
    fn perhaps(self) -> Self {
        Self { min: 0, min_is_open: false, is_perhaps: true, ..self }
    }

    /// Whether least and most are the same.
    fn is_exact(self) -> bool {
        self.min == self.max && !self.min_is_open && !self.max_is_open
    }

    fn plus(self, other: Self) -> Self {
        let told = (self.told_min, other.told_min);
        Self {
            class: self.class,
            min: self.min.saturating_add(other.min),
            min_is_open: self.min_is_open || other.min_is_open,
            max: self.max.saturating_add(other.max),
            max_is_open: self.max_is_open || other.max_is_open,
            told_min: (told.0.0.saturating_add(told.1.0), told.0.1 || told.1.1),
            // A source that surely tells of a part speaks of that time.
            is_perhaps: self.is_perhaps && other.is_perhaps,
        }
    }

    /// What two sources say of one holding. What is only perhaps there, as it may be over or a chain told elsewhere, takes nothing away from
    /// what the other says.
    fn and_said(self, other: Self) -> Self {
        match (self.is_perhaps, other.is_perhaps) {
            (false, false) => self.agreed(other),
            (false, true) => self.hull(self.agreed(other.when_there())),
            (true, false) => other.hull(other.agreed(self.when_there())),
            (true, true) => {
                let there = self.when_there().hull(other.when_there());
                Self { told_min: (there.min, there.min_is_open), ..there.perhaps() }
            }
        }
    }

    fn when_there(self) -> Self {
        Self { min: self.told_min.0, min_is_open: self.told_min.1, is_perhaps: false, ..self }
    }

    /// What both leave possible; when they contradict each other, anything between.
    fn agreed(self, other: Self) -> Self {
        let ([low, high], [least, most]) = (self.mins(other), self.maxes(other));
        let is_possible = high.0 < least.0 || (high.0 == least.0 && !high.1 && least.1);
        let (min, max) = if is_possible { (high, least) } else { (low, most) };
        Self::between(self.class, min, max)
    }

    /// Anything that one of both leaves possible.
    fn hull(self, other: Self) -> Self {
        Self::between(self.class, self.mins(other)[0], self.maxes(other)[1])
    }

    /// The lower bounds in order.
    fn mins(self, other: Self) -> [(u64, bool); 2] {
        let mut mins = [(self.min, self.min_is_open), (other.min, other.min_is_open)];
        mins.sort_unstable();
        mins
    }

    /// The upper bounds in order, each with whether it is *closed*.
    fn maxes(self, other: Self) -> [(u64, bool); 2] {
        let mut maxes = [(self.max, !self.max_is_open), (other.max, !other.max_is_open)];
        maxes.sort_unstable();
        maxes
    }

    fn between(class: Class, min: (u64, bool), max: (u64, bool)) -> Self {
        Self {
            class,
            min: min.0,
            min_is_open: min.1,
            max: max.0,
            max_is_open: !max.1,
            told_min: min,
            is_perhaps: false,
        }
    }
}

/// The weights of all terms of a network.
#[derive(Debug)]
pub(crate) struct Weights<'n> {
    network: &'n Network,
    by_terms: Vec<Weight>,
}

impl<'n> Weights<'n> {
    pub fn new(network: &'n Network, policy: Policy, day: Day) -> Self {
        let by_terms = network.all_terms().iter().map(|terms| Weight::of(terms, policy, day)).collect();
        Self { network, by_terms }
    }

    pub fn network(&self) -> &'n Network {
        self.network
    }

    pub fn of(&self, interest: &Interest) -> Weight {
        self.by_terms[interest.terms_idx()]
    }

    /// Whether nothing is open: what may be blocked is what is blocked. Only then may one pass stand for both.
    pub fn are_exact(&self) -> bool {
        self.network.sources().len() < 2 && self.by_terms.iter().all(|weight| weight.is_exact())
    }

    /// What one holder has of one class in one asset. Interests of one source add up, each being a holding of its own; what several
    /// sources say is said of the same holding.
    pub fn of_group(&self, interests: &[Interest], class: Class) -> Weight {
        if let [single] = interests {
            let weight = self.of(single);
            return if weight.class == class { weight } else { Weight { class, ..Weight::NOTHING } };
        }
        let source = |interest: &Interest| self.network.terms(interest).source;
        let of_source = |own: &[Interest]| {
            let own = own.iter().map(|interest| self.of(interest)).filter(|weight| weight.class == class);
            own.reduce(Weight::plus)
        };
        // The interests of one source stand side by side.
        let sources = interests.chunk_by(|a, b| source(a) == source(b));
        let said = sources.filter_map(of_source).reduce(Weight::and_said);
        said.unwrap_or(Weight { class, ..Weight::NOTHING })
    }

    /// Whether several sources tell of what one holder has in one asset. Then it is one holding, and where one of them says that it is held
    /// jointly, all of it is.
    pub fn is_told_twice(&self, group: &[Interest]) -> bool {
        let source = |interest: &Interest| self.network.terms(interest).source;
        // They stand in order of their sources.
        group.first().map(source) != group.last().map(source)
    }

    /// Whether one of these interests is control.
    pub fn controls(&self, group: &[Interest], world: World) -> bool {
        group.iter().map(|interest| self.of(interest)).any(|weight| {
            let counted = if world == World::Certain { weight.min } else { weight.max };
            weight.class == Class::Control && counted > 0
        })
    }

    /// The joint arrangements in which a holder takes part, by all that it has in one asset. Whoever has nothing on the day takes no part, and
    /// an interest that is only perhaps there makes nobody surely take part.
    pub fn arrangements(&self, group: &[Interest], world: World) -> BTreeSet<u32> {
        let joint = |interest: &Interest| self.network.terms(interest).joint;
        if group.iter().all(|interest| joint(interest) == 0) {
            return BTreeSet::new();
        }
        let is_any = |weight: Weight| match world {
            World::Certain => weight.min > 0 || weight.min_is_open,
            World::Possible => weight.max > 0,
        };
        let classes = [Class::Shares, Class::Votes, Class::Control];
        let has_any = classes.map(|class| (class, is_any(self.of_group(group, class))));
        let is_told_twice = self.is_told_twice(group);
        let takes_part = |interest: &&Interest| {
            let own = self.of(interest);
            if !is_told_twice || own.class == Class::Nothing {
                return own.class != Class::Nothing && is_any(own);
            }
            (world == World::Possible || !own.is_perhaps) && has_any.contains(&(own.class, true))
        };
        let jointly = group.iter().filter(|interest| joint(interest) != 0);
        jointly.filter(takes_part).map(joint).collect()
    }

    /// The interests of a holder, asset by asset.
    pub fn groups(interests: &'n [Interest]) -> impl Iterator<Item = &'n [Interest]> {
        interests.chunk_by(|a, b| a.asset == b.asset)
    }
}
