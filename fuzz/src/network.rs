//! Which invariants must every source of a network keep, whatever the bytes? One function for each fuzz target.

use interdict_core::issue::Severity;
use interdict_core::limits;
use interdict_core::list::ListId;
use interdict_lists::{Format, SourceFile, read as read_list};
use interdict_network::interest::Source;
use interdict_network::network::{Builder, Network};
use interdict_network::sources::{Account, Origin, SourceError, SourceKind, bods, ftm, table};

/// The name of a fuzz target, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// The fuzz targets of this file by name: the corpus of each is in the folder of that name.
pub const TARGETS: &[Target] = &[("network_bods", bods), ("network_ftm", ftm), ("network_table", table)];

/// Statements of the Beneficial Ownership Data Standard.
pub fn bods(data: &[u8]) {
    assert_eq!(SourceKind::detect(data), SourceKind::detect(data), "two looks at one file differ");
    check(|builder, origin| bods::read(builder, origin, data));
}

/// FollowTheMoney as JSON lines.
pub fn ftm(data: &[u8]) {
    let list: ListId = "test".parse().expect("a list id");
    let file = SourceFile { name: "file", bytes: data };
    let Ok(content) = read_list(Format::FtmJsonLines, &list, &[file], None) else { return };
    check(|builder, origin| ftm::read(builder, origin, content.value.entities.clone()));
}

/// A table of holdings.
pub fn table(data: &[u8]) {
    check(|builder, origin| table::read(builder, origin, data));
}

type Outcome = Result<(Network, Account), SourceError>;

/// Reads twice and checks everything that holds for every source.
fn check(read: impl Fn(&mut Builder, Origin<'_>) -> Result<Account, SourceError>) {
    let once = || -> Outcome {
        let mut builder = Builder::new();
        let source = Source { name: "file".to_owned(), edition: "1".to_owned(), published: None };
        let source = builder.source(source)?;
        let account = read(&mut builder, Origin { source, file: "file" })?;
        Ok((builder.finish(), account))
    };
    match (once(), once()) {
        (Ok((network, account)), Ok((again, same))) => {
            assert_eq!(account, same, "two readings of one file differ");
            assert_eq!(network.interests(), again.interests(), "two readings of one file differ");
            check_account(&network, &account);
        }
        (Err(error), Err(same)) => {
            assert_eq!(error, same, "two readings of one file differ");
            let text = error.to_string();
            assert!(!text.is_empty() && text.len() < 4_096, "no error for people: {} bytes", text.len());
        }
        _ => panic!("two readings of one file differ"),
    }
}

fn check_account(network: &Network, Account { reconciliation, issues }: &Account) {
    assert!(reconciliation.is_closed(), "not closed: {reconciliation:?}");
    let lost: u64 = reconciliation.records.iter().map(|row| row.lost).sum();
    assert_eq!(issues.count(Severity::RecordLost), lost, "lost records and their issues: {reconciliation:?}");
    let interests = network.interests().len() as u64;
    assert_eq!(reconciliation.entities, reconciliation.parties + interests, "interests are counted wrong");
    assert_eq!(issues.kept().len() as u64, issues.len().min(limits::ISSUES_KEPT_MAX as u64));
    for issue in issues.kept() {
        assert_eq!(issue.file.as_deref(), Some("file"), "an issue names no file: {issue:?}");
        assert!(!issue.kind.is_empty() && !issue.reason.is_empty(), "an issue says nothing: {issue:?}");
        assert!(issue.reason.len() < 4_096, "an issue that nobody can read: {} bytes", issue.reason.len());
    }
    for interest in network.interests() {
        let terms = network.terms(interest);
        let (min, max) = (terms.share.min(), terms.share.max());
        assert!(min.share <= max.share, "a share ends before it begins");
        assert!(!network.record(interest).to_string().is_empty(), "an interest names no record");
    }
}
