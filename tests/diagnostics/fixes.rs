//! The repairs one by one, before and after; and the manifests of the article, mended by them alone.

use crate::{after, one};
use setwise::actor::Settings;
use setwise::api::{Kind, Object};
use setwise::engine::{RunEnd, play};
use setwise::manifest::{Diagnostic, DiagnosticCode, Severity, SourceFile, mend, read};

/// The text after the first fix of the first diagnostic of a code that has one.
#[track_caller]
fn fixed(code: DiagnosticCode, text: &str) -> String {
    let found = read(&one(text)).diagnostics;
    let fix = found.iter().filter(|it| it.code == code).find_map(|it| it.fixes.first());
    after(fix.unwrap_or_else(|| panic!("no fix: {found:#?}")), text)
}

fn set(lines: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: web}}\nspec:\n  selector: {{matchLabels: {{app: web}}}}\n  template:\n    \
         metadata: {{labels: {{app: web}}}}\n    spec:\n      containers:\n      - name: c\n        image: c:1\n{lines}"
    )
}

fn pod(lines: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec:\n  containers:\n  - name: c\n    image: c:1\n{lines}"
    )
}

#[test]
fn values_become_what_the_field_takes() {
    for (code, before, after) in [
        (DiagnosticCode::WrongType, "    tty: \"yes\" # so\n", "    tty: true # so\n"),
        (DiagnosticCode::WrongType, "    args: [a, 1]\n", "    args: [a, \"1\"]\n"),
        (DiagnosticCode::WrongType, "    args: 'a' # b\n", "    args: ['a'] # b\n"),
        (DiagnosticCode::WrongType, "    env: [{name: A, value: true}]\n", "    env: [{name: A, value: \"true\"}]\n"),
        (DiagnosticCode::WrongType, "    ports: {containerPort: 80}\n", "    ports: [{containerPort: 80}]\n"),
        (DiagnosticCode::WrongType, "    ports: [{containerPort: '80'}]\n", "    ports: [{containerPort: 80}]\n"),
        (
            DiagnosticCode::WrongType,
            "    resources: {limits: {cpu: 500 m}}\n",
            "    resources: {limits: {cpu: 500m}}\n",
        ),
        (
            DiagnosticCode::WrongType,
            "    resources: {limits: {memory: \"1GB\"}}\n",
            "    resources: {limits: {memory: \"1G\"}}\n",
        ),
        (DiagnosticCode::FieldNotSupported, "    imagePullPolicy: always\n", "    imagePullPolicy: Always\n"),
        (
            DiagnosticCode::FieldNotSupported,
            "    imagePullPolicy: \"ifnotpresent\"\n",
            "    imagePullPolicy: \"IfNotPresent\"\n",
        ),
        (DiagnosticCode::UnknownField, "    imagepullpolicy: Always\n", "    imagePullPolicy: Always\n"),
    ] {
        assert_eq!(fixed(code, &pod(before)), pod(after));
    }
}

#[test]
fn a_value_that_may_be_meant_otherwise_is_left_alone() {
    for lines in [
        "    image: 1x\n    tty: perhaps\n",
        "    resources: {limits: {cpu: much}}\n",
        "    imagePullPolicy: Sometimes\n",
    ] {
        let found = read(&one(&pod(lines))).diagnostics;
        assert!(found.iter().any(|it| it.severity == Severity::Error), "{lines}");
        assert!(
            found.iter().filter(|it| it.severity == Severity::Error).all(|it| it.obvious_fix().is_none()),
            "{found:#?}"
        );
    }
}

#[test]
fn a_strategy_is_spelt_as_kubernetes_spells_it() {
    let text = |value: &str| set(&format!("  updateStrategy:\n    type: {value}   # how\n"));
    assert_eq!(fixed(DiagnosticCode::FieldInvalid, &text("rollingupdate")), text("RollingUpdate"));
    let before = set("  updateStrategy:\n    type: OnDelete\n    rollingUpdate:   # not now\n      partition: 1\n");
    assert_eq!(fixed(DiagnosticCode::FieldInvalid, &before), set("  updateStrategy:\n    type: OnDelete\n"));
}

#[test]
fn json_stays_json() {
    let before = r#"{"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "web"}, "spec": {"replicas": "2",
        "template": {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "c", "image": "c:1"}]}}}}"#;
    let mut files = one(before);
    mend(&mut files);
    assert!(!read(&files).has_errors(), "{}", files[0].text);
    let json: serde_json::Value = serde_json::from_str(&files[0].text).unwrap();
    assert_eq!(json["spec"]["selector"]["matchLabels"]["app"], "web");
    assert_eq!(json["spec"]["replicas"], 2);
}

