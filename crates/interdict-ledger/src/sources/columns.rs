//! Which column of a table is what? Names are compared without case, blanks and underscores.

/// A name as it is compared.
pub(super) fn folded(name: &str) -> String {
    name.trim()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// The place of the first of these names that is there.
pub(super) fn find(header: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| header.iter().position(|column| column == name))
}
