//! Which elements and attributes does the schema of the format have? Whatever else stands in a record is found here, to be noted
//! and kept.
//!
//! The shapes follow OFAC's `sdn_advanced.xsd`. References from a document or location back to what refers to it are known
//! and said twice by the format; they are read in one direction only.

use crate::reading::Log;
use crate::text::{clip, fold};
use crate::xml::Element;

/// What may stand in an element.
pub(super) struct Shape {
    name: &'static str,
    attributes: &'static [&'static str],
    content: Content,
}

/// The content of an element.
enum Content {
    /// Nothing but attributes.
    Empty,
    Text,
    Children(&'static [Shape]),
}

/// What a record holds that is in no shape, as texts to keep. Each is noted.
pub(super) fn unknown(element: &Element<'_>, shape: &Shape, log: &mut Log) -> Vec<String> {
    let mut found = Vec::new();
    visit(element, shape, log, &mut found);
    found
}

fn visit(element: &Element<'_>, shape: &Shape, log: &mut Log, found: &mut Vec<String>) {
    for (name, value) in &element.attributes {
        if !shape.attributes.contains(name) && *name != "DeltaAction" && !name.starts_with("xmlns") {
            let (name, of) = (clip(name, 60), shape.name);
            log.note("unknown_attribute", format!("<{of}> has the attribute {name}; it is kept as a note"));
            found.push(format!("{of} {name}: {}", fold(value)));
        }
    }
    let children = match shape.content {
        Content::Children(shapes) => shapes,
        Content::Empty | Content::Text => &[],
    };
    if !matches!(shape.content, Content::Text) && !element.text.trim().is_empty() {
        log.note("unknown_text", format!("<{}> holds text of its own; it is kept as a note", shape.name));
        found.push(format!("{}: {}", shape.name, fold(&element.text)));
    }
    for child in &element.children {
        match children.iter().find(|shape| child.name == shape.name) {
            Some(shape) => visit(child, shape, log, found),
            None => {
                let name = clip(&child.name, 60);
                let reason = format!("<{}> has the element <{name}>; it is kept as a note", shape.name);
                log.note("unknown_element", reason);
                found.push(child.in_words());
            }
        }
    }
}

const fn empty(name: &'static str, attributes: &'static [&'static str]) -> Shape {
    Shape { name, attributes, content: Content::Empty }
}

const fn words(name: &'static str, attributes: &'static [&'static str]) -> Shape {
    Shape { name, attributes, content: Content::Text }
}

const fn node(name: &'static str, attributes: &'static [&'static str], children: &'static [Shape]) -> Shape {
    Shape { name, attributes, content: Content::Children(children) }
}

const COMMENT: Shape = words("Comment", &[]);
const POINT: &[Shape] = &[words("Year", &[]), words("Month", &[]), words("Day", &[])];
const BOUNDARY: &[Shape] = &[node("From", &[], POINT), node("To", &[], POINT)];
const FIXED: &[&str] = &["Approximate", "YearFixed", "MonthFixed", "DayFixed"];
const PERIOD: Shape = node(
    "DatePeriod",
    &["CalendarTypeID", "YearFixed", "MonthFixed", "DayFixed"],
    &[node("Start", FIXED, BOUNDARY), node("End", FIXED, BOUNDARY)],
);
const DATE: Shape = node("Date", &["CalendarTypeID", "Year", "Month", "Day"], POINT);
const DOCUMENT_REFERENCE: Shape = empty("IDRegDocumentReference", &["IDRegDocumentID"]);
const VERSION_REFERENCE: Shape = empty("FeatureVersionReference", &["FeatureVersionID"]);
const RELATIONSHIP_REFERENCE: Shape = empty("ProfileRelationshipReference", &["ProfileRelationshipID"]);

pub(super) static DATE_OF_ISSUE: Shape =
    node("DateOfIssue", &["CalendarTypeID", "Year", "Month", "Day"], POINT);

pub(super) static LOCATION: Shape = node(
    "Location",
    &["ID"],
    &[
        COMMENT,
        empty("LocationAreaCode", &["AreaCodeID"]),
        empty("LocationCountry", &["CountryID", "CountryRelevanceID"]),
        node(
            "LocationPart",
            &["LocPartTypeID"],
            &[node(
                "LocationPartValue",
                &["Primary", "LocPartValueTypeID", "LocPartValueStatusID"],
                &[COMMENT, words("Value", &[])],
            )],
        ),
        VERSION_REFERENCE,
        DOCUMENT_REFERENCE,
    ],
);

pub(super) static DOCUMENT: Shape = node(
    "IDRegDocument",
    &["ID", "IDRegDocTypeID", "IdentityID", "IssuedBy-CountryID", "IssuedIn-LocationID", "ValidityID"],
    &[
        COMMENT,
        words("IDRegistrationNo", &[]),
        words("IssuingAuthority", &[]),
        node("DocumentDate", &["IDRegDocDateTypeID"], &[PERIOD]),
        empty("IDRegDocumentMention", &["IDRegDocumentID", "ReferenceType"]),
        VERSION_REFERENCE,
        empty("DocumentedNameReference", &["DocumentedNameID"]),
        RELATIONSHIP_REFERENCE,
    ],
);

const DOCUMENTED_NAME: Shape = node(
    "DocumentedName",
    &["ID", "FixedRef", "DocNameStatusID"],
    &[
        COMMENT,
        node(
            "DocumentedNamePart",
            &["LeadingChars", "TrailingChars"],
            &[words("NamePartValue", &["NamePartGroupID", "ScriptID", "ScriptStatusID", "Acronym"])],
        ),
        DOCUMENT_REFERENCE,
    ],
);

const IDENTITY: Shape = node(
    "Identity",
    &["ID", "FixedRef", "Primary", "False"],
    &[
        COMMENT,
        node("Alias", &["FixedRef", "AliasTypeID", "Primary", "LowQuality"], &[COMMENT, DOCUMENTED_NAME]),
        node(
            "NamePartGroups",
            &[],
            &[node("MasterNamePartGroup", &[], &[empty("NamePartGroup", &["ID", "NamePartTypeID"])])],
        ),
        DOCUMENT_REFERENCE,
    ],
);

const FEATURE: Shape = node(
    "Feature",
    &["ID", "FeatureTypeID"],
    &[
        node(
            "FeatureVersion",
            &["ID", "ReliabilityID"],
            &[
                COMMENT,
                PERIOD,
                words("VersionDetail", &["DetailTypeID", "DetailReferenceID"]),
                empty("VersionLocation", &["LocationID"]),
                DOCUMENT_REFERENCE,
            ],
        ),
        empty("IdentityReference", &["IdentityID", "IdentityFeatureLinkTypeID"]),
    ],
);

pub(super) static PARTY: Shape = node(
    "DistinctParty",
    &["FixedRef"],
    &[
        COMMENT,
        node(
            "Profile",
            &["ID", "PartySubTypeID"],
            &[
                COMMENT,
                IDENTITY,
                FEATURE,
                empty("SanctionsEntryReference", &["SanctionsEntryID"]),
                node(
                    "ExternalReference",
                    &["ExRefTypeID"],
                    &[
                        COMMENT,
                        words("ExRefValue", &[]),
                        words("DirectURL", &[]),
                        node(
                            "SubLink",
                            &["TargetTypeID"],
                            &[words("Description", &[]), words("DirectURL", &[])],
                        ),
                    ],
                ),
            ],
        ),
    ],
);

pub(super) static RELATIONSHIP: Shape = node(
    "ProfileRelationship",
    &[
        "ID",
        "From-ProfileID",
        "To-ProfileID",
        "RelationTypeID",
        "RelationQualityID",
        "Former",
        "SanctionsEntryID",
    ],
    &[COMMENT, PERIOD, DOCUMENT_REFERENCE],
);

pub(super) static ENTRY: Shape = node(
    "SanctionsEntry",
    &["ID", "ProfileID", "ListID", "EntryProfileRef", "EntryDeltaFlag"],
    &[
        COMMENT,
        words("LimitationsToListing", &[]),
        node("EntryEvent", &["ID", "EntryEventTypeID", "LegalBasisID"], &[COMMENT, DATE]),
        node("SanctionsMeasure", &["ID", "SanctionsTypeID"], &[COMMENT, PERIOD]),
        node("SupportingInfo", &["ID", "SupInfoTypeID"], &[words("Text", &[]), words("DirectURL", &[])]),
        RELATIONSHIP_REFERENCE,
    ],
);

pub(super) static ENTRY_LINK: Shape = node(
    "SanctionsEntryLink",
    &["ID", "EntryA-SanctionsEntryID", "EntryB-SanctionsEntryID", "EntryLinkTypeID"],
    &[COMMENT, DATE],
);
