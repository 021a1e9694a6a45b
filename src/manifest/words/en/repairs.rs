//! What a fix does, as a button says it, and what is at a related place.

use super::named;
use crate::manifest::words::{Label, Named, Repair};

/// The title of a fix.
pub(in crate::manifest::words) fn repair(repair: &Repair) -> String {
    match repair {
        Repair::InsertSeparator => "Insert `---`".into(),
        Repair::OwnLine => "Put what follows `---` on a line of its own".into(),
        Repair::AddSelector => "Add the selector that matches the template's labels".into(),
        Repair::AddSelectorAndLabels => "Add a selector, and labels for it to the template".into(),
        Repair::AddLabels => "Give the template the labels that the selector asks for".into(),
        Repair::AddService(name) => format!("Add the headless Service \"{name}\""),
        Repair::MakeHeadless(name) => format!("Make the Service \"{name}\" headless: `clusterIP: None`"),
        Repair::MakeNamespace(name) => format!("Make the namespace \"{name}\""),
        Repair::SetNamespace { object: Named { kind, name }, namespace } => {
            format!("Move the {kind} \"{name}\" to the namespace \"{namespace}\"")
        }
        Repair::Add(line) => format!("Add `{line}`"),
        Repair::AddVolume(name) => format!("Add an empty volume `{name}` to the pod"),
        Repair::ChangeTo { from, to } if from.is_empty() => format!("Change it to `{to}`"),
        Repair::ChangeTo { from, to } => format!("Change `{from}` to `{to}`"),
        Repair::ChangeEverywhere { from, to } => format!("Change `{from}` to `{to}` wherever it is used"),
        Repair::Remove(field) => format!("Remove `{field}`"),
        Repair::RemoveFirst(key) => format!("Remove the first `{key}`, which does not count"),
        Repair::ConvertTo(version) => format!("Convert to {version}"),
        Repair::Quote => "Put it in quotes".into(),
        Repair::CloseQuote => "Close the quote".into(),
        Repair::Unquote => "Remove the quotes".into(),
        Repair::SpaceAfterColon => "Put a space after the colon".into(),
        Repair::MakeList => "Make it a list".into(),
        Repair::SpacesForTabs => "Replace tabs by spaces".into(),
        Repair::Indent { key, deeper: true } => format!("Indent `{key}` more"),
        Repair::Indent { key, deeper: false } => format!("Indent `{key}` less"),
        Repair::SelectLabelsOf(Named { kind, name }) => format!("Select the labels of the {kind} \"{name}\""),
        Repair::AddProbe(port) => format!("Add a readiness probe that asks port {port}"),
        Repair::UseDefaultClass => "Remove it, so that the default class is used".into(),
    }
}

/// The words at a related place.
pub(in crate::manifest::words) fn label(label: &Label) -> String {
    match label {
        Label::LostBegins(what) => format!("{} begins here", named(what)),
        Label::LostHere => "this one is lost".into(),
        Label::FirstHere => "first written here".into(),
        Label::ClusterIpMissing => "`clusterIP: None` is missing here".into(),
        Label::ThisSelector => "this selector".into(),
        Label::ClosestLabels => "the labels that come closest".into(),
        Label::WantedLabels => "the selector asks for these labels".into(),
        Label::TheseContainers => "the containers are here".into(),
        Label::OtherNamespace(name) => format!("this is in the namespace \"{name}\""),
        Label::SamePlace => "the same place".into(),
        Label::OtherSelector => "this selector matches the same pods".into(),
        Label::MatchedLabels => "it matches these labels".into(),
        Label::ByHand => "pods are replaced by hand".into(),
        Label::ThisTaint => "the taint is here".into(),
        Label::MeasuredHere => "the autoscaler measures it here".into(),
        Label::ScaledHere => "the autoscaler that sets the number".into(),
        Label::ReplicasHere => "the pods that it selects".into(),
    }
}
