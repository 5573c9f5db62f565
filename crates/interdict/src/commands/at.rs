//! `interdict lists at DATE`: which version of each list had the authority published by a day, and which was in force here then?

use jiff::Timestamp;
use serde_json::json;

use interdict_core::date::PartialDate;
use interdict_core::list::ListId;

use super::{print, print_json};
use crate::Ending;
use crate::archive::{Archive, Holdings, Manifest, Rulings, end_of};
use crate::cli::{At, Output};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::{FAINT, number, table};

/// What counted of one list.
struct Row<'a> {
    list: ListId,
    published: Option<&'a Manifest>,
    in_force: Option<&'a Manifest>,
}

/// Shows what counted on a day.
pub(crate) fn run(config: &Config, args: &At, output: Output) -> Result<Ending, Failure> {
    let day = day(&args.day)?;
    let archive = Archive::at(&config.home);
    let holdings = archive.holdings()?;
    if let Some(list) = &args.list {
        holdings.list(list)?;
    }
    let then = end_of(day).ok_or(Failure::Bug)?;
    let rulings = holdings.rulings_by(day);
    let published = holdings.published_by(day);
    let is_asked = |list: &ListId| args.list.as_ref().is_none_or(|asked| asked == list.as_str());
    let rows: Vec<Row<'_>> = holdings
        .lists
        .keys()
        .filter(|list| is_asked(list))
        .map(|list| Row {
            list: list.clone(),
            published: published.iter().find(|manifest| manifest.version.id == *list).copied(),
            in_force: in_force(&holdings, &rulings, list, then),
        })
        .collect();
    if output == Output::Json {
        let lists: Vec<_> = rows.iter().map(|row| json!({"id": row.list, "published": version(row.published), "in_force": version(row.in_force)})).collect();
        return print_json(&json!({"day": day, "lists": lists}));
    }
    print(text(&rows, day).as_bytes())
}

/// A day from the command line.
pub(crate) fn day(text: &str) -> Result<PartialDate, Failure> {
    text.parse().map_err(|error| Failure::Usage(format!("{error}")))
}

/// The version of a list that was in force here at a time, by what had been decided until then.
fn in_force<'a>(
    holdings: &'a Holdings,
    rulings: &Rulings,
    list: &ListId,
    then: Timestamp,
) -> Option<&'a Manifest> {
    let versions = holdings.lists.get(list)?;
    let there: Vec<Manifest> =
        versions.iter().filter(|manifest| manifest.imported_at <= then).cloned().collect();
    let digest = there.get(rulings.in_force(&there)?)?.version.digest;
    versions.iter().find(|manifest| manifest.version.digest == digest)
}

fn version(manifest: Option<&Manifest>) -> serde_json::Value {
    manifest.map_or(serde_json::Value::Null, |manifest| {
        json!({
            "version": manifest.version.version,
            "digest": manifest.version.digest,
            "published": manifest.version.published,
            "imported_at": manifest.imported_at,
            "entities": manifest.version.entities,
        })
    })
}

fn text(rows: &[Row<'_>], day: PartialDate) -> String {
    let cell = |manifest: Option<&Manifest>| match manifest {
        None => ["none".to_owned(), String::new(), String::new()],
        Some(manifest) => [
            manifest.version.version.clone(),
            manifest.version.published.map_or("unknown".to_owned(), |date| date.to_string()),
            number(manifest.version.entities),
        ],
    };
    let cells = |row: &Row<'_>| {
        let [version, on, parties] = cell(row.published);
        let [here, ..] = cell(row.in_force);
        vec![row.list.to_string(), version, on, parties, here]
    };
    let header = ["list", "published by then", "on", "parties", "in force here then"];
    let mut text = table(&header, &[3], rows.iter().map(cells));
    text.push_str(&format!("\n{FAINT}{day}, as far as the archive goes{FAINT:#}\n"));
    text
}
