//! Which tables does the file bring along: the codes of countries, the labels of features, and the date of it all?

use std::borrow::Cow;
use std::collections::HashMap;

use interdict_core::country;
use interdict_core::date::PartialDate;

use crate::ofac::{dates, labels, listing};
use crate::reading::Reading;
use crate::text::clip;
use crate::xml::{Element, Record};

/// The lists of which a file is the whole when it is filtered by nothing else.
const WHOLE: [&str; 2] = ["SDN List", "Consolidated List"];

/// What the service was asked for, when it was less than a whole list: a program, a country, some of the small lists.
fn filters(info: &Element<'_>) -> Option<String> {
    let filters: Vec<&Element<'_>> = info.children("filters").flat_map(|filters| &filters.children).collect();
    let is_list = |filter: &&&Element<'_>| filter.name == "sanctionsLists";
    let names_whole =
        |filter: &&Element<'_>| filter.children.iter().any(|list| WHOLE.contains(&list.line().as_ref()));
    let by_list = filters.iter().filter(is_list).filter(|lists| !lists.is_blank() && !names_whole(lists));
    let by_other = filters.iter().filter(|filter| !is_list(filter) && !filter.is_blank());
    let words: Vec<String> = by_other.chain(by_list).map(|filter| values_of(filter)).collect();
    (!words.is_empty()).then(|| clip(&words.join("; "), 120).to_owned())
}

/// `sanctionsPrograms: IRGC, YEMEN`
fn values_of(filter: &Element<'_>) -> String {
    let values: Vec<_> = filter.children.iter().map(Element::line).filter(|line| !line.is_empty()).collect();
    format!("{}: {}", filter.name, values.join(", "))
}

/// What stands in front of the parties.
#[derive(Default)]
pub(super) struct Values {
    pub(super) published: Option<PartialDate>,
    /// ISO codes by the id of a value.
    countries: HashMap<String, String>,
    /// The label in the remarks by the id of a type of feature.
    labels: HashMap<String, String>,
}

impl Values {
    /// Takes a record that is no party.
    pub(super) fn take(&mut self, reading: &mut Reading<'_>, record: &Record<'_>) {
        let mut log = listing::log_of(reading, record);
        let Ok(element) = &record.element else { return reading.push(log) };
        let known: &[&str] = match element.name.as_ref() {
            "publicationInfo" => {
                self.published =
                    element.line_of("dataAsOf").and_then(|text| dates::any(&text)).or(self.published);
                if let Some(filters) = filters(element) {
                    let reason = format!("it is not the whole list, but what was asked for: {filters}");
                    log.value_lost("partial_list", reason);
                }
                &["dataAsOf", "filters"]
            }
            "referenceValue" => {
                if let (Some(id), Some(code)) = (element.attribute("refId"), element.line_of("isoCode")) {
                    self.countries.insert(id.to_owned(), code.into_owned());
                }
                &["type", "value", "code", "isoCode"]
            }
            _ => {
                let label = element.line_of("publishDescription");
                if let (Some(id), Some(label)) = (element.attribute("featureTypeId"), label) {
                    self.labels.insert(id.to_owned(), label.into_owned());
                }
                &["type", "detailType", "publishDescription", "publishExclude", "publishOrder"]
            }
        };
        for child in element.children.iter().filter(|child| !known.contains(&child.name.as_ref())) {
            let (name, of) = (clip(&child.name, 60), clip(&element.name, 60));
            log.note("unknown_element", format!("<{name}> in <{of}>, which is of no party, is not known"));
        }
        reading.push(log);
    }

    /// The label of a type of feature, as the remarks of the delimited set have it.
    pub(super) fn label<'e>(&'e self, kind: &'e Element<'_>) -> Cow<'e, str> {
        let published = kind.attribute("featureTypeId").and_then(|id| self.labels.get(id));
        if let Some(label) = published {
            return Cow::Borrowed(label);
        }
        let text = kind.line();
        let label = labels::of_feature(&text);
        if label == text { labels::with_plain_apostrophes(text) } else { Cow::Owned(label.to_owned()) }
    }

    /// A country by its name, or the label of its ISO code where the name is not known.
    pub(super) fn country<'e>(&'e self, element: &'e Element<'_>) -> Cow<'e, str> {
        let name = element.line();
        self.other_country(element, &name).map_or(name, |code| Cow::Borrowed(country::label(code)))
    }

    /// The name of a country that goes by its ISO code instead, to be kept.
    pub(super) fn unknown_name(&self, element: &Element<'_>) -> Option<String> {
        let name = element.line();
        self.other_country(element, &name).map(|_| format!("country: {name}"))
    }

    fn other_country(&self, element: &Element<'_>, name: &str) -> Option<&'static str> {
        let code = self.countries.get(element.attribute("refId")?)?;
        country::code(code).filter(|_| country::code(name).is_none())
    }
}
