//! How are two parties tied? The relationships behind the parties become links of the party that they begin at.

use interdict_core::model::Schema;

use super::parties::Parties;
use super::references::{References, Set};
use super::{attribute, child_text, dates, shape};
use crate::ofac::draft::Draft;
use crate::reading::{Log, Lost};
use crate::text::clip;
use crate::xml::Element;

/// What a kind of relationship is in the model.
struct Relation {
    /// OFAC's words for it, in small letters.
    words: &'static str,
    schema: &'static str,
    /// The property of the party that the relationship begins at, and what that must be.
    from: (&'static str, fn(&Schema) -> bool),
    /// The property of the other.
    to: (&'static str, fn(&Schema) -> bool),
    /// Where the words go.
    words_in: &'static str,
}

const RELATIONS: &[Relation] = &[
    Relation {
        words: "owned or controlled by",
        schema: "Ownership",
        from: ("asset", can_be_owned),
        to: ("owner", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "property in the interest of",
        schema: "Ownership",
        from: ("asset", can_be_owned),
        to: ("owner", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "owns, controls, or operates",
        schema: "Ownership",
        from: ("owner", is_legal_entity),
        to: ("asset", can_be_owned),
        words_in: "role",
    },
    Relation {
        words: "leader or official of",
        schema: "Directorship",
        from: ("director", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "principal executive officer",
        schema: "Directorship",
        from: ("director", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "playing a significant role in",
        schema: "Membership",
        from: ("member", is_legal_entity),
        to: ("organization", is_organization),
        words_in: "role",
    },
    Relation {
        words: "acting for or on behalf of",
        schema: "Representation",
        from: ("agent", is_legal_entity),
        to: ("client", is_legal_entity),
        words_in: "role",
    },
    Relation {
        words: "family member of",
        schema: "Family",
        from: ("person", is_person),
        to: ("relative", is_person),
        words_in: "relationship",
    },
    Relation {
        words: "associate of",
        schema: "Associate",
        from: ("person", is_person),
        to: ("associate", is_person),
        words_in: "relationship",
    },
];

/// Everything else, and what does not fit the parties.
const OTHER: Relation = Relation {
    words: "",
    schema: "UnknownLink",
    from: ("subject", is_anything),
    to: ("object", is_anything),
    words_in: "role",
};

/// Words of OFAC that say no more than that two parties are tied.
const UNTYPED: &[&str] = &["providing support to"];

fn is_person(schema: &Schema) -> bool {
    schema.is_a("Person")
}

fn is_legal_entity(schema: &Schema) -> bool {
    schema.is_a("LegalEntity")
}

fn is_organization(schema: &Schema) -> bool {
    schema.is_a("Organization")
}

/// A company, ship or aircraft; and an organization, as what is owned is hardly ever anything but a company whose name does
/// not say so.
fn can_be_owned(schema: &Schema) -> bool {
    schema.is_a("Asset") || schema.is_a("Organization")
}

fn is_anything(_: &Schema) -> bool {
    true
}

impl Relation {
    fn fits(&self, from: &Schema, to: &Schema) -> bool {
        (self.from.1)(from) && (self.to.1)(to)
    }

    /// The properties of the two ends. Of a director and an organization, the file's order is not always theirs.
    fn ends(&self, from: &Schema, to: &Schema) -> Option<[&'static str; 2]> {
        if self.fits(from, to) {
            Some([self.from.0, self.to.0])
        } else {
            (self.schema == "Directorship" && self.fits(to, from)).then_some([self.to.0, self.from.0])
        }
    }
}

/// Adds a relationship to the party that it begins at. One whose other end is not in the file is a note of the party that is.
pub(super) fn take<'a>(
    element: &Element<'a>,
    references: &References<'a>,
    parties: &mut Parties<'a>,
    log: &mut Log,
) -> Result<(), Lost> {
    let words = references.of(Set::RelationType, element, "RelationTypeID", log).unwrap_or_default();
    let ends = ["From-ProfileID", "To-ProfileID"].map(|name| attribute(element, name).unwrap_or_default());
    let key = ["ID", "RelationTypeID"].map(|name| attribute(element, name).unwrap_or_default());
    if !parties.relations.insert([key.clone(), ends.clone()]) {
        return Err(Lost::new(
            "duplicate_record",
            "an earlier relationship has the same number and says the same",
        ));
    }
    let [from, to] = ends.each_ref().map(|profile| parties.of_profile(profile));
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) if from != to => (from, to),
        (None, None) => {
            return Err(Lost::new("unknown_party", "neither party of the relationship is in the file"));
        }
        (Some(at), _) => {
            let [_, far] = &ends;
            let what = format!("{words}: profile {}", clip(far, 40));
            return keep_as_note(element, &what, references, parties.draft(at), log);
        }
        (None, Some(at)) => {
            let [near, _] = &ends;
            let what = format!("Profile {}: {words} this party", clip(near, 40));
            return keep_as_note(element, &what, references, parties.draft(at), log);
        }
    };
    let Some((far_id, far_schema)) =
        parties.draft(to).map(|draft| (draft.party.id.clone(), draft.party.schema))
    else {
        return Err(Lost::new("unknown_party", "the party that the relationship goes to is not in the file"));
    };
    let Some(draft) = parties.draft(from) else {
        return Err(Lost::new(
            "unknown_party",
            "the party that the relationship begins at is not in the file",
        ));
    };
    add_link(draft, (&far_id, far_schema), &words, element, references, log);
    Ok(())
}

fn add_link<'a>(
    draft: &mut Draft,
    (far_id, far_schema): (&str, &Schema),
    words: &str,
    element: &Element<'a>,
    references: &References<'a>,
    log: &mut Log,
) {
    let known = RELATIONS.iter().find(|relation| words.eq_ignore_ascii_case(relation.words));
    let typed = known.and_then(|relation| Some((relation, relation.ends(draft.party.schema, far_schema)?)));
    let is_known = known.is_some() || UNTYPED.iter().any(|untyped| words.eq_ignore_ascii_case(untyped));
    if typed.is_none() && !is_known {
        log.note(
            "unknown_type",
            format!("the relationship {:?} is not known; it is a plain link", clip(words, 60)),
        );
    }
    let (relation, [near, far]) = typed.unwrap_or((&OTHER, [OTHER.from.0, OTHER.to.0]));
    let suffix = format!("link-{}", draft.links.len() + 1);
    let mut link = draft.part(relation.schema, &suffix, near, log);
    log.put(&mut link, far, far_id);
    log.put(&mut link, relation.words_in, words);
    for text in qualifications(element, references, log) {
        log.put(&mut link, "description", text);
    }
    if dates::is_true(element, "Former") && !log.offer(&mut link, "status", "former") {
        log.put(&mut link, "description", "former");
    }
    for period in element.children("DatePeriod") {
        for (property, date) in ["startDate", "endDate"].into_iter().zip(dates::start_and_end(period)) {
            log.put(&mut link, property, date.map(|date| date.to_string()).unwrap_or_default());
        }
    }
    draft.links.push(link);
}

/// How sure OFAC is of a relationship, and what else is said of it.
fn qualifications<'a>(element: &Element<'a>, references: &References<'a>, log: &mut Log) -> Vec<String> {
    let quality = references.of(Set::RelationQuality, element, "RelationQualityID", log);
    let quality = quality.filter(|quality| quality != "Unknown").map(|quality| format!("Quality: {quality}"));
    let comment = child_text(element, "Comment").map(std::borrow::Cow::into_owned);
    let unknown = shape::unknown(element, &shape::RELATIONSHIP, log);
    quality.into_iter().chain(comment).chain(unknown).collect()
}

fn keep_as_note<'a>(
    element: &Element<'a>,
    what: &str,
    references: &References<'a>,
    draft: Option<&mut Draft>,
    log: &mut Log,
) -> Result<(), Lost> {
    let reason =
        "one party of a relationship is not another party of this file; it is a note of the one that is";
    log.value_lost("unresolved_link", reason);
    let draft = draft
        .ok_or_else(|| Lost::new("unknown_party", "neither party of the relationship is in the file"))?;
    let mut words = vec![what.to_owned()];
    words.extend(qualifications(element, references, log));
    draft.note(&words.join("; "), log);
    Ok(())
}
