//! What does a statement say of itself? Of which record it is, of when, and whether it ends the record or replaces others.

use std::borrow::Cow;

use interdict_core::date::PartialDate;

use super::clip;
use super::index::RecordKind;
use crate::sources::raw::{Fields, Raw};

/// What a statement says of itself.
pub(super) struct Given<'a> {
    pub kind: RecordKind,
    pub id: Cow<'a, str>,
    pub date: Option<PartialDate>,
    pub when: (u32, u32),
    pub bad_date: Option<String>,
    pub is_closed: bool,
    pub replaces: Vec<Cow<'a, str>>,
}

impl<'a> Given<'a> {
    pub fn new(fields: &Fields<'a>) -> Result<Self, (&'static str, String)> {
        let text = |name: &str| fields.get(name).and_then(Raw::text);
        let said = text("recordType").or_else(|| text("statementType"));
        let said = said.ok_or(("no_type", "a statement says no recordType or statementType".to_owned()))?;
        let kind = RecordKind::of(&said);
        let kind = kind.ok_or_else(|| {
            ("unknown_type", format!("statements of the type {:?} are not known", clip(&said)))
        })?;
        let id = text("recordId").or_else(|| text("statementID")).or_else(|| text("statementId"));
        let id = id.ok_or(("no_id", "a statement has neither recordId nor statementID".to_owned()))?;
        let id = match id {
            Cow::Borrowed(id) => Cow::Borrowed(id.trim()),
            Cow::Owned(id) => Cow::Owned(id.trim().to_owned()),
        };
        let (date, time, bad_date) = match text("statementDate") {
            None => (None, 0, None),
            Some(text) => match text.trim().parse::<PartialDate>() {
                Ok(date) => (Some(date), time_of_day(&text), None),
                Err(error) => {
                    (None, 0, Some(format!("statementDate: {error}; the place in the file counts")))
                }
            },
        };
        let when = (date.map_or(0, |date| date.bounds().0), time);
        let is_closed = text("recordStatus").is_some_and(|status| status == "closed");
        let replaces = fields.get("replacesStatements").and_then(Raw::array).unwrap_or_default();
        let replaces = replaces.into_iter().filter_map(Raw::text).collect();
        Ok(Self { kind, id, date, when, bad_date, is_closed, replaces })
    }
}

/// The digits of `hh:mm:ss` behind a date, as a number; 0 for none.
fn time_of_day(text: &str) -> u32 {
    let time = text.split_once(['T', ' ']).map_or("", |(_, time)| time);
    let digits: String = time.chars().take(8).filter(char::is_ascii_digit).collect();
    format!("{digits:0<6}").parse().unwrap_or(0)
}
