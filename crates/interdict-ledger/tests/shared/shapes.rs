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

/// A thief who peels off a small part at each of so many steps.
pub fn peel_chain(steps: usize) -> TraceReport {
    let mut left = 100 * COIN;
    let mut shape = Shape::new(&[(&address(0), left)]);
    let services = ["Invented Exchange", "Sample Swap", "Borealis Mixer"];
    for step in 0..steps {
        let peeled = COIN + COIN * u128::try_from(step % 7).unwrap() / 4;
        let (from, on, off) = (address(step), address(step + 1), address(1_000 + step));
        left -= peeled + 10_000;
        shape.flow(&from, &off, peeled).flow(&from, &on, left);
        match step % 6 {
            0..=2 => {
                let service = services[step % 3];
                let gate = format!("bc1qservice{}xxxxxxxxxxxxxxxx{}", step % 3, step % 3);
                shape.flow(&off, &gate, peeled).end(&gate, service, EndKind::Stopped, peeled);
            }
            _ => {
                shape.end(&off, "", EndKind::Unspent, peeled);
            }
        }
    }
    shape.end(&address(steps), "", EndKind::Unspent, left);
    shape.end("", "", EndKind::Fee, 10_000 * u128::try_from(steps).unwrap());
    let chain: Vec<String> = (1..steps).map(address).collect();
    let chain: Vec<&str> = chain.iter().map(String::as_str).collect();
    shape.lead(
        "peel_chain",
        &chain,
        "a small part leaves at each step, the large rest goes to a new address",
    );
    merged(shape.report())
}

/// Ends of the same address and kind together.
fn merged(mut report: TraceReport) -> TraceReport {
    let mut ends: Vec<End> = Vec::new();
    for end in report.ends {
        match ends.iter_mut().find(|known| known.address == end.address && known.kind == end.kind) {
            Some(known) => {
                known.amount += end.amount;
                known.parts += end.parts;
            }
            None => ends.push(end),
        }
    }
    ends.sort_by(|one, other| other.amount.cmp(&one.amount).then_with(|| one.address.cmp(&other.address)));
    report.ends = ends;
    report
}

/// One address to many, and these to one again, as through a mixer.
pub fn mixer() -> TraceReport {
    let (seed, out) = (address(1), address(2));
    let mut shape = Shape::new(&[(&seed, 24 * COIN)]);
    for number in 0..20 {
        let middle = address(100 + number);
        shape.flow(&seed, &middle, COIN).flow(&middle, &out, COIN - 2_000);
    }
    shape.flow(&seed, &address(3), 4 * COIN - 5_000);
    shape.flow(&out, &address(4), 20 * COIN - 50_000);
    shape.end(&address(3), "", EndKind::Unspent, 4 * COIN - 5_000);
    shape.end(&address(4), "Invented Exchange", EndKind::Stopped, 20 * COIN - 50_000);
    shape.end("", "", EndKind::Fee, 55_000);
    let all: Vec<String> = (100..120).map(address).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    shape.lead("coinjoin", &all, "twenty equal parts leave at once and meet again").report()
}

/// Value that comes back to where it was.
pub fn cycle() -> TraceReport {
    let [a, b, c, d] = [1, 2, 3, 4].map(address);
    Shape::new(&[(&a, 10 * COIN)])
        .flow(&a, &b, 10 * COIN)
        .flow(&b, &c, 7 * COIN)
        .flow(&c, &a, 2 * COIN)
        .flow(&a, &d, 2 * COIN)
        .flow(&c, &c, COIN)
        .flow(&c, &b, 3 * COIN)
        .flow(&b, &d, 3 * COIN)
        .end(&d, "", EndKind::Unspent, 5 * COIN)
        .end(&b, "", EndKind::Unspent, 3 * COIN)
        .end(&c, "", EndKind::Unspent, 2 * COIN)
        .report()
}

/// So many flows: a tree that fans out and sends a part on to a few services.
pub fn many(flows: usize) -> TraceReport {
    let unit = 1_000_000_000_000_u128;
    let mut shape = Shape::new(&[(&address(0), 0)]);
    let mut held = std::collections::VecDeque::from([(0_usize, unit)]);
    let (mut next, mut made) = (1_usize, 0);
    while let Some((at, amount)) = held.pop_front() {
        if made + 6 > flows || amount < 1_000 {
            shape.end(
                &address(at),
                "",
                if amount < 1_000 { EndKind::Dust } else { EndKind::Unspent },
                amount,
            );
            continue;
        }
        let to_service = amount / 10;
        let service = address(9_000_000 + at % 23);
        shape.flow(&address(at), &service, to_service);
        shape.end(&service, &format!("Service {}", at % 23), EndKind::Stopped, to_service);
        let mut left = amount - to_service;
        for part in 0..5 {
            let give = if part == 4 { left } else { left * u128::try_from(2 + (at + part) % 3).unwrap() / 8 };
            left -= give;
            shape.flow(&address(at), &address(next), give);
            held.push_back((next, give));
            next += 1;
        }
        made += 6;
    }
    shape.report.seeds[0].amount = unit;
    let mut report = shape.report();
    let mut sums: std::collections::BTreeMap<(String, EndKind), End> = std::collections::BTreeMap::new();
    for end in report.ends.drain(..) {
        let key = (end.address.clone(), end.kind);
        match sums.get_mut(&key) {
            Some(known) => known.amount += end.amount,
            None => {
                sums.insert(key, end);
            }
        }
    }
    report.ends = sums.into_values().collect();
    report
        .ends
        .sort_by(|one, other| other.amount.cmp(&one.amount).then_with(|| one.address.cmp(&other.address)));
    report
}

