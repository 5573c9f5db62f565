//! From when until when did each interest of a record hold? A register says a record again when it changes: each statement is a state of
//! it, and what one state says holds until the next one.
//!
//! An interest that the next state says again goes on, and its end is what the last of them says. One that is new holds from the day
//! since when the state says so, if that is after the state before, and from the day of the statement otherwise; what is no longer
//! said ended the day before.

use std::collections::HashMap;

use interdict_core::date::PartialDate;

use super::End;
use crate::interest::{InterestKind, Span};
use crate::share::ShareRange;
use crate::sources::span;

/// An interest as one state says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub kind: InterestKind,
    pub share: ShareRange,
    pub words: String,
    pub start: Option<PartialDate>,
    pub until: Until,
}

/// Until when an interest is said to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    Open,
    Day(PartialDate),
    /// It has ended, and nothing says since when.
    Unknown,
}

/// What one statement says of a relationship.
#[derive(Debug)]
pub(super) struct State {
    pub holder: End,
    pub asset: End,
    pub held: Vec<Held>,
    pub date: Option<PartialDate>,
    pub is_closed: bool,
    /// Whether it names no interest, so that what is held is only what that means.
    pub is_bare: bool,
    pub url: String,
}

/// An interest and when it held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The state that said it last.
    pub state: usize,
    /// Which of that state's interests.
    pub held: usize,
    pub start: Option<PartialDate>,
    pub until: Until,
}

impl Stretch {
    /// The days; nothing when a later state says that it had ended before it began.
    pub fn span(&self) -> Option<Span> {
        match self.until {
            Until::Open => Some(Span { start: self.start, end: None }),
            Until::Day(end) => span::span(self.start, Some(end)),
            Until::Unknown => Some(span::ended(self.start, None)),
        }
    }
}

/// The interests of a record over all its states, which are in order of time.
pub(super) fn stretches(states: &[State]) -> Vec<Stretch> {
    let mut line = Line::default();
    let mut before = None;
    for (at, state) in states.iter().enumerate() {
        line.go_on(at, state, before);
        before = Some(state);
    }
    let Line { mut past, mut over, mut open } = line;
    past.append(&mut over);
    past.append(&mut open);
    past.sort_by_key(|stretch| (first(stretch.start), stretch.state, stretch.held));
    past
}

/// The interests of a record so far.
#[derive(Default)]
struct Line {
    /// Before the record was closed, so that nothing changes them.
    past: Vec<Stretch>,
    /// What is not said any more.
    over: Vec<Stretch>,
    /// What the last state says.
    open: Vec<Stretch>,
}

impl Line {
    fn go_on(&mut self, at: usize, state: &State, before: Option<&State>) {
        if state.is_closed && state.is_bare && !self.open.is_empty() {
            let until = state.date.map_or(Until::Unknown, Until::Day);
            self.open.iter_mut().for_each(|stretch| stretch.until = until);
            return self.close(None);
        }
        let mut known = self.known(state, before);
        let (mut going_on, mut new) = (Vec::new(), Vec::new());
        for (held, interest) in state.held.iter().enumerate() {
            match known.get_mut(&key(interest)).and_then(Vec::pop) {
                Some(known) => {
                    going_on.push(Stretch { state: at, held, until: interest.until, ..known });
                }
                None => new.push((held, interest)),
            }
        }
        let since = before.map(|before| changed(before, state, &new));
        // What is left is not said any more.
        let last = since.flatten().map(day_before);
        self.over.extend(known.into_values().flatten().map(|stretch| cut(stretch, last)));
        let new = new.into_iter().map(|(held, interest)| {
            let start = since.map_or(interest.start, |since| later(since, interest));
            Stretch { state: at, held, start, until: interest.until }
        });
        self.open.extend(going_on.into_iter().chain(new));
        if state.is_closed {
            self.close(all_end(&state.held));
        }
    }

    /// Takes what is open by what it says. Between other ends nothing goes on: it has no key that comes again.
    fn known<'s>(&mut self, state: &State, before: Option<&'s State>) -> HashMap<Key<'s>, Vec<Stretch>> {
        let mut known: HashMap<_, Vec<_>> = HashMap::new();
        let Some(before) = before else { return known };
        let has_same_ends = before.holder == state.holder && before.asset == state.asset;
        for stretch in self.open.drain(..) {
            let said = before.held.get(stretch.held).filter(|_| has_same_ends);
            known.entry(said.and_then(key)).or_default().push(stretch);
        }
        // The first that is said is the first to go on.
        known.values_mut().for_each(|stretches| stretches.reverse());
        known
    }

    /// Everything is over, on this day at the latest.
    fn close(&mut self, end: Option<PartialDate>) {
        self.over.append(&mut self.open);
        self.past.extend(self.over.drain(..).map(|stretch| cut(stretch, end)));
    }
}

/// What makes an interest the same one in the next state.
type Key<'s> = Option<(InterestKind, ShareRange, Option<PartialDate>, &'s str)>;

fn key(held: &Held) -> Key<'_> {
    Some((held.kind, held.share, held.start, &held.words))
}

fn first(date: Option<PartialDate>) -> u32 {
    date.map_or(0, |date| date.bounds().0)
}

/// Since when a state differs from the one before: since its new interests began, where all began after that one; since it was
/// said otherwise.
fn changed(before: &State, state: &State, new: &[(usize, &Held)]) -> Option<PartialDate> {
    let began = new.iter().map(|(_, interest)| interest.start).min_by_key(|start| first(*start)).flatten();
    let said = first(state.date);
    began.filter(|began| began.bounds().0 > first(before.date) && began.bounds().1 <= said).or(state.date)
}

