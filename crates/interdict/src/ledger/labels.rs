//! Who is at an address of a ledger? Names from lists in force, kept tags, a file of the caller, and the ledger itself.

use std::collections::BTreeMap;
use std::path::Path;

use interdict_core::digest::Digest;
use interdict_ledger::exposure::Label;
use interdict_ledger::leads::Confidence;
use interdict_ledger::leads::deposits::{Service, ServiceKind};
use interdict_ledger::outputs::answer::ServiceLabel;
use interdict_wallets::{AddressLabel, Class, bare_spellings};

use crate::cli::StopAt;
use crate::config::Config;
use crate::failure::Failure;
use crate::index_store::When;
use crate::intake;
use crate::wallet::opened;

/// Categories of the kept tags that stand for a service: who is paid there mixes the value of many. The words are those of GraphSense's and
/// INTERPOL's taxonomies, and common ones besides.
const SERVICES: &[&str] = &[
    "atm",
    "bridge",
    "defi",
    "exchange",
    "faucet",
    "gambling",
    "hosted_wallet",
    "hosting",
    "ico_wallet",
    "lending",
    "market",
    "miner",
    "mixer",
    "mixing_service",
    "payment_processor",
    "service",
    "vasp",
    "wallet_service",
];

/// What is known of addresses.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// By the canonical text of the address.
    by_text: BTreeMap<String, Known>,
    /// The digest of all of it.
    digest: Option<Digest>,
    /// What it is made of, in words.
    made_of: Vec<String>,
}

/// What is known of one address.
#[derive(Debug, Clone)]
struct Known {
    label: Label,
    /// How sure the label is, in percent.
    confidence: u8,
    /// Whether it is a service, or the caller said to stop there.
    stops: bool,
}

impl Labels {
    /// Those of lists and kept tags, and of a file.
    pub fn open(config: &Config, file: Option<&Path>) -> Result<Self, Failure> {
        let mut labels = Self::default();
        let mut parts = Vec::new();
        match opened::open(config, When::Now) {
            Ok(opened) => {
                parts.push(opened.digest.to_string());
                labels
                    .made_of
                    .extend(opened.lists.iter().map(|list| format!("{}@{}", list.id, list.version)));
                if opened.tags.n > 0 {
                    labels.made_of.push(format!(
                        "{} tag packs {}",
                        opened.tags.n,
                        opened.tags.digest.short()
                    ));
                }
                for address in opened.index.addresses() {
                    let Some(label) = known(&opened.index.labels(address)) else { continue };
                    let Some(text) = bare_spellings(address).into_iter().next() else { continue };
                    labels.by_text.insert(text, label);
                }
            }
            // Then only the file and the ledger itself name anybody.
            Err(Failure::NoList) => {}
            Err(failure) => return Err(failure),
        }
        if let Some(path) = file {
            let copy = intake::input(path)?;
            let digest = Digest::of(&copy);
            parts.push(digest.to_string());
            labels.made_of.push(format!("file {}", digest.short()));
            labels.add_file(path, &copy)?;
        }
        labels.digest = Some(Digest::of(parts.join("\n").as_bytes()));
        Ok(labels)
    }

