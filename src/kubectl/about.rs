//! What `kubectl` says of itself and of the API: help, versions, resources.

use super::console::Printed;
use super::failure::{Failure, Outcome};
use super::flags::{self, Takes};
use super::lab;
use super::resource::{RESOURCES, Resource};
use super::run::Call;
use super::table::{self, CommandInfo, GLOBAL, Here};
use std::collections::BTreeSet;

/// The version that is simulated.
const VERSION: &str = "v1.36.2";

pub(super) fn version(call: &mut Call<'_>) -> Outcome {
    call.out.line(format!("Client Version: {VERSION}"));
    call.out.line("Kustomize Version: v5.8.1");
    if !call.flags.is_set("client") {
        call.out.line(format!("Server Version: {VERSION}"));
    }
    Ok(())
}

pub(super) fn cluster_info(call: &mut Call<'_>) -> Outcome {
    call.out.line("Kubernetes control plane is running at https://127.0.0.1:6443");
    call.out.note("It is simulated: nothing listens there.");
    Ok(())
}

pub(super) fn api_versions(call: &mut Call<'_>) -> Outcome {
    let versions: BTreeSet<String> = RESOURCES.iter().map(Resource::api_version).collect();
    versions.iter().for_each(|version| call.out.line(version));
    Ok(())
}

pub(super) fn api_resources(call: &mut Call<'_>) -> Outcome {
    let group = call.flags.text("api-group");
    let namespaced = call.flags.has("namespaced").then(|| call.flags.is_set("namespaced"));
    let rows: Vec<&Resource> = RESOURCES
        .iter()
        .filter(|resource| group.is_none_or(|group| resource.group == group))
        .filter(|resource| namespaced.is_none_or(|namespaced| resource.is_namespaced == namespaced))
        .collect();
    if call.flags.text("output") == Some("name") {
        rows.iter().for_each(|resource| call.out.line(resource.qualified()));
        return Ok(());
    }
    let mut cells: Vec<[String; 5]> = vec![];
    if !call.flags.is_set("no-headers") {
        cells.push(["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"].map(str::to_owned));
    }
    cells.extend(rows.iter().map(|resource| {
        [
            resource.plural.to_owned(),
            resource.short.join(","),
            resource.api_version(),
            resource.is_namespaced.to_string(),
            resource.kind.to_owned(),
        ]
    }));
    let width = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    for row in &cells {
        let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        call.out.line(padded.collect::<Vec<_>>().join("   ").trim_end());
    }
    Ok(())
}

pub(super) fn options(call: &mut Call<'_>) -> Outcome {
    call.out.line("Every command takes these:\n");
    for flag in GLOBAL.split_ascii_whitespace() {
        let (short, name) = flag.split_once(',').map_or((None, flag), |(short, name)| (Some(short), name));
        let short = short.map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
        call.out.line(format!("  {short}--{}", name.trim_end_matches(['=', '#', '%'])));
    }
    Ok(())
}

/// What `kubectl` prints without a command.
pub(super) fn overview(out: &mut Printed) {
    out.line("kubectl controls the cluster. These commands work here; `kubectl help COMMAND` tells more:\n");
    for info in table::below("").filter(|info| !matches!(info.here, Here::Not(_))) {
        out.line(format!("  {:<15} {}", info.name, info.about));
    }
    let others: Vec<&str> =
        table::below("").filter(|info| matches!(info.here, Here::Not(_))).map(|info| info.name).collect();
    out.line(format!("\nThese exist, but make no sense in a simulation: {}.", others.join(", ")));
}

/// `help`, `help lab`, `kubectl help rollout status`.
pub(super) fn help(words: &[String], out: &mut Printed) -> Outcome {
    let words: Vec<String> = match words.split_first() {
        Some((first, rest)) if first == "kubectl" || first == "k" => rest.to_vec(),
        _ => words.to_vec(),
    };
    match words.first().map(String::as_str) {
        None => {
            overview(out);
            out.line("");
            lab::overview(out);
            Ok(())
        }
        Some("lab") => {
            lab::overview(out);
            Ok(())
        }
        Some(first) => match table::find(&words) {
            Some((info, _)) => {
                help_on(info, out);
                Ok(())
            }
            None => Err(Failure::client(format!("there is no command \"{first}\"; `help` lists those that there are"))),
        },
    }
}

/// Help on one command.
pub(super) fn help_on(info: &CommandInfo, out: &mut Printed) {
    out.line(info.about);
    if let Here::Not(why) = info.here {
        out.line(format!("\nIt is not simulated: {why}."));
        return;
    }
    let below: Vec<&CommandInfo> = table::below(info.name).collect();
    if !below.is_empty() {
        out.line("\nCommands:");
        for info in &below {
            let last = info.name.rsplit(' ').next().unwrap_or(info.name);
            out.line(format!("  {last:<20} {}", info.about));
        }
    }
    if info.here == Here::Works {
        out.line(format!("\nUsage:\n  kubectl {} {}", info.name, info.usage).trim_end());
        let own: Vec<flags::Flag> =
            flags::of(info).take(info.flags.iter().flat_map(|part| part.split_ascii_whitespace()).count()).collect();
        if !own.is_empty() {
            out.line("\nFlags:");
        }
        for flag in own {
            let short = flag.short.map_or_else(|| "    ".to_owned(), |short| format!("-{short}, "));
            let value = match flag.takes {
                Takes::Nothing => "",
                Takes::Text => "=TEXT",
                Takes::Number => "=NUMBER",
                Takes::Span => "=TIME",
                Takes::Optional(_) => "[=TEXT]",
            };
            out.line(format!("  {short}--{}{value}", flag.name));
        }
        out.line("\n`kubectl options` lists the flags that every command takes.");
    }
}