/// When an interest that is new in a state began: not before the change, nor after its own end.
fn later(since: Option<PartialDate>, interest: &Held) -> Option<PartialDate> {
    let start = if first(interest.start) > first(since) { interest.start } else { since };
    match interest.until {
        Until::Day(end) if first(start) > end.bounds().1 => Some(end),
        _ => start,
    }
}

/// A stretch that ends on a day at the latest.
fn cut(stretch: Stretch, last: Option<PartialDate>) -> Stretch {
    let Some(last) = last else { return stretch };
    match stretch.until {
        Until::Day(end) if end.bounds().1 <= last.bounds().1 => stretch,
        Until::Open | Until::Day(_) => Stretch { until: Until::Day(last), ..stretch },
        Until::Unknown => stretch,
    }
}

/// The last day of all interests, where each has one.
fn all_end(held: &[Held]) -> Option<PartialDate> {
    let mut last: Option<PartialDate> = None;
    for interest in held {
        let Until::Day(end) = interest.until else { return None };
        last = last.filter(|last| last.bounds().1 >= end.bounds().1).or(Some(end));
    }
    last
}

/// The day before a day; a month, a year or a span stays, as nobody knows which of its days it was.
fn day_before(date: PartialDate) -> PartialDate {
    let Some(day) = date.as_day() else { return date };
    let (year, month, number) = (day.year(), day.month().unwrap_or(1), day.day().unwrap_or(1));
    let of = |year: u16, month: u8, day: u8| PartialDate::new(year, month, day).ok();
    let before = match (number, month) {
        (2.., _) => of(year, month, number - 1),
        (_, 2..) => (28..=31).rev().find_map(|day| of(year, month - 1, day)),
        _ => of(year - 1, 12, 31),
    };
    before.unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Share;

    fn date(text: &str) -> Option<PartialDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn state(day: &str, closed: &str, held: &[(u8, &str, &str)]) -> State {
        let held = held.iter().map(|&(percent, start, end)| Held {
            kind: InterestKind::Shares,
            share: ShareRange::exactly(Share::percent(percent)),
            words: String::new(),
            start: date(start),
            until: date(end).or(date(day).filter(|_| !closed.is_empty())).map_or(Until::Open, Until::Day),
        });
        let held: Vec<Held> = held.collect();
        State {
            holder: End::Id("a".into()),
            asset: End::Id("b".into()),
            is_bare: held.is_empty(),
            held,
            date: date(day),
            is_closed: !closed.is_empty(),
            url: String::new(),
        }
    }

    fn told(states: &[State]) -> Vec<String> {
        let told = |stretch: &Stretch| {
            let share = states[stretch.state].held[stretch.held].share;
            let Some(Span { start, end }) = stretch.span() else { return format!("{share} never") };
            let text = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
            format!("{share} {}..{}", text(start), text(end))
        };
        stretches(states).iter().map(told).collect()
    }

    #[test]
    fn each_state_holds_until_the_next() {
        let old = || state("2019-05-01", "", &[(50, "2019-04-01", "")]);
        for (next, expected) in [
            // Said again: it goes on.
            (state("2020-01-01", "", &[(50, "2019-04-01", "")]), &["50 % 2019-04-01.."][..]),
            // A new share under the old beginning: since the day of the statement.
            (
                state("2020-01-01", "", &[(60, "2019-04-01", "")]),
                &["50 % 2019-04-01..2019-12-31", "60 % 2020-01-01.."],
            ),
            // A new share that began between the two statements, or will.
            (
                state("2020-03-04", "", &[(60, "2020-03-01", "")]),
                &["50 % 2019-04-01..2020-02-29", "60 % 2020-03-01.."],
            ),
            (
                state("2020-03-04", "", &[(60, "2020-06-01", "")]),
                &["50 % 2019-04-01..2020-03-03", "60 % 2020-06-01.."],
            ),
            // One more beside the first.
            (
                state("2020-03-04", "", &[(50, "2019-04-01", ""), (1, "2020-03-01", "")]),
                &["50 % 2019-04-01..", "1 % 2020-03-01.."],
            ),
            // The end comes to be known, long ago or of another share.
            (
                state("2020-01-01", "closed", &[(50, "2019-04-01", "2019-07-01")]),
                &["50 % 2019-04-01..2019-07-01"],
            ),
            (
                state("2020-01-01", "closed", &[(55, "2019-04-01", "2019-07-01")]),
                &["50 % 2019-04-01..2019-07-01", "55 % 2019-07-01..2019-07-01"],
            ),
            (state("2020-01-01", "closed", &[]), &["50 % 2019-04-01..2020-01-01"]),
            (state("2020-01-01", "", &[]), &["50 % 2019-04-01..2019-12-31"]),
            // The year of a statement leaves open when it was.
            (state("2020", "", &[(60, "", "")]), &["50 % 2019-04-01..2020", "60 % 2020.."]),
        ] {
            let said = format!("{next:?}");
            assert_eq!(told(&[old(), next]), expected, "{said}");
        }
    }

    #[test]
    fn what_a_later_state_takes_back_never_held() {
        let states = [
            state("2019-05-01", "", &[(50, "2019-04-01", "")]),
            state("2020-05-01", "", &[(60, "2019-04-01", "")]),
            state("2021-01-01", "closed", &[(60, "2019-04-01", "2019-09-01")]),
            state("2022-01-01", "", &[(60, "2019-04-01", "")]),
        ];
        assert_eq!(told(&states), ["50 % 2019-04-01..2019-09-01", "60 % never", "60 % 2022-01-01.."]);
    }
}
