//! Progress of long work, on standard error, and only where a person watches.

use std::borrow::Cow;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A spinner for work of unknown length. It shows nothing when standard error is no terminal.
pub(crate) fn spinner(message: impl Into<Cow<'static, str>>) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(message);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// No progress, where something else is shown.
pub(crate) fn none() -> ProgressBar {
    ProgressBar::hidden()
}

/// A bar for work of known length, in bytes of a file.
pub(crate) fn bytes(total: u64, message: impl Into<Cow<'static, str>>) -> ProgressBar {
    const TEMPLATE: &str = "{msg} {wide_bar} {bytes}/{total_bytes}, {eta} left";
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total).with_style(style).with_message(message)
}

/// A bar for downloads, whose length is known when the server says it, and whose message changes from file to file.
pub(crate) fn download() -> ProgressBar {
    const TEMPLATE: &str = "{spinner} {msg} {bytes}/{total_bytes} {bytes_per_sec}";
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_spinner());
    let bar = ProgressBar::no_length().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// A bar for a known number of things.
pub(crate) fn count(total: usize, message: impl Into<Cow<'static, str>>) -> ProgressBar {
    const TEMPLATE: &str = "{msg} {wide_bar} {pos}/{len}, {eta} left";
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(total as u64).with_style(style).with_message(message)
}
