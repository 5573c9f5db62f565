//! Is exposure what it should be: direct and indirect, sent and received, up to the first label, and all of it together everything?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use interdict_ledger::accounts::{
    AccountId, AccountLedger, Builder, ExposureRequest, Request, SeedRequest, Window, exposure, sending,
    trace,
};
use interdict_ledger::exposure::Label;
use interdict_ledger::report::{EndKind, TraceReport};
use interdict_ledger::sources::edge_list::{self, Options};
use interdict_ledger::strategy::{Direction, Strategy};

/// The mixer pays mia 60 and, through lea, 40; a friend pays 100. She sends 150: 50 to the exchange, 100 to noah, who passes 30 to the exchange
/// and 20 back to her.
const LIST: &str = "time,from,to,value,tx\n\
    1,mixer,mia,60,a\n\
    2,mixer,lea,40,b\n\
    3,lea,mia,40,c\n\
    4,friend,mia,100,d\n\
    5,mia,exchange,50,e\n\
    6,mia,noah,100,f\n\
    7,noah,exchange,30,g\n\
    8,noah,mia,20,h\n\
    9,exchange,ida,500,i\n";

fn ledger() -> AccountLedger {
    let mut builder = Builder::new();
    edge_list::read(&mut builder, "list", LIST.as_bytes(), &Options::default()).unwrap();
    builder.finish()
}

fn label(ledger: &AccountLedger, account: AccountId) -> Option<Label> {
    let (name, category) = match ledger.address(account).as_str() {
        "mixer" => ("The Mixer", Some("mixer")),
        "exchange" => ("Good Exchange", None),
        _ => return None,
    };
    Some(Label { name: name.to_owned(), category: category.map(str::to_owned) })
}

fn request(ledger: &AccountLedger, strategy: Strategy, window: Window) -> ExposureRequest<'_> {
    ExposureRequest {
        asset: ledger.asset("value").unwrap(),
        strategy,
        address: "mia",
        window,
        labels: &label,
        dust: 0,
    }
}

#[test]
fn direct_and_indirect_in_both_directions() {
    let ledger = ledger();
    let all = exposure(&ledger, &request(&ledger, Strategy::Fifo, Window::Always)).unwrap();
    let told = |share: &interdict_ledger::exposure::Share| {
        (share.label.name.clone(), share.direct, share.indirect, share.ten_thousandths)
    };
    let (sent, came) = (&all.sending, &all.receiving);
    assert_eq!((sent.all, sent.unlabelled), (200, 120), "what came back is not counted again");
    assert_eq!(
        sent.shares.iter().map(told).collect::<Vec<_>>(),
        [("Good Exchange".to_owned(), 50, 30, 4_000)]
    );
    assert_eq!((came.all, came.unlabelled), (200, 100));
    assert_eq!(came.shares.iter().map(told).collect::<Vec<_>>(), [("The Mixer".to_owned(), 60, 40, 5_000)]);
    assert_eq!(came.shares[0].label.category.as_deref(), Some("mixer"));
    assert!(exposure(&ledger, &request(&ledger, Strategy::Tiho, Window::Always)).is_err());
    assert!(sending(&ledger, &request(&ledger, Strategy::Tiho, Window::Always)).is_ok());
}

#[test]
fn a_window_takes_what_is_held_when_it_opens_and_what_comes_while_it_is_open() {
    let ledger = ledger();
    let sent = sending(&ledger, &request(&ledger, Strategy::Fifo, Window::Times(4..=5))).unwrap();
    // 100 held at the opening and 100 received; what comes at 8 is no seed any more.
    assert_eq!((sent.report.conservation.seed, sent.report.conservation.superseded), (200, 0));
    assert_eq!((sent.shares[0].direct, sent.shares[0].indirect), (50, 30));
    let later = sending(&ledger, &request(&ledger, Strategy::Fifo, Window::Times(8..=9))).unwrap();
    assert_eq!((later.all, later.shares.len()), (70, 0));
}

