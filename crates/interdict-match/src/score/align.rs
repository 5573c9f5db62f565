//! Which of the meetings between two names hold together? Every part is used once at most, and the sum of what meets is as
//! great as it can be; the order of parts is free.

use crate::score::similarity::Similarity;

/// A run of the subject's parts and a run of the entity's that may be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Meeting {
    /// First part of the subject, and how many.
    pub subject: (u8, u8),
    /// First part of the entity, and how many.
    pub entity: (u8, u8),
    /// The bits of the parts of the entity.
    pub entity_mask: u64,
    pub met: Similarity,
    /// The weight of the entity's parts.
    pub weight: f32,
    /// The weight of the subject's parts where they meet nothing.
    pub own_weight: f32,
}

impl Meeting {
    /// Whether it is of this part of the subject.
    pub fn has_own(&self, part: usize) -> bool {
        let start = usize::from(self.subject.0);
        (start..start + usize::from(self.subject.1)).contains(&part)
    }

    fn subject_mask(&self) -> u64 {
        mask(self.subject)
    }

    /// Of the subject's weight, what counts as not met: a rare word that is only like a frequent one is not spent on it.
    pub fn excess(&self) -> f32 {
        let doubt = ((1.0 - self.met.strength) / ALL_IN_DOUBT).min(1.0);
        if self.met.rule.is_spelling() { doubt * (self.own_weight - self.weight).max(0.0) } else { 0.0 }
    }

    /// What choosing it adds to the sum that is maximized.
    fn worth(&self) -> f32 {
        self.met.strength * (self.weight + self.own_weight)
    }
}

/// What a spelling lacks in strength when the subject's word counts as another, rarer one.
const ALL_IN_DOUBT: f32 = 0.25;

fn mask((start, len): (u8, u8)) -> u64 {
    let ones = if len >= 64 { u64::MAX } else { (1_u64 << len) - 1 };
    ones.checked_shl(u32::from(start)).unwrap_or(0)
}

/// Most steps of the search for the best choice. Names with more ways to lie against each other (one word many times over)
/// get the best choice found until then.
const STEPS_MAX: u32 = 4_000;

/// Leaves in `meetings` those that hold together best, in the order of the subject's parts.
pub(crate) fn choose(meetings: &mut Vec<Meeting>) {
    let (mut subject, mut entity) = (0_u64, 0_u64);
    let mut is_free = true;
    for meeting in meetings.iter() {
        let masks = (meeting.subject_mask(), meeting.entity_mask);
        is_free &= subject & masks.0 == 0 && entity & masks.1 == 0;
        subject |= masks.0;
        entity |= masks.1;
    }
    if is_free {
        meetings.sort_unstable_by_key(|meeting| meeting.subject.0);
        return;
    }
    // By the first part of the subject, strong ones first; of equal ones that in the place nearest by.
    meetings.sort_unstable_by(|a, b| {
        let distance = |m: &Meeting| m.subject.0.abs_diff(m.entity.0);
        a.subject
            .0
            .cmp(&b.subject.0)
            .then_with(|| b.met.strength.total_cmp(&a.met.strength))
            .then_with(|| b.worth().total_cmp(&a.worth()))
            .then_with(|| (distance(a), a.entity, a.subject).cmp(&(distance(b), b.entity, b.subject)))
    });
    let n_parts =
        meetings.iter().map(|m| usize::from(m.subject.0) + usize::from(m.subject.1)).max().unwrap_or(0);
    let mut search = Search {
        meetings,
        rest: vec![0.0; n_parts + 1],
        best: Vec::new(),
        best_worth: -1.0,
        steps: 0,
        chosen: Vec::new(),
    };
    for meeting in meetings.iter() {
        let (start, len) = (usize::from(meeting.subject.0), usize::from(meeting.subject.1));
        for most in &mut search.rest[start..start + len] {
            *most = most.max(meeting.worth() / f32::from(meeting.subject.1));
        }
    }
    for part in (0..n_parts).rev() {
        search.rest[part] += search.rest[part + 1];
    }
    search.run(0, 0, 0, 0.0);
    let mut best = std::mem::take(&mut search.best);
    best.sort_unstable();
    let mut idx = 0;
    meetings.retain(|_| {
        idx += 1;
        best.binary_search(&(idx - 1)).is_ok()
    });
}

struct Search<'a> {
    /// Grouped by the first part of the subject.
    meetings: &'a [Meeting],
    /// The most that the parts of the subject from each on can be worth.
    rest: Vec<f32>,
    best: Vec<usize>,
    best_worth: f32,
    chosen: Vec<usize>,
    steps: u32,
}

impl Search<'_> {
    /// Tries every choice for the parts of the subject from `part` on; the meetings of these start at `idx`.
    fn run(&mut self, part: usize, idx: usize, entity: u64, worth: f32) {
        if worth > self.best_worth {
            self.best_worth = worth;
            self.best.clone_from(&self.chosen);
        }
        self.steps += 1;
        if self.steps > STEPS_MAX || worth + self.rest[part] <= self.best_worth + 1e-6 {
            return;
        }
        let mut end = idx;
        while self.meetings.get(end).is_some_and(|meeting| usize::from(meeting.subject.0) == part) {
            end += 1;
        }
        for choice in idx..end {
            let meeting = self.meetings[choice];
            let mask = meeting.entity_mask;
            if entity & mask != 0 {
                continue;
            }
            let next = part + usize::from(meeting.subject.1);
            let mut at = end;
            while self.meetings.get(at).is_some_and(|meeting| usize::from(meeting.subject.0) < next) {
                at += 1;
            }
            self.chosen.push(choice);
            self.run(next, at, entity | mask, worth + meeting.worth());
            self.chosen.pop();
        }
        if part + 1 < self.rest.len() {
            self.run(part + 1, end, entity, worth);
        }
    }
}
