//! soon
use interdict_core::{issue::Parsed, list::ListId};
use crate::source::{ListContent, ReadError, SourceFile};
/// x
#[derive(Debug)]
pub struct Mapping {}
/// x
pub fn is_csv(_f: &SourceFile<'_>) -> bool { false }
/// x
pub fn read(_l: &ListId, _f: &SourceFile<'_>, _m: Option<&Mapping>) -> Result<Parsed<ListContent>, ReadError> { Err(ReadError::NoFile) }
