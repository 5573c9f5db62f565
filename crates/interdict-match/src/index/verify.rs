//! Is an index file sound? What opening any file checks, and what a whole check finds.

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use super::format::{
    DateRow, EntityRow, FormRow, HashRow, IdentifierRow, NameRow, PartRow, ReadingRow, RunRow, Section,
    Slice, Span, TokenRow, checksum,
};
use super::open::{Index, OpenError, range};

/// Whether the starts of buckets go up to the number of rows, and there is one more than a power of two.
fn are_buckets(starts: &[U32], n_rows: usize) -> bool {
    starts.len().saturating_sub(1).is_power_of_two()
        && starts.last().is_some_and(|last| last.get() as usize == n_rows)
}

/// The tables of rows found by a hash, with their buckets.
const HASHED: [(Section, Section); 3] = [
    (Section::SpellingBuckets, Section::Spellings),
    (Section::SoundKeyBuckets, Section::SoundKeys),
    (Section::SkeletonBuckets, Section::Skeletons),
];
const RUNS: [(Section, Section); 2] =
    [(Section::JoinedBuckets, Section::Joined), (Section::AcronymBuckets, Section::Acronyms)];

fn all(right: bool, what: &'static str) -> Result<(), OpenError> {
    if right { Ok(()) } else { Err(OpenError::Damaged(what)) }
}

impl Index {
    /// What opening checks of any file, whatever its size: every section has whole rows, every table as many buckets as it
    /// says.
    pub(super) fn check_tables(&self) -> Result<(), OpenError> {
        self.whole::<NameRow>(Section::Names)?;
        self.whole::<ReadingRow>(Section::Readings)?;
        self.whole::<PartRow>(Section::Parts)?;
        self.whole::<TokenRow>(Section::Tokens)?;
        self.whole::<FormRow>(Section::Forms)?;
        self.whole::<U32>(Section::Postings)?;
        self.whole::<DateRow>(Section::Dates)?;
        self.whole::<Span>(Section::Values)?;
        self.whole::<IdentifierRow>(Section::Identifiers)?;
        let n_entities = self.whole::<EntityRow>(Section::Entities)?.len();
        let by_id = self.whole::<U32>(Section::EntitiesById)?;
        all(by_id.len() == n_entities, "its order of ids")?;
        all(n_entities == 0 || !self.info.lists.is_empty(), "its lists")?;
        for (buckets, rows) in HASHED {
            all(are_buckets(self.whole(buckets)?, self.whole::<HashRow>(rows)?.len()), "its buckets")?;
        }
        for (buckets, rows) in RUNS {
            all(are_buckets(self.whole(buckets)?, self.whole::<RunRow>(rows)?.len()), "its buckets")?;
        }
        Ok(())
    }

    /// Checks all of the file: its checksum, every span and slice inside its section, every text UTF-8, every table in its
    /// order. It reads the whole file; who has built one calls it once.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn verify(&self) -> Result<(), OpenError> {
        // A damaged text would be a party that nobody finds, and every row of it could still be in its place.
        let is_sound = |(before, last): (&[u8], &[u8; 8])| u64::from_le_bytes(*last) == checksum(before);
        if !self.bytes.split_last_chunk().is_some_and(is_sound) {
            return Err(OpenError::Damaged("its checksum"));
        }
        let text_range = self.sections[Section::Text as usize].clone();
        let texts =
            std::str::from_utf8(&self.bytes[text_range]).map_err(|_| OpenError::Damaged("its texts"))?;
        let span = |span: Span| {
            let start = span.start.get() as usize;
            texts.get(start..start + span.len.get() as usize).is_some()
        };
        let within = |slice: Slice, n: usize| range(slice).end <= n;
        let n_values = self.rows::<Span>(Section::Values).len();
        let n_names = self.rows::<NameRow>(Section::Names).len();
        let n_dates = self.rows::<DateRow>(Section::Dates).len();
        let n_readings = self.rows::<ReadingRow>(Section::Readings).len();
        let n_parts = self.rows::<PartRow>(Section::Parts).len();
        let n_records = self.sections[Section::Records as usize].len() as u64;
        let entities = self.rows::<EntityRow>(Section::Entities);
        let n_entities = entities.len();
        all(
            entities.iter().all(|row| {
                [row.id, row.caption, row.schema].into_iter().all(span)
                    && (row.list.get() as usize) < self.info.lists.len()
                    && within(row.names, n_names)
                    && within(row.dates, n_dates)
                    && [row.countries, row.addresses, row.programs]
                        .into_iter()
                        .all(|slice| within(slice, n_values))
                    && row.record_start.get().saturating_add(u64::from(row.record_len.get())) <= n_records
            }),
            "its entities",
        )?;
        let entity = |entity: &U32| (entity.get() as usize) < n_entities;
        let by_id = self.rows::<U32>(Section::EntitiesById);
        all(by_id.iter().all(entity), "its order of ids")?;
        let names = self.rows::<NameRow>(Section::Names);
        all(
            names.iter().all(|row| span(row.text) && entity(&row.entity) && within(row.readings, n_readings)),
            "its names",
        )?;
        let readings = self.rows::<ReadingRow>(Section::Readings);
        all(
            readings.iter().all(|row| (row.name.get() as usize) < n_names && within(row.parts, n_parts)),
            "its readings",
        )?;
        self.check_tokens(&span)?;
        let postings = self.rows::<U32>(Section::Postings);
        all(postings.iter().all(|row| (row.get() as usize) < n_readings), "its postings")?;
        all(self.rows::<DateRow>(Section::Dates).iter().all(|row| span(row.text)), "its dates")?;
        all(self.rows::<Span>(Section::Values).iter().all(|row| span(*row)), "its values")?;
        let identifiers = self.rows::<IdentifierRow>(Section::Identifiers);
        all(identifiers.iter().all(|row| entity(&row.entity) && span(row.text)), "its identifiers")
    }

    /// The same for name parts and the tables that lead to them.
    fn check_tokens(&self, span: &dyn Fn(Span) -> bool) -> Result<(), OpenError> {
        let within = |slice: Slice, n: usize| range(slice).end <= n;
        let n_postings = self.rows::<U32>(Section::Postings).len();
        let n_readings = self.rows::<ReadingRow>(Section::Readings).len();
        let tokens = self.rows::<TokenRow>(Section::Tokens);
        let forms = self.rows::<FormRow>(Section::Forms);
        all(
            tokens.iter().all(|row| {
                span(row.text) && within(row.forms, forms.len()) && within(row.readings, n_postings)
            }),
            "its name parts",
        )?;
        let is_form = |row: &FormRow| {
            let len = row.text.len.get().saturating_add(u32::from(row.n_sounds) + u32::from(row.n_key));
            span(row.text)
                && span(Span { start: row.text.start, len: len.into() })
                && (row.token.get() as usize) < tokens.len()
        };
        all(forms.iter().all(is_form), "its spellings")?;
        let parts = self.rows::<PartRow>(Section::Parts);
        let is_part = |row: &PartRow| {
            (row.token.get() as usize) < tokens.len() && (row.form.get() as usize) < forms.len()
        };
        all(parts.iter().all(is_part), "its name parts")?;
        let is_sorted = |section| self.rows::<U32>(section).is_sorted_by_key(|start| start.get());
        for (buckets, rows) in HASHED {
            let rows = self.rows::<HashRow>(rows);
            all(rows.iter().all(|row| (row.form.get() as usize) < forms.len()), "its hashes")?;
            all(is_sorted(buckets), "its buckets")?;
        }
        for (buckets, rows) in RUNS {
            let rows = self.rows::<RunRow>(rows);
            all(rows.iter().all(|row| (row.reading.get() as usize) < n_readings), "its runs")?;
            all(is_sorted(buckets), "its buckets")?;
        }
        Ok(())
    }

    fn whole<T: FromBytes + Immutable + KnownLayout + Unaligned>(
        &self,
        section: Section,
    ) -> Result<&[T], OpenError> {
        <[T]>::ref_from_bytes(&self.bytes[self.sections[section as usize].clone()])
            .map_err(|_| OpenError::Damaged("the length of a section"))
    }
}

