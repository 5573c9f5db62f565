//! Since when is a target listed, and is it still?

use interdict_core::date::PartialDate;

use crate::xml::Element;

/// What the modifications of a target say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listing {
    /// Whether it is no longer listed.
    pub(super) is_delisted: bool,
    /// When its first listing was published.
    pub(super) listed: Option<PartialDate>,
    /// When its first listing came into effect.
    pub(super) since: Option<PartialDate>,
    /// When it will end, where that is to come.
    pub(super) until: Option<PartialDate>,
    /// When anything of it was changed last.
    pub(super) modified: Option<PartialDate>,
    /// Kinds of modification that are not known, and dates that cannot be read.
    pub(super) not_known: Vec<String>,
}

impl Listing {
    /// The listing of a target in a list of a date. A target without modifications is listed.
    pub(super) fn of(target: &Element<'_>, published: Option<PartialDate>) -> Self {
        let mut listing = Self::default();
        // In effect from; none means always.
        let (mut last_listed, mut last_delisted): (Option<Option<PartialDate>>, Option<Option<PartialDate>>) =
            (None, None);
        for modification in target.children("modification") {
            let date = |name: &str, listing: &mut Self| listing.date(modification, name);
            let public = date("publication-date", &mut listing);
            let enacted = date("enactment-date", &mut listing);
            let effective = date("effective-date", &mut listing).or(public).or(enacted);
            listing.modified = listing.modified.max(public.or(enacted).or(effective));
            match modification.attribute("modification-type").unwrap_or_default() {
                "listed" => {
                    listing.listed = earlier(listing.listed, public.or(enacted));
                    listing.since = earlier(listing.since, effective);
                    last_listed = last_listed.max(Some(effective));
                }
                "de-listed"
                    if published
                        .zip(effective)
                        .is_some_and(|(now, then)| then.bounds().0 > now.bounds().1) =>
                {
                    listing.until = effective;
                }
                "de-listed" => last_delisted = last_delisted.max(Some(effective)),
                "amended" => {}
                other => listing.not_known.push(format!("modification-type {other}")),
            }
        }
        listing.is_delisted = last_delisted.is_some_and(|delisted| match (delisted, last_listed.flatten()) {
            (Some(delisted), Some(listed)) => listed <= delisted,
            _ => true,
        });
        listing
    }

    fn date(&mut self, modification: &Element<'_>, name: &str) -> Option<PartialDate> {
        let text = modification.attribute(name)?.trim();
        let text = text.get(..10).unwrap_or(text);
        let date = text.parse().ok();
        if date.is_none() && !text.is_empty() {
            self.not_known.push(format!("{name} {text}"));
        }
        date
    }
}

fn earlier(known: Option<PartialDate>, other: Option<PartialDate>) -> Option<PartialDate> {
    match (known, other) {
        (Some(known), Some(other)) => Some(known.min(other)),
        (known, other) => known.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_delisted(modifications: &[(&'static str, &'static str)]) -> bool {
        let children = modifications.iter().map(|(kind, date)| Element {
            name: "modification".into(),
            attributes: vec![("modification-type", (*kind).into()), ("effective-date", (*date).into())],
            ..Element::default()
        });
        let target = Element { children: children.collect(), ..Element::default() };
        Listing::of(&target, "2024-01-17".parse().ok()).is_delisted
    }

    #[test]
    fn who_is_listed() {
        for (modifications, delisted) in [
            (&[][..], false),
            (&[("listed", "2010-01-01")], false),
            (&[("listed", "2010-01-01"), ("amended", "2012-01-01")], false),
            (&[("listed", "2010-01-01"), ("de-listed", "2012-01-01")], true),
            (&[("de-listed", "2012-01-01"), ("listed", "2010-01-01")], true),
            (&[("listed", "2010-01-01"), ("de-listed", "2012-01-01"), ("amended", "2013-01-01")], true),
            (&[("listed", "2010-01-01"), ("de-listed", "2012-01-01"), ("listed", "2014-01-01")], false),
            (&[("listed", "2010-01-01"), ("de-listed", "2024-02-01")], false),
            (&[("listed", ""), ("de-listed", "")], true),
            (&[("de-listed", "no date")], true),
            (&[("struck", "2012-01-01")], false),
        ] {
            assert_eq!(is_delisted(modifications), delisted, "{modifications:?}");
        }
    }
}
