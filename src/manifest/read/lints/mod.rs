//! What Kubernetes accepts and nobody means. Everything here looks at all objects together.

mod nodes;
mod pods;
mod scaling;
mod services;
mod storage;
mod workloads;

use super::{Document, Manifest, fixes};
use crate::api::Object;
use crate::manifest::diagnostic::{Diagnostic, Fix, Related, SourceFile};
use crate::manifest::place;
use crate::manifest::words::{Label, Named, Noticed, Repair};
use pods::PodSource;
use serde_json::Value;

/// Looks at all objects together.
pub(super) fn objects(files: &[SourceFile], manifest: &mut Manifest) {
    let mut lints = Lints { files, manifest, pods: pods::of(manifest), nodes: nodes::of(manifest), found: vec![] };
    for (index, document) in manifest.documents.iter().enumerate() {
        lints.repeated(index, document);
        lints.of_object(document);
    }
    workloads::overlaps(&mut lints);
    let mut found = lints.found;
    manifest.diagnostics.append(&mut found);
}

/// All objects, and what was noticed so far.
struct Lints<'a> {
    files: &'a [SourceFile],
    manifest: &'a Manifest,
    /// Pods and whatever makes some.
    pods: Vec<PodSource<'a>>,
    /// Where pods can run, where that is known.
    nodes: Option<nodes::Nodes>,
    found: Vec<Diagnostic>,
}

impl<'a> Lints<'a> {
    fn of_object(&mut self, document: &'a Document) {
        if let Some(source) = self.pods.iter().find(|source| std::ptr::eq(source.document, document)).cloned() {
            workloads::pods(self, &source);
            storage::pods(self, &source);
            services::probes(self, &source);
            nodes::pods(self, &source);
        }
        match &document.object {
            Some(Object::StatefulSet(set)) => {
                services::governing(self, document, set);
                workloads::stateful_set(self, document, set);
                for (index, template) in set.spec.volume_claim_templates.iter().enumerate() {
                    let path = format!("spec.volumeClaimTemplates[{index}].spec.storageClassName");
                    storage::class(self, document, &path, &template.spec);
                }
            }
            Some(Object::DaemonSet(set)) => workloads::daemon_set(self, document, set),
            Some(Object::Service(service)) => services::service(self, document, service),
            Some(Object::PersistentVolumeClaim(claim)) => {
                storage::unused(self, document, claim);
                storage::class(self, document, "spec.storageClassName", &claim.spec);
            }
            Some(Object::HorizontalPodAutoscaler(autoscaler)) => scaling::autoscaler(self, document, autoscaler),
            Some(Object::PodDisruptionBudget(budget)) => scaling::budget(self, document, budget),
            Some(
                Object::Deployment(_)
                | Object::ReplicaSet(_)
                | Object::Pod(_)
                | Object::Node(_)
                | Object::StorageClass(_)
                | Object::PersistentVolume(_)
                | Object::PriorityClass(_)
                | Object::EndpointSlice(_)
                | Object::ControllerRevision(_),
            )
            | None => {}
        }
    }

    fn repeated(&mut self, index: usize, document: &'a Document) {
        let is_same = |other: &&Document| {
            (&other.kind, &other.namespace, &other.name) == (&document.kind, &document.namespace, &document.name)
        };
        if document.name.is_empty() {
            return;
        }
        let Some(first) = self.manifest.documents.iter().take(index).find(is_same) else { return };
        self.warn(document, "metadata.name", &Noticed::ObjectTwice { object: named(document) });
        self.relate(first, "metadata.name", &Label::FirstHere);
    }

    /// Says something about a field.
    fn warn(&mut self, document: &Document, path: &str, noticed: &Noticed) {
        let span = place::find(&document.node, path).span();
        self.found.push(Diagnostic::noticed(noticed, document.file, span));
    }

    /// Adds a place to what was said last.
    fn relate(&mut self, document: &Document, path: &str, label: &Label) {
        let span = place::find(&document.node, path).span();
        if let Some(last) = self.found.last_mut() {
            last.related.push(Related::new(document.file, span, label));
        }
    }

