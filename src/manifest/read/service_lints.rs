//! Services that Kubernetes accepts and that lead nowhere.

use super::{Document, Manifest, lints::warning};
use crate::api::{Labels, Object, Service, StatefulSet};
use crate::manifest::diagnostic::{Diagnostic, DiagnosticCode, Related};
use crate::manifest::place;
use serde_json::Value;

/// Where kinds of workloads have the labels of their pods; a pod has its own.
const LABELS: [&str; 3] =
    ["spec.template.metadata.labels", "spec.jobTemplate.spec.template.metadata.labels", "metadata.labels"];

/// The documents of a namespace that are pods or make some, with the pods' labels and where these are.
fn pods<'a>(manifest: &'a Manifest, namespace: &'a str) -> impl Iterator<Item = (&'a Document, &'static str, Labels)> {
    let of_namespace = manifest.documents.iter().filter(move |document| document.namespace == namespace);
    of_namespace.filter_map(|document| {
        let path = LABELS.into_iter().find(|path| {
            let is_own = *path == "metadata.labels";
            let template = path.trim_end_matches(".metadata.labels");
            if is_own { document.kind == "Pod" } else { at(&document.json, template).is_some() }
        })?;
        let labels = at(&document.json, path).and_then(Value::as_object);
        let labels = labels.into_iter().flatten();
        let labels = labels.map(|(key, value)| (key.clone(), value.as_str().unwrap_or_default().to_owned()));
        Some((document, path, labels.collect()))
    })
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    value.pointer(&format!("/{}", path.replace('.', "/")))
}

/// A Service whose selector matches none of the pods that the manifests bring. Where they bring none, there is no telling.
pub(super) fn selects_nothing(manifest: &Manifest, document: &Document, service: &Service) -> Option<Diagnostic> {
    let selector = &service.spec.selector;
    if selector.is_empty() || service.spec.kind.as_deref() == Some("ExternalName") {
        return None;
    }
    let candidates: Vec<_> = pods(manifest, &document.namespace).collect();
    if candidates.is_empty() || candidates.iter().any(|(_, _, labels)| service.selects(labels)) {
        return None;
    }
    let misses = |labels: &Labels| {
        let missed = selector.iter().filter(|(key, wanted)| labels.get(*key) != Some(wanted));
        missed.map(|(key, wanted)| (key.clone(), wanted.clone(), labels.get(key).cloned())).collect::<Vec<_>>()
    };
    let (closest, path, missed) = (candidates.iter())
        .map(|(document, path, labels)| (*document, *path, misses(labels)))
        .min_by_key(|(_, _, missed)| (missed.len(), missed.iter().filter(|(_, _, found)| found.is_none()).count()))?;
    let said: Vec<String> = (missed.iter())
        .map(|(key, wanted, found)| match found {
            Some(found) => format!("`{key}` is \"{found}\" and not \"{wanted}\""),
            None => format!("`{key}: {wanted}` is missing"),
        })
        .collect();
    let name = &service.metadata.name;
    let message = format!("the Service \"{name}\" selects no pod");
    let explanation = format!(
        "A Service leads to the pods that have every label of its selector. The labels of the {} \"{}\" come closest: {}. \
         Without pods connections to the Service fail, and its name in DNS leads nowhere.",
        closest.kind,
        closest.name,
        said.join(", ")
    );
    let mut diagnostic = warning(document, DiagnosticCode::SelectsNothing, "spec.selector", message, explanation);
    let span = place::find(&closest.node, path).span();
    diagnostic.related.push(Related { file: closest.file, span, label: "the labels that come closest".into() });
    Some(diagnostic)
}

/// A StatefulSet whose Service is there and headless, but leads to other pods than the set's.
pub(super) fn selects_others(
    manifest: &Manifest,
    document: &Document,
    set: &StatefulSet,
    other: &Document,
    service: &Service,
) -> Option<Diagnostic> {
    if service.selects(&set.spec.template.metadata.labels) || selects_nothing(manifest, other, service).is_some() {
        return None;
    }
    let name = &service.metadata.name;
    let message = format!("the Service \"{name}\" does not select the pods of this set");
    let explanation = format!(
        "`serviceName` names the Service that gives each pod its own name in DNS, such as {}-0.{name}. It does so only for \
         pods that have every label of its selector, and the pods of this set do not.",
        set.metadata.name
    );
    let mut diagnostic = warning(document, DiagnosticCode::SelectsNothing, "spec.serviceName", message, explanation);
    let span = place::find(&other.node, "spec.selector").span();
    diagnostic.related.push(Related { file: other.file, span, label: "this selector".into() });
    Some(diagnostic)
}