#[test]
fn line_breaks_are_those_of_the_text() {
    let before = set("  serviceName: web\n").replace('\n', "\r\n");
    let after = fixed(DiagnosticCode::ServiceMissing, &before);
    assert!(after.starts_with(&before) && !after.replace("\r\n", "").contains('\n'), "{after:?}");
    assert!(!read(&one(&after)).diagnostics.iter().any(|it| it.code == DiagnosticCode::ServiceMissing));
}

#[test]
fn a_name_is_changed_in_every_file_that_refers_to_it() {
    let service =
        "apiVersion: v1\nkind: Service\nmetadata: {name: My_Svc}\nspec: {clusterIP: None, selector: {app: web}}\n";
    let mut files =
        [set("  serviceName: My_Svc # here\n"), service.into()].map(|text| SourceFile { name: "a".into(), text });
    mend(&mut files);
    assert_eq!(files[0].text, set("  serviceName: my-svc # here\n"));
    assert!(files[1].text.contains("{name: my-svc}"));
}

/// Applies the first fix that is offered for an error, then for whatever can be mended without asking, until no error is
/// left.
fn mended(files: &mut [SourceFile]) -> Vec<String> {
    let mut titles = vec![];
    for _ in 0..20 {
        let found = read(files).diagnostics;
        let is_next = |it: &&Diagnostic| it.severity == Severity::Error || it.obvious_fix().is_some();
        let Some(fix) = found.iter().filter(is_next).find_map(|it| it.fixes.first()) else { break };
        titles.push(fix.title.clone());
        fix.apply(files);
    }
    assert!(!read(files).has_errors(), "{:#?}", read(files).diagnostics);
    titles
}

fn article() -> [SourceFile; 3] {
    [
        ("1-headless-service.yaml", include_str!("../manifest/1-headless-service.yaml")),
        ("2-claim-and-statefulset.yaml", include_str!("../manifest/2-claim-and-statefulset.yaml")),
        ("3-autoscaler.yaml", include_str!("../manifest/3-autoscaler.yaml")),
    ]
    .map(|(name, text)| SourceFile { name: name.into(), text: text.into() })
}

#[test]
fn each_file_of_the_article_runs_after_quick_fixes_alone() {
    let expected: [&[&str]; 3] = [
        &[],
        &[
            "Insert `---`",
            "Add the selector that matches the template's labels",
            "Add the headless Service \"my-statefulset-service\"",
        ],
        &["Convert to autoscaling/v2"],
    ];
    for (file, expected) in article().into_iter().zip(expected) {
        let mut files = [file];
        assert_eq!(mended(&mut files), expected);
        let objects = read(&files).objects();
        assert!(!objects.is_empty());
        let mut run = play(&objects, &Settings::default());
        assert_eq!(run.end, RunEnd::Settled, "{}", files[0].name);
        run.timeline.seek(usize::MAX);
        let ready = run.timeline.cluster().objects().filter(|it| it.as_pod().is_some_and(|pod| pod.is_ready())).count();
        let wanted = if files[0].name.starts_with('2') { 3 } else { 0 };
        assert_eq!(ready, wanted, "{}", files[0].name);
    }
}

#[test]
fn the_whole_article_runs_and_is_told_what_its_autoscaler_lacks() {
    let mut files = article();
    mended(&mut files);
    let found = read(&files).diagnostics;
    let mut codes: Vec<_> = found.iter().map(|it| it.code).collect();
    codes.sort();
    let expected = [
        DiagnosticCode::ClaimUnused,
        DiagnosticCode::ReadinessMissing,
        DiagnosticCode::RequestMissing,
        DiagnosticCode::ReplicasAndAutoscaler,
    ];
    assert_eq!(codes, expected);
    let request = found.iter().find(|it| it.code == DiagnosticCode::RequestMissing).unwrap();
    request.fixes[0].apply(&mut files);
    assert!(!read(&files).diagnostics.iter().any(|it| it.code == DiagnosticCode::RequestMissing));
    let objects = read(&files).objects();
    let mut run = play(&objects, &Settings::default());
    run.timeline.seek(usize::MAX);
    let set = run.timeline.cluster().objects().find(|it| it.kind() == Kind::StatefulSet);
    let Some(Object::StatefulSet(set)) = set else { panic!("no set") };
    assert_eq!(set.status.ready_replicas, 3);
    // Comments of the article are where they were.
    assert!(files[0].text.contains("# 设置为None表示这是一个Headless Service"));
}
