//! How does a table of transfers become a ledger of accounts? Every row is an event or an issue; what order they are in is told, or said by the rows.

mod order;
mod values;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use self::order::{Place, in_order};
use self::values::Line;
use super::table::{Cell, ParquetError, Rows, Wanted, files_of, said_in};
use crate::accounts::address::{asset_key, is_zero, written};
use crate::accounts::file::code_named;
use crate::accounts::{AccountId, AddressKey, AssetId, Builder, EventKind, Order, Row, TransactionId};
use crate::sources::{SourceAccount, Tally};

/// Names of an asset in what a file says of itself: its decimals, a blank and its name; all in their order.
pub(super) const SAID_ASSET: &str = "interdict.asset";
/// A note of the ledger: its code, a blank and its text.
pub(super) const SAID_NOTE: &str = "interdict.note";
/// What values are of where neither rows nor caller say it.
const NATIVE: &str = "native";

const fn required(name: &'static str) -> Wanted {
    Wanted { name, is_required: true }
}

const fn optional(name: &'static str) -> Wanted {
    Wanted { name, is_required: false }
}

const COLUMNS: [Wanted; 14] = [
    optional("sequence"),
    optional("block"),
    optional("time"),
    optional("tx_hash"),
    optional("tx_index"),
    optional("position"),
    required("from"),
    required("to"),
    optional("asset"),
    optional("decimals"),
    required("value"),
    optional("kind"),
    optional("from_label"),
    optional("to_label"),
];

/// Kinds of event by their names; the first name of each is written.
const KINDS: [(&str, EventKind); 9] = [
    ("transfer", EventKind::Transfer),
    ("token_transfer", EventKind::TokenTransfer),
    ("internal", EventKind::Internal),
    ("fee", EventKind::Fee),
    ("issue", EventKind::Mint),
    ("mint", EventKind::Mint),
    ("burn", EventKind::Burn),
    ("reward", EventKind::Reward),
    ("withdrawal", EventKind::Withdrawal),
];

pub(super) fn name_of_kind(kind: EventKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("transfer", |(name, _)| *name)
}

/// What rows do not say themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TransferOptions {
    /// Of what values are, where a row names no asset.
    pub asset: Option<String>,
    /// The decimals of assets where no row says them.
    pub decimals: Option<u8>,
}

/// The files of the table `transfers` in a folder, in the order of their names.
///
/// # Errors
/// When the folder cannot be read, or has no such file.
pub fn transfer_files(folder: &Path) -> Result<Vec<PathBuf>, ParquetError> {
    files_of(folder, "transfers")
}

/// Takes the files of one table of transfers into a ledger. All that shall be in one order have to be read at once.
///
/// # Errors
/// When a file cannot be read, is damaged, lacks a column, has a column of a type that is not taken or more rows than the bound, or the
/// ledger is full.
pub fn import_accounts(
    builder: &mut Builder,
    files: &[PathBuf],
    options: &TransferOptions,
) -> Result<SourceAccount, ParquetError> {
    let mut account = SourceAccount::default();
    let mut reading = Reading { builder, options, assets: Assets::default(), transfers: Vec::new() };
    for path in files {
        reading.file(path, &mut account)?;
    }
    let builder = reading.finish(&mut account)?;
    account.tell(builder);
    Ok(account)
}

/// One transfer, not yet in its place.
#[derive(Debug)]
struct Transfer {
    place: Place,
    from: Option<AccountId>,
    to: Option<AccountId>,
    /// Its number among [`Assets`].
    asset: usize,
    value: u128,
    kind: EventKind,
    transaction: TransactionId,
}

/// Assets by name with their decimals, as far as they are told.
#[derive(Debug, Default)]
struct Assets {
    of_name: HashMap<Vec<u8>, usize>,
    all: Vec<(String, Option<u8>)>,
}

impl Assets {
    /// The number of an asset. Nothing where it has other decimals already.
    fn number(&mut self, name: String, decimals: Option<u8>) -> (usize, Result<(), u8>) {
        let next = self.all.len();
        let number = *self.of_name.entry(asset_key(&name)).or_insert(next);
        let Some((_, known)) = self.all.get_mut(number) else {
            self.all.push((name, decimals));
            return (number, Ok(()));
        };
        let (before, told) = (*known, decimals);
        *known = before.or(told);
        match before.zip(told).filter(|(before, told)| before != told) {
            Some((before, _)) => (number, Err(before)),
            None => (number, Ok(())),
        }
    }
}

struct Reading<'b> {
    builder: &'b mut Builder,
    options: &'b TransferOptions,
    assets: Assets,
    transfers: Vec<Transfer>,
}

