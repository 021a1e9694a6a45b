//! `kubectl diff`. Upstream: `k8s.io/kubectl/pkg/cmd/diff/diff.go`, and the `diff -u -N` that it calls.

use super::console::{Console, Stream};
use super::failure::{Failure, Outcome};
use super::files::Written;
use super::print::{self, Format, GetOptions, Item, Listing};
use super::printing::shown;
use super::run::Call;
use super::select;
use crate::api::ObjectRef;
use crate::engine::Command;
use crate::events::Log;
use similar::{Algorithm, TextDiff};

/// Folders that `kubectl` makes for the two sides; their numbers are random there.
const FOLDERS: [&str; 2] = ["/tmp/LIVE-0", "/tmp/MERGED-0"];

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    if !call.has_files() {
        return Err(Failure::usage("diff", "Must specify --filename to diff"));
    }
    let read = call.files()?;
    let mut errors = read.errors;
    let mut differs = false;
    for written in read.objects {
        match one(call, &written) {
            Ok(found) => differs |= found,
            Err(failure) => errors.push(failure),
        }
    }
    Failure::all(errors)?;
    // As `diff` does, so that a script can tell.
    if differs { Err(Failure::Said(1)) } else { Ok(()) }
}

/// Prints how one object differs. Whether it does.
fn one(call: &mut Call<'_>, written: &Written) -> Result<bool, Failure> {
    let before = yaml(call.console, written)?;
    let mut after = call.console.clone();
    if let Some(kind) = written.resource.simulated() {
        let existing = after.simulation.cluster().get(&ObjectRef::new(kind, &written.namespace, &written.name));
        let object = super::apply::decoded(written, existing.as_ref())?;
        after.command(Command::Apply(vec![object]))?;
    } else {
        super::apply::check_kept(written)?;
        after.keep(written.resource, &written.namespace, &written.name, written.document.json.clone());
    }
    let after = yaml(&after, written)?;
    if before == after {
        return Ok(false);
    }
    let group = match written.resource.group {
        "" => String::new(),
        group => format!("{group}."),
    };
    let name =
        format!("{group}{}.{}.{}.{}", written.resource.version, written.resource.kind, written.namespace, written.name);
    let [live, merged] = FOLDERS.map(|folder| format!("{folder}/{name}"));
    call.out.line(format!("diff -u -N {live} {merged}"));
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).diff_lines(&before, &after);
    let at = call.console.simulation.now();
    let text =
        diff.unified_diff().context_radius(3).header(&format!("{live}\t{at}"), &format!("{merged}\t{at}")).to_string();
    call.out.add(Stream::Out, &text);
    Ok(true)
}

/// An object as YAML, without what differs in any case; empty where there is none.
fn yaml(console: &Console, written: &Written) -> Result<String, Failure> {
    let log = Log::default();
    let found = select::by_name(console, &log, written.resource, &written.namespace, &written.name);
    let Some(thing) = found else { return Ok(String::new()) };
    let shown = shown(console, &log);
    let options = GetOptions { format: Format::Yaml, single: true, ..GetOptions::default() };
    let items = vec![match thing.item {
        Item::Object(mut object) => {
            // The annotation says the same in one long line.
            object.metadata_mut().annotations.remove(crate::api::LAST_APPLIED);
            Item::Object(object)
        }
        other => other,
    }];
    print::get(&shown, &[Listing { resource: thing.resource, items }], &options).map_err(Failure::client)
}
