//! Which file of the set is which: by the shape of its first record, then by its name.

use crate::delimited::{Record, Records};
use crate::source::{ReadError, SourceFile};

/// What the records of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The parties.
    Party,
    /// Their addresses.
    Address,
    /// Their strong aliases and former names.
    Alias,
    /// The rest of their remarks.
    Comment,
}

impl Role {
    /// What one record of such a file is, in the reconciliation.
    pub(super) fn record(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::Address => "address",
            Self::Alias => "alias",
            Self::Comment => "comment",
        }
    }
}

/// The files of one set.
#[derive(Debug)]
pub(super) struct FileSet<'a> {
    pub(super) party: SourceFile<'a>,
    pub(super) address: Option<SourceFile<'a>>,
    pub(super) alias: Option<SourceFile<'a>>,
    pub(super) comment: Option<SourceFile<'a>>,
}

impl<'a> FileSet<'a> {
    /// The files by their roles.
    ///
    /// # Errors
    /// When a file has no role, two have the same, or there is no primary file.
    pub(super) fn of(files: &[SourceFile<'a>]) -> Result<Self, ReadError> {
        let (mut party, mut address, mut alias, mut comment) = (None, None, None, None);
        for file in files {
            let place = match role(file) {
                Some(Role::Party) => &mut party,
                Some(Role::Address) => &mut address,
                Some(Role::Alias) => &mut alias,
                Some(Role::Comment) => &mut comment,
                None => return Err(not_one_set(format!("{} is no file of an OFAC set", file.name))),
            };
            if let Some(SourceFile { name, .. }) = place.replace(*file) {
                let reason = format!("{name} and {} are the same part of an OFAC set; give one", file.name);
                return Err(not_one_set(reason));
            }
        }
        let party = match (party, files.is_empty()) {
            (Some(party), _) => party,
            (None, true) => return Err(ReadError::NoFile),
            (None, false) => {
                return Err(not_one_set("the primary file (SDN.CSV, CONS_PRIM.CSV) is missing".into()));
            }
        };
        Ok(Self { party, address, alias, comment })
    }
}

fn not_one_set(reason: String) -> ReadError {
    ReadError::NotOneSet { reason }
}

/// The role of a file; `None` when neither its first record nor its name says it.
pub(super) fn role(file: &SourceFile<'_>) -> Option<Role> {
    let first = Records::new(file.bytes, b',').next().and_then(Result::ok);
    let by_shape = first.as_ref().and_then(role_by_shape);
    if by_shape == Some(Role::Party) {
        return by_shape;
    }
    role_by_name(file.name).or(by_shape)
}

/// Whether the first field of the first record is a number of the source.
pub(super) fn begins_with_number(file: &SourceFile<'_>) -> bool {
    let first = Records::new(file.bytes, b',').next().and_then(Result::ok);
    first.is_some_and(|record| record.get(0).is_some_and(is_number))
}

fn role_by_name(name: &str) -> Option<Role> {
    let name = name.to_ascii_lowercase();
    let stem = name.strip_suffix(".csv")?;
    if stem.contains("comments") {
        Some(Role::Comment)
    } else if stem.starts_with("sdn") || stem.starts_with("cons_prim") {
        Some(Role::Party)
    } else if stem.contains("add") {
        Some(Role::Address)
    } else if stem.contains("alt") {
        Some(Role::Alias)
    } else {
        None
    }
}

fn role_by_shape(first: &Record) -> Option<Role> {
    let is_number = |idx: usize| first.get(idx).is_some_and(is_number);
    match first.len() {
        12 if is_number(0) => Some(Role::Party),
        6 if is_number(0) && is_number(1) => Some(Role::Address),
        5 if is_number(0) && is_number(1) => Some(Role::Alias),
        _ => None,
    }
}

/// Whether a field is a number of the source: digits and nothing else, blanks around them aside.
pub(super) fn is_number(field: &str) -> bool {
    let field = field.trim();
    (1..=12).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_by_name_and_by_shape() {
        let party: &[u8] = b"36,\"A\",-0- ,\"CUBA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
        let cases: [(&str, &[u8], Option<Role>); 11] = [
            ("SDN.CSV", b"", Some(Role::Party)),
            ("sdn_2021-08-18.csv", b"", Some(Role::Party)),
            ("cons_prim.csv", b"", Some(Role::Party)),
            ("2024 list.txt", party, Some(Role::Party)),
            ("Add.csv", b"", Some(Role::Address)),
            ("CONS_ALT.CSV", b"", Some(Role::Alias)),
            ("SDN_COMMENTS.CSV", b"", Some(Role::Comment)),
            ("x", b"36,25,-0- ,\"Havana\",\"Cuba\",-0- ", Some(Role::Address)),
            ("x", b"36,12,\"aka\",\"AERO-CARIBBEAN\",-0- ", Some(Role::Alias)),
            ("x.csv", b"id,name\n1,2\n", None),
            ("SDN.XML", b"<sdnList/>", None),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(role(&SourceFile { name, bytes }), expected, "{name}");
        }
    }
}