impl<'b> Reading<'b> {
    fn file(&mut self, path: &Path, account: &mut SourceAccount) -> Result<(), ParquetError> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut tally = Tally::new(&name, "transfer");
        self.said(&mut tally, said_in(path)?);
        let mut rows = Rows::new(vec![path.to_owned()], COLUMNS);
        while let Some(row) = rows.next() {
            let (at, cells) = row?;
            tally.read()?;
            self.row(&mut Line { tally: &mut tally, row: at.row }, cells)?;
        }
        for remark in rows.remarks {
            tally.note(None, "unknown_column", remark.text);
        }
        tally.finish(account);
        Ok(())
    }

    /// Takes what a file that was exported says of itself.
    fn said(&mut self, tally: &mut Tally, said: Vec<(String, String)>) {
        for (key, value) in said.into_iter().filter(|(key, _)| key.starts_with("interdict.")) {
            let parts = value.split_once(' ');
            let decimals = parts.and_then(|(decimals, _)| decimals.parse().ok());
            match (key.as_str(), parts, decimals) {
                (SAID_ASSET, Some((_, name)), Some(decimals)) => {
                    if let (_, Err(before)) = self.assets.number(name.to_owned(), Some(decimals)) {
                        let reason = format!("an asset had {before} decimals before, which stay");
                        tally.note(None, "other_decimals", reason);
                    }
                }
                (SAID_NOTE, Some((code, text)), _) => self.builder.note(code_named(code), text.to_owned()),
                _ => tally.note(None, "bad_note", format!("the file says a {key} that cannot be read")),
            }
        }
    }

    fn row(&mut self, line: &mut Line<'_>, cells: [Cell; 14]) -> Result<(), ParquetError> {
        let [
            sequence,
            block,
            time,
            hash,
            tx_index,
            position,
            from,
            to,
            asset,
            decimals,
            value,
            kind,
            from_label,
            to_label,
        ] = cells;
        let Some(value) = line.value(&value) else { return Ok(()) };
        let Ok(from) = line.party(&from, "from") else { return Ok(()) };
        let Ok(to) = line.party(&to, "to") else { return Ok(()) };
        let Some(kind) = line.kind(&kind, from.as_ref(), to.as_ref()) else { return Ok(()) };
        let place = Place {
            sequence: line.number(&sequence, "sequence"),
            block: line.number(&block, "block"),
            time: line.time(&time),
            tx_index: line.number(&tx_index, "tx_index"),
            position: line.number(&position, "position"),
        };
        // Nobody sends from the zero address: it stands for what comes into being.
        let is_issue = matches!(kind, EventKind::Mint | EventKind::Reward | EventKind::Withdrawal);
        let from = from.filter(|from| !(is_issue && is_zero(from)));
        let from = self.account(line, from, &from_label, "from_label")?;
        let to = self.account(line, to, &to_label, "to_label")?;
        let asset = self.asset(line, &asset, &decimals);
        let hash = line.hash(&hash);
        let transaction = self.builder.transaction(hash.as_deref(), place.block.unwrap_or(0), place.time)?;
        self.transfers.push(Transfer { place, from, to, asset, value, kind, transaction });
        Ok(())
    }

    /// The account of a key with its label.
    fn account(
        &mut self,
        line: &mut Line<'_>,
        key: Option<AddressKey>,
        label: &Cell,
        column: &str,
    ) -> Result<Option<AccountId>, ParquetError> {
        let label = line.text(label, column);
        let Some(key) = key else {
            if label.is_some() {
                line.value_lost("label_of_nobody", format!("`{column}` names nobody"));
            }
            return Ok(None);
        };
        let account = self.builder.account(&key)?;
        if label.is_some_and(|label| !self.builder.label(account, &label)) {
            line.note("other_label", "the account had another label before, which stays");
        }
        Ok(Some(account))
    }

    fn asset(&mut self, line: &mut Line<'_>, asset: &Cell, decimals: &Cell) -> usize {
        let told = self.options.asset.as_deref().unwrap_or(NATIVE);
        let name = line.text(asset, "asset").unwrap_or_else(|| told.to_owned());
        // Contracts have one spelling, so that one token is one asset; an export says those that it has.
        let is_new =
            |name: &&String| name.starts_with("0x") && !self.assets.of_name.contains_key(&asset_key(name));
        let spelled = Some(&name).filter(is_new).map(|name| AddressKey::of(name));
        let name = spelled.and_then(Result::ok).map_or(name, |key| written(key.as_bytes()));
        let (number, known) = self.assets.number(name, line.number(decimals, "decimals"));
        if let Err(before) = known {
            line.value_lost("other_decimals", format!("the asset had {before} decimals before, which stay"));
        }
        number
    }

    fn finish(self, account: &mut SourceAccount) -> Result<&'b mut Builder, ParquetError> {
        let (builder, decimals) = (self.builder, self.options.decimals.unwrap_or(0));
        let assets: Vec<AssetId> = self
            .assets
            .all
            .iter()
            .map(|(name, told)| builder.asset(name, told.unwrap_or(decimals)))
            .collect::<Result<_, _>>()?;
        let asset_of = |transfer: &Transfer| assets.get(transfer.asset).copied();
        let ordered = in_order(self.transfers, asset_of);
        ordered.tell(builder, account);
        for (block, transfer) in (0..).zip(&ordered.transfers) {
            let Transfer { from, to, value, kind, transaction, .. } = *transfer;
            let Some(asset) = asset_of(transfer) else { continue };
            let order = Order { block, index: 0, place: 0 };
            builder.push(Row { order, from, to, asset, value, kind, transaction })?;
        }
        Ok(builder)
    }
}