#[cfg(test)]
mod tests {
    use interdict_core::digest::Digest;
    use interdict_core::entity::Entity;
    use interdict_core::list::ListVersion;
    use interdict_core::model;
    use interdict_core::score::Threshold;
    use interdict_core::subject::Subject;
    use proptest::prelude::*;

    use super::*;
    use crate::index::{ListInput, build};
    use crate::{Settings, screen, screen_exhaustively};

    fn bytes() -> Vec<u8> {
        let party = |number: usize| {
            let mut party = Entity::new(format!("t-{number}"), model::schema("Person").unwrap());
            party.add("name", format!("KIM, Sang Man {number}")).unwrap();
            party.add("alias", "Bank of Korea").unwrap();
            party.add("birthDate", "1965-04-25").unwrap();
            party.add("passportNumber", "109420132").unwrap();
            party
        };
        let entities: Vec<Entity> = (0..8).map(party).collect();
        let version = ListVersion {
            id: "t".parse().unwrap(),
            version: "1".to_owned(),
            published: None,
            entities: 8,
            digest: Digest::of(b"test"),
        };
        build(&[ListInput { version: &version, entities: &entities }], 1).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        /// A large file is not checked whole when it is opened: damage may give wrong answers, but never stops the program.
        #[test]
        fn damage_that_nobody_looked_for_does_no_harm(
            damages in prop::collection::vec((0_usize..1_000_000, any::<u8>()), 1..20),
        ) {
            let mut bytes = bytes();
            let len = bytes.len();
            for (at, value) in damages {
                bytes[at % len] = value;
            }
            if let Ok(index) = Index::unverified(bytes) {
                let settings = Settings { threshold: Threshold::new(0.3).unwrap(), hits_max: 10, lists: Vec::new() };
                for name in ["Kim Sang Man", "Sangman Kim 3", "Bank Korea", "K. S. Man"] {
                    let subject = Subject { identifiers: vec!["109420132".to_owned()], ..Subject::named(name) };
                    for screening in [screen, screen_exhaustively] {
                        let hits = screening(&index, &subject, &settings).hits;
                        prop_assert!(serde_json::to_string(&hits).is_ok());
                    }
                }
                for entity in index.entities() {
                    entity.names().for_each(|name| assert!(name.text().len() <= len));
                    assert!(entity.record_json().len() <= len && !entity.list().version.is_empty());
                }
                index.entities_with_id("t-1");
            }
        }
    }

    #[test]
    fn a_sound_file_is_verified_and_a_damaged_one_is_not() {
        let sound = bytes();
        assert!(Index::unverified(sound.clone()).unwrap().verify().is_ok());
        let last_text = sound.len() / 2;
        let mut damaged = sound;
        damaged[last_text] ^= 1;
        assert!(Index::unverified(damaged).is_ok_and(|index| index.verify().is_err()));
    }
}
