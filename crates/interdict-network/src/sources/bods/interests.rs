//! What is an interest of the standard? Its codes as kinds, its share exactly, and what it is when it is held through others.

use interdict_core::date::PartialDate;

use super::{Chain, clip, date};
use crate::interest::InterestKind as Kind;
use crate::share::{Bound, Share, ShareError, ShareRange};
use crate::sources::account::{Place, Tally};
use crate::sources::raw::{Fields, Raw};

/// One interest as a relationship says it.
#[derive(Debug)]
pub(super) struct Said {
    kind: Kind,
    share: ShareRange,
    pub is_indirect: bool,
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
    /// Type, directness and details.
    pub words: String,
}

/// The code list `interestType` of version 0.4 and what earlier versions called the same; written without hyphens, in small letters.
///
/// What nobody knows or publishes is an interest all the same: ownership or control, and not said which.
const TYPES: &[(&str, Kind)] = &[
    ("shareholding", Kind::Shares),
    ("votingrights", Kind::VotingRights),
    ("appointmentofboard", Kind::AppointsBoard),
    ("otherinfluenceorcontrol", Kind::Controls),
    ("influenceorcontrol", Kind::Controls),
    ("otherinfluenceorcontroloftrust", Kind::Controls),
    ("controlviacompanyrulesorarticles", Kind::Controls),
    ("controlbylegalframework", Kind::Controls),
    ("seniormanagingofficial", Kind::Directorship),
    ("boardmember", Kind::Directorship),
    ("boardchair", Kind::Directorship),
    ("settlor", Kind::ArrangementRole),
    ("settloroftrust", Kind::ArrangementRole),
    ("trustee", Kind::ArrangementRole),
    ("trusteeoftrust", Kind::ArrangementRole),
    ("protector", Kind::ArrangementRole),
    ("protectoroftrust", Kind::ArrangementRole),
    ("beneficiaryoflegalarrangement", Kind::ArrangementRole),
    ("beneficiaryoftrust", Kind::ArrangementRole),
    ("nominee", Kind::ArrangementRole),
    ("nominator", Kind::ArrangementRole),
    ("rightstosurplusassetsondissolution", Kind::EconomicRights),
    ("rightstosurplusassets", Kind::EconomicRights),
    ("rightstoprofitorincome", Kind::EconomicRights),
    ("righttoprofitorincomefromassets", Kind::EconomicRights),
    ("rightstoprofitorincomefromassets", Kind::EconomicRights),
    ("enjoymentanduseofassets", Kind::EconomicRights),
    ("rightsgrantedbycontract", Kind::OwnsOrControls),
    ("conditionalrightsgrantedbycontract", Kind::Other),
    ("unknowninterest", Kind::OwnsOrControls),
    ("unpublishedinterest", Kind::OwnsOrControls),
];

impl Said {
    /// What an interest says; `None` when it is no object, which is said.
    pub fn new(item: Raw<'_>, tally: &mut Tally, place: Place<'_>) -> Option<Self> {
        let Some(mut fields) = item.object() else {
            tally.value_lost(place, "no_object", "an interest is no object");
            return None;
        };
        let code = fields.take_text("type");
        let level = fields.take_text("directOrIndirect").or_else(|| fields.take_text("interestLevel"));
        let details = fields.take_text("details");
        let share = fields.take("share").filter(|share| !share.is_nothing());
        let share = share.and_then(|share| match self::share(share) {
            Ok(share) => Some(share),
            Err(error) => {
                tally.value_lost(place, "bad_share", format!("share: {error}; it counts as unknown"));
                None
            }
        });
        let kind = code.as_deref().map_or(Kind::OwnsOrControls, |code| {
            Self::kind_of(code).unwrap_or_else(|| {
                let reason =
                    format!("the interest {:?} is not known; it counts as ownership or control", clip(code));
                tally.note(place, "unknown_interest", reason);
                Kind::OwnsOrControls
            })
        });
        if share.is_some() && !kind.has_share() && kind != Kind::OwnsOrControls {
            let reason = format!("a share of what is not counted ({}) is left out", kind.name());
            tally.note(place, "share_not_counted", reason);
        }
        let start = date(fields.take_text("startDate"), "startDate", tally, place);
        let end = date(fields.take_text("endDate"), "endDate", tally, place);
        let mut words = code.as_deref().unwrap_or("interest of a kind that is not said").to_owned();
        for (before, text) in
            [(", ", level.as_deref().filter(|level| *level != "direct")), (": ", details.as_deref())]
        {
            if let Some(text) = text {
                words.push_str(before);
                words.push_str(text.trim());
            }
        }
        let is_indirect = level.as_deref() == Some("indirect");
        fields.take("beneficialOwnershipOrControl");
        fields.rest().for_each(|name| tally.unused(&format!("interest.{name}")));
        Some(Self { kind, share: share.unwrap_or(ShareRange::UNKNOWN), is_indirect, start, end, words })
    }

