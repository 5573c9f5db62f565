//! How many names a second one core screens, and how long one name takes.

use std::time::Duration;

use serde::Serialize;

use interdict_core::subject::Subject;
use interdict_match::index::Index;
use interdict_match::{Settings, screen};

use crate::metrics::{quantile, real};

/// The speed on one core.
#[derive(Debug, Clone, Serialize)]
pub struct Speed {
    /// How many names were screened in each run.
    pub names: usize,
    /// How many runs there were.
    pub runs: usize,
    /// Names a second: the median of the runs.
    pub names_per_second: f64,
    /// The time that half of the names stay below, in microseconds, over all runs.
    pub p50_us: f64,
    /// The time that 99 of 100 names stay below.
    pub p99_us: f64,
    /// The longest time.
    pub max_us: f64,
}

/// Screens the subjects one after another on this thread, after one run that is not counted. `now` tells the time since
/// some moment. Nothing without subjects.
pub fn measure(
    index: &Index,
    subjects: &[Subject],
    settings: &Settings,
    runs: usize,
    now: &dyn Fn() -> Duration,
) -> Option<Speed> {
    let mut times = Vec::new();
    let mut rates = Vec::new();
    for run in 0..=runs {
        let start = now();
        for subject in subjects {
            let before = now();
            std::hint::black_box(screen(index, subject, settings));
            if run > 0 {
                times.push((now().saturating_sub(before)).as_secs_f64() * 1e6);
            }
        }
        if run > 0 {
            rates.push(real(subjects.len()) / (now().saturating_sub(start)).as_secs_f64().max(1e-9));
        }
    }
    times.sort_by(f64::total_cmp);
    rates.sort_by(f64::total_cmp);
    Some(Speed {
        names: subjects.len(),
        runs,
        names_per_second: quantile(&rates, 0.5)?.round(),
        p50_us: tenths(quantile(&times, 0.5)?),
        p99_us: tenths(quantile(&times, 0.99)?),
        max_us: tenths(quantile(&times, 1.0)?),
    })
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
