//! Manifests and what `kubectl apply -f -` answered: every entry of every file of `diagnostics` is tried. An entry is
//! `name`, `manifest`, `exit`, `stderr` and perhaps a `before` that was applied first.
//!
//! The verdict has to be the same and, where it is a refusal, the text, hence the fields too.

use serde_json::Value;
use setwise::actor::Settings;
use setwise::api::Object;
use setwise::engine::default_cluster::{completed, is_infrastructure};
use setwise::engine::{Bounds, Command, Simulation, three_way};
use setwise::manifest::{Document, Manifest, Refusal, RefusedBy, Severity, SourceFile, admit, invalid_text, read};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where Setwise differs on purpose, for every entry alike: what is cut from kubectl's text before it is compared, and why.
const CUT: [(&str, &str, &str); 2] = [
    // kubectl repeats the patch that it sent, which tells a reader nothing of what is wrong.
    ("error when applying patch:\n", "for: \"STDIN\": error when patching \"STDIN\": ", "the patch"),
    // The difference of two specs as Go prints them, with the line numbers of a dump that nobody sees.
    ("\n@@ ", "", "the difference of Go structs"),
];

/// Cuts from `begin` to `end`, or to the end of the text where `end` is empty.
fn cut(text: &str, begin: &str, end: &str) -> String {
    let Some((head, rest)) = text.split_once(begin) else { return text.to_owned() };
    let tail = if end.is_empty() { "" } else { rest.split_once(end).map_or("", |(_, tail)| tail) };
    format!("{head}{tail}")
}

fn comparable(text: &str) -> String {
    let text = CUT.iter().fold(text.trim().to_owned(), |text, (begin, end, _)| cut(&text, begin, end));
    // Upstream goes through maps in no order.
    let mut lines: Vec<&str> = text.trim().lines().collect();
    let list = lines.iter().position(|line| line.starts_with("* ")).unwrap_or(lines.len());
    if let Some(list) = lines.get_mut(list..) {
        list.sort_unstable();
    }
    lines.join("\n")
}

/// A change that cannot be decoded: the API server names no field but `patch` and prints the patch as a Go map. Setwise names
/// the field, as it does for a new object. The unknown fields have to be the same.
fn is_undecodable_patch(wanted: &str, found: &str) -> bool {
    const STRICT: &str = "strict decoding error: ";
    let tail = |text: &str| text.split_once(STRICT).map(|(_, tail)| tail.to_owned());
    wanted.starts_with("The request is invalid: patch: Invalid value: ")
        && !found.is_empty()
        && tail(wanted) == tail(found)
}

fn read_one(text: &str) -> Manifest {
    read(&[SourceFile { name: "STDIN".into(), text: text.into() }])
}

/// An error of `kubectl`, alone and as one of several.
struct Told {
    alone: String,
    among: String,
}

impl Told {
    fn plain(text: &str) -> Told {
        Told { alone: format!("error: {text}"), among: text.to_owned() }
    }

    fn of(refusal: &Refusal) -> Told {
        let alone = refusal.kubectl_text("STDIN");
        let among = match refusal.by {
            RefusedBy::Validation => {
                let group = refusal.api_version.split_once('/').map_or(String::new(), |(group, _)| format!(".{group}"));
                let texts: Vec<_> = refusal.errors.iter().map(ToString::to_string).collect();
                let texts = if texts.len() == 1 { texts.concat() } else { format!("[{}]", texts.join(", ")) };
                format!(
                    "Error from server (Invalid): error when creating \"STDIN\": {}{group} {:?} is invalid: {texts}",
                    refusal.kind, refusal.name
                )
            }
            _ => alone.strip_prefix("error: ").unwrap_or(&alone).to_owned(),
        };
        Told { alone, among }
    }
}

/// What `kubectl` would print to the error stream; nothing where everything is accepted.
fn stderr(manifest: &Manifest, old: Option<&Played>) -> String {
    let mut of_reading = vec![];
    let mut of_applying = vec![];
    let broken = manifest.diagnostics.iter().find(|it| {
        it.severity == Severity::Error && (it.code.as_str().starts_with("yaml-") || it.code.as_str() == "no-objects")
    });
    let mut is_ended = false;
    for document in &manifest.documents {
        // kubectl stops at the first document that it cannot read; Setwise reads on.
        if is_ended || broken.is_some_and(|it| it.span.start < document.span.start) {
            break;
        }
        let refusal = old.and_then(|old| old.refusal(document)).or_else(|| match old {
            Some(old) if old.has(document) => None,
            _ => document.refusal.clone(),
        });
        let Some(refusal) = refusal else { continue };
        let told = Told::of(&refusal);
        is_ended = refusal.by == RefusedBy::Kubectl && told.alone.starts_with("error: error validating");
        match refusal.by {
            RefusedBy::Kubectl if told.alone.starts_with("error: error when retrieving") => of_applying.push(told),
            RefusedBy::Kubectl | RefusedBy::Mapping => of_reading.push(told),
            RefusedBy::Namespace | RefusedBy::Decoding | RefusedBy::Validation => of_applying.push(told),
        }
    }
    if let Some(problem) = broken.filter(|_| !is_ended) {
        let text = match problem.code.as_str() {
            "no-objects" => problem.message.clone(),
            _ => format!("error parsing STDIN: {}", problem.message),
        };
        of_reading.push(Told::plain(&text));
    }
    let mut told: Vec<Told> = of_reading.into_iter().chain(of_applying).collect();
    match told.len() {
        0 => old.map_or_else(|| Played::empty().forbidden(manifest), |old| old.forbidden(manifest)).unwrap_or_default(),
        1 => told.remove(0).alone,
        _ => told.iter().map(|it| format!("{}\n", it.among)).collect(),
    }
}

