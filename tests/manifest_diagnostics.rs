//! What is said about a manifest, where, and with which quick fixes; the manifests of the article.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::Value;
use setwise::manifest::{DiagnosticCode, MAX_ALIKE, Severity, SourceFile, read, schema, yaml};
use std::collections::BTreeSet;

fn one(text: &str) -> Vec<SourceFile> {
    vec![SourceFile { name: "web.yaml".into(), text: text.into() }]
}

#[test]
fn the_article_plays_once_both_mistakes_are_mended() {
    let mut files = one(include_str!("manifest/2-claim-and-statefulset.yaml"));
    let manifest = read(&files);
    let codes: Vec<_> = manifest.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(
        codes,
        [DiagnosticCode::MissingSeparator, DiagnosticCode::SelectorRequired, DiagnosticCode::SelectorMismatch]
            .into_iter()
            .collect::<Vec<_>>()
    );
    assert!(manifest.objects().is_empty());
    manifest.diagnostics[0].fixes[0].apply(&mut files);
    let manifest = read(&files);
    assert_eq!(manifest.documents.len(), 2);
    let selector = manifest.diagnostics.iter().find(|it| it.code == DiagnosticCode::SelectorRequired).unwrap();
    selector.fixes[0].apply(&mut files);
    let service = include_str!("manifest/1-headless-service.yaml");
    files.push(SourceFile { name: "service.yaml".into(), text: service.into() });
    let manifest = read(&files);
    assert!(!manifest.has_errors(), "{:#?}", manifest.diagnostics);
    let names: Vec<_> = manifest.objects().iter().map(|object| object.reference().to_string()).collect();
    assert_eq!(names, ["PersistentVolumeClaim/my-pvc", "StatefulSet/my-statefulset", "Service/my-statefulset-service"]);
    let left: Vec<_> = manifest.diagnostics.iter().map(|it| it.code).collect();
    assert_eq!(left, [DiagnosticCode::ClaimUnused, DiagnosticCode::ReadinessMissing]);
}

#[test]
fn the_old_autoscaler_is_converted() {
    let mut files = one(include_str!("manifest/3-autoscaler.yaml"));
    let manifest = read(&files);
    let [diagnostic] = manifest.diagnostics.as_slice() else { panic!("{:#?}", manifest.diagnostics) };
    assert_eq!(diagnostic.code, DiagnosticCode::VersionRemoved);
    diagnostic.fixes[0].apply(&mut files);
    let manifest = read(&files);
    assert!(!manifest.has_errors(), "{:#?}\n{}", manifest.diagnostics, files[0].text);
}

#[test]
fn places_are_those_of_the_text() {
    let files =
        one("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n    image: x:1\n");
    let manifest = read(&files);
    let pod = manifest.objects()[0].reference();
    let place = manifest.place(&pod, "spec.containers[0].image").unwrap();
    assert_eq!(&files[0].text[place.value.range()], "x:1");
    assert_eq!((place.value.start.line, place.value.start.column), (7, 12));
    assert_eq!(&files[0].text[place.key.unwrap().range()], "image");
    assert_eq!(manifest.place(&pod, "spec.restartPolicy"), None);
}

#[test]
fn fixes_mend_what_they_are_offered_for() {
    let entries: Vec<Value> = serde_json::from_str(include_str!("conformance/diagnostics/recorded.json")).unwrap();
    let mut offered = BTreeSet::new();
    for entry in entries.iter().filter(|entry| entry.get("before").is_none()) {
        let files = one(entry["manifest"].as_str().unwrap());
        for diagnostic in read(&files).diagnostics {
            for fix in &diagnostic.fixes {
                let mut mended = files.clone();
                fix.apply(&mut mended);
                let after = read(&mended);
                let is_left = after.diagnostics.iter().any(|it| it.message == diagnostic.message);
                assert!(!is_left, "{} {}:\n{}", entry["name"], fix.title, mended[0].text);
                assert!(
                    !after.diagnostics.iter().any(|it| it.code == DiagnosticCode::YamlSyntax),
                    "{}",
                    mended[0].text
                );
                offered.insert(diagnostic.code);
            }
        }
    }
    assert!(offered.len() >= 8, "{offered:?}");
}

