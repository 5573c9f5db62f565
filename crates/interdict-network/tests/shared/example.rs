//! Small invented networks.

use interdict_core::entity::Entity;
use interdict_core::model;
use interdict_network::interest::{InterestKind, Source, SourceId, Terms};
use interdict_network::network::{Builder, Network, PartyId, Record};
use interdict_network::standing::Standing;

/// A network in the making from one register.
pub struct Example {
    builder: Builder,
    source: SourceId,
    line: u32,
}

impl Example {
    pub fn new() -> Self {
        let mut builder = Builder::new();
        let source = Source {
            name: "Register of Freedonia".to_owned(),
            edition: "2026-03".to_owned(),
            published: "2026-03-31".parse().ok(),
        };
        let source = builder.source(source).unwrap();
        Self { builder, source, line: 0 }
    }

    pub fn party(&mut self, id: &str, schema: &str, name: &str, country: &str) -> PartyId {
        let mut entity = Entity::new(id, model::schema(schema).unwrap());
        entity.add("name", name).unwrap();
        if !country.is_empty() {
            entity.add("country", country).unwrap();
        }
        self.builder.describe(entity).unwrap()
    }

    pub fn interest(&mut self, holder: PartyId, asset: PartyId, kind: InterestKind, share: &str) {
        self.said(holder, asset, kind, share, "", "");
    }

    /// An interest with a start and with the source's words.
    pub fn said(
        &mut self,
        holder: PartyId,
        asset: PartyId,
        kind: InterestKind,
        share: &str,
        start: &str,
        words: &str,
    ) {
        let mut terms = Terms::new(kind, share.parse().unwrap(), self.source);
        terms.span.start = start.parse().ok();
        terms.words = self.builder.text(words).unwrap();
        self.line += 1;
        self.builder.add(holder, asset, terms, Record::Line(self.line)).unwrap();
    }

    /// Shares under a joint arrangement.
    pub fn jointly(&mut self, holder: PartyId, asset: PartyId, share: &str, arrangement: &str) {
        let mut terms = Terms::new(InterestKind::Shares, share.parse().unwrap(), self.source);
        terms.joint = self.builder.text(&format!("joint 0 {arrangement}")).unwrap();
        self.line += 1;
        self.builder.add(holder, asset, terms, Record::Line(self.line)).unwrap();
    }

    pub fn network(self) -> Network {
        self.builder.finish()
    }
}

/// A designated person who reaches a company by two ways, a relative with the rest, and a director.
pub fn diamond() -> Network {
    let mut example = Example::new();
    let anchor = example.party("person-1", "Person", "Viktor Anchor", "ru");
    let alpha = example.party("company-1", "Company", "Alpha Trading", "ae");
    let delta = example.party("company-2", "Company", "Delta & Sons", "ae");
    let crown = example.party("company-3", "Company", "Crown Terminals", "cy");
    let free = example.party("person-2", "Person", "Zoe Free", "gb");
    example.interest(anchor, alpha, InterestKind::Shares, "50");
    example.said(anchor, delta, InterestKind::Shares, "25-50", "2019", "");
    example.interest(alpha, crown, InterestKind::Shares, "25");
    example.interest(delta, crown, InterestKind::Shares, "25");
    example.interest(delta, crown, InterestKind::AppointsBoard, "");
    example.interest(free, crown, InterestKind::Shares, "47");
    example.said(free, anchor, InterestKind::Family, "", "", "spouse");
    example.interest(crown, crown, InterestKind::Shares, "3");
    example.network()
}

/// Two holders of a company under one arrangement, and one who is no part of it.
pub fn pact() -> Network {
    let mut example = Example::new();
    let [anchor, berg, cole] = ["Anchor", "Berg", "Cole"].map(|name| example.party(name, "Person", name, ""));
    let harbor = example.party("Harbor", "Company", "Harbor", "");
    example.jointly(anchor, harbor, "30", "pact of 2019");
    example.jointly(berg, harbor, "25", "pact of 2019");
    example.interest(cole, harbor, InterestKind::Shares, "20");
    example.network()
}

/// How the parties of [`diamond`] stand.
pub fn standing(party: PartyId) -> Standing {
    let all = [
        Standing::Designated,
        Standing::BlockedByOwnership,
        Standing::Undetermined,
        Standing::PossiblyDesignated,
        Standing::NotBlocked,
    ];
    all[party.index() % all.len()]
}