/// Names in many scripts, and some that want to be markup or to turn the text around.
pub fn scripts() -> TraceReport {
    let names = [
        "Биржа «Север» — главный кошелёк для вкладов клиентов",
        "조선무역은행 거래소",
        "北方交易所有限公司冷钱包",
        "بورصة الشمال للعملات",
        "</text><script>alert(1)</script>",
        "good\u{202E}moc.live",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301} Étoile",
        "An exchange with a name that is much longer than any box could ever be wide enough to hold",
    ];
    let mut shape = Shape::new(&[(&address(1), 8 * COIN)]);
    for (number, name) in names.into_iter().enumerate() {
        let to = address(10 + number);
        shape.flow(&address(1), &to, COIN).end(&to, name, EndKind::Stopped, COIN);
    }
    shape
        .note("opening_balance_unknown", "3 accounts spent 0.2 more than the ledger saw come in <b>")
        .report()
}

/// Every way to end, and one address with several.
pub fn all_ends() -> TraceReport {
    let kinds = [
        EndKind::Unspent,
        EndKind::Stopped,
        EndKind::Superseded,
        EndKind::Fee,
        EndKind::Issued,
        EndKind::Unseen,
        EndKind::Dust,
        EndKind::Burnt,
    ];
    let mut shape = Shape::new(&[(&address(1), 36 * COIN), (&address(4), 20 * COIN)]);
    shape.flow(&address(1), &address(2), 26 * COIN);
    shape.flow(&address(4), &address(2), 20 * COIN);
    for (number, kind) in kinds.into_iter().enumerate() {
        let (to, amount) = (address(20 + number), COIN * u128::try_from(number + 1).unwrap());
        let to = if kind == EndKind::Superseded { address(4) } else { to };
        shape.flow(&address(2), &to, amount).end(
            &to,
            if number % 3 == 1 { "Named Place" } else { "" },
            kind,
            amount,
        );
    }
    shape.flow(&address(2), &address(3), 10 * COIN).flow(&address(1), &address(3), 10 * COIN);
    shape.end(&address(3), "Half Way House", EndKind::Unspent, 15 * COIN);
    shape.end(&address(3), "Half Way House", EndKind::Burnt, 5 * COIN).report()
}

/// Where the value of two outputs came from.
pub fn backward() -> TraceReport {
    let mut shape = Shape::new(&[("77aa:0", 3 * COIN), ("77aa:1", 2 * COIN)]);
    let seed = address(1);
    for number in 0..3 {
        let payer = address(10 + number);
        shape.flow(&payer, &seed, COIN);
    }
    shape
        .flow(&address(14), &seed, 2 * COIN)
        .flow(&address(15), &address(10), COIN)
        .flow(&address(15), &address(14), COIN)
        .flow(&address(16), &address(14), COIN)
        .end(&address(15), "Invented Exchange", EndKind::Stopped, 2 * COIN)
        .end(&address(16), "", EndKind::Issued, COIN)
        .end(&address(11), "", EndKind::Unseen, COIN)
        .end(&address(12), "", EndKind::Unseen, COIN);
    TraceReport { direction: Direction::Backward, ..shape.report() }
}

/// A token of eighteen decimals without flows.
pub fn without_flows() -> TraceReport {
    let mut report = single_hop();
    report.unit = Unit { asset: "0xdAC17F958D2ee523a2206206994597C13D831ec7".to_owned(), decimals: 18 };
    report.flows.clear();
    report
}

/// All shapes, by name.
pub fn all() -> Vec<(&'static str, TraceReport)> {
    vec![
        ("single-hop", single_hop()),
        ("peel-chain", peel_chain(40)),
        ("mixer", mixer()),
        ("cycle", cycle()),
        ("many", many(5_000)),
        ("scripts", scripts()),
        ("all-ends", all_ends()),
        ("backward", backward()),
        ("without-flows", without_flows()),
    ]
}