/// The cluster after `before` was applied and everything has settled.
struct Played {
    simulation: Simulation,
    before: Manifest,
}

impl Played {
    fn of(before: &str) -> Played {
        let before = read_one(before);
        let objects = before.objects();
        assert!(!before.has_errors(), "{:?}", before.diagnostics);
        let mut simulation = Simulation::new(Settings::default(), Bounds::default());
        simulation.start(completed(&objects));
        let applied = objects.iter().filter(|object| !is_infrastructure(object.kind())).cloned().collect();
        simulation.command(Command::Apply(applied)).unwrap();
        simulation.settle();
        Played { simulation, before }
    }

    /// A cluster to which nothing was applied.
    fn empty() -> Played {
        let mut simulation = Simulation::new(Settings::default(), Bounds::default());
        simulation.start(completed(&[]));
        Played { simulation, before: Manifest::default() }
    }

    /// The document that was applied before, and what has become of it.
    fn earlier(&self, document: &Document) -> Option<(&Document, Object)> {
        let is_it = |it: &&Document| {
            (&it.kind, &it.name, &it.namespace) == (&document.kind, &document.name, &document.namespace)
        };
        let earlier = self.before.documents.iter().find(is_it)?;
        let current = self.simulation.cluster().get(&earlier.object.as_ref()?.reference())?;
        Some((earlier, current))
    }

    fn has(&self, document: &Document) -> bool {
        self.earlier(document).is_some()
    }

    fn refusal(&self, document: &Document) -> Option<Refusal> {
        let is_read = document.refusal.as_ref().is_none_or(|refusal| refusal.by == RefusedBy::Validation);
        if !is_read {
            return document.refusal.clone();
        }
        // What is fine as a new object is left to the cluster, which knows what it has added itself.
        document.refusal.as_ref()?;
        let (earlier, current) = self.earlier(document)?;
        let merged = three_way(&earlier.json, &document.json, &current.to_json());
        admit(&merged, Some(&current), false).err()
    }

    /// What the API server says beyond validation.
    fn forbidden(&self, manifest: &Manifest) -> Option<String> {
        let mut simulation = self.simulation.clone();
        let refused = simulation.command(Command::Apply(manifest.objects())).err()?.0;
        let is_forbidden = refused.contains(" is forbidden: ");
        Some(if is_forbidden { format!("Error from server (Forbidden): {refused}") } else { refused })
    }
}

/// Fields of the errors in a text, each once.
fn fields(text: &str) -> BTreeSet<&str> {
    const KINDS: [&str; 9] = [
        ": Required value",
        ": Invalid value: ",
        ": Unsupported value: ",
        ": Forbidden: ",
        ": Not found: ",
        ": Duplicate value: ",
        ": Too many: ",
        ": Too long: ",
        ": Internal error: ",
    ];
    let of_line = |line| KINDS.iter().filter_map(|kind| str::split_once(line, kind)).map(|(field, _)| field).next();
    text.lines().filter_map(of_line).filter_map(|field| field.rsplit(' ').next()).collect()
}

#[test]
fn every_manifest_gets_the_answer_that_kubectl_gave() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/diagnostics");
    let mut files: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    let (mut agreed, mut failures) = (0, vec![]);
    for file in &files {
        let entries: Vec<Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        for entry in &entries {
            let name = entry["name"].as_str().unwrap();
            let played = entry.get("before").and_then(Value::as_str).map(Played::of);
            let manifest = read_one(entry["manifest"].as_str().unwrap());
            let answer = stderr(&manifest, played.as_ref());
            if played.is_none() && manifest.has_errors() {
                assert_ne!(answer, "", "{name}: {:?}", manifest.diagnostics);
            }
            let expected = entry["stderr"].as_str().unwrap();
            let (wanted, found) = (comparable(expected), comparable(&answer));
            let is_refused = entry["exit"] != 0;
            let is_alike = fields(&wanted) == fields(&found) && (!is_refused || wanted == found);
            if is_refused != answer.is_empty() && (is_alike || is_undecodable_patch(&wanted, &found)) {
                agreed += 1;
            } else {
                failures.push(format!("{name}:\n  kubectl: {wanted}\n  here:    {found}"));
            }
        }
    }
    println!("{agreed} manifests get the answer of kubectl");
    assert!(failures.is_empty(), "{} of {} differ:\n{}", failures.len(), failures.len() + agreed, failures.join("\n"));
}

#[test]
fn the_comparison_sees_another_field_and_another_text() {
    let text = "The Pod \"p\" is invalid: \n* spec.a: Required value\n* spec.b[0].c: Invalid value: 1: no";
    assert_eq!(fields(text), BTreeSet::from(["spec.a", "spec.b[0].c"]));
    assert_eq!(comparable("x\n@@ -1,2 +1,3 @@\n y"), "x");
    let patch = "Error: error when applying patch:\n{}\nto:\nfor: \"STDIN\": error when patching \"STDIN\": why";
    assert_eq!(comparable(patch), "Error: why");
    assert_ne!(comparable("a: Required value"), comparable("b: Required value"));
    assert_eq!(invalid_text("Pod", "p", &[]), "");
}
