//! Does a ledger come back from its file as it was, and is a file that is damaged or something else refused?

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use interdict_ledger::accounts::{AccountLedger, Builder, Event, Request, SeedRequest, file, trace};
use interdict_ledger::sources::edge_list::{self, Options};
use interdict_ledger::strategy::Strategy;

const LIST: &str = "timestamp,from,to,amount,tx,from_label,token\n\
    1,mia,0x098b716b8aaf21512996dc57eb0615e2383e2f96,5.25,t1,Mia,AAA\n\
    2,0x098b716b8aaf21512996dc57eb0615e2383e2f96,noah,3,t1,,AAA\n\
    2,0x0000000000000000000000000000000000000000,noah,340282366920938463463,,,BBB\n";

fn ledger() -> AccountLedger {
    let mut builder = Builder::new();
    let options = Options { decimals: Some(1), ..Options::default() };
    edge_list::read(&mut builder, "list", LIST.as_bytes(), &options).unwrap();
    builder.note("of_mine", "from a test".to_owned());
    builder.finish()
}

fn written(ledger: &AccountLedger) -> Vec<u8> {
    let mut bytes = Vec::new();
    file::write(ledger, &mut bytes).unwrap();
    bytes
}

#[test]
fn a_ledger_comes_back() {
    let before = ledger();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    std::fs::write(&path, written(&before)).unwrap();
    let after = file::open(&path).unwrap();
    assert_eq!(after.events().collect::<Vec<Event>>(), before.events().collect::<Vec<Event>>());
    assert_eq!(after.assets().collect::<Vec<_>>(), before.assets().collect::<Vec<_>>());
    let mia = after.account("mia").unwrap();
    assert_eq!((after.label(mia), Some(mia)), (Some("Mia"), before.account("mia")));
    assert_eq!(after.transactions("t1").len(), 2, "one hash, two times");
    let codes: Vec<&str> = after.notes().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["values_rounded", "note_of_the_ledger"]);
    let seeds = [SeedRequest::address("mia")];
    let request = Request::new(after.asset("AAA").unwrap(), Strategy::Fifo, &seeds);
    let (one, other) = (trace(&before, &request).unwrap(), trace(&after, &request).unwrap());
    assert_eq!(one.ends, other.ends);
    assert_eq!(written(&after).len(), written(&before).len() - "of_mine".len() + "note_of_the_ledger".len());
}

#[test]
fn every_changed_byte_and_every_cut_is_found() {
    let bytes = written(&ledger());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(file::read(&changed).is_err(), "byte {at}");
        assert!(file::read(&bytes[..at]).is_err(), "cut at {at}");
    }
    assert!(file::read(b"something else").is_err());
}
