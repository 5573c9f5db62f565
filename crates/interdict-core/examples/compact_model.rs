//! Turns the FollowTheMoney `model.json` into the compact form that `interdict-core` embeds.
//!
//! `cargo run -p interdict-core --example compact_model -- MODEL.json > crates/interdict-core/model/followthemoney.tsv`
//!
//! Descriptions are left out; everything that decides whether an entity is well formed stays.

#[path = "compact_model/compact.rs"]
mod compact;

use std::io::Write as _;

use compact::compact;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: compact_model MODEL.json")?;
    let model: Value = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut out = std::io::stdout().lock();
    out.write_all(compact(&model).as_bytes())?;
    Ok(())
}
