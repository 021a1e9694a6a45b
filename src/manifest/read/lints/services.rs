//! Services that lead nowhere, or elsewhere than is meant.

use super::pods::PodSource;
use super::{Document, Lints, named};
use crate::api::{Kind, Object, Service, StatefulSet};
use crate::manifest::diagnostic::{Edit, Fix};
use crate::manifest::read::fixes;
use crate::manifest::words::{Label, Missed, Noticed, Repair};
use serde_json::{Value, json};

/// What is to be said about a Service.
pub(super) fn service<'a>(lints: &mut Lints<'a>, document: &'a Document, service: &Service) {
    if service.spec.kind.as_deref() == Some("ExternalName") || service.spec.selector.is_empty() {
        return;
    }
    let namespace = document.namespace.as_str();
    let sources: Vec<PodSource> =
        lints.pods.iter().filter(|source| source.document.namespace == namespace).cloned().collect();
    let selected: Vec<&PodSource> = sources.iter().filter(|source| service.selects(&source.labels)).collect();
    if selected.is_empty() {
        let elsewhere = lints.pods.iter().find(|source| service.selects(&source.labels)).map(|source| source.document);
        match elsewhere {
            // A set that names the Service is told so itself.
            Some(other) if is_named(other, service) => {}
            Some(other) => lints.mismatch(document, "spec.selector", other),
            None => selects_nothing(lints, document, service, &sources),
        }
        return;
    }
    ports(lints, document, service, &selected);
}

/// Whether a set names a Service as its own.
fn is_named(document: &Document, service: &Service) -> bool {
    document.json.pointer("/spec/serviceName").is_some_and(|name| *name == *service.metadata.name)
}

/// Where the manifests bring no pods at all, there is no telling.
fn selects_nothing<'a>(lints: &mut Lints<'a>, document: &'a Document, service: &Service, sources: &[PodSource<'a>]) {
    let misses = |source: &PodSource| -> Vec<Missed> {
        let missed = service.spec.selector.iter().filter(|(key, wanted)| source.labels.get(*key) != Some(wanted));
        let missed = missed.map(|(key, wanted)| Missed {
            key: key.clone(),
            wanted: wanted.clone(),
            found: source.labels.get(key).cloned(),
        });
        missed.collect()
    };
    let distance = |missed: &[Missed]| (missed.len(), missed.iter().filter(|missed| missed.found.is_none()).count());
    let candidates = sources.iter().map(|source| (source, misses(source)));
    let Some((closest, missed)) = candidates.min_by_key(|(_, missed)| distance(missed)) else { return };
    let noticed = Noticed::ServiceSelectsNothing {
        service: service.metadata.name.clone(),
        closest: named(closest.document),
        missed,
    };
    lints.warn(document, "spec.selector", &noticed);
    lints.relate(closest.document, closest.labels_at, &Label::ClosestLabels);
    if let [only] = sources {
        let fix = select_labels(lints, document, only);
        lints.mend(fix);
    }
}

/// The selector that matches the only pods that there are.
fn select_labels(lints: &Lints, document: &Document, source: &PodSource) -> Option<Fix> {
    let (text, file) = (lints.text(document), document.file);
    let selector = &document.node.get("spec")?.value.get("selector")?.value;
    let mut edits: Vec<Edit> = vec![];
    let mapping = selector.as_mapping()?;
    for entry in &mapping.entries {
        match source.labels.get(&*entry.key) {
            Some(value) if entry.value.as_str() == Some(value) => {}
            Some(value) => edits.push(fixes::replace_scalar(text, file, &entry.value, value)?),
            // A label of another name: which one is meant is not known.
            None => return None,
        }
    }
    Some(fixes::choice(&Repair::SelectLabelsOf(named(source.document)), edits))
}

/// Ports that the Service has by name.
fn ports(lints: &mut Lints, document: &Document, service: &Service, selected: &[&PodSource]) {
    // Of pods that are not simulated the containers are not known.
    if selected.iter().any(|source| source.spec.is_none()) {
        return;
    }
    for (index, port) in service.spec.ports.iter().enumerate() {
        let Some(Value::String(name)) = &port.target_port else { continue };
        let there: Vec<&str> = (selected.iter())
            .flat_map(|source| source.lasting())
            .flat_map(|(_, container)| container.ports.iter().filter_map(|port| port.name.as_deref()))
            .collect();
        if there.contains(&name.as_str()) {
            continue;
        }
        let path = format!("spec.ports[{index}].targetPort");
        lints.warn(document, &path, &Noticed::PortMissing { port: name.clone(), of: named(document), is_probe: false });
        for source in selected.iter().take(3) {
            lints.relate(source.document, &format!("{}.containers", source.spec_at), &Label::TheseContainers);
        }
        let meant = match there.as_slice() {
            [only] => Some(*only),
            there => fixes::nearest(there.iter().copied(), name),
        };
        let fix = meant.and_then(|meant| lints.change(document, &path, meant));
        lints.mend(fix);
    }
}

