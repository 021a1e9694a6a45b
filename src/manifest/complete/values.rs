//! Values that a place can have: of enumerations, and names that the files give to things.

use super::Candidate;
use super::documentation::{self, values_of};
use super::outline::{Outline, documents};
use super::schema_path::Place;
use crate::api::Kind;
use crate::language::Language;
use crate::manifest::SourceFile;
use crate::manifest::words::{self, Offer};

/// Values of a place.
pub(super) fn of(files: &[SourceFile], outline: &Outline<'_>, place: &Place, language: Language) -> Vec<Candidate> {
    if place.keys == ["apiVersion"] {
        return api_versions(outline.top("kind"), language);
    }
    let mut found = names(files, outline, place, language);
    let listed = values_of(place).map(|of| documentation::values(of, language)).unwrap_or_default();
    let fits = |name: &str| place.keys != ["kind"] || is_of_version(name, outline.top("apiVersion"));
    let listed = listed.into_iter().filter(|(name, _)| fits(name));
    found.extend(listed.map(|(name, text)| candidate(name, text.into())));
    found.dedup_by(|one, other| one.label == other.label);
    found
}

fn offered(name: &str, offer: &Offer, language: Language) -> Candidate {
    candidate(name, words::offer(offer, language))
}

fn candidate(name: &str, documentation: String) -> Candidate {
    Candidate { label: name.into(), insert: name.into(), documentation, ..Candidate::default() }
}

/// Whether a kind is in the version that is written, if one is.
fn is_of_version(kind: &str, version: Option<&str>) -> bool {
    let is_known = |version: &&str| Kind::ALL.iter().any(|kind| kind.api_version() == *version);
    let Some(version) = version.filter(is_known) else { return true };
    Kind::ALL.iter().any(|known| known.as_str() == kind && known.api_version() == version)
}

fn api_versions(kind: Option<&str>, language: Language) -> Vec<Candidate> {
    let written = Kind::ALL.iter().find(|known| Some(known.as_str()) == kind);
    let mut versions: Vec<&str> = Kind::ALL.iter().map(|kind| kind.api_version()).collect();
    versions.sort_unstable();
    versions.dedup();
    let fits = |version: &&str| written.is_none_or(|kind| kind.api_version() == *version);
    let with_kinds = |version: &str| {
        let kinds = Kind::ALL.iter().filter(|kind| kind.api_version() == version);
        Offer::HasKinds(kinds.map(|kind| kind.as_str()).collect())
    };
    versions.into_iter().filter(fits).map(|version| offered(version, &with_kinds(version), language)).collect()
}