#[test]
fn flows_steps_times_and_dust_are_told() {
    let ledger = ledger();
    let asset = ledger.asset("value").unwrap();
    let seeds = [SeedRequest::Transfer { hash: "b".to_owned(), position: 0 }];
    let mut request = Request::new(asset, Strategy::Lifo, &seeds);
    request.flows_max = 10;
    let report = trace(&ledger, &request).unwrap();
    let flows: Vec<(&str, &str, u128)> =
        report.flows.iter().map(|flow| (flow.from.as_str(), flow.to.as_str(), flow.amount)).collect();
    // Last in, first out: 50 of the friend's 100 leave first; then noah gets the other 50, lea's 40 and 10 more, in this order, and pays the
    // newest first: the 10, and 20 of lea's. The exchange pays out all that it has.
    let expected = [
        ("lea", "mia", 40),
        ("mia", "noah", 40),
        ("noah", "exchange", 20),
        ("noah", "mia", 20),
        ("exchange", "ida", 20),
    ];
    assert_eq!(flows, expected);
    assert_eq!(report.flows[0].first, Some(3));
    assert_eq!(report.flows[0].examples, ["c"]);
    let end = |name: &str| report.ends.iter().find(|end| end.address == name).unwrap();
    let (ida, mia) = (end("ida"), end("mia"));
    assert_eq!((ida.kind, ida.amount, ida.steps, ida.direct), (EndKind::Unspent, 20, 4, 0));
    assert_eq!((mia.amount, mia.steps, mia.last), (20, 3, Some(8)), "what came in one step has left");
    request.dust = 30;
    let report = trace(&ledger, &request).unwrap();
    assert!(report.conservation.holds() && report.notes.iter().any(|note| note.code == "dust_not_followed"));
    assert_eq!(report.conservation.dust, 40);
    let ends: Vec<(&str, EndKind, u128)> =
        report.ends.iter().map(|end| (end.address.as_str(), end.kind, end.amount)).collect();
    assert_eq!(ends, [("exchange", EndKind::Dust, 20), ("mia", EndKind::Dust, 20)]);
}

#[test]
fn going_back_from_a_balance() {
    let ledger = ledger();
    let asset = ledger.asset("value").unwrap();
    let seeds = [SeedRequest::Balance { address: "noah".to_owned() }];
    let mut request = Request::new(asset, Strategy::Fifo, &seeds);
    request.direction = Direction::Backward;
    let report = trace(&ledger, &request).unwrap();
    // Noah keeps the last 50 of what mia sent him: the friend's, all of it.
    let ends: Vec<(&str, EndKind, u128)> =
        report.ends.iter().map(|end| (end.address.as_str(), end.kind, end.amount)).collect();
    assert_eq!(ends, [("friend", EndKind::Unseen, 50)]);
    assert_eq!(report.conservation.seed, 50);
}

/// A list with one asset, traced from an address.
fn traced(list: &str, strategy: Strategy, seeds: &[SeedRequest], dust: u128) -> TraceReport {
    let mut builder = Builder::new();
    edge_list::read(&mut builder, "list", list.as_bytes(), &Options::default()).unwrap();
    let ledger = builder.finish();
    let mut request = Request::new(ledger.asset("value").unwrap(), strategy, seeds);
    request.dust = dust;
    trace(&ledger, &request).unwrap()
}

#[test]
fn a_transfer_to_oneself_changes_no_answer() {
    let head = "time,from,to,value,tx\n1,X,A,10,a\n2,S,A,5,b\n";
    let (with, without) = (format!("{head}3,A,A,15,c\n4,A,B,5,d\n"), format!("{head}4,A,B,5,d\n"));
    let seeds = [SeedRequest::address("S")];
    for strategy in Strategy::ALL {
        let (with, without) = (traced(&with, strategy, &seeds, 0), traced(&without, strategy, &seeds, 0));
        assert_eq!((&with.ends, &with.seeds), (&without.ends, &without.seeds), "{strategy}");
    }
    let alone = traced("time,from,to,value,tx\n1,A,A,5,a\n", Strategy::Fifo, &[SeedRequest::address("A")], 0);
    assert_eq!((alone.seeds[0].amount, alone.ends.len()), (0, 0));
    assert!(alone.notes.iter().any(|note| note.code == "seed_without_value"), "{alone:?}");
}

#[test]
fn dust_that_comes_to_poison_is_told_once() {
    let list = "time,from,to,value,tx\n1,S,A,100,a\n2,S,A,1,b\n";
    let report = traced(list, Strategy::Poison, &[SeedRequest::address("S")], 10);
    assert_eq!((report.conservation.unspent, report.conservation.dust), (101, 0), "{report:?}");
}

#[test]
fn windows_and_opening_balances_are_told_for_people() {
    let told =
        |times| SeedRequest::Address { address: "A".to_owned(), window: Window::Times(times) }.written();
    assert_eq!(told(1_704_412_800..=i64::MAX), "A from 2024-01-05 on");
    assert_eq!(told(i64::MIN..=1_704_499_199), "A until 2024-01-05");
    assert_eq!(told(1_704_412_800..=1_704_499_199), "A on 2024-01-05");
    assert_eq!(told(1_704_412_800..=1_704_499_200), "A from 2024-01-05 to 2024-01-06T00:00:00Z");
    let list = "time,from,to,value,tx\n1,S,A,5,a\n2,X,B,7,b\n";
    let report = traced(list, Strategy::Fifo, &[SeedRequest::address("S")], 0);
    let note = report.notes.iter().find(|note| note.code == "opening_balance_unknown").unwrap();
    assert!(
        note.text.contains("2 accounts spent 12 value") && note.text.contains("1 of 2, and 5 value"),
        "{note:?}"
    );
}
