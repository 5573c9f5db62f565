//! Which columns does a table have? Their names, and the words for the kinds of interest.

use interdict_lists::delimited::Record;

use crate::interest::InterestKind;

/// A column that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
#[expect(missing_docs, reason = "the table of names below says what each is")]
pub enum Column {
    Owner,
    Asset,
    Percent,
    Kind,
    OwnerName,
    AssetName,
    OwnerSchema,
    AssetSchema,
    OwnerCountry,
    AssetCountry,
    OwnerBirthDate,
    OwnerIdentifier,
    AssetIdentifier,
    Start,
    End,
    Joint,
    SourceUrl,
    Words,
}

/// How many columns there are.
pub(super) const COLUMNS: usize = 18;

/// The names of each column, the one to write first.
const NAMES: [(Column, &[&str]); COLUMNS] = [
    (Column::Owner, &["owner", "holder", "owner_id"]),
    (Column::Asset, &["asset", "entity", "owned", "asset_id"]),
    (Column::Percent, &["percent", "share", "percentage"]),
    (Column::Kind, &["kind"]),
    (Column::OwnerName, &["owner_name", "holder_name"]),
    (Column::AssetName, &["asset_name", "entity_name"]),
    (Column::OwnerSchema, &["owner_schema"]),
    (Column::AssetSchema, &["asset_schema"]),
    (Column::OwnerCountry, &["owner_country"]),
    (Column::AssetCountry, &["asset_country"]),
    (Column::OwnerBirthDate, &["owner_birth_date"]),
    (Column::OwnerIdentifier, &["owner_identifier"]),
    (Column::AssetIdentifier, &["asset_identifier"]),
    (Column::Start, &["start", "start_date"]),
    (Column::End, &["end", "end_date"]),
    (Column::Joint, &["joint"]),
    (Column::SourceUrl, &["source_url"]),
    (Column::Words, &["words"]),
];

/// Plain words for kinds, besides their own names. Who holds and who is held the columns say, whichever of the two a word speaks of.
const KINDS: &[(&str, InterestKind)] = &[
    ("ownership", InterestKind::Shares),
    ("owner", InterestKind::Shares),
    ("share", InterestKind::Shares),
    ("shareholding", InterestKind::Shares),
    ("shareholder", InterestKind::Shares),
    ("shareholdings", InterestKind::Shares),
    ("stockholder", InterestKind::Shares),
    ("stock", InterestKind::Shares),
    ("stocks", InterestKind::Shares),
    ("owns", InterestKind::Shares),
    ("owned_by", InterestKind::Shares),
    ("legal_owner", InterestKind::Shares),
    ("legal_ownership", InterestKind::Shares),
    ("equity", InterestKind::Shares),
    ("direct", InterestKind::Shares),
    ("direct_ownership", InterestKind::Shares),
    ("direct_shares", InterestKind::Shares),
    ("indirect", InterestKind::IndirectShares),
    ("indirect_owner", InterestKind::IndirectShares),
    ("indirect_ownership", InterestKind::IndirectShares),
    ("beneficial_owner", InterestKind::IndirectShares),
    ("beneficial_ownership", InterestKind::IndirectShares),
    ("ultimate_beneficial_owner", InterestKind::IndirectShares),
    ("ultimate_owner", InterestKind::IndirectShares),
    ("ubo", InterestKind::IndirectShares),
    ("voting", InterestKind::VotingRights),
    ("votes", InterestKind::VotingRights),
    ("vote", InterestKind::VotingRights),
    ("voting_right", InterestKind::VotingRights),
    ("voting_shares", InterestKind::VotingRights),
    ("board", InterestKind::AppointsBoard),
    ("appointment_of_board", InterestKind::AppointsBoard),
    ("appoints_the_board", InterestKind::AppointsBoard),
    ("appoints_directors", InterestKind::AppointsBoard),
    ("control", InterestKind::Controls),
    ("controlled", InterestKind::Controls),
    ("controlled_by", InterestKind::Controls),
    ("controller", InterestKind::Controls),
    ("controlling", InterestKind::Controls),
    ("subsidiary", InterestKind::OwnsOrControls),
    ("subsidiary_of", InterestKind::OwnsOrControls),
    ("parent", InterestKind::OwnsOrControls),
    ("parent_of", InterestKind::OwnsOrControls),
    ("parent_company", InterestKind::OwnsOrControls),
    ("owned_or_controlled_by", InterestKind::OwnsOrControls),
    ("ownership_or_control", InterestKind::OwnsOrControls),
    ("command", InterestKind::Commands),
    ("profit", InterestKind::EconomicRights),
    ("trustee", InterestKind::ArrangementRole),
    ("settlor", InterestKind::ArrangementRole),
    ("nominee", InterestKind::ArrangementRole),
    ("director", InterestKind::Directorship),
    ("officer", InterestKind::Directorship),
    ("member", InterestKind::Membership),
    ("agent", InterestKind::Representation),
    ("representative", InterestKind::Representation),
];

/// Small letters, with low lines for blanks and hyphens.
fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// The kind that a text names.
pub(super) fn kind(text: &str) -> Option<InterestKind> {
    let text = plain(text);
    InterestKind::of_name(&text)
        .or_else(|| KINDS.iter().find(|(word, _)| *word == text).map(|&(_, kind)| kind))
}

/// The names of all kinds, for whoever wrote one that is none.
pub(super) fn known_kinds() -> String {
    InterestKind::ALL.map(InterestKind::name).join(", ")
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// In the order of the file.
    pub columns: Vec<Column>,
    /// Whether there is a column of dates, words, joint holding or sources.
    pub has_terms: bool,
}

impl Header {
    /// The columns that a header names, or what is wrong with it.
    pub fn new(record: &Record) -> Result<Self, String> {
        let mut columns: Vec<Column> = Vec::new();
        for name in record.iter() {
            let known = NAMES.iter().find(|(_, names)| names.contains(&plain(name).as_str()));
            let Some(&(column, names)) = known else {
                let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
                let name: String = name.chars().take(60).collect();
                return Err(format!("the column {name:?} is not known; known are: {}", all.join(", ")));
            };
            if columns.contains(&column) {
                return Err(format!("there are two columns for {} ({})", names[0], names.join(", ")));
            }
            columns.push(column);
        }
        for (column, names) in NAMES.iter().take(2) {
            if !columns.contains(column) {
                return Err(format!(
                    "there is no column {} (a table needs owner and asset)",
                    names.join(" or ")
                ));
            }
        }
        let of_terms = [Column::Start, Column::End, Column::Joint, Column::SourceUrl, Column::Words];
        let has_terms = columns.iter().any(|column| of_terms.contains(column));
        Ok(Self { columns, has_terms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_its_place() {
        for (at, (column, _)) in NAMES.iter().enumerate() {
            assert_eq!(*column as usize, at);
        }
    }

    #[test]
    fn kinds_by_name_and_by_plain_words() {
        for (text, expected) in [
            ("shares", Some(InterestKind::Shares)),
            (" Voting Rights ", Some(InterestKind::VotingRights)),
            ("appoints-board", Some(InterestKind::AppointsBoard)),
            ("Director", Some(InterestKind::Directorship)),
            ("Beneficial Owner", Some(InterestKind::IndirectShares)),
            ("controlled by", Some(InterestKind::Controls)),
            ("subsidiary of", Some(InterestKind::OwnsOrControls)),
            ("stockholder", Some(InterestKind::Shares)),
            ("golf", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