    /// A relationship without an interest.
    pub fn nothing(kind: Kind) -> Self {
        let words = "interest of a kind that is not said".to_owned();
        Self { kind, share: ShareRange::UNKNOWN, is_indirect: false, start: None, end: None, words }
    }

    fn kind_of(code: &str) -> Option<Kind> {
        let code: String =
            code.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        TYPES.iter().find(|(known, _)| *known == code).map(|&(_, kind)| kind)
    }

    /// Whether this is a link of a chain whose share is known.
    pub fn is_direct_share(&self) -> bool {
        self.kind == Kind::Shares && !self.is_indirect && self.share != ShareRange::UNKNOWN
    }

    /// What it is in the network. Shares and votes that are held through others must not be counted a second time: where the
    /// chain is told they are told already, elsewhere they are not held directly. Control is control, by whatever chain.
    pub fn meaning(&self, chain: Chain) -> (Kind, ShareRange) {
        let kind = match (self.kind, self.is_indirect, chain) {
            (Kind::Shares | Kind::VotingRights, true, Chain::Told) => Kind::Other,
            (Kind::Shares, true, Chain::NotTold) => Kind::IndirectShares,
            (Kind::VotingRights, true, Chain::NotTold) => self.indirect_votes(),
            (kind, ..) => kind,
        };
        let share = if self.kind == Kind::VotingRights && kind != self.kind {
            ShareRange::UNKNOWN
        } else {
            self.share
        };
        (kind, share)
    }

    /// More than half of the votes is control, through whomever; what cannot be more than half is none.
    fn indirect_votes(&self) -> Kind {
        let (min, max) = (self.share.min(), self.share.max());
        if min.share > Share::HALF || (min.share == Share::HALF && min.is_open) {
            Kind::Controls
        } else if max.share > Share::HALF {
            Kind::OwnsOrControls
        } else {
            Kind::Other
        }
    }
}

/// The share of an interest. Until 0.3 `exclusiveMinimum` says whether `minimum` is open; since 0.4 it is a number of its own.
fn share(share: Raw<'_>) -> Result<ShareRange, ShareError> {
    let Some(mut fields) = share.object() else {
        return share.text().map_or(Ok(ShareRange::UNKNOWN), |text| percent(&text));
    };
    if let Some(exact) = fields.take_text("exact") {
        return percent(&exact);
    }
    let low = bound(&mut fields, ["minimum", "exclusiveMinimum"], |share| share.min())?;
    let high = bound(&mut fields, ["maximum", "exclusiveMaximum"], |share| share.max())?;
    if low.is_none() && high.is_none() {
        return Ok(ShareRange::UNKNOWN);
    }
    let low = low.unwrap_or(ShareRange::UNKNOWN.min());
    ShareRange::between(low, high.unwrap_or(ShareRange::UNKNOWN.max()))
}

