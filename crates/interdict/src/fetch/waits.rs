//! How long to wait before the next attempt? The pauses themselves, chance and the clock are handed in, so that tests
//! neither sleep nor depend on the time.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use interdict_core::limits;

/// The wait after the first failed attempt; it doubles with each further one.
const FIRST: Duration = Duration::from_secs(1);
/// The longest wait that is not asked for by the server.
const LONGEST: Duration = Duration::from_secs(60);

/// Pauses, chance and clock.
pub(crate) struct Waits<'a> {
    /// Does nothing for so long.
    pub pause: &'a dyn Fn(Duration),
    /// A number below the given one, by chance.
    pub below: &'a dyn Fn(u64) -> u64,
    /// What time it is.
    pub now: &'a dyn Fn() -> Timestamp,
}

impl Waits<'static> {
    /// Those of the machine.
    pub(crate) fn real() -> Self {
        Self { pause: &std::thread::sleep, below: &by_chance, now: &Timestamp::now }
    }
}

/// Chance good enough to keep many clients from asking at the same moment; nothing secret depends on it.
fn by_chance(bound: u64) -> u64 {
    RandomState::new().hash_one(0_u8).checked_rem(bound).unwrap_or(0)
}

impl Waits<'_> {
    /// How long to wait after an attempt that failed (the first is 1), or nothing when the server asks for more patience
    /// than is given. Without a wish of the server: 1 s, 2 s, 4 s … up to a minute, of which half is left to chance.
    pub(crate) fn after(&self, attempt: u32, retry_after: Option<Duration>) -> Option<Duration> {
        let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1))).min(LONGEST);
        let half = doubled / 2;
        let chance = (self.below)(u64::try_from(half.as_millis()).unwrap_or(u64::MAX).saturating_add(1));
        let own = half.saturating_add(Duration::from_millis(chance));
        match retry_after {
            None => Some(own),
            Some(asked) if asked > Duration::from_secs(limits::RETRY_AFTER_SECONDS_MAX) => None,
            Some(asked) => Some(asked.max(own)),
        }
    }

    /// What `Retry-After` says: seconds, or a date (RFC 9110, section 10.2.3). What is neither says nothing.
    pub(crate) fn retry_after(&self, header: &str) -> Option<Duration> {
        let header = header.trim();
        if let Ok(seconds) = header.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let at = DateTimeParser::new().parse_timestamp(header).ok()?;
        let left = at.duration_since((self.now)());
        Some(Duration::try_from(left).unwrap_or(Duration::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(chance: fn(u64) -> u64, attempt: u32, retry_after: Option<u64>) -> Option<u128> {
        let waits = Waits { pause: &|_| {}, below: &chance, now: &|| Timestamp::UNIX_EPOCH };
        waits.after(attempt, retry_after.map(Duration::from_secs)).map(|wait| wait.as_millis())
    }

    #[test]
    fn waits_double_up_to_a_minute_and_half_of_each_is_chance() {
        let least: Vec<_> = (1..=9).filter_map(|attempt| told(|_| 0, attempt, None)).collect();
        assert_eq!(least, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
        let most: Vec<_> = (1..=7).filter_map(|attempt| told(|bound| bound - 1, attempt, None)).collect();
        assert_eq!(most, [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
        assert_eq!(told(|_| 0, u32::MAX, None), Some(30_000));
    }

    #[test]
    fn a_server_is_left_alone_as_long_as_it_asks_within_a_bound() {
        assert_eq!(told(|_| 0, 1, Some(7)), Some(7_000));
        assert_eq!(told(|_| 0, 7, Some(7)), Some(30_000), "never sooner than without the wish");
        assert_eq!(told(|_| 0, 1, Some(limits::RETRY_AFTER_SECONDS_MAX + 1)), None);
    }

    #[test]
    fn wishes_are_seconds_or_dates() {
        let now = || "2026-11-21T17:00:00Z".parse().unwrap();
        let waits = Waits { pause: &|_| {}, below: &|_| 0, now: &now };
        let seconds = |header: &str| waits.retry_after(header).map(|wait| wait.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds("Sat, 21 Nov 2026 17:00:30 GMT"), Some(30));
        assert_eq!(seconds("Sat, 21 Nov 2026 16:00:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
        assert_eq!(seconds("-1"), None);
    }

    #[test]
    fn chance_keeps_within_its_bound() {
        assert!((0..100).all(|_| by_chance(3) < 3));
        assert_eq!(by_chance(0), 0);
    }
}
