//! `setwise check`: what it prints, where it prints it, and what it says by its exit code.

use serde_json::Value;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder, with a text on standard input.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_setwise"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR").env("LC_ALL", "C");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A new folder with files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: 网站 # 名字
spec:
  selector: {app: web}
  ports: [{port: 80}]
";

const SET: &str = "\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: web
  replcias: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: c, image: 'c:1'}
";

const FINE: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: 'c:1'}]}\n";

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn problems_are_printed_as_a_compiler_prints_them() {
    let folder = folder("printed", &[("service.yaml", SERVICE), ("set.yaml", SET)]);
    let printed = run(&folder, &["check", "service.yaml", "set.yaml"], "");
    assert_eq!(printed.status.code(), Some(1));
    assert_eq!(text(&printed.stderr), "");
    snapshot("terminal-plain", &text(&printed.stdout));
}

#[test]
fn places_in_several_files_are_shown_together() {
    let set = SET.replace("replcias", "replicas");
    let service = SERVICE.replace("网站", "web");
    let folder = folder("together", &[("set.yaml", &set), ("服务.yaml", &service)]);
    let printed = run(&folder, &["check", "set.yaml", "服务.yaml"], "");
    assert_eq!(printed.status.code(), Some(0), "warnings are no errors");
    snapshot("terminal-together", &text(&printed.stdout));
}

#[test]
fn colours_are_printed_where_they_are_wanted() {
    let folder = folder("colours", &[("set.yaml", SET)]);
    let has_colours = |output: Output| text(&output.stdout).contains('\u{1b}');
    assert!(!has_colours(run(&folder, &["check", "set.yaml"], "")), "a pipe is no terminal");
    assert!(has_colours(run(&folder, &["check", "--color=always", "set.yaml"], "")));
    assert!(!has_colours(run(&folder, &["check", "--color=never", "set.yaml"], "")));
    let plain = text(&run(&folder, &["check", "--color=never", "set.yaml"], "").stdout);
    let coloured = text(&run(&folder, &["check", "--color=always", "set.yaml"], "").stdout);
    let mut stripped = String::new();
    for (index, part) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if index == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn the_exit_code_says_whether_it_is_fine() {
    let folder = folder("codes", &[("fine.yaml", FINE), ("set.yaml", SET)]);
    let code = |arguments: &[&str], input: &str| run(&folder, arguments, input).status.code();
    assert_eq!(code(&["check", "fine.yaml"], ""), Some(0));
    assert_eq!(code(&["check", "fine.yaml", "set.yaml"], ""), Some(1));
    assert_eq!(code(&["check", "missing.yaml"], ""), Some(2));
    assert_eq!(code(&["check"], ""), Some(2));
    assert_eq!(code(&["check", "--output=markdown", "fine.yaml"], ""), Some(2));
    assert_eq!(code(&["check", "-"], FINE), Some(0));
    assert_eq!(code(&["check", "-"], SET), Some(1));
    let fine = run(&folder, &["check", "fine.yaml"], "");
    assert_eq!(text(&fine.stdout), "no problems: 1 object in 1 file\n");
}

#[test]
fn what_has_one_obvious_repair_is_mended_in_the_files() {
    let folder = folder("mended", &[("set.yaml", SET), ("fine.yaml", FINE)]);
    let output = run(&folder, &["check", "--fix", "set.yaml", "fine.yaml"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).starts_with("mended set.yaml: 2 repairs\n"), "{}", text(&output.stderr));
    let mended = std::fs::read_to_string(folder.join("set.yaml")).unwrap();
    let service = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  clusterIP: None\n  selector:\n    app: web\n";
    assert_eq!(mended, SET.replace("replcias", "replicas") + service);
    assert_eq!(std::fs::read_to_string(folder.join("fine.yaml")).unwrap(), FINE);
    let piped = run(&folder, &["check", "--fix", "-"], SET);
    assert_eq!(text(&piped.stdout), mended);
}

#[test]
fn the_json_has_every_place_and_every_edit() {
    let folder = folder("json", &[("set.yaml", SET)]);
    let output = run(&folder, &["check", "--output=json", "set.yaml"], "");
    assert_eq!(output.status.code(), Some(1));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["errors"], &json["warnings"], &json["notes"]), (&1.into(), &0.into(), &0.into()));
    let problem = &json["diagnostics"][0];
    assert_eq!((problem["code"].as_str(), problem["severity"].as_str()), (Some("unknown-field"), Some("error")));
    assert_eq!(
        problem["span"]["start"],
        serde_json::json!({"line": 7, "column": 3, "byte": SET.find("replcias").unwrap()})
    );
    let edit = &problem["fixes"][0]["edits"][0];
    let (start, end) = (edit["startByte"].as_u64().unwrap() as usize, edit["endByte"].as_u64().unwrap() as usize);
    assert_eq!((&SET[start..end], edit["text"].as_str()), ("replcias", Some("replicas")));
}