    /// Lines of address, name and category.
    fn add_file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        let wrong =
            |line: usize, reason: &str| Failure::Ledger(format!("{}, line {line}: {reason}", path.display()));
        let text = std::str::from_utf8(bytes).map_err(|_| wrong(1, "it is no UTF-8 text"))?;
        for (number, line) in (1..).zip(text.lines()) {
            let mut fields = line.splitn(3, ',').map(str::trim);
            let address = fields.next().unwrap_or_default();
            if address.is_empty()
                || address.starts_with('#')
                || (number == 1 && address.eq_ignore_ascii_case("address"))
            {
                continue;
            }
            let reading =
                interdict_wallets::parse(address).map_err(|refusal| wrong(number, &refusal.to_string()))?;
            let name = fields
                .next()
                .filter(|name| !name.is_empty())
                .unwrap_or("named by --stops or --labels")
                .to_owned();
            let category = fields.next().filter(|category| !category.is_empty()).map(str::to_owned);
            let known = Known { label: Label { name, category }, confidence: 100, stops: true };
            let spelled = reading
                .candidates
                .iter()
                .filter_map(|candidate| bare_spellings(&candidate.address).into_iter().next());
            let texts: Vec<String> = spelled.collect();
            let texts = if texts.is_empty() { vec![address.to_owned()] } else { texts };
            for text in texts {
                self.by_text.insert(text, known.clone());
            }
        }
        Ok(())
    }

    /// What an address is called.
    pub fn of(&self, address: &str) -> Option<&Label> {
        self.by_text.get(address).map(|known| &known.label)
    }

    /// Every address with what it is called, in order.
    pub fn all(&self) -> impl Iterator<Item = (&str, ServiceLabel)> {
        (0..).zip(&self.by_text).map(|(number, (text, known))| (text.as_str(), service_label(known, number)))
    }

    /// Whether tracing stops at an address.
    pub fn stops(&self, address: &str, which: StopAt) -> bool {
        self.by_text
            .get(address)
            .is_some_and(|known| which == StopAt::Labelled || known.stops && is_asked(known, which))
    }

    /// What the names are from, in words: versions of lists, packs of tags, a file.
    pub fn made_of(&self) -> String {
        if self.made_of.is_empty() { "nothing".to_owned() } else { self.made_of.join(", ") }
    }

    /// Whether a list names an address.
    pub fn is_listed(&self, address: &str) -> bool {
        self.of(address)
            .and_then(|label| label.category.as_deref())
            .is_some_and(|category| category.starts_with("sanctioned"))
    }

    /// The digest of all that names addresses.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }
}

/// Stops of a file hold always, services only where they are asked for.
fn is_asked(known: &Known, which: StopAt) -> bool {
    which == StopAt::Services || known.confidence == 100
}

/// What is known of an address by all its labels: the name of the gravest, all categories, and whether any of them is a service, so that a mixer
/// that is sanctioned besides is a mixer still.
fn known(labels: &[AddressLabel<'_>]) -> Option<Known> {
    let gravest = labels.first()?;
    let mut categories: Vec<&str> = Vec::new();
    for label in labels {
        let category = match label.class {
            Class::Sanctioned => Some("sanctioned"),
            Class::Advisory => Some("advisory"),
            Class::IssuerFrozen => Some("issuer_frozen"),
            Class::Attributed => label.category,
        };
        categories.extend(category.filter(|category| !categories.contains(category)));
    }
    let confidence = |label: &AddressLabel<'_>| {
        label.confidence.map_or(Some(99), |confidence| confidence.level()).unwrap_or(0).min(99)
    };
    let stops = categories.iter().any(|category| is_service(category));
    let category = (!categories.is_empty()).then(|| categories.join(", "));
    let name = gravest.actor.unwrap_or(gravest.label).to_owned();
    let confidence = labels.iter().map(confidence).max().unwrap_or(0);
    Some(Known { label: Label { name, category }, confidence, stops })
}

fn is_service(category: &str) -> bool {
    let category = category.to_ascii_lowercase();
    SERVICES.iter().any(|service| {
        category == *service || category.starts_with("defi") || category.ends_with(&format!("_{service}"))
    })
}

fn service_label(known: &Known, number: u32) -> ServiceLabel {
    let category = known.label.category.as_deref().unwrap_or_default().to_ascii_lowercase();
    let kind = if category.contains("bridge") {
        Some(ServiceKind::Bridge)
    } else if category.contains("mix") {
        Some(ServiceKind::Mixer)
    } else if category.contains("dex") || category.contains("swap") {
        Some(ServiceKind::Swap)
    } else {
        None
    };
    let service =
        kind.map(|kind| Service { kind, number, confidence: Confidence::percent(known.confidence) });
    ServiceLabel { name: known.label.name.clone(), category: known.label.category.clone(), service }
}
