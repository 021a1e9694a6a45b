//! What fields and values mean, for learners: our own words, in the order in which they are offered. Each language has a
//! table of its own, with the same fields.

use super::schema_path::Place;
use crate::language::Language;
use crate::manifest::schema::FieldType;
use crate::manifest::words::{self, Offer};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Documentation {
    /// A sentence or two.
    pub text: &'static str,
    /// Whether Kubernetes refuses the object without it.
    pub is_required: bool,
    /// Whether it is the API server that writes it.
    pub is_hidden: bool,
    /// Its place among its like.
    pub order: usize,
}

type Table = BTreeMap<(&'static str, &'static str), Documentation>;

static FIELDS: LazyLock<Table> = LazyLock::new(|| table(include_str!("fields.txt")));
static FIELDS_ZH: LazyLock<Table> = LazyLock::new(|| table(include_str!("fields.zh.txt")));
static VALUES: LazyLock<Table> = LazyLock::new(|| table(include_str!("values.txt")));
static VALUES_ZH: LazyLock<Table> = LazyLock::new(|| table(include_str!("values.zh.txt")));

fn all_fields(language: Language) -> &'static Table {
    match language {
        Language::En => &FIELDS,
        Language::Zh => &FIELDS_ZH,
    }
}

fn all_values(language: Language) -> &'static Table {
    match language {
        Language::En => &VALUES,
        Language::Zh => &VALUES_ZH,
    }
}

/// A line without blanks before it says whose fields follow: names, a colon, what they mean.
fn table(text: &'static str) -> Table {
    let mut owners = "";
    let mut table = Table::new();
    for (order, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let Some(entry) = line.strip_prefix("  ") else {
            owners = line;
            continue;
        };
        let Some((name, text)) = entry.split_once(": ") else { continue };
        let bare = name.trim_end_matches(['!', '-']);
        let is_required = name.ends_with('!');
        let is_hidden = name.ends_with('-');
        let documentation = Documentation { text, is_required, is_hidden, order };
        table.extend(owners.split(' ').map(|owner| ((owner, bare), documentation)));
    }
    table
}

/// What a field of a struct means; where it means the same in all structs, that.
pub(super) fn field(owner: &'static str, name: &'static str, language: Language) -> Option<Documentation> {
    let fields = all_fields(language);
    fields.get(&(owner, name)).or_else(|| fields.get(&("*", name))).copied()
}

/// What a value of an enumeration means.
pub(super) fn value(of: &str, value: &str, language: Language) -> Option<&'static str> {
    let found = all_values(language).iter().find(|((owner, name), _)| *owner == of && *name == value);
    found.map(|(_, documentation)| documentation.text)
}

/// All values of an enumeration with what they mean.
pub(super) fn values(of: &str, language: Language) -> Vec<(&'static str, &'static str)> {
    let mut found: Vec<_> = all_values(language).iter().filter(|((owner, _), _)| *owner == of).collect();
    found.sort_by_key(|(_, documentation)| documentation.order);
    found.into_iter().map(|((_, name), documentation)| (*name, documentation.text)).collect()
}

/// The enumeration that a place takes its value from: that of its type, or of its field where the type is text.
pub(super) fn values_of(place: &Place) -> Option<&'static str> {
    let (owner, field) = place.field;
    match (&place.kind, field) {
        (_, "kind") if place.keys.len() == 1 => Some("Kind"),
        (FieldType::Map(_), "requests" | "limits" | "capacity") => Some("Resource"),
        (FieldType::Map(_), "nodeSelector") | (FieldType::String(_), "topologyKey") => Some("TopologyKey"),
        (FieldType::String(_), "key") if matches!(owner, "Toleration" | "Taint") => Some("TaintKey"),
        (FieldType::String(_), "kind") if owner == "v2.CrossVersionObjectReference" => Some("ScaleKind"),
        (FieldType::String(_), "clusterIP") => Some("ClusterIP"),
        (FieldType::String(_), "priorityClassName") => Some("PriorityClassName"),
        (FieldType::String(_), "storageClassName") => Some("StorageClassName"),
        (FieldType::String("string"), _) => None,
        (FieldType::String(name), _) => Some(name),
        (FieldType::Bool, _) => Some("Bool"),
        _ => None,
    }
}