/// The members that the schema of SARIF 2.1.0 requires of the objects that are used here.
#[test]
fn the_sarif_has_what_its_schema_requires() {
    let folder = folder("sarif", &[("服 务.yaml", SERVICE), ("set.yaml", SET)]);
    let output = run(&folder, &["check", "--output=sarif", "服 务.yaml", "set.yaml"], "");
    assert_eq!(output.status.code(), Some(1));
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("one run") };
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "setwise");
    let rules = driver["rules"].as_array().unwrap();
    let levels = ["none", "note", "warning", "error"];
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        assert!(levels.contains(&rule["defaultConfiguration"]["level"].as_str().unwrap()));
    }
    let artifacts = run["artifacts"].as_array().unwrap();
    assert_eq!(artifacts[0]["location"]["uri"], "%E6%9C%8D%20%E5%8A%A1.yaml");
    let place = |location: &Value| {
        let physical = &location["physicalLocation"];
        let index = physical["artifactLocation"]["index"].as_u64().unwrap() as usize;
        assert_eq!(physical["artifactLocation"]["uri"], artifacts[index]["location"]["uri"]);
        region(&physical["region"]);
    };
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 2);
    for result in results {
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(levels.contains(&result["level"].as_str().unwrap()));
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        result["locations"].as_array().unwrap().iter().for_each(place);
        result["relatedLocations"].as_array().unwrap().iter().for_each(place);
        for fix in result["fixes"].as_array().unwrap() {
            let changes = fix["artifactChanges"].as_array().unwrap();
            assert!(!changes.is_empty(), "at least one");
            for change in changes {
                assert!(change["artifactLocation"]["uri"].is_string());
                let replacements = change["replacements"].as_array().unwrap();
                assert!(!replacements.is_empty(), "at least one");
                for replacement in replacements {
                    region(&replacement["deletedRegion"]);
                    assert!(replacement["insertedContent"]["text"].is_string());
                }
            }
        }
    }
    let replaced = results.iter().any(|result| result["fixes"].as_array().is_some_and(|fixes| !fixes.is_empty()));
    assert!(replaced, "a fix is among them");
}

fn region(region: &Value) {
    let member = |name: &str| region[name].as_u64().unwrap_or_else(|| panic!("{name} of {region}"));
    assert!(member("startLine") >= 1 && member("startColumn") >= 1);
    assert!((member("endLine"), member("endColumn")) >= (member("startLine"), member("startColumn")));
}

#[test]
fn explanations_follow_the_language_and_what_kubectl_prints_does_not() {
    let folder = folder("language", &[("set.yaml", SET)]);
    let said = |arguments: &[&str]| text(&run(&folder, arguments, "").stdout);
    let (english, chinese) = (said(&["check", "set.yaml"]), said(&["check", "--lang=zh", "set.yaml"]));
    for output in [&english, &chinese] {
        assert!(output.contains("unknown field \"spec.replcias\""), "{output}");
    }
    assert!(chinese.contains("StatefulSetSpec 没有字段 `replcias`，应该是 `replicas`。"), "{chinese}");
    assert!(!english.contains("没有字段"), "{english}");
    let json: Value = serde_json::from_str(&said(&["check", "--lang=zh", "--output=json", "set.yaml"])).unwrap();
    assert_eq!(json["diagnostics"][0]["meaning"], "对象在这个位置没有这个字段。");
}
