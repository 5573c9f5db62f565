//! `interdict network import`, `status` and `remove`: which files of holdings are kept.

use jiff::Timestamp;
use serde_json::json;

use interdict_network::network::Builder;
use interdict_network::sources::SourceKind;

use crate::Ending;
use crate::cli::{NetworkImport, Output};
use crate::commands::{print, print_json};
use crate::config::Config;
use crate::failure::Failure;
use crate::network::kept::{Kept, KeptFile};
use crate::network::{loading, ownership};
use crate::terminal::{FAINT, NOTE, STRONG, number, printable, table};

/// Reads files and keeps them.
pub(super) fn import(config: &Config, args: &NetworkImport, output: Output) -> Result<Ending, Failure> {
    if args.name.is_some() && args.files.len() > 1 {
        return Err(Failure::Usage("--name is for one file".to_owned()));
    }
    let kept = Kept::at(&config.home);
    let mut files = Vec::new();
    for path in &args.files {
        let holdings = loading::file(path)?;
        let mut builder = Builder::new();
        let (account, _) = loading::read(&mut builder, &holdings)?;
        loading::say_what_was_lost(&holdings, &account);
        let name = args.name.clone().unwrap_or_else(|| holdings.name.clone());
        let file = KeptFile {
            name: checked(name)?,
            file: holdings.name.clone(),
            digest: holdings.digest,
            kind: SourceKind::detect(&holdings.bytes).name().to_owned(),
            parties: builder.parties() as u64,
            interests: builder.interests() as u64,
            lost: loading::lost(&account),
            imported_at: Timestamp::now(),
        };
        if file.interests == 0 && file.parties == 0 {
            let reason = "nothing in it is a party or an interest".to_owned();
            return Err(Failure::Holdings { path: path.clone(), reason });
        }
        if files.iter().any(|(known, _): &(KeptFile, _)| known.name == file.name) {
            let name: String = file.name.chars().take(60).collect();
            return Err(Failure::Usage(format!(
                "two files would be kept as {name:?}, and one would take the place of the other: import them one by one with --name"
            )));
        }
        files.push((file, holdings));
    }
    // All files are read before the first is kept: a set is kept whole or not at all.
    let lock = kept.lock()?;
    if let Some(aside) = kept.put_damaged_aside()? {
        let aside = aside.display();
        anstream::eprintln!(
            "{NOTE}note:{NOTE:#} what was kept is damaged and was put aside as {aside}; import the other files again"
        );
    }
    for (file, holdings) in &files {
        if let Some(before) =
            kept.files()?.iter().find(|known| known.name == file.name && known.digest != file.digest)
        {
            let (name, digest) = (printable(&before.name), before.digest.short());
            anstream::eprintln!("{NOTE}note:{NOTE:#} it takes the place of {name} {digest}");
        }
        kept.keep(file.clone(), &holdings.bytes)?;
    }
    drop(lock);
    ownership::forget(config);
    let files: Vec<KeptFile> = files.into_iter().map(|(file, _)| file).collect();
    if output == Output::Json {
        return print_json(&json!({"imported": files}));
    }
    print(listed(&files).as_bytes())
}

/// A name that does no harm on a terminal.
fn checked(name: String) -> Result<String, Failure> {
    let fits = (1..=128).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fits {
        Ok(name)
    } else {
        Err(Failure::Usage("a name has 1 to 128 characters, none of them control characters".to_owned()))
    }
}

/// Shows what is kept.
pub(super) fn status(config: &Config, output: Output) -> Result<Ending, Failure> {
    let kept = Kept::at(&config.home);
    let files = kept.files()?;
    // A status that does not look is none.
    files.iter().try_for_each(|file| kept.open(file).map(drop))?;
    if output == Output::Json {
        return print_json(&json!({"files": files}));
    }
    if files.is_empty() {
        return print(b"no holdings are kept: interdict network import FILE\n");
    }
    print(listed(&files).as_bytes())
}

/// Keeps a file no more.
pub(super) fn remove(config: &Config, name: &str, output: Output) -> Result<Ending, Failure> {
    let kept = Kept::at(&config.home);
    let lock = kept.lock()?;
    let removed = kept.remove(name)?;
    drop(lock);
    ownership::forget(config);
    if output == Output::Json {
        return print_json(&json!({"removed": removed}));
    }
    print(format!("{STRONG}{}{STRONG:#} is kept no more\n", printable(&removed.name)).as_bytes())
}

fn listed(files: &[KeptFile]) -> String {
    let row = |file: &KeptFile| {
        vec![
            printable(&file.name),
            file.kind.clone(),
            number(file.parties),
            number(file.interests),
            number(file.lost),
            file.digest.short(),
        ]
    };
    let header = ["name", "form", "parties", "interests", "lost", "digest"];
    let mut text = table(&header, &[2, 3, 4], files.iter().map(row));
    text.push_str(&format!("\n{FAINT}who is blocked by them: interdict network blocked{FAINT:#}\n"));
    text
}
