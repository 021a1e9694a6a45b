//! What `kubectl` prints of the cluster at one moment. Pure: every function is one of its arguments.
//! Upstream: `k8s.io/kubectl/pkg/cmd/get`, `pkg/describe`, `pkg/printers/internalversion/printers.go`.

mod custom_columns;
mod describe;
mod events;
mod get;
mod golang;
mod history;
mod jsonpath;
mod node_info;
mod object;
mod pod_resources;
mod selector;
mod table;
mod tables;
mod tabwriter;
#[cfg(test)]
mod tests;
mod time;
mod top;
mod yaml;
mod yaml_plain;

pub use describe::describe;
pub use events::events;
pub use get::{get, watch};
pub use golang::json_indented;
pub use history::history;
pub use jsonpath::JsonPath;
pub use node_info::VERSION;
pub use object::to_json;
pub use selector::{format_selector, selector_text};
pub use tabwriter::TabWriter;
pub use time::human_duration;
pub use top::top;
pub use yaml::to_yaml;

use super::resource::Resource;
use crate::actor::Load;
use crate::api::{Object, Time};
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
