//! Which names do the parts of a name make, in all their spellings?
//!
//! A name has parts in an order, and a part may have spellings in other languages and scripts. The whole name is given once as
//! it stands, and once for each language and script: with the spellings of that, and with the part as it stands where it has
//! none.

use interdict_core::entity::Entity;

use crate::leftover;
use crate::reading::Log;
use crate::xml::Element;

const PART_PROPERTIES: &[(&str, &str)] = &[
    ("title", "title"),
    ("given-name", "firstName"),
    ("further-given-name", "secondName"),
    ("father-name", "fatherName"),
    ("grand-father-name", "fatherName"),
    ("family-name", "lastName"),
    ("maiden-name", "lastName"),
    ("suffix", "nameSuffix"),
];
/// Kinds of parts that only stand in the whole name.
const OTHER_PARTS: &[&str] = &["whole-name", "tribal-name", "other"];
/// Most whole names of one language and script that are put together. Spellings beyond stand alone.
const NAMES_MAX: usize = 64;
/// Most languages and scripts of one name.
const SCRIPTS_MAX: usize = 16;
/// Names with more parts or bytes are not put together from spellings.
const PARTS_MAX: usize = 32;
const NAME_BYTES_MAX: usize = 4096;

/// One name with its parts in order.
pub(super) struct Name<'e> {
    element: &'e Element<'e>,
    parts: Vec<Part<'e>>,
    /// Whether it is of the main identity.
    is_main: bool,
}

struct Part<'e> {
    kind: &'e str,
    value: Option<String>,
    /// Language, script and text.
    spellings: Vec<(&'e str, &'e str, String)>,
    element: &'e Element<'e>,
}

impl<'e> Name<'e> {
    /// The names of the identities of a target, in the order of the file.
    pub(super) fn all(body: &'e Element<'_>) -> Vec<Self> {
        let identities: Vec<_> = body.children("identity").collect();
        let is_alone = identities.len() == 1;
        let of = |identity: &'e Element<'_>| {
            let is_main = is_alone || identity.attribute("main").is_none_or(|main| main == "true");
            identity.children("name").map(move |element| Self::of(element, is_main))
        };
        identities.into_iter().flat_map(of).collect()
    }

    fn of(element: &'e Element<'_>, is_main: bool) -> Self {
        let order =
            |part: &&Element<'_>| part.attribute("order").and_then(|order| order.trim().parse::<u32>().ok());
        let mut parts: Vec<&Element<'_>> = element.children("name-part").collect();
        parts.sort_by_key(|part| order(part).unwrap_or(u32::MAX));
        Self { element, parts: parts.into_iter().map(Part::of).collect(), is_main }
    }

    /// The whole name as it stands; in its first spellings where it only has those.
    pub(super) fn whole(&self) -> Option<String> {
        let values = self.named().map(|part| part.value.as_deref());
        let whole = join(values);
        let first = || join(self.named().map(|part| part.spellings.first().map(|(.., text)| text.as_str())));
        whole.or_else(first)
    }

    /// How well it fits as the name to call the party by: the lower the better.
    pub(super) fn rank(&self) -> u8 {
        match (self.property(), self.is_main) {
            ("name", true) => 0,
            ("alias", true) => 1,
            ("name" | "alias", false) => 2,
            ("previousName", _) => 3,
            _ => 4,
        }
    }

    fn property(&self) -> &'static str {
        let of = |name: &str| self.element.attribute(name).unwrap_or_default();
        match (of("quality"), of("name-type")) {
            ("low", _) => "weakAlias",
            (_, "formerly-known-as") => "previousName",
            (_, "primary-name") => "name",
            _ => "alias",
        }
    }

    /// Adds the whole names and the parts. The party has its `name` already.
    pub(super) fn put(&self, log: &mut Log, party: &mut Entity) {
        let property = match self.property() {
            "name" => "alias",
            other => other,
        };
        let wholes = self.whole().into_iter().chain(self.spelled());
        for whole in wholes {
            if party.first("name") != Some(&whole) {
                log.put(party, property, whole);
            }
        }
        for part in &self.parts {
            part.put(log, party, property);
        }
        self.note_unknown(log, party);
    }

    fn note_unknown(&self, log: &mut Log, party: &mut Entity) {
        let known = &["ssid", "name-type", "quality", "lang"];
        leftover::note(log, party, self.element, &["name-part"], known);
        for (name, kinds) in [
            ("name-type", &["primary-name", "alias", "formerly-known-as"][..]),
            ("quality", &["good", "low"]),
        ] {
            let kind = self.element.attribute(name).unwrap_or_default();
            if !kind.is_empty() && !kinds.contains(&kind) {
                log.note(
                    "unknown_quality",
                    format!("the {name} of a name is not known; it is taken as an alias that is good"),
                );
            }
        }
    }

    /// The parts that stand in the whole name.
    fn named(&self) -> impl Iterator<Item = &Part<'e>> {
        self.parts.iter().filter(|part| part.kind != "title")
    }

    /// The whole names in other spellings.
    fn spelled(&self) -> Vec<String> {
        let parts: Vec<&Part<'_>> = self.named().collect();
        let n_bytes: usize = parts.iter().map(|part| part.n_bytes()).sum();
        let alone =
            || parts.iter().flat_map(|part| part.spellings.iter().map(|(.., text)| text.clone())).collect();
        if parts.len() > PARTS_MAX || n_bytes > NAME_BYTES_MAX {
            return alone();
        }
        let mut scripts: Vec<(&str, &str)> = Vec::new();
        for (lang, script, _) in parts.iter().flat_map(|part| &part.spellings) {
            if !scripts.contains(&(*lang, *script)) {
                scripts.push((*lang, *script));
            }
        }
        if scripts.len() > SCRIPTS_MAX {
            return alone();
        }
        scripts.into_iter().flat_map(|script| in_script(&parts, script)).collect()
    }
}

