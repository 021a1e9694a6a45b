//! English.

mod errors;
mod meaning;
mod repairs;
mod warnings;

pub(super) use meaning::meaning;
pub(super) use repairs::{label, repair};

use super::{Meant, Named, Offer, Said};

/// A diagnostic.
pub(super) fn say(meant: &Meant) -> Said {
    match meant {
        Meant::InputTooLarge { file } => errors::input_too_large(file),
        Meant::TooManyDocuments => errors::too_many_documents(),
        Meant::Yaml(problem) => errors::yaml(problem),
        Meant::NoObjects => Said::beside(errors::no_objects()),
        Meant::NotAnObject => Said::beside(errors::not_an_object()),
        Meant::NamespaceMissing { namespace } => Said::beside(errors::namespace_missing(namespace)),
        Meant::NotSimulated { kind, name } => errors::not_simulated(kind, name),
        Meant::FieldNotSimulated { path, instead } => errors::field_not_simulated(path, *instead),
        Meant::NoMatches { kind, api_version, lookup } => Said::beside(errors::no_matches(kind, api_version, *lookup)),
        Meant::Missing { path } => Said::beside(errors::missing(path)),
        Meant::UnknownField { of, field, meant } => Said::beside(errors::unknown_field(of, field, meant.as_deref())),
        Meant::WrongType(error) => Said::beside(errors::wrong_type(error)),
        Meant::Validation { kind, code, error } => Said::beside(errors::validation(kind, *code, error)),
        Meant::Noticed(noticed) => warnings::say(noticed),
    }
}

/// What an editor offers.
pub(super) fn offer(offer: &Offer) -> String {
    match offer {
        Offer::Text => "text".into(),
        Offer::Number => "number".into(),
        Offer::TrueOrFalse => "true or false".into(),
        Offer::Quantity => "quantity".into(),
        Offer::NumberOrText => "number or text".into(),
        Offer::Time => "time".into(),
        Offer::Anything => "anything".into(),
        Offer::List => "list".into(),
        Offer::ListOf(item) => format!("list: {item}"),
        Offer::NamesAndValues => "names and values".into(),
        Offer::Fields => "fields".into(),
        Offer::HasKinds(kinds) => {
            format!("Has {}.", kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", "))
        }
        Offer::HasScalable => "Has the kinds that can be scaled.".into(),
        Offer::ObjectIn { kind, name, file } => format!("The {kind} `{name}` in `{file}`."),
        Offer::OwnClaim => "Each pod has its own claim of this name, from `volumeClaimTemplates`.".into(),
        Offer::OwnVolume => "A volume of this pod, from `volumes`.".into(),
        Offer::SameLabel => "The same label as in this object.".into(),
        Offer::LabelOf { kind, name } => format!("A label of the pods of {kind} `{name}`."),
    }
}

/// What is added to the last of many that say the same.
pub(super) fn more_alike(count: usize) -> String {
    match count {
        1 => " There is 1 more of this kind in the file, which is not listed.".into(),
        _ => format!(" There are {count} more of this kind in the file, which are not listed."),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `the Pod "a"`, `the Pod`, `the object`.
fn named(Named { kind, name }: &Named) -> String {
    let kind = if kind.is_empty() { "object" } else { kind };
    if name.is_empty() { format!("the {kind}") } else { format!("the {kind} \"{name}\"") }
}
