//! First in, first out, and last in, first out: which units of an output are held, and which of the next they become.

use super::{Part, Rule};
use crate::strategy::Direction;

/// So many units of an output from a unit on, and the place of the next such range in the list, 0 for none.
#[derive(Debug, Clone, Copy, Default)]
struct Range {
    start: u64,
    length: u64,
    next: usize,
}

/// Which line of a transaction is read from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reversed {
    None,
    From,
    Onto,
}

/// Units as ranges. What is held at an output is the place of its first range; ranges are in order and do not touch.
#[derive(Debug)]
pub(in crate::outputs::trace) struct Ranges {
    /// The first is never used, so that 0 is nothing.
    all: Vec<Range>,
    /// The first free place, linked by `next`.
    free: usize,
    reversed: Reversed,
    line: Vec<(u64, u64)>,
}

impl Ranges {
    /// Inputs in order fill outputs in order.
    pub fn first_in() -> Self {
        Self { all: vec![Range::default()], free: 0, reversed: Reversed::None, line: Vec::new() }
    }

    /// Inputs from the last fill outputs in order. Inputs are what value leaves on the way forward, and what it comes to on the way back.
    pub fn last_in(direction: Direction) -> Self {
        let reversed = match direction {
            Direction::Forward => Reversed::From,
            Direction::Backward => Reversed::Onto,
        };
        Self { reversed, ..Self::first_in() }
    }

    fn range(&self, place: usize) -> Range {
        self.all.get(place).copied().unwrap_or_default()
    }

    /// Keeps a range after the one at `before`, or as the first of a list; gives its place.
    fn keep(&mut self, start: u64, length: u64, before: usize) -> usize {
        let range = Range { start, length, next: 0 };
        let place = if self.free == 0 { self.all.len() } else { self.free };
        if self.free == 0 {
            self.all.push(range);
        } else {
            self.free = self.range(place).next;
            if let Some(free) = self.all.get_mut(place) {
                *free = range;
            }
        }
        if let Some(before) = self.all.get_mut(before).filter(|_| before != 0) {
            before.next = place;
        }
        place
    }

    /// Lays the ranges of a part on the line, which it follows from `at` on, and frees them.
    fn lay(&mut self, held: u64, at: u64) {
        let mut place = usize::try_from(held).unwrap_or(0);
        while place != 0 {
            let Range { start, length, next } = self.range(place);
            match self.line.last_mut() {
                Some((last, units)) if *last + *units == at + start => *units += length,
                _ => self.line.push((at + start, length)),
            }
            if let Some(freed) = self.all.get_mut(place) {
                freed.next = self.free;
            }
            self.free = place;
            place = next;
        }
    }

    /// Gives a part of the other line, which follows from `at` on, what of the line lies over it. `first` is the first range that may.
    fn pick(&mut self, part: &mut Part, at: u64, first: &mut usize) {
        let end = at + part.value;
        let mut last = 0;
        while let Some((start, length)) = self.line.get(*first).copied() {
            if start >= end {
                return;
            }
            let (from, to) = (start.max(at), (start + length).min(end));
            if from < to {
                last = self.keep(from - at, to - from, last);
                if part.held == 0 {
                    part.held = last as u64;
                }
            }
            if start + length > end {
                return;
            }
            *first += 1;
        }
    }
}

/// Lets the parts of a line be read, all but the last from the end if so asked.
fn in_order(parts: &mut [Part], reversed: bool) -> impl Iterator<Item = &mut Part> {
    let last = parts.len().saturating_sub(1);
    let (parts, rest) = parts.split_at_mut(last);
    let (forward, backward) =
        if reversed { (None, Some(parts.iter_mut().rev())) } else { (Some(parts.iter_mut()), None) };
    forward.into_iter().flatten().chain(backward.into_iter().flatten()).chain(rest)
}

impl Rule for Ranges {
    fn whole(&mut self, value: u64) -> u64 {
        if value == 0 { 0 } else { self.keep(0, value, 0) as u64 }
    }

    fn amount(&self, held: u64) -> u64 {
        let mut place = usize::try_from(held).unwrap_or(0);
        let mut amount = 0;
        while place != 0 {
            let range = self.range(place);
            amount += range.length;
            place = range.next;
        }
        amount
    }

    fn release(&mut self, held: u64) {
        self.line.clear();
        self.lay(held, 0);
    }

    fn carry(&mut self, from: &mut [Part], onto: &mut [Part]) {
        self.line.clear();
        let mut at = 0;
        for part in in_order(from, self.reversed == Reversed::From) {
            self.lay(part.held, at);
            at += part.value;
        }
        let (mut at, mut first) = (0, 0);
        for part in in_order(onto, self.reversed == Reversed::Onto) {
            self.pick(part, at, &mut first);
            at += part.value;
        }
    }
}
