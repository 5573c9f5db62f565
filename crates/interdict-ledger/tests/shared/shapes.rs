//! Invented traces of many shapes, each of which adds up.

use interdict_ledger::report::{End, EndKind, Flow, Lead, Note, Seed, TraceReport, Unit};
use interdict_ledger::strategy::{Conservation, Direction, Strategy};

/// Whole units of one bitcoin.
pub const COIN: u128 = 100_000_000;

/// A trace in the making.
pub struct Shape {
    report: TraceReport,
}

impl Shape {
    pub fn new(seeds: &[(&str, u128)]) -> Self {
        let seed =
            |(what, amount): &(&str, u128)| Seed { what: (*what).to_owned(), amount: *amount, parts: 1 };
        let report = TraceReport {
            strategy: Strategy::Fifo,
            direction: Direction::Forward,
            unit: Unit { asset: "BTC".to_owned(), decimals: 8 },
            seeds: seeds.iter().map(seed).collect(),
            conservation: Conservation::default(),
            ends: Vec::new(),
            flows: Vec::new(),
            leads: Vec::new(),
            notes: Vec::new(),
            transactions: 0,
        };
        Self { report }
    }

    pub fn flow(&mut self, from: &str, to: &str, amount: u128) -> &mut Self {
        let number = self.report.flows.len();
        let time = 1_700_000_000 + i64::try_from(number).unwrap() * 600;
        self.report.transactions += 1;
        self.report.flows.push(Flow {
            from: from.to_owned(),
            to: to.to_owned(),
            amount,
            transactions: 1,
            first: Some(time),
            last: Some(time),
            examples: vec![format!("{number:064x}")],
        });
        self
    }

    pub fn end(&mut self, address: &str, label: &str, kind: EndKind, amount: u128) -> &mut Self {
        self.report.ends.push(End {
            address: address.to_owned(),
            label: (!label.is_empty()).then(|| label.to_owned()),
            kind,
            amount,
            direct: 0,
            parts: 1,
            steps: 1,
            first: Some(1_700_000_000),
            last: Some(1_700_000_600),
        });
        self
    }

    pub fn lead(&mut self, kind: &'static str, addresses: &[&str], seen: &str) -> &mut Self {
        self.report.leads.push(Lead {
            kind,
            method: format!("{kind}(steps=3)"),
            confidence: 0.8,
            transactions: Vec::new(),
            addresses: addresses.iter().map(|&address| address.to_owned()).collect(),
            seen: seen.to_owned(),
        });
        self
    }

    pub fn note(&mut self, code: &'static str, text: &str) -> &mut Self {
        self.report.notes.push(Note { code, text: text.to_owned() });
        self
    }

    /// The answer, with its account.
    pub fn report(&mut self) -> TraceReport {
        let mut report = self.report.clone();
        let sums = &mut report.conservation;
        sums.seed = report.seeds.iter().map(|seed| seed.amount).sum();
        for end in &report.ends {
            *match end.kind {
                EndKind::Unspent => &mut sums.unspent,
                EndKind::Stopped => &mut sums.stopped,
                EndKind::Superseded => &mut sums.superseded,
                EndKind::Fee => &mut sums.fee,
                EndKind::Issued => &mut sums.issued,
                EndKind::Unseen => &mut sums.unseen,
                EndKind::Dust => &mut sums.dust,
                EndKind::Burnt => &mut sums.burnt,
            } += end.amount;
        }
        report.ends.sort_by(|one, other| {
            other.amount.cmp(&one.amount).then_with(|| one.address.cmp(&other.address))
        });
        report
    }
}

/// An address that looks like one and is nobody's: its checksum is wrong.
pub fn address(number: usize) -> String {
    let mut state = u64::try_from(number).unwrap().wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut text = String::from("bc1q");
    for _ in 0..34 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push(char::from(b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"[usize::try_from(state >> 59).unwrap()]));
    }
    text
}

/// One payment to a service, the change, and a fee.
pub fn single_hop() -> TraceReport {
    let (seed, change, service) = (address(1), address(2), address(3));
    Shape::new(&[(&seed, 2 * COIN)])
        .flow(&seed, &service, 15 * COIN / 10)
        .flow(&seed, &change, 49_990_000)
        .end(&service, "Invented Exchange", EndKind::Stopped, 15 * COIN / 10)
        .end(&change, "", EndKind::Unspent, 49_990_000)
        .end("", "", EndKind::Fee, 10_000)
        .report()
}