/// Names of what the files have that a place can refer to.
fn names(files: &[SourceFile], outline: &Outline<'_>, place: &Place, language: Language) -> Vec<Candidate> {
    let (owner, field) = place.field;
    let kinds: &[&str] = match (owner, field) {
        ("StatefulSetSpec", "serviceName") => &["Service"],
        ("PersistentVolumeClaimVolumeSource", "claimName") => &["PersistentVolumeClaim"],
        ("PersistentVolumeClaimSpec" | "PersistentVolumeSpec", "storageClassName") => &["StorageClass"],
        ("PersistentVolumeClaimSpec", "volumeName") => &["PersistentVolume"],
        ("PodSpec", "priorityClassName") => &["PriorityClass"],
        ("PodSpec", "nodeName") => &["Node"],
        ("ConfigMapVolumeSource" | "ConfigMapEnvSource" | "ConfigMapKeySelector" | "ConfigMapProjection", "name") => {
            &["ConfigMap"]
        }
        ("SecretVolumeSource", "secretName")
        | ("SecretEnvSource" | "SecretKeySelector" | "SecretProjection", "name") => &["Secret"],
        ("v2.CrossVersionObjectReference", "name") => &["StatefulSet", "Deployment", "ReplicaSet"],
        ("v2.CrossVersionObjectReference", "apiVersion") => {
            return vec![offered("apps/v1", &Offer::HasScalable, language)];
        }
        ("VolumeMount", "name") => return volumes(outline, language),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    for file in files {
        for document in documents(&file.text) {
            let kind = document.top("kind").unwrap_or_default();
            let names = document.all(&["metadata", "name"]);
            if let Some((_, name)) = names.first().filter(|(_, name)| kinds.contains(&kind) && !name.is_empty()) {
                let offer = Offer::ObjectIn { kind: kind.into(), name: (*name).into(), file: file.name.clone() };
                found.push(offered(name, &offer, language));
            }
        }
    }
    found
}

/// Paths of pod specs.
const PODS: [&[&str]; 2] = [&["spec"], &["spec", "template", "spec"]];

/// Volumes of the pod that is being written, and claims that it gets from templates.
fn volumes(outline: &Outline<'_>, language: Language) -> Vec<Candidate> {
    let templates = outline.all(&["spec", "volumeClaimTemplates", "metadata", "name"]);
    let own = PODS.iter().flat_map(|pod| outline.all(&[pod, &["volumes", "name"][..]].concat()));
    let of = |offer: Offer| move |(_, name): (&str, &str)| offered(name, &offer, language);
    templates.into_iter().map(of(Offer::OwnClaim)).chain(own.map(of(Offer::OwnVolume))).collect()
}

/// Entries of a map.
pub(super) fn entries(
    files: &[SourceFile],
    outline: &Outline<'_>,
    place: &Place,
    language: Language,
) -> Vec<Candidate> {
    let (owner, field) = place.field;
    let here = |path: &[&str]| outline.all(path);
    let template: &[&str] = &["spec", "template", "metadata", "labels", "*"];
    let labels = match (owner, field) {
        ("LabelSelector", "matchLabels") if place.keys == ["spec", "selector", "matchLabels"] => {
            match &here(template)[..] {
                [] => everywhere(files),
                labels => owned(labels),
            }
        }
        ("ServiceSpec", "selector") | ("LabelSelector", "matchLabels") => everywhere(files),
        ("ObjectMeta", "labels") if place.keys == ["spec", "template", "metadata", "labels"] => {
            owned(&here(&["spec", "selector", "matchLabels", "*"]))
        }
        _ => return keys(place, language),
    };
    labels.into_iter().map(|(label, from)| offered(&label, &from, language)).collect()
}

/// Keys that maps of a field often have.
fn keys(place: &Place, language: Language) -> Vec<Candidate> {
    let listed = values_of(place).map(|of| documentation::values(of, language)).unwrap_or_default();
    // A claim asks for storage and for nothing else.
    let is_claim = matches!(place.field.0, "VolumeResourceRequirements" | "PersistentVolumeSpec");
    let listed =
        listed.into_iter().filter(|(name, _)| place.field.1 == "nodeSelector" || is_claim == (*name == "storage"));
    listed
        .map(|(name, text)| Candidate { insert: format!("{name}: "), is_field: true, ..candidate(name, text.into()) })
        .collect()
}

/// A label as it is written, and where it comes from.
type Label = (String, Offer);

fn owned(labels: &[(&str, &str)]) -> Vec<Label> {
    labels.iter().map(|(key, value)| (format!("{key}: {value}"), Offer::SameLabel)).collect()
}

/// Labels of the pods that the files make.
fn everywhere(files: &[SourceFile]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for document in files.iter().flat_map(|file| documents(&file.text)) {
        let kind = document.top("kind").unwrap_or_default();
        let name = document.all(&["metadata", "name"]).first().map_or("", |(_, name)| name);
        let path: &[&str] = match kind {
            "Pod" => &["metadata", "labels", "*"],
            _ => &["spec", "template", "metadata", "labels", "*"],
        };
        for (key, value) in document.all(path) {
            let label = format!("{key}: {value}");
            if !found.iter().any(|(known, _)| *known == label) {
                found.push((label, Offer::LabelOf { kind: kind.into(), name: name.into() }));
            }
        }
    }
    found
}
