//! `kubectl get`. Upstream: `k8s.io/kubectl/pkg/cmd/get/get.go: Run, printGeneric, watch`.

use super::jsonpath::{self, JsonPath};
use super::table::{Decoration, Row};
use super::tabwriter::TabWriter;
use super::{Format, GetOptions, Item, Listing, Shown, Watched, custom_columns, golang, object, table, tables, yaml};
use crate::kubectl::resource::{Resource, Stored};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `kubectl get`: the objects of each listing, one table after the other, with empty listings left out. The core says
/// `No resources found` itself.
///
/// # Errors
/// What `kubectl` says after `error: `: a JSONPath that it cannot read or that finds nothing.
pub fn get(shown: &Shown<'_>, listings: &[Listing<'_>], options: &GetOptions) -> Result<String, String> {
    let mut listings: Vec<Listing<'_>> = listings.to_vec();
    for listing in &mut listings {
        // The API server lists by name.
        if listing.resource.stored == Stored::Events {
            listing.items.sort_by_cached_key(object::event_order);
        }
        if let Some(path) = &options.sort_by {
            sort(&mut listing.items, path)?;
        }
    }
    match &options.format {
        Format::Table | Format::Wide => Ok(print_tables(shown, &listings, options)),
        Format::Name => Ok(names(&listings)),
        Format::Yaml => Ok(yaml::to_yaml(&generic(&listings, options))),
        Format::Json => Ok(golang::json_indented(&generic(&listings, options)) + "\n"),
        Format::JsonPath(template, as_json) => json_path(&generic(&listings, options), template, *as_json),
        Format::CustomColumns(spec) => custom_columns::print(&objects(&listings), spec, options.no_headers),
    }
}

fn print_tables(shown: &Shown<'_>, listings: &[Listing<'_>], options: &GetOptions) -> String {
    let printed = || listings.iter().filter(|listing| !listing.items.is_empty());
    let kinds: BTreeSet<String> = printed().map(|listing| listing.resource.qualified()).collect();
    let with_kind = options.show_kind || kinds.len() > 1;
    let mut out = String::new();
    for listing in printed() {
        if !out.is_empty() && !options.no_headers {
            out.push('\n');
        }
        let rows: Vec<Row> = listing.items.iter().map(|item| tables::row(listing.resource, item, shown.now)).collect();
        let kind = with_kind.then(|| listing.resource.qualified_singular());
        let decoration = decoration(listing.resource, options, kind.as_deref());
        out.push_str(&table::print(tables::columns(listing.resource), &rows, &decoration));
    }
    out
}

fn decoration<'a>(resource: &Resource, options: &'a GetOptions, kind: Option<&'a str>) -> Decoration<'a> {
    Decoration {
        is_wide: options.format == Format::Wide,
        no_headers: options.no_headers,
        with_namespace: options.all_namespaces && resource.is_namespaced,
        kind,
        label_columns: &options.label_columns,
        show_labels: options.show_labels,
    }
}

fn names(listings: &[Listing<'_>]) -> String {
    let of = |listing: &Listing<'_>| {
        let kind = listing.resource.qualified_singular();
        listing.items.iter().map(|item| format!("{kind}/{}\n", object::name(item))).collect::<String>()
    };
    listings.iter().map(of).collect()
}

fn objects(listings: &[Listing<'_>]) -> Vec<Value> {
    listings.iter().flat_map(|listing| &listing.items).map(object::to_json).collect()
}

/// The one object, or a List.
fn generic(listings: &[Listing<'_>], options: &GetOptions) -> Value {
    let mut objects = objects(listings);
    match objects.pop() {
        Some(object) if options.single && objects.is_empty() => object,
        last => {
            objects.extend(last);
            json!({"apiVersion": "v1", "items": objects, "kind": "List", "metadata": {"resourceVersion": ""}})
        }
    }
}

/// `cli-runtime/pkg/printers/jsonpath.go`, `genericclioptions/jsonpath_flags.go`.
fn json_path(object: &Value, template: &str, as_json: bool) -> Result<String, String> {
    if template.is_empty() {
        return Err("template format specified but no template given".into());
    }
    let path = JsonPath::parse(template).map_err(|error| format!("error parsing jsonpath {template}, {error}"))?;
    let printed = if as_json { path.print_as_json(object) } else { path.print(object) };
    printed.map_err(|error| {
        format!(
            "error executing jsonpath {}: Error executing template: {error}. Printing more information for debugging the \
             template:\n\ttemplate was:\n\t\t{template}\n\tobject given to jsonpath engine was:\n\t\t{}\n\n",
            golang::quoted(template),
            golang::syntax(object),
        )
    })
}

/// `sorter.go: NewTableSorter, SortObjects`.
fn sort(items: &mut Vec<Item<'_>>, path: &str) -> Result<(), String> {
    let expression = jsonpath::relaxed(path)?;
    let path = JsonPath::parse(&expression).map_err(|error| format!("sorting error: {error}"))?;
    let mut keyed = vec![];
    for item in items.drain(..) {
        let object = object::to_json(&item);
        let found = path.find(&object)?;
        let key = found.first().and_then(|values| values.first()).map(|value| value.clone().into_owned());
        keyed.push((key, item));
    }
    if !keyed.is_empty() && keyed.iter().all(|(key, _)| key.is_none()) {
        return Err(format!(
            "couldn't find any field with path {} in the list of objects",
            golang::quoted(&expression)
        ));
    }
    keyed.sort_by(|(a, _), (b, _)| jsonpath::sorted(a.as_ref(), b.as_ref()));
    items.extend(keyed.into_iter().map(|(_, item)| item));
    Ok(())
}

/// `kubectl get --watch`: the rows in the order in which they came, columns as wide as the rows so far made them
/// (`tabwriter.RememberWidths`).
///
/// # Errors
/// As [`get`].
pub fn watch(resource: &'static Resource, rows: &[Watched<'_>], options: &GetOptions) -> Result<String, String> {
    let mut out = String::new();
    let columns = tables::columns(resource);
    let kind = options.show_kind.then(|| resource.qualified_singular());
    let decoration = decoration(resource, options, kind.as_deref());
    let mut writer = TabWriter::of_tables();
    let mut columns_of_user = TabWriter::of_tables();
    // What is there at first comes at once.
    let first = rows.iter().take_while(|row| Some(row.at) == rows.first().map(|row| row.at)).count();
    let mut pending = String::new();
    for (index, watched) in rows.iter().enumerate() {
        let object = || object::to_json(&watched.item);
        match &options.format {
            Format::Table | Format::Wide => {
                if index == 0 && !options.no_headers {
                    pending = decoration.headings(columns);
                }
                pending += &decoration.row(columns, &tables::row(resource, &watched.item, watched.at));
                if index + 1 >= first {
                    out += &writer.align(&std::mem::take(&mut pending));
                }
            }
            Format::Name => out += &format!("{}/{}\n", resource.qualified_singular(), object::name(&watched.item)),
            Format::Yaml => {
                out += if index == 0 { "" } else { "---\n" };
                out += &yaml::to_yaml(&object());
            }
            Format::Json => {
                out += &golang::json_indented(&object());
                out.push('\n');
            }
            Format::JsonPath(template, as_json) => out += &json_path(&object(), template, *as_json)?,
            Format::CustomColumns(spec) => {
                let columns = custom_columns::parse(spec)?;
                let is_headed = index == 0 && !options.no_headers;
                out += &columns_of_user.align(&custom_columns::rows(&[object()], &columns, is_headed)?);
            }
        }
    }
    Ok(out)
}
