//! `interdict lists verify`: is the archive as it was written?

use std::fmt::Write as _;

use serde_json::json;

use super::{print, print_json};
use crate::archive::{Archive, Verified};
use crate::cli::Output;
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{ERROR, FAINT, NOTE, STRONG, number, printable};
use crate::{Ending, progress};

/// Checks everything in the archive.
pub(crate) fn run(config: &Config, output: Output) -> Result<Ending, Failure> {
    let bar = progress::spinner("hashing every file again");
    let verified = Archive::at(&config.home).verify(&|_| bar.tick())?;
    bar.finish_and_clear();
    if output == Output::Json {
        let damaged: Vec<_> = verified
            .damaged
            .iter()
            .map(|failure| json!({"code": failure.code(), "reason": failure.to_string()}))
            .collect();
        print_json(&json!({
            "sound": damaged.is_empty(),
            "versions": verified.versions,
            "objects": verified.objects,
            "bytes": verified.bytes,
            "events": verified.events,
            "chain": verified.chain,
            "unused": verified.unused,
            "damaged": damaged,
        }))?;
    } else {
        print(text(&verified).as_bytes())?;
    }
    Ok(if verified.damaged.is_empty() { Ending::Clear } else { Ending::NotScreened })
}

fn text(verified: &Verified) -> String {
    let mut text = String::new();
    for failure in &verified.damaged {
        let _ = writeln!(text, "{ERROR}damaged{ERROR:#} {}", printable(&failure.to_string()));
    }
    for path in &verified.unused {
        let told = printable(&path.display().to_string());
        let _ = writeln!(
            text,
            "{NOTE}unused{NOTE:#} {told}: no version names it; an import or a deletion that was cut off left it, and \
             interdict lists prune deletes it"
        );
    }
    let verdict =
        if verified.damaged.is_empty() { "The archive is as it was written" } else { "Besides these" };
    let _ = writeln!(
        text,
        "{STRONG}{verdict}{STRONG:#}: {} versions, {} files with {} bytes, {} events in the journal.",
        number(verified.versions),
        number(verified.objects),
        number(verified.bytes),
        number(verified.events)
    );
    if let Some(chain) = verified.chain {
        let _ = writeln!(text, "{FAINT}journal {chain}{FAINT:#}");
    }
    text
}