fn bound(
    fields: &mut Fields<'_>,
    [closed, open]: [&str; 2],
    end: fn(ShareRange) -> Bound,
) -> Result<Option<Bound>, ShareError> {
    let (closed, open) = (fields.take(closed), fields.take(open));
    let number = |raw: Option<Raw<'_>>| match raw.and_then(Raw::text) {
        Some(text) => Ok(Some(end(percent(&text)?))),
        None => Ok(None),
    };
    let is_open = open.is_some_and(Raw::is_true);
    if let Some(open) = number(open)? {
        return Ok(Some(Bound::open(open.share)));
    }
    Ok(number(closed)?.map(|bound| Bound { is_open: bound.is_open || is_open, ..bound }))
}

/// A percentage as JSON writes numbers: `1e1` too.
fn percent(text: &str) -> Result<ShareRange, ShareError> {
    match text.trim().split_once(['e', 'E']) {
        Some((digits, power)) => shifted(digits, power).ok_or_else(|| ShareError::Form(clip(text)))?.parse(),
        None => text.parse(),
    }
}

/// A decimal number times a power of ten, written out.
fn shifted(digits: &str, power: &str) -> Option<String> {
    const POWER_MAX: i32 = 30;
    let power: i32 = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if power.abs() > POWER_MAX || digits.len() > 60 || !is_digits(whole) || !is_digits(decimals) {
        return None;
    }
    let pad = usize::try_from(POWER_MAX).ok()?;
    let zeros = "0".repeat(pad);
    let all = format!("{zeros}{whole}{decimals}{zeros}");
    let point = i32::try_from(pad + whole.len()).ok()? + power;
    let (whole, decimals) = all.split_at_checked(usize::try_from(point).ok()?)?;
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let decimals = decimals.trim_end_matches('0');
    let decimals = if decimals.is_empty() { "0" } else { decimals };
    Some(format!("{sign}{whole}.{decimals}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        share(Raw::new(text).unwrap()).map_or_else(|error| error.to_string(), |share| share.to_string())
    }

    #[test]
    fn shares_are_exact_and_their_ends_open_or_closed() {
        for (text, expected) in [
            (r#"{"exact": 33.333333}"#, "33.333333 %"),
            (r#"{"exact": 0.1}"#, "0.1 %"),
            (r#"{"exact": 5.0e1}"#, "50 %"),
            (r#"{"exact": 125E-1}"#, "12.5 %"),
            (r#"{"exact": "12,5"}"#, "12.5 %"),
            (r#"{"minimum": 75, "exclusiveMaximum": 100}"#, "75 to less than 100 %"),
            (r#"{"exclusiveMinimum": 25, "maximum": 50}"#, "more than 25, at most 50 %"),
            (
                r#"{"minimum": 50, "maximum": 75, "exclusiveMinimum": true, "exclusiveMaximum": false}"#,
                "more than 50, at most 75 %",
            ),
            (r#"{"minimum": 25}"#, "25 % or more"),
            (r#"{"exclusiveMaximum": 5}"#, "more than 0, less than 5 %"),
            ("{}", "unknown"),
            (r#"{"exact": null}"#, "unknown"),
            ("25", "25 %"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        for bad in [
            r#"{"exact": 100.5}"#,
            r#"{"exact": -1}"#,
            r#"{"exact": 1e400}"#,
            r#"{"exact": "NaN"}"#,
            r#"{"minimum": 60, "maximum": 50}"#,
            r#"{"exact": 1e3}"#,
            r#"{"exact": 99999999999999999999999}"#,
        ] {
            assert!(share(Raw::new(bad).unwrap()).is_err(), "{bad}: {}", read(bad));
        }
    }

    #[test]
    fn every_code_of_the_standard_is_known_in_both_spellings() {
        for code in [
            "shareholding",
            "votingRights",
            "voting-rights",
            "appointmentOfBoard",
            "appointment-of-board",
            "settlor-of-trust",
            "rightsToProfitOrIncome",
            "controlByLegalFramework",
            "unpublishedInterest",
        ] {
            assert!(Said::kind_of(code).is_some(), "{code}");
        }
        assert_eq!(Said::kind_of("golfPartner"), None);
    }
}