/// The whole names in one language and script: every spelling of a part with every one of the others, while these are not
/// too many; otherwise the first with the first, the second with the second.
fn in_script(parts: &[&Part<'_>], script: (&str, &str)) -> Vec<String> {
    let options: Vec<Vec<&str>> =
        parts.iter().map(|part| part.in_script(script)).filter(|options| !options.is_empty()).collect();
    let product = options.iter().try_fold(1_usize, |product, options| product.checked_mul(options.len()));
    if product.is_none_or(|product| product > NAMES_MAX) {
        let n_rows = options.iter().map(Vec::len).max().unwrap_or(0);
        let row =
            |row: usize| join(options.iter().map(|options| options.get(row).or(options.last()).copied()));
        return (0..n_rows).filter_map(row).collect();
    }
    let mut wholes = vec![String::new()];
    for options in &options {
        let longer = |whole: &String| -> Vec<String> {
            options.iter().map(|option| format!("{whole} {option}").trim_start().to_owned()).collect()
        };
        wholes = wholes.iter().flat_map(longer).collect();
    }
    wholes.retain(|whole| !whole.is_empty());
    wholes
}

impl<'e> Part<'e> {
    fn of(element: &'e Element<'_>) -> Self {
        let attribute = |element: &'e Element<'_>, name| element.attribute(name).unwrap_or_default();
        let value = element.text_of("value").or_else(|| element.text());
        let spellings = element.children("spelling-variant").filter_map(|spelling| {
            Some((attribute(spelling, "lang"), attribute(spelling, "script"), spelling.text()?))
        });
        Self { kind: attribute(element, "name-part-type"), value, spellings: spellings.collect(), element }
    }

    fn n_bytes(&self) -> usize {
        self.value.as_ref().map_or(0, String::len)
            + self.spellings.iter().map(|(.., text)| text.len()).sum::<usize>()
    }

    fn in_script(&self, (lang, script): (&str, &str)) -> Vec<&str> {
        let spellings =
            self.spellings.iter().filter(|(of, in_script, _)| *of == lang && *in_script == script);
        let found: Vec<&str> = spellings.map(|(.., text)| text.as_str()).collect();
        if found.is_empty() { self.value.as_deref().into_iter().collect() } else { found }
    }

    /// Adds the part of a good name to the property that a person has for it.
    fn put(&self, log: &mut Log, party: &mut Entity, property: &str) {
        let known =
            PART_PROPERTIES.iter().find(|(kind, _)| *kind == self.kind).map(|(_, property)| *property);
        if known.is_none() && !OTHER_PARTS.contains(&self.kind) && !self.kind.is_empty() {
            log.note(
                "unknown_name_part",
                "a kind of name part is not known; it stands in the whole name alone",
            );
        }
        let is_title = known == Some("title");
        if let Some(known) = known.filter(|_| is_title || matches!(property, "alias" | "name")) {
            for text in self.value.iter().chain(self.spellings.iter().map(|(.., text)| text)) {
                if !log.offer(party, known, text) && is_title {
                    log.put(party, "notes", format!("title: {text}"));
                }
            }
        }
        for child in &self.element.children {
            if !matches!(child.name.as_ref(), "value" | "spelling-variant") {
                leftover::note_element(log, party, child);
            }
        }
        leftover::note_attributes(log, party, self.element, &["order", "name-part-type", "ssid"]);
    }
}

fn join<'t>(texts: impl Iterator<Item = Option<&'t str>>) -> Option<String> {
    let whole = texts.flatten().collect::<Vec<_>>().join(" ");
    (!whole.is_empty()).then_some(whole)
}