/// Probes that ask a port by name.
pub(super) fn probes(lints: &mut Lints, source: &PodSource) {
    for (path, container) in source.containers() {
        let probes = [
            ("readinessProbe", &container.readiness_probe),
            ("livenessProbe", &container.liveness_probe),
            ("startupProbe", &container.startup_probe),
        ];
        for (field, probe) in probes {
            let Some(probe) = probe else { continue };
            let asked = [("httpGet", &probe.http_get), ("tcpSocket", &probe.tcp_socket)];
            for (handler, port) in asked.into_iter().filter_map(|(name, it)| Some((name, it.as_ref()?.get("port")?))) {
                let Some(name) = port.as_str() else { continue };
                let there: Vec<&str> = container.ports.iter().filter_map(|port| port.name.as_deref()).collect();
                if there.contains(&name) {
                    continue;
                }
                let place = format!("{path}.{field}.{handler}.port");
                let of = named(source.document);
                lints.warn(source.document, &place, &Noticed::PortMissing { port: name.into(), of, is_probe: true });
                let meant = match there.as_slice() {
                    [only] => Some(*only),
                    there => fixes::nearest(there.iter().copied(), name),
                };
                let fix = meant.and_then(|meant| lints.change(source.document, &place, meant));
                lints.mend(fix);
            }
        }
    }
}

/// The Service that gives the pods of a set their names in DNS.
pub(super) fn governing<'a>(lints: &mut Lints<'a>, document: &'a Document, set: &StatefulSet) {
    let Some(name) = set.spec.service_name.as_deref().filter(|name| !name.is_empty()) else { return };
    let manifest = lints.manifest;
    // The last one that is written counts.
    let service = manifest.documents.iter().rev().find_map(|other| match &other.object {
        Some(Object::Service(service)) if service.metadata.name == name && other.namespace == document.namespace => {
            Some((other, service))
        }
        _ => None,
    });
    let Some((other, service)) = service else {
        // A Service that is written but refused has its own diagnostics.
        let is_refused = lints.is_written(Kind::Service.as_str(), &document.namespace, name);
        if !is_refused && !lints.elsewhere(document, "spec.serviceName", Kind::Service.as_str(), name) {
            let noticed = Noticed::ServiceMissing { service: name.into(), set: set.metadata.name.clone() };
            lints.warn(document, "spec.serviceName", &noticed);
            let fix = make_service(lints, document, name);
            lints.mend(fix);
        }
        return;
    };
    if !service.is_headless() {
        lints.warn(document, "spec.serviceName", &Noticed::ServiceNotHeadless { service: name.into() });
        lints.relate(other, "spec", &Label::ClusterIpMissing);
        let fix = make_headless(lints, other, service);
        lints.mend(fix);
    } else if !service.spec.selector.is_empty() && !service.selects(&set.spec.template.metadata.labels) {
        let selects_some =
            |source: &PodSource| source.document.namespace == other.namespace && service.selects(&source.labels);
        // A Service without any pods has its own diagnostic.
        if lints.pods.iter().any(selects_some) {
            let noticed = Noticed::ServiceSelectsOthers { service: name.into(), set: set.metadata.name.clone() };
            lints.warn(document, "spec.serviceName", &noticed);
            lints.relate(other, "spec.selector", &Label::ThisSelector);
        }
    }
}

fn make_headless(lints: &Lints, document: &Document, service: &Service) -> Option<Fix> {
    // Other types cannot be headless.
    if service.spec.kind.as_deref().is_some_and(|kind| kind != "ClusterIP") {
        return None;
    }
    let (text, file) = (lints.text(document), document.file);
    let spec = document.node.get("spec")?;
    let edit = match spec.value.get("clusterIP") {
        Some(entry) => fixes::replace_scalar(text, file, &entry.value, "None")?,
        None => {
            let first = spec.value.as_mapping()?.entries.first()?;
            fixes::add_before(
                text,
                file,
                &spec.value,
                first,
                &fixes::Addition { key: "clusterIP", value: "None".into() },
            )?
        }
    };
    Some(fixes::fix(&Repair::MakeHeadless(service.metadata.name.clone()), vec![edit]))
}

/// The Service at the end of the file.
fn make_service(lints: &Lints, document: &Document, name: &str) -> Option<Fix> {
    let text = lints.text(document);
    let end = fixes::line_break(text);
    let labels = fixes::labels(document.json.pointer("/spec/selector/matchLabels"));
    // Only where the file is YAML in blocks.
    if labels.is_empty() || document.node.span.start.column != 1 || text.trim_start().starts_with('{') {
        return None;
    }
    let mut metadata = json!({ "name": name });
    if let (Some(namespace), Some(fields)) = (document.json.pointer("/metadata/namespace"), metadata.as_object_mut()) {
        fields.insert("namespace".into(), namespace.clone());
    }
    let fields = [
        ("apiVersion", Value::from("v1")),
        ("kind", Value::from("Service")),
        ("metadata", metadata),
        ("spec", json!({ "clusterIP": "None", "selector": labels })),
    ];
    let lines = fields.into_iter().flat_map(|(key, value)| fixes::Addition { key, value }.block());
    let lead = if text.ends_with(['\n', '\r']) { "" } else { end };
    let added = std::iter::once("---".to_owned()).chain(lines).map(|line| line + end).collect::<String>();
    let edit = fixes::insert(document.file, text.len(), format!("{lead}{added}"));
    Some(fixes::fix(&Repair::AddService(name.into()), vec![edit]))
}

#[cfg(test)]
mod tests {
    use crate::cli::report;
    use crate::manifest::{DiagnosticCode, SourceFile, read};

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
        let said = manifest.diagnostics.iter().map(|it| (it.code, report(std::slice::from_ref(it), &files)));
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
        let [(DiagnosticCode::ServiceSelectsOthers, said)] = found.as_slice() else { panic!("{found:?}") };
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
            matches!(plain.as_slice(), [(DiagnosticCode::ServiceNotHeadless, said)] if said.contains("is not headless"))
        );
    }
}
