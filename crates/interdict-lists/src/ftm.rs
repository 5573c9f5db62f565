//! soon
use interdict_core::{issue::Parsed, list::ListId};
use crate::source::{ListContent, ReadError, SourceFile};
/// x
pub fn is_ftm(_f: &SourceFile<'_>) -> bool { false }
/// x
pub fn read(_l: &ListId, _f: &SourceFile<'_>) -> Result<Parsed<ListContent>, ReadError> { Err(ReadError::NoFile) }