/// What is to be written, for people.
pub(super) fn type_name(kind: &FieldType, language: Language) -> String {
    let offer = match kind {
        FieldType::String(_) => Offer::Text,
        FieldType::Int32 | FieldType::Int64 => Offer::Number,
        FieldType::Bool => Offer::TrueOrFalse,
        FieldType::Quantity => Offer::Quantity,
        FieldType::IntOrString => Offer::NumberOrText,
        FieldType::Time => Offer::Time,
        FieldType::Any => Offer::Anything,
        FieldType::List(item) => match &**item {
            FieldType::Struct(_) => Offer::List,
            item => Offer::ListOf(type_name(item, language)),
        },
        FieldType::Map(_) => Offer::NamesAndValues,
        FieldType::Struct(_) => Offer::Fields,
    };
    words::offer(&offer, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Kind;
    use crate::manifest::schema::{self, Lookup};
    use std::collections::BTreeSet;

    fn refers(kind: &FieldType) -> Option<&'static str> {
        match kind {
            FieldType::Struct(name) => Some(name),
            FieldType::List(item) | FieldType::Map(item) => refers(item),
            _ => None,
        }
    }

    /// Structs that can be written in simulated kinds.
    fn reachable() -> BTreeSet<&'static str> {
        let mut todo: Vec<&'static str> = Kind::ALL
            .iter()
            .filter_map(|kind| match schema::lookup(kind.api_version(), kind.as_str()) {
                Lookup::Served(info) => info.schema,
                _ => None,
            })
            .collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = todo.pop() {
            if seen.insert(name) {
                todo.extend(schema::fields(name).into_iter().flatten().filter_map(|(_, kind)| refers(kind)));
            }
        }
        seen
    }

    #[test]
    fn every_field_of_a_simulated_kind_is_documented() {
        let missing: Vec<String> = reachable()
            .into_iter()
            .flat_map(|owner| schema::fields(owner).into_iter().flatten().map(move |(name, kind)| (owner, *name, kind)))
            .filter(|(owner, name, kind)| **kind != FieldType::Any && field(owner, name, Language::En).is_none())
            .map(|(owner, name, _)| format!("{owner}.{name}"))
            .collect();
        assert_eq!(missing, Vec::<String>::new());
    }

    #[test]
    fn what_is_documented_exists() {
        // A line may stand for several structs, not all of which have the field.
        let mut lines = BTreeMap::<usize, Vec<_>>::new();
        for ((owner, name), documentation) in FIELDS.iter().filter(|((owner, _), _)| *owner != "*") {
            lines.entry(documentation.order).or_default().push((owner, name));
        }
        let exists = |owner: &str, name: &str| {
            schema::fields(owner).is_some_and(|fields| fields.iter().any(|(field, _)| *field == name))
        };
        for owners in lines.values() {
            assert!(owners.iter().any(|(owner, name)| exists(owner, name)), "{owners:?}");
            assert!(owners.iter().all(|(owner, _)| schema::fields(owner).is_some()), "{owners:?}");
        }
    }

    /// Named texts of which no list can be given, or which nobody but Kubernetes writes.
    const OPEN: [&str; 9] = [
        "Capability",
        "FinalizerName",
        "NodePhase",
        "PodConditionType",
        "ResourceName",
        "SecretType",
        "Signal",
        "UniqueVolumeName",
        "types.UID",
    ];

    #[test]
    fn every_enumeration_has_its_values() {
        let mut missing = BTreeSet::new();
        for owner in reachable() {
            for (_, kind) in schema::fields(owner).into_iter().flatten() {
                let kind = match kind {
                    FieldType::List(item) => item,
                    kind => kind,
                };
                if let FieldType::String(name) = kind
                    && *name != "string"
                    && !OPEN.contains(name)
                    && values(name, Language::En).is_empty()
                {
                    missing.insert(*name);
                }
            }
        }
        assert_eq!(missing, BTreeSet::new());
    }

    #[test]
    fn every_simulated_kind_is_among_the_kinds() {
        for kind in Kind::ALL {
            assert!(value("Kind", kind.as_str(), Language::En).is_some(), "{kind}");
        }
    }

    #[test]
    fn every_language_documents_the_same_with_the_same_marks() {
        let shape = |table: &Table| -> Vec<(usize, (&str, &str), bool, bool)> {
            // The heads of the files are of different length.
            let first = table.values().map(|documentation| documentation.order).min().unwrap_or_default();
            let mark = |(key, it): (&(&'static str, &'static str), &Documentation)| {
                (it.order - first, *key, it.is_required, it.is_hidden)
            };
            table.iter().map(mark).collect()
        };
        for language in Language::ALL {
            assert_eq!(shape(all_fields(language)), shape(&FIELDS), "{language:?}");
            assert_eq!(shape(all_values(language)), shape(&VALUES), "{language:?}");
        }
    }

    #[test]
    fn documentation_is_short_and_plain() {
        for language in Language::ALL {
            let end = match language {
                Language::En => '.',
                Language::Zh => '。',
            };
            for ((owner, name), Documentation { text, .. }) in
                all_fields(language).iter().chain(all_values(language).iter())
            {
                assert!(text.chars().count() <= 240, "{owner}.{name} is long");
                assert!(text.ends_with(end) && !text.contains('\u{2014}'), "{owner}.{name}: {text}");
                assert_eq!(text.matches('`').count() % 2, 0, "{owner}.{name}: {text}");
            }
        }
    }

    #[test]
    fn code_in_the_documentation_is_the_same_in_every_language() {
        let code = |text: &str| -> BTreeSet<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        for (english, chinese) in [(&FIELDS, &FIELDS_ZH), (&VALUES, &VALUES_ZH)] {
            for (key, documentation) in english.iter() {
                let twin = chinese.get(key).map(|twin| code(twin.text)).unwrap_or_default();
                assert_eq!(twin, code(documentation.text), "{key:?}");
            }
        }
    }
}
