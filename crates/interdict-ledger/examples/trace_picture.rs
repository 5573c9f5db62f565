//! Draws invented traces of many shapes into a folder, to be looked at: `cargo run --example trace_picture -- folder`.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "an example may stop, and says what it did")]

#[path = "../tests/shared/shapes.rs"]
mod shapes;

use std::path::Path;
use std::time::Instant;

use interdict_ledger::export::graphml;
use interdict_ledger::picture::{Heading, svg};

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut shapes = shapes::all();
    shapes.push(("huge", shapes::many(100_000)));
    for (name, report) in shapes {
        let start = Instant::now();
        let heading = Heading {
            title: format!("Invented trace: {name}"),
            ledger: "invented chain to block 9, 1a2b3c4d5e6f".to_owned(),
        };
        let drawing = svg(&report, &heading);
        let took = start.elapsed();
        println!(
            "{name}: {} flows, {} ends, {} bytes, {took:?}",
            report.flows.len(),
            report.ends.len(),
            drawing.len()
        );
        std::fs::write(Path::new(&folder).join(format!("{name}.svg")), drawing).unwrap();
        let mut file = std::fs::File::create(Path::new(&folder).join(format!("{name}.graphml"))).unwrap();
        graphml::write(&report, &mut file).unwrap();
    }
}