#[test]
fn lists_are_opened_and_other_kinds_noted() {
    let files = one(
        "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n- apiVersion: v1\n  kind: \
         Pod\n  metadata: {name: a}\n  spec: {containers: [{name: c, image: x}]}\n",
    );
    let manifest = read(&files);
    assert_eq!(manifest.documents.len(), 2);
    assert_eq!(manifest.objects().len(), 1);
    let [note] = manifest.diagnostics.as_slice() else { panic!("{:#?}", manifest.diagnostics) };
    assert_eq!((note.severity, note.code), (Severity::Note, DiagnosticCode::NotSimulated));
}

#[test]
fn limits_are_told() {
    let large = one(&"#".repeat(setwise::manifest::MAX_BYTES + 1));
    assert_eq!(read(&large).diagnostics[0].code, DiagnosticCode::InputTooLarge);
    let many = one(&"a: 1\n---\n".repeat(setwise::manifest::MAX_DOCUMENTS + 5));
    let manifest = read(&many);
    assert_eq!(manifest.documents.len(), setwise::manifest::MAX_DOCUMENTS);
    assert!(manifest.diagnostics.iter().any(|it| it.code == DiagnosticCode::TooManyDocuments));
    assert!(schema::fields("PodSpec").is_some() && yaml::parse("").documents.is_empty());
}

#[test]
fn a_field_that_is_heeded_by_kubernetes_and_not_simulated_is_named_at_its_place() {
    let text = "\
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  selector:
    matchLabels: {app: agent}
  template:
    metadata:
      labels: {app: agent}
    spec:
      initContainers:
      - name: proxy
        image: proxy:1
        restartPolicy: Always
        lifecycle: {postStart: {exec: {command: [warm]}}}
      containers:
      - name: agent
        image: agent:1
        lifecycle:
          preStop:
            exec: {command: [drain]}
";
    let manifest = read(&[SourceFile { name: "agent.yaml".into(), text: text.into() }]);
    let notes: Vec<_> = (manifest.diagnostics.iter())
        .map(|note| (note.severity, note.message.as_str(), note.span.start.line))
        .collect();
    let expected = [
        (Severity::Note, "spec.template.spec.initContainers[0].lifecycle.postStart is valid, not simulated", 16),
        (Severity::Note, "spec.template.spec.containers[0].lifecycle.preStop.exec is valid, not simulated", 22),
    ];
    assert_eq!(notes, expected);
    assert_eq!(manifest.objects().len(), 1, "and it runs");
}

#[test]
fn a_value_that_does_not_fit_is_named_at_its_place_in_a_list() {
    let text = "\
apiVersion: v1
kind: Pod
metadata:
  name: one
spec:
  containers:
  - {name: c, image: nginx}
  tolerations:
  - {key: a, operator: Exists, effect: NoSchedule}
  - {key: b, operator: Exists, effect: Never}
";
    let manifest = read(&one(text));
    let found: Vec<_> = manifest.diagnostics.iter().map(|it| (it.span.start.line, it.message.as_str())).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, 10, "{found:?}");
    assert!(found[0].1.starts_with("spec.tolerations[1].effect: Unsupported value: \"Never\""), "{found:?}");
}

#[test]
fn what_is_wrong_a_thousand_times_is_said_a_hundred_times_and_counted() {
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n{}", "  a: 1\n".repeat(1_000));
    let manifest = read(&one(&text));
    let alike: Vec<_> =
        manifest.diagnostics.iter().filter(|diagnostic| diagnostic.code == DiagnosticCode::DuplicateKey).collect();
    assert_eq!(alike.len(), MAX_ALIKE);
    let last = &alike.last().unwrap().explanation;
    assert!(last.ends_with("There are 899 more of this kind in the file, which are not listed."), "{last}");
}
