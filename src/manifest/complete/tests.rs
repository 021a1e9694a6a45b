use super::*;

/// Files with a mark where the caret is in the last one.
fn at(texts: &[&str]) -> (Vec<SourceFile>, usize) {
    let byte = texts.last().and_then(|text| text.find('^')).expect("a mark");
    let file =
        |(index, text): (usize, &&str)| SourceFile { name: format!("{index}.yaml"), text: text.replace('^', "") };
    (texts.iter().enumerate().map(file).collect(), byte)
}

fn asked(texts: &[&str]) -> Vec<Candidate> {
    let (files, byte) = at(texts);
    complete(&files, files.len() - 1, byte, true, Language::En).map(|found| found.candidates).unwrap_or_default()
}

fn labels(text: &str) -> Vec<String> {
    asked(&[text]).into_iter().map(|candidate| candidate.label).collect()
}

/// The last file once the first candidate of a name is taken.
fn taken(texts: &[&str], label: &str) -> String {
    let (files, byte) = at(texts);
    let file = files.len() - 1;
    let found = complete(&files, file, byte, true, Language::En).expect("candidates");
    let candidate = found.candidates.iter().find(|candidate| candidate.label == label).expect("the candidate");
    let mut text = files[file].text.clone();
    text.replace_range(found.from..found.to, &candidate.insert);
    text
}

const SET: &str = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: db\nspec:\n";

#[test]
fn fields_are_offered_where_they_belong_the_required_ones_first() {
    let found = labels(&format!("{SET}  ^"));
    assert_eq!(&found[..4], ["selector", "template", "serviceName", "replicas"]);
    assert!(!found.contains(&"metadata".to_owned()));
    let found = labels(&format!("{SET}  template:\n    spec:\n      containers:\n      - ^"));
    assert_eq!(&found[..2], ["name", "image"]);
}

#[test]
fn what_is_written_is_not_offered_again() {
    let found = labels(&format!("{SET}  replicas: 3\n  ^\n  selector: {{}}\n"));
    assert_eq!(&found[..2], ["template", "serviceName"]);
}

#[test]
fn what_the_api_server_writes_is_not_offered() {
    let found = labels(&format!("{SET}^"));
    assert_eq!(found, Vec::<String>::new(), "all fields of the object are there");
    let found = labels("apiVersion: v1\nkind: Pod\nmetadata:\n  ^");
    assert_eq!(&found[..2], ["name", "namespace"]);
    assert!(!found.contains(&"uid".to_owned()));
}

#[test]
fn an_empty_document_begins_with_its_version_and_kind() {
    assert_eq!(labels("^"), ["apiVersion", "kind", "metadata", "spec"]);
    assert_eq!(labels("a: 1\n---\n^"), ["apiVersion", "kind", "metadata", "spec"]);
    assert_eq!(
        labels("apiVersion: apps/v1\nkind: ^"),
        ["StatefulSet", "DaemonSet", "Deployment", "ReplicaSet", "ControllerRevision"]
    );
    assert_eq!(labels("kind: StatefulSet\napiVersion: ^"), ["apps/v1"]);
    assert!(labels("apiVersion: ^").contains(&"autoscaling/v2".to_owned()));
}

#[test]
fn values_of_enumerations_are_offered_with_what_they_mean() {
    let found = asked(&[&format!("{SET}  podManagementPolicy: ^")]);
    assert_eq!(found.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["OrderedReady", "Parallel"]);
    assert!(found.iter().all(|it| !it.documentation.is_empty()));
    assert_eq!(labels("apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n  - ^")[0], "ReadWriteOnce");
    assert_eq!(labels("apiVersion: v1\nkind: Service\nspec:\n  publishNotReadyAddresses: ^"), ["true", "false"]);
    assert_eq!(labels("apiVersion: v1\nkind: Service\nspec:\n  clusterIP: ^"), ["None"]);
}

