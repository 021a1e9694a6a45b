//! `kubectl get`, `top` and `events`: which objects are printed, and how. Upstream: `k8s.io/kubectl/pkg/cmd/get/get.go`.

use super::console::Stream;
use super::describe::WHICH_TYPE;
use super::failure::{Failure, Outcome};
use super::print::{self, Format, GetOptions, Listing, TopOptions, Watched};
use super::printing::{format, owned};
use super::resource::Resource;
use super::run::Call;
use super::select::{self, Query, Selection, Thing};
use super::targets::Targets;
use crate::api::Object;
use crate::cluster::Change;
use crate::events::Log;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let args = call.args();
    if args.is_empty() && !call.has_files() {
        call.out.warn(format!("You must specify the type of resource to get. {WHICH_TYPE}\n"));
        let usage = "Required resource not specified.\nUse \"kubectl explain <resource>\" for a detailed description of that \
                     resource (e.g. kubectl explain pods).";
        return Err(Failure::usage("get", usage));
    }
    if call.flags.has("raw") {
        return Err(Failure::client("--raw is not supported here"));
    }
    let options = options(call)?;
    let log = Log::of(call.console.simulation.steps());
    let query = call.query(args, true);
    let selection = match call.has_files() {
        true => {
            let Targets { things, errors } = call.targets(true)?;
            let resources = things.iter().map(|thing| thing.resource).collect();
            let single = things.len() == 1;
            Selection { things, errors, resources, single }
        }
        false => select::select(call.console, &log, &query)?,
    };
    if call.flags.is_set("watch") || call.flags.is_set("watch-only") {
        return watch(call, &query, selection, options);
    }
    let options = GetOptions { single: selection.single, ..options };
    let mut errors = selection.errors;
    let ignores_missing = call.flags.is_set("ignore-not-found");
    if ignores_missing {
        errors.retain(|failure| !matches!(failure, Failure::Server(reason, _) if reason == "NotFound"));
    }
    let nothing = selection.things.is_empty();
    let listings = listings(selection.things);
    let is_table = matches!(options.format, Format::Table | Format::Wide | Format::CustomColumns(_));
    let several = selection.resources.len() > 1;
    let options = GetOptions { show_kind: options.show_kind || several, ..options };
    if !(nothing && (is_table || options.single || !errors.is_empty())) {
        let text = print::get(&call.shown(&log), &listings, &options).map_err(Failure::client)?;
        call.out.add(Stream::Out, &text);
    } else if errors.is_empty() && !ignores_missing && matches!(options.format, Format::Table | Format::Wide) {
        let is_namespaced = !query.all_namespaces && selection.resources.iter().all(|resource| resource.is_namespaced);
        match is_namespaced {
            true => call.out.warn(format!("No resources found in {} namespace.", query.namespace)),
            false => call.out.warn("No resources found"),
        }
    }
    Failure::all(errors)
}

fn options(call: &Call<'_>) -> Result<GetOptions, Failure> {
    let format = format(&call.flags, true)?;
    let is_table = matches!(format, Format::Table | Format::Wide);
    let show_labels = call.flags.is_set("show-labels");
    if show_labels && !is_table {
        let output = call.flags.text("output").unwrap_or_default();
        return Err(Failure::client(format!("--show-labels option cannot be used with {output} printer")));
    }
    Ok(GetOptions {
        format,
        no_headers: call.flags.is_set("no-headers"),
        show_labels,
        show_kind: call.flags.is_set("show-kind"),
        all_namespaces: call.flags.is_set("all-namespaces"),
        label_columns: call.flags.list("label-columns").into_iter().map(Into::into).collect(),
        sort_by: call.flags.text("sort-by").filter(|path| !path.is_empty()).map(Into::into),
        single: false,
    })
}

