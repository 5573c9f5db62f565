//! Which columns has an edge list, and what is its value counted in?

use super::super::columns::{find, folded};
use super::super::shown;

/// Names of columns, as they are compared: the first that is there is taken.
const FROM: &[&str] = &["from", "fromaddress", "sender", "source", "src", "payer"];
const TO: &[&str] = &["to", "toaddress", "receiver", "recipient", "target", "destination", "dst", "payee"];
const TIME: &[&str] = &[
    "timestamp",
    "blocktimestamp",
    "blocktime",
    "evtblocktime",
    "time",
    "datetime",
    "unixtimestamp",
    "date",
];
const BLOCK: &[&str] = &["block", "blocknumber", "blockno", "blockheight", "height"];
const HASH: &[&str] =
    &["txhash", "hash", "transactionhash", "evttxhash", "txid", "tx", "transaction", "transactionid"];
const ASSET: &[&str] = &["asset", "tokenaddress", "contractaddress", "token", "symbol", "currency", "coin"];
const FROM_LABEL: &[&str] = &["fromlabel", "fromname", "senderlabel", "sourcelabel", "fromtag"];
const TO_LABEL: &[&str] = &["tolabel", "toname", "receiverlabel", "recipientlabel", "targetlabel", "totag"];
const VALUE: &[&str] = &["value", "amount", "weight", "total", "sum"];
/// Before the name of what is counted: `value_in_usd`, `total_eth`.
const VALUE_OF: &[&str] = &["valuein", "amountin", "value", "amount", "total"];

/// The places of the columns.
#[derive(Debug)]
pub(super) struct Header {
    pub from: usize,
    pub to: usize,
    pub value: usize,
    /// How many columns there are.
    pub n_columns: usize,
    /// What the column of values says that it is counted in: `USD`.
    pub unit: Option<String>,
    pub time: Option<usize>,
    pub block: Option<usize>,
    pub hash: Option<usize>,
    pub asset: Option<usize>,
    pub from_label: Option<usize>,
    pub to_label: Option<usize>,
    /// Columns that nothing is read of.
    pub unused: Vec<String>,
}

impl Header {
    /// Finds the columns.
    pub fn new<'h>(names: impl Iterator<Item = &'h str>, value: Option<&str>) -> Result<Self, String> {
        let names: Vec<&str> = names.collect();
        let header: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let missing = |what: &str| {
            format!(
                "an edge list needs columns for from, to and value; none of these is {what}: {}",
                shown(names.iter().copied())
            )
        };
        let from = find(&header, FROM).ok_or_else(|| missing("from"))?;
        let to = find(&header, TO).ok_or_else(|| missing("to"))?;
        let (value, unit) = value_column(&header, value)?.ok_or_else(|| missing("value"))?;
        let mut found = Self {
            from,
            to,
            value,
            n_columns: names.len(),
            unit,
            time: find(&header, TIME),
            block: find(&header, BLOCK),
            hash: find(&header, HASH),
            asset: find(&header, ASSET),
            from_label: find(&header, FROM_LABEL),
            to_label: find(&header, TO_LABEL),
            unused: Vec::new(),
        };
        let known = [found.time, found.block, found.hash, found.asset, found.from_label, found.to_label];
        let is_used = |at: usize| [from, to, value].contains(&at) || known.contains(&Some(at));
        let unused = names.iter().enumerate().filter(|(at, _)| !is_used(*at));
        found.unused = unused.map(|(_, name)| (*name).to_owned()).collect();
        Ok(found)
    }
}

type Value = (usize, Option<String>);

/// The column of values: the one that is asked for, or the only one.
fn value_column(header: &[String], asked: Option<&str>) -> Result<Option<Value>, String> {
    if let Some(asked) = asked {
        let at = header.iter().position(|column| *column == folded(asked));
        let at = at.ok_or_else(|| format!("there is no column {asked}"))?;
        return Ok(Some((at, header.get(at).and_then(|name| unit(name)))));
    }
    let is_value = |name: &String| VALUE.contains(&name.as_str()) || unit(name).is_some();
    let all: Vec<usize> = (0..header.len()).filter(|&at| header.get(at).is_some_and(is_value)).collect();
    match all.as_slice() {
        [] => Ok(None),
        [at] => Ok(Some((*at, header.get(*at).and_then(|name| unit(name))))),
        several => {
            let names: Vec<&str> =
                several.iter().filter_map(|&at| header.get(at).map(String::as_str)).collect();
            Err(format!("several columns may be the value ({}); say which", names.join(", ")))
        }
    }
}

/// What a column of values is counted in, by its name.
fn unit(name: &str) -> Option<String> {
    let unit = VALUE_OF.iter().find_map(|start| name.strip_prefix(start))?;
    let is_name = (2..=6).contains(&unit.len()) && unit.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name.then(|| unit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Result<Header, String> {
        Header::new(names.split(','), None)
    }

    #[test]
    fn names_in_any_case_and_order() {
        let found = header("Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD").unwrap();
        assert_eq!((found.from, found.to, found.value, found.unit.as_deref()), (3, 5, 7, Some("USD")));
        assert_eq!((found.time, found.block, found.hash), (Some(0), Some(1), Some(2)));
        assert_eq!((found.from_label, found.to_label, found.asset), (Some(4), Some(6), None));
        let found = header("block_time,from,to,total_eth,color").unwrap();
        assert_eq!(
            (found.value, found.unit.as_deref(), found.unused),
            (3, Some("ETH"), vec!["color".to_owned()])
        );
        assert_eq!(header("VALUE,to,from").unwrap().unit, None);
    }

    #[test]
    fn what_is_missing_or_double_is_said() {
        assert!(header("from,amount").unwrap_err().contains("is to"));
        assert!(header("from,to,value,value_in_usd").unwrap_err().contains("several"));
        let asked = Header::new("from,to,value,value_in_usd".split(','), Some("Value_in_USD")).unwrap();
        assert_eq!((asked.value, asked.unused), (3, vec!["value".to_owned()]));
    }
}