#[test]
fn names_of_other_objects_are_offered_wherever_they_are_written() {
    let service =
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: db\n---\nkind: Service\nmetadata:\n  name: \"web\"\n";
    let found = asked(&[service, &format!("{SET}  serviceName: ^")]);
    assert_eq!(found.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["db", "web"]);
    assert_eq!(found[0].documentation, "The Service `db` in `0.yaml`.");
    let volumes = "  template:\n    spec:\n      volumes:\n      - name: logs\n      containers:\n      - name: a\n        volumeMounts:\n        - name: ^\n  volumeClaimTemplates:\n  - metadata:\n      name: data\n";
    assert_eq!(labels(&format!("{SET}{volumes}")), ["data", "logs"]);
}

#[test]
fn a_selector_is_offered_the_labels_of_the_pods_and_the_other_way_round() {
    let template = "  template:\n    metadata:\n      labels:\n        app: db\n";
    assert_eq!(labels(&format!("{SET}  selector:\n    matchLabels:\n      ^\n{template}")), ["app: db"]);
    let set = format!("{SET}{template}");
    let service = "kind: Service\napiVersion: v1\nspec:\n  selector:\n    ^";
    let found = asked(&[&set, service]);
    assert_eq!((found[0].label.as_str(), found[0].insert.as_str()), ("app: db", "app: db"));
    let own = "  selector:\n    matchLabels:\n      app: x\n  template:\n    metadata:\n      labels:\n        ^";
    assert_eq!(labels(&format!("{SET}{own}")), ["app: x"]);
}

#[test]
fn keys_of_resources_are_offered() {
    let claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  resources:\n    requests:\n      ^";
    assert_eq!(labels(claim), ["storage"]);
    let pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - resources:\n      requests:\n        ^";
    assert_eq!(labels(pod), ["cpu", "memory", "ephemeral-storage"]);
}

#[test]
fn braces_and_brackets_are_completed_too() {
    assert_eq!(labels(&format!("{SET}  selector: {{^")), ["matchLabels", "matchExpressions"]);
    assert_eq!(labels(&format!("{SET}  selector: {{matchLabels: {{app: db}}, ^}}")), ["matchExpressions"]);
    let pods = format!("{SET}  template:\n    spec:\n      containers:\n      - {{name: web, image: x, ^}}");
    let found = labels(&pods);
    assert!(found.contains(&"ports".into()) && !found.contains(&"image".into()), "{found:?}");
    let policy = format!("{SET}  template:\n    spec:\n      containers: [{{name: web, imagePullPolicy: ^}}]");
    assert_eq!(labels(&policy), ["IfNotPresent", "Always", "Never"]);
    assert_eq!(labels("apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes: [Read^")[0], "ReadWriteOnce");
    let lines = format!("{SET}  updateStrategy: {{\n    type: RollingUpdate,\n    ^\n  }}\n");
    assert_eq!(labels(&lines), ["rollingUpdate"]);
    let template = "  template: {metadata: {labels: {app: db}}}\n  selector: {matchLabels: {app: x}}\n  ^";
    assert!(labels(&format!("{SET}{template}")).contains(&"replicas".into()), "what is closed is left");
    assert_eq!(labels(&format!("{SET}  selector: {{}} # {{^")), Vec::<String>::new());
    assert_eq!(
        taken(&[&format!("{SET}  updateStrategy: {{ty^}}")], "type"),
        format!("{SET}  updateStrategy: {{type: }}")
    );
    let whole = format!("{SET}  podManagementPolicy: Parallel\n  updateStrategy: {{type: On^Del}}");
    assert_eq!(
        taken(&[&whole], "OnDelete"),
        format!("{SET}  podManagementPolicy: Parallel\n  updateStrategy: {{type: OnDelete}}")
    );
}