/// The objects of each resource together, in the order in which the resources came.
fn listings(things: Vec<Thing<'_>>) -> Vec<Listing<'_>> {
    let mut listings: Vec<Listing<'_>> = vec![];
    for thing in things {
        match listings.iter_mut().find(|listing| std::ptr::eq(listing.resource, thing.resource)) {
            Some(listing) => listing.items.push(thing.item),
            None => listings.push(Listing { resource: thing.resource, items: vec![thing.item] }),
        }
    }
    listings
}

/// `kubectl get --watch`: plays virtual time until nothing is left to happen, and prints each object as it changes.
fn watch(call: &mut Call<'_>, query: &Query, selection: Selection<'_>, options: GetOptions) -> Outcome {
    let [resource] = selection.resources.as_slice() else {
        return Err(Failure::client("you may only specify a single resource type"));
    };
    let resource: &'static Resource = resource;
    Failure::all(selection.errors)?;
    let mut rows: Vec<Watched<'static>> = vec![];
    let now = call.console.simulation.now();
    if !call.flags.is_set("watch-only") {
        rows.extend(selection.things.into_iter().map(|thing| Watched { at: now, item: owned(thing.item) }));
    }
    let first = call.console.simulation.steps().len();
    let mut told = first;
    let mut printed = 0;
    let ended = call.console.wait_until(None, call.out, |console, out| {
        let steps = console.simulation.steps();
        for step in steps.get(told..).unwrap_or_default() {
            let changed = step.changes.iter().filter_map(Change::object);
            let wanted = changed.filter(|object| is_watched(object, resource, query));
            rows.extend(wanted.map(|object| Watched { at: step.at, item: print::Item::Object(object.clone()) }));
        }
        told = steps.len();
        // Columns are as wide as the rows so far made them, so what was printed stays as it is.
        let text = print::watch(resource, &rows, &options).map_err(Failure::client)?;
        if let Some(more) = text.get(printed..).filter(|more| !more.is_empty()) {
            out.line(more.trim_end_matches('\n'));
            printed = text.len();
        }
        Ok(false)
    });
    ended.map(drop)
}

fn is_watched(object: &Object, resource: &Resource, query: &Query) -> bool {
    if resource.simulated() != Some(object.kind()) {
        return false;
    }
    let metadata = object.metadata();
    let is_within = !resource.is_namespaced || query.all_namespaces || metadata.namespace == query.namespace;
    let names: Vec<&str> = match query.args.first().and_then(|first| first.split_once('/')) {
        Some((_, name)) => vec![name],
        None => query.args.iter().skip(1).map(String::as_str).collect(),
    };
    let item = print::Item::Object(object.clone());
    let selector = query.selector.as_deref().and_then(|text| super::selector::Selector::read(text).ok());
    let fields = query.field_selector.as_deref().and_then(|text| super::selector::FieldSelector::read(text).ok());
    is_within
        && (names.is_empty() || names.contains(&metadata.name.as_str()))
        && selector.is_none_or(|selector| selector.matches(&metadata.labels))
        && fields.is_none_or(|fields| fields.matches(&select::json_of(&item)))
}

pub(super) fn top(call: &mut Call<'_>) -> Outcome {
    let what = if call.info.name == "top node" { "nodes" } else { "pods" };
    let mut args = vec![what.to_owned()];
    args.extend(call.args());
    let log = Log::default();
    let selection = select::select(call.console, &log, &call.query(args, true))?;
    Failure::all(selection.errors)?;
    let options = TopOptions {
        no_headers: call.flags.is_set("no-headers"),
        all_namespaces: call.flags.is_set("all-namespaces"),
        containers: call.flags.is_set("containers"),
        sort_by: call.flags.text("sort-by").map(Into::into),
    };
    let listing = Listing {
        resource: select::resource(what)?,
        items: selection.things.into_iter().map(|thing| thing.item).collect(),
    };
    let text = print::top(&call.shown(&log), &listing, &options).map_err(Failure::client)?;
    call.out.add(Stream::Out, &text);
    Ok(())
}

pub(super) fn events(call: &mut Call<'_>) -> Outcome {
    let types = call.flags.list("types").into_iter().map(str::to_lowercase).collect::<Vec<_>>();
    if types.iter().any(|name| name != "normal" && name != "warning") {
        return Err(Failure::client("valid --types are Normal or Warning"));
    }
    let about = match call.flags.text("for") {
        None => None,
        Some(text) => match text.split('/').collect::<Vec<_>>().as_slice() {
            [typed, name] if !typed.is_empty() && !name.is_empty() => {
                Some((select::resource(typed)?, (*name).to_owned()))
            }
            [_, _, _, ..] => {
                return Err(Failure::client("arguments in resource/name form may not have more than one slash"));
            }
            _ => return Err(Failure::client("--for must be in resource/name form")),
        },
    };
    let log = Log::of(call.console.simulation.steps());
    let namespace = call.namespace();
    let everywhere = call.flags.is_set("all-namespaces");
    let entries: Vec<_> = log
        .at(call.console.simulation.steps().len())
        .filter(|entry| everywhere || select::event_namespace(entry) == namespace)
        .filter(|entry| types.is_empty() || types.contains(&entry.event.severity.as_str().to_lowercase()))
        .filter(|entry| {
            about.as_ref().is_none_or(|(resource, name)| {
                resource.kind == entry.event.object.kind.as_str() && entry.event.object.name() == name
            })
        })
        .collect();
    if entries.is_empty() {
        match everywhere {
            true => call.out.warn("No events found."),
            false => call.out.warn(format!("No events found in {namespace} namespace.")),
        }
        return Ok(());
    }
    let options = options(call)?;
    let text = print::events(&call.shown(&log), &entries, &options);
    call.out.add(Stream::Out, &text);
    Ok(())
}