/// What is to be said about a Service.
pub(super) fn service(manifest: &Manifest, document: &Document, found: &mut Vec<Diagnostic>) {
    if let Some(Object::Service(service)) = &document.object {
        found.extend(selects_nothing(manifest, document, service));
    }
}

#[cfg(test)]
mod tests {
    use crate::manifest::{DiagnosticCode, SourceFile, read, render};

    const SET: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'postgres:18' }] }
";

    /// The warnings about a manifest: code and all that is said.
    fn warnings(text: &str) -> Vec<(DiagnosticCode, String)> {
        let files = [SourceFile { name: "a.yaml".into(), text: text.into() }];
        let manifest = read(&files);
        let said =
            manifest.diagnostics.iter().map(|it| (it.code, format!("{}\n{}", render(it, &files), it.explanation)));
        said.collect()
    }

    fn service(name: &str, spec: &str) -> String {
        format!(
            "---\napiVersion: v1\nkind: Service\nmetadata: {{ name: {name} }}\nspec: {{ {spec}, ports: [{{ port: 80 }}] }}\n"
        )
    }

    #[test]
    fn a_service_that_selects_nothing_names_the_label_and_shows_the_closest() {
        let found = warnings(&[SET, &service("db", "clusterIP: None, selector: { app: bd }")].concat());
        let [(DiagnosticCode::SelectsNothing, said)] = found.as_slice() else { panic!("{found:?}") };
        assert!(said.contains("the Service \"db\" selects no pod"), "{said}");
        assert!(said.contains("`app` is \"db\" and not \"bd\""), "{said}");
        assert!(said.contains("the labels that come closest"), "{said}");
    }

    #[test]
    fn pods_and_workloads_that_are_not_simulated_count() {
        let job = "
---
apiVersion: batch/v1
kind: Job
metadata: { name: job }
spec:
  template:
    metadata: { labels: { app: job } }
    spec: { restartPolicy: Never, containers: [{ name: a, image: 'a:1' }] }
";
        let pod = "---\napiVersion: v1\nkind: Pod\nmetadata: { name: p, labels: { app: own } }\nspec: { containers: [{ name: a, image: 'a:1' }] }\n";
        let headless = service("db", "clusterIP: None, selector: { app: db }");
        for app in ["job", "own"] {
            let other = service("other", &format!("selector: {{ app: {app} }}"));
            let found = warnings(&[SET, &headless, job, pod, &other].concat());
            assert!(found.iter().all(|(code, _)| *code != DiagnosticCode::SelectsNothing), "{found:?}");
        }
    }

    #[test]
    fn a_service_alone_and_one_without_a_selector_are_fine() {
        assert_eq!(warnings(&service("db", "selector: { app: db }")), []);
        let headless = service("db", "clusterIP: None, selector: { app: db }");
        assert_eq!(warnings(&[SET, &headless, &service("own", "type: ClusterIP")].concat()), []);
        let external = service("out", "type: ExternalName, externalName: a.b, selector: { no: pod }");
        assert_eq!(warnings(&[SET, &headless, &external].concat()), []);
    }

    #[test]
    fn a_set_named_by_a_service_of_other_pods_is_pointed_out() {
        let other = SET.replace("name: db }", "name: shop }").replace("app: db", "app: shop");
        let found =
            warnings(&[SET, "---", &other, &service("db", "clusterIP: None, selector: { app: shop }")].concat());
        let [(DiagnosticCode::SelectsNothing, said)] = found.as_slice() else { panic!("{found:?}") };
        assert!(said.contains("the Service \"db\" does not select the pods of this set"), "{said}");
    }

    #[test]
    fn a_service_of_a_set_has_to_be_there_and_headless() {
        let missing = warnings(SET);
        assert!(
            matches!(missing.as_slice(), [(DiagnosticCode::ServiceMissing, said)] if said.contains("there is no Service"))
        );
        let plain = warnings(&[SET, &service("db", "selector: { app: db }")].concat());
        assert!(
            matches!(plain.as_slice(), [(DiagnosticCode::ServiceMissing, said)] if said.contains("is not headless"))
        );
    }
}
