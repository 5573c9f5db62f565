//! `interdict network export`: the network for other programs, and as a picture.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use interdict_network::assessment::Assessment;
use interdict_network::excerpt::{Excerpt, Extent, PARTIES_DEFAULT};
use interdict_network::export::{Scope, graphml, json};
use interdict_network::network::{Network, PartyId};
use interdict_network::picture::{Heading, svg};
use interdict_network::policy::Regime;
use interdict_network::standing::Standing;

use super::Asked;
use crate::Ending;
use crate::archive::write_whole;
use crate::cli::{Export, ExportFormat};
use crate::config::Config;
use crate::failure::Failure;
use crate::terminal::printable;

/// Writes it.
pub(super) fn run(config: &Config, args: &Export) -> Result<Ending, Failure> {
    if args.question.regime.len() > 1 {
        return Err(Failure::Usage("--regime: a network is shown under one set of rules".to_owned()));
    }
    if args.most.is_some() && args.around.is_empty() && args.format != ExportFormat::Svg {
        return Err(Failure::Usage(
            "--most: without --around, JSON and GraphML have the whole network".to_owned(),
        ));
    }
    if let Some(path) = &args.output {
        check_target(path, &args.question.files)?;
    }
    let asked = Asked::new(config, &args.question)?;
    let focus = args.around.iter().map(|text| asked.party(config, text)).collect::<Result<Vec<_>, _>>()?;
    let known = asked.known(config, &args.question)?;
    let regime = args.question.regimes().into_iter().next().unwrap_or(Regime::Ofac);
    if !known.has_designations(regime) {
        // A picture of nobody designated would be one of a network that is free.
        return Err(Failure::NoListOf { regime: regime.name() });
    }
    let assessment =
        Assessment::new(&asked.loaded.network, regime.policy_on(asked.day), asked.day, known.under(regime));
    let mut out: Vec<u8> = Vec::new();
    match &args.output {
        Some(path) => {
            write(&asked, &assessment, regime, &focus, args, &mut out).map_err(Failure::Output)?;
            write_whole(path, &out)?;
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            write(&asked, &assessment, regime, &focus, args, &mut out)
                .and_then(|()| out.flush())
                .map_err(Failure::Output)?;
        }
    }
    Ok(Ending::Clear)
}

fn write(
    asked: &Asked,
    assessment: &Assessment<'_>,
    regime: Regime,
    focus: &[PartyId],
    args: &Export,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let network = &asked.loaded.network;
    let standing = |party: PartyId| -> Standing { assessment.standing(party) };
    let most = args.most.unwrap_or(PARTIES_DEFAULT);
    let extent = Extent {
        up: args.steps,
        down: args.steps,
        day: Some(asked.day),
        parties_max: most,
        ..Extent::default()
    };
    let excerpt = || match focus {
        [] => Excerpt::whole(network, most, &standing),
        focus => Excerpt::around(network, focus, &extent, &standing),
    };
    let part;
    let scope = if focus.is_empty() {
        Scope::Whole
    } else {
        part = excerpt();
        Scope::Part(&part)
    };
    let heading = Heading { title: title(network, focus), regime: Some(regime), day: Some(asked.day) };
    match args.format {
        ExportFormat::Json => json::write(network, scope, &heading, &standing, out),
        ExportFormat::Graphml => graphml::write(network, scope, &heading, &standing, out),
        ExportFormat::Svg => out.write_all(svg(network, &excerpt(), &heading, &standing).as_bytes()),
    }
}

/// The file is written beside its place and renamed, so whatever stands there is replaced: a device, a pipe, a link or the holdings
/// themselves shall not be.
fn check_target(path: &Path, inputs: &[PathBuf]) -> Result<(), Failure> {
    let Ok(target) = path.symlink_metadata() else { return Ok(()) };
    let refused =
        |why: &str| Err(Failure::Usage(format!("--output: {}{why}", printable(&path.to_string_lossy()))));
    if !target.is_file() {
        return refused(
            " is there and is no regular file, and would be replaced; name another file, or leave --output away for standard output",
        );
    }
    let place = path.canonicalize().ok();
    if place.is_some() && inputs.iter().any(|input| input.canonicalize().ok() == place) {
        return refused(" is one of the files of holdings, and would be overwritten; name another file");
    }
    Ok(())
}

fn title(network: &Network, focus: &[PartyId]) -> String {
    let captions: Vec<&str> = focus.iter().map(|&party| network.caption(party)).collect();
    match captions.as_slice() {
        [] => "Who owns or controls whom".to_owned(),
        captions => format!("Around {}", captions.join(", ")),
    }
}