    /// Adds a fix to what was said last.
    fn mend(&mut self, fix: Option<Fix>) {
        if let Some(last) = self.found.last_mut() {
            last.fixes.extend(fix);
        }
    }

    fn text(&self, document: &Document) -> &'a str {
        self.files.get(document.file).map_or("", |file| &file.text)
    }

    /// Takes a field out, and with it what it leaves empty.
    fn without(&self, document: &Document, path: &[&str]) -> Option<Fix> {
        let edit = fixes::remove_path(self.text(document), document.file, &document.node, path)?;
        Some(fixes::fix(&Repair::Remove((*path.last()?).into()), vec![edit]))
    }

    /// Another word in place of the text at a path.
    fn change(&self, document: &Document, path: &str, to: &str) -> Option<Fix> {
        let found = place::find(&document.node, path);
        let from = found.node.as_str().filter(|_| found.is_exact)?.to_owned();
        let edit = fixes::replace_scalar(self.text(document), document.file, found.node, to)?;
        Some(fixes::choice(&Repair::ChangeTo { from, to: to.into() }, vec![edit]))
    }

    /// Whether an object is written, be it refused or not simulated.
    fn is_written(&self, kind: &str, namespace: &str, name: &str) -> bool {
        self.manifest.documents.iter().any(|it| it.kind == kind && it.namespace == namespace && it.name == name)
    }

    /// Names of the objects of a kind in a namespace; empty for a kind without.
    fn names(&self, kind: &'a str, namespace: &'a str) -> impl Iterator<Item = &'a str> {
        let of_kind = self.manifest.documents.iter().filter(move |it| it.kind == kind && it.namespace == namespace);
        of_kind.map(|it| it.name.as_str())
    }

    /// Says that an object refers to one that is in another namespace, where there is one.
    fn elsewhere(&mut self, by: &'a Document, path: &str, kind: &str, name: &str) -> bool {
        let is_it = |it: &&Document| {
            it.kind == kind
                && it.name == name
                && it.namespace != by.namespace
                && !it.namespace.is_empty()
                && it.refusal.is_none()
        };
        let Some(other) = self.manifest.documents.iter().find(is_it) else { return false };
        self.mismatch(by, path, other);
        true
    }

    /// Says that `by` means `other`, which is in another namespace. A fix moves the one whose namespace is not written.
    fn mismatch(&mut self, by: &'a Document, path: &str, other: &'a Document) {
        let noticed = Noticed::NamespaceMismatch {
            referred: named(other),
            wanted: by.namespace.clone(),
            found: other.namespace.clone(),
            by: named(by),
        };
        self.warn(by, path, &noticed);
        let label = Label::OtherNamespace(other.namespace.clone());
        let is_named = place::find(&other.node, "metadata.namespace").is_exact;
        self.relate(other, if is_named { "metadata.namespace" } else { "metadata.name" }, &label);
        let is_written = |it: &Document| place::find(&it.node, "metadata.namespace").is_exact;
        let (moved, to) =
            if is_written(other) && !is_written(by) { (by, &other.namespace) } else { (other, &by.namespace) };
        let fix = self.set_namespace(moved, to);
        self.mend(fix);
    }

    fn set_namespace(&self, document: &Document, namespace: &str) -> Option<Fix> {
        let metadata = document.node.get("metadata")?;
        let edit = match metadata.value.get("namespace") {
            Some(entry) => fixes::replace_scalar(self.text(document), document.file, &entry.value, namespace)?,
            None => {
                let added = fixes::Addition { key: "namespace", value: Value::from(namespace) };
                fixes::add_to(self.text(document), document.file, metadata, &added)?
            }
        };
        let repair = Repair::SetNamespace { object: named(document), namespace: namespace.into() };
        Some(fixes::choice(&repair, vec![edit]))
    }
}

fn named(document: &Document) -> Named {
    Named { kind: document.kind.clone(), name: document.name.clone() }
}