#[test]
fn a_field_comes_with_the_place_for_its_value() {
    assert_eq!(taken(&[&format!("{SET}  rep^")], "replicas"), format!("{SET}  replicas: "));
    assert_eq!(taken(&[&format!("{SET}  sel^")], "selector"), format!("{SET}  selector:\n    "));
    assert_eq!(
        taken(&[&format!("{SET}  vol^")], "volumeClaimTemplates"),
        format!("{SET}  volumeClaimTemplates:\n    - ")
    );
    assert_eq!(taken(&[&format!("{SET}  rep^lica: 3")], "replicas"), format!("{SET}  replicas: 3"));
    let pods = format!("{SET}  podManagementPolicy: Par^ # all at once");
    assert_eq!(taken(&[&pods], "Parallel"), format!("{SET}  podManagementPolicy: Parallel # all at once"));
}

#[test]
fn nobody_is_disturbed_who_has_not_begun_a_word() {
    let (files, byte) = at(&[&format!("{SET}  ^")]);
    assert_eq!(complete(&files, 0, byte, false, Language::En), None);
    let (files, byte) = at(&[&format!("{SET}  r^")]);
    assert!(complete(&files, 0, byte, false, Language::En).is_some());
    assert!(labels("apiVersion: v1\nkind: Ingress\nspec:\n  ^").is_empty());
    assert!(labels(&format!("{SET}  replicas: ^")).is_empty());
    let (files, byte) = at(&[&format!("{SET}  selector: {{^}}")]);
    assert_eq!(complete(&files, 0, byte, false, Language::En), None);
}

#[test]
fn a_broken_text_is_helped_with_too() {
    let broken = format!("{SET}  replicas: [3\n  template:\n    spec:\n      restart^");
    assert_eq!(taken(&[&broken], "restartPolicy"), broken.replace("restart^", "restartPolicy: "));
}

/// What is said about the word at the mark.
fn told(marked: &str) -> Option<(String, String)> {
    let byte = marked.find('^').expect("a mark");
    let found = hover(&marked.replace('^', ""), byte, Language::En)?;
    Some((found.title, found.documentation))
}

#[test]
fn a_field_is_explained_where_it_is_written() {
    let (title, text) = told(&format!("{SET}  repl^icas: 3")).expect("words");
    assert_eq!(title, "replicas");
    assert!(text.starts_with("How many pods there are"));
    // In braces, too, which the editor's own reading of indentation does not look into.
    let (title, _) = told(&format!("{SET}  selector: {{match^Labels: {{app: x}}}}")).expect("words");
    assert_eq!(title, "matchLabels");
    let (title, text) = told("apiVersion: v1\nkind: P^od").expect("words");
    assert_eq!((title.as_str(), text.starts_with("One or more containers")), ("Pod", true));
    let (title, _) = told(&format!("{SET}  podManagementPolicy: Par^allel")).expect("words");
    assert_eq!(title, "Parallel");
}

#[test]
fn words_of_the_author_are_not_explained() {
    assert_eq!(told(&format!("{SET}  serviceName: d^b")), None);
    assert_eq!(told(&format!("{SET}  frobnicate^: 1")), None);
    assert_eq!(told("apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    ap^p: x"), None);
    assert_eq!(told("# kind^: x"), None);
}

#[test]
fn a_field_of_a_broken_document_is_explained() {
    let (title, _) = told(&format!("{SET}  repl^icas: [3\n")).expect("words");
    assert_eq!(title, "replicas");
}

#[test]
fn no_place_of_any_text_makes_it_stumble() {
    let article = include_str!("../../../tests/manifest/2-claim-and-statefulset.yaml");
    for text in [
        article,
        "\u{feff}a: é\n  𝄞: [",
        "- - -\n",
        "a: |\n x\n\ty",
        "{kind: Pod, spec: {",
        "kind: ControllerRevision\ndata:\n  ",
    ] {
        let files = [SourceFile { name: String::new(), text: text.into() }];
        for byte in 0..=text.len() + 1 {
            let _ = complete(&files, 0, byte, true, Language::En);
            let _ = hover(text, byte, Language::En);
        }
    }
}
