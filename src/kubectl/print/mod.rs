//! What `kubectl` prints of the cluster at one moment. Pure: every function is one of its arguments.
//! Upstream: `k8s.io/kubectl/pkg/cmd/get`, `pkg/describe`, `pkg/printers/internalversion/printers.go`.

use super::resource::Resource;
use crate::actor::Load;
use crate::api::{Object, ObjectRef, Time};
use crate::cluster::Cluster;
use crate::events::{Entry, Log};
use serde_json::Value;
use std::rc::Rc;

/// The moment whose state is printed.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Every simulated object as it is.
    pub cluster: &'a Cluster,
    /// The virtual now: what ages are counted from.
    pub now: Time,
    /// The Events of the run.
    pub events: &'a Log,
    /// How many steps of the run have happened: the bound for `events`.
    pub position: usize,
    /// What somebody said that pods use; empty means that there is no Metrics API.
    pub loads: &'a [Load],
}

/// One object to print.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// A simulated one.
    Object(Object),
    /// One of a kind that is kept as it was written, as complete JSON (Namespaces, ConfigMaps, …).
    Kept(Rc<Value>),
    /// An Event.
    Event(Entry<'a>),
}

/// Objects of one resource, in the order in which they are printed.
#[derive(Clone, Debug)]
pub struct Listing<'a> {
    /// What they are.
    pub resource: &'static Resource,
    /// The objects that names and selectors left.
    pub items: Vec<Item<'a>>,
}

/// The form of the output (`-o`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A table for people.
    #[default]
    Table,
    /// `-o wide`.
    Wide,
    /// `-o yaml`.
    Yaml,
    /// `-o json`.
    Json,
    /// `-o name`.
    Name,
    /// `-o jsonpath=…`, `-o jsonpath-as-json=…` where the second part is set.
    JsonPath(String, bool),
    /// `-o custom-columns=…`.
    CustomColumns(String),
}

/// How `kubectl get` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOptions {
    /// `-o`.
    pub format: Format,
    /// `--no-headers`.
    pub no_headers: bool,
    /// `--show-labels`.
    pub show_labels: bool,
    /// `--show-kind`, or several resources were asked for: names are printed as `kind/name`.
    pub show_kind: bool,
    /// `-A`: a column for the namespace.
    pub all_namespaces: bool,
    /// `-L`: labels with a column of their own.
    pub label_columns: Vec<String>,
    /// `--sort-by`: a JSONPath.
    pub sort_by: Option<String>,
    /// One object was named: YAML and JSON are of it alone and not of a List.
    pub single: bool,
}

/// One row of a watch: an object as it was at a moment.
#[derive(Clone, Debug)]
pub struct Watched<'a> {
    /// The moment, for ages.
    pub at: Time,
    /// The object as it was then.
    pub item: Item<'a>,
}

/// `kubectl get`: the objects of each listing, one table after the other, with empty listings left out. The core says
/// `No resources found` itself.
///
/// # Errors
/// What `kubectl` says after `error: `: a JSONPath that it cannot read or that finds nothing.
pub fn get(shown: &Shown<'_>, listings: &[Listing<'_>], options: &GetOptions) -> Result<String, String> {
    let _ = (shown, listings, options);
    Ok(String::new())
}

/// `kubectl get --watch`: the rows in the order in which they came, columns as wide as the rows so far made them
/// (`tabwriter.RememberWidths`).
///
/// # Errors
/// As [`get`].
pub fn watch(resource: &'static Resource, rows: &[Watched<'_>], options: &GetOptions) -> Result<String, String> {
    let _ = (resource, rows, options);
    Ok(String::new())
}

/// `kubectl describe` of one object, ending with a newline. Between several the core prints the empty lines.
#[must_use]
pub fn describe(shown: &Shown<'_>, resource: &'static Resource, item: &Item<'_>, show_events: bool) -> String {
    let _ = (shown, resource, item, show_events);
    String::new()
}

/// `kubectl rollout history`; `revision` 0 means the list.
///
/// # Errors
/// What `kubectl` says after `error: `, where the kind has no history or there is no such revision.
pub fn history(shown: &Shown<'_>, object: &ObjectRef, revision: i64) -> Result<String, String> {
    let _ = (shown, object, revision);
    Ok(String::new())
}

/// `kubectl top nodes` and `top pods` of the objects of one listing.
///
/// # Errors
/// What `kubectl` says after `error: `: `Metrics API not available`.
pub fn top(shown: &Shown<'_>, listing: &Listing<'_>, options: &TopOptions) -> Result<String, String> {
    let _ = (shown, listing, options);
    Err("Metrics API not available".into())
}

/// How `kubectl top` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopOptions {
    /// `--no-headers`.
    pub no_headers: bool,
    /// `-A`.
    pub all_namespaces: bool,
    /// `--containers`.
    pub containers: bool,
    /// `--sort-by=cpu|memory`.
    pub sort_by: Option<String>,
}

/// `kubectl events`: `LAST SEEN  TYPE  REASON  OBJECT  MESSAGE`.
#[must_use]
pub fn events(shown: &Shown<'_>, entries: &[Entry<'_>], options: &GetOptions) -> String {
    let _ = (shown, entries, options);
    String::new()
}
