//! The console as somebody uses it: what is typed never breaks it, and can be taken back.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use setwise::actor::Settings;
use setwise::engine::{Bounds, Simulation, default_cluster};
use setwise::kubectl::complete::complete;
use setwise::kubectl::{Console, Exit, run};
use setwise::manifest::SourceFile;

const WEB: &str = "
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: nginx, image: nginx:1.27, resources: {requests: {cpu: 100m}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {a: b}
";

fn console() -> Console {
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&[]));
    simulation.settle();
    Console::new(simulation, vec![SourceFile { name: "web.yaml".into(), text: WEB.into() }])
}

/// Everything that a step back has to bring back.
fn state(console: &Console) -> (Vec<String>, usize, String, String) {
    let simulation = console.simulation();
    let objects = simulation.cluster().objects().map(|object| object.to_json().to_string()).collect();
    (objects, simulation.steps().len(), format!("{:?}", console.moment()), format!("{:?}", console.kept()))
}

fn typed(console: &mut Console, text: &str) -> String {
    let answer = run(console, text);
    format!("{}{}", answer.stdout(), answer.stderr())
}

/// Lines that change something, or try to.
const LINES: [&str; 40] = [
    "kubectl apply -f web.yaml",
    "kubectl scale sts web --replicas=3",
    "kubectl scale sts web --replicas=0",
    "kubectl set image sts web *=nginx:1.28",
    "kubectl set image sts/web nginx=nginx:broken",
    "kubectl rollout status sts web --timeout=20s",
    "kubectl rollout undo sts web",
    "kubectl rollout restart sts web",
    "kubectl delete pod web-0",
    "kubectl delete pod web-1 --force",
    "kubectl delete sts web --cascade=orphan",
    "kubectl delete -f web.yaml",
    "kubectl create deployment app --image=app:1 --replicas=2",
    "kubectl expose deployment app --port=80",
    "kubectl autoscale deployment app --min=1 --max=3 --cpu=50%",
    "kubectl rollout pause deployment app",
    "kubectl rollout resume deployment app",
    "kubectl delete deployment app",
    "kubectl run one --image=busybox",
    "kubectl label pod one tier=front",
    "kubectl annotate pod one note=x",
    "kubectl label node worker-1 disk=ssd --overwrite",
    "kubectl taint nodes worker-2 k=v:NoExecute",
    "kubectl taint nodes worker-2 k-",
    "kubectl cordon worker-1",
    "kubectl uncordon worker-1",
    "kubectl drain worker-1 --force --ignore-daemonsets --timeout=30s",
    "kubectl create namespace staging",
    "kubectl delete namespace staging",
    "kubectl create pdb web --selector=app=web --min-available=1",
    "kubectl patch sts web -p '{\"spec\":{\"replicas\":1}}'",
    "kubectl wait --for=condition=Ready pod/web-0 --timeout=10s",
    "kubectl get pods -w",
    "kubectl replace -f web.yaml",
    "lab node add extra --cpu=1",
    "lab node down worker-3",
    "lab node up worker-3",
    "lab pod unready web-0",
    "lab wait 30s",
    "lab image break nginx",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_was_typed_can_be_taken_back_line_by_line_and_done_again(
        lines in prop::collection::vec(prop::sample::select(LINES.to_vec()), 1..8),
    ) {
        let mut console = console();
        let start = state(&console);
        for line in &lines {
            run(&mut console, line);
        }
        let end = state(&console);
        let mut taken_back = 0;
        while console.undo() {
            taken_back += 1;
        }
        prop_assert_eq!(state(&console), start);
        for _ in 0..taken_back {
            prop_assert!(console.redo());
        }
        prop_assert_eq!(state(&console), end);
    }

    #[test]
    fn nothing_that_is_typed_breaks_the_console(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "kubectl", "k", "lab", "get", "delete", "apply", "rollout", "status", "-f", "-", "web.yaml", "pods", "sts",
                "web", "web-0", "sts/web", "all", "--all", "-l", "app=web", "-o", "yaml", "jsonpath={.x", "--replicas", "-1",
                "--dry-run=client", "node", "add", "'", "\"", "\\", "|", "&&", ";", "<<EOF", "#", "", "é", "{}", "=", "a=b=c",
                "set", "image", "*=", "taint", "x:y:z", "-n", "nowhere", "scale", "create", "explain", "pods.spec.x", "--",
                "wait", "--for=jsonpath={.a}=1", "patch", "-p", "[]", "drain", "worker-1", "diff", "describe", "top", "events",
            ]),
            0..8,
        ),
    ) {
        let mut console = console();
        run(&mut console, "kubectl apply -f web.yaml");
        let line = words.join(" ");
        run(&mut console, &line);
        for cursor in 0..=line.len() {
            let found = complete(&console, &line, cursor);
            prop_assert!(found.start <= cursor);
        }
    }
}

#[test]
fn a_refused_command_changes_no_object() {
    let mut console = console();
    typed(&mut console, "kubectl apply -f web.yaml && lab wait");
    let before = state(&console).0;
    for line in [
        "kubectl scale sts nope --replicas=1",
        "kubectl patch sts web --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/serviceName\",\"value\":\"x\"}]'",
        "kubectl delete pod web-9",
        "kubectl create -f web.yaml",
        "kubectl apply -f other.yaml",
        "kubectl delete svc kubernetes",
        "kubectl exec web-0 -- sh",
    ] {
        assert_ne!(run(&mut console, line).exit, Exit::Code(0), "{line}");
        assert_eq!(state(&console).0, before, "{line}");
    }
}

#[test]
fn a_dry_run_tells_what_it_would_do_and_does_nothing() {
    let mut console = console();
    let before = state(&console);
    assert_eq!(
        typed(&mut console, "kubectl apply -f web.yaml --dry-run=server"),
        "statefulset.apps/web created (server dry run)\nconfigmap/settings created (server dry run)\n"
    );
    let manifest = typed(&mut console, "kubectl create deployment app --image=app:1 --dry-run=client -o yaml");
    assert!(
        manifest.starts_with("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: app\n"),
        "{manifest}"
    );
    assert_eq!(state(&console), before);
    assert_eq!(
        typed(
            &mut console,
            "kubectl create deployment app --image=app:1 --dry-run=client -o yaml | kubectl apply -f -"
        ),
        "deployment.apps/app created\n"
    );
}

#[test]
fn a_rollout_is_told_as_it_goes() {
    let mut console = console();
    let told = typed(&mut console, "kubectl apply -f web.yaml && kubectl rollout status sts/web");
    assert!(told.contains("Waiting for 1 pods to be ready...\n"), "{told}");
    assert!(told.ends_with("partitioned roll out complete: 2 new pods have been updated...\n"), "{told}");
}

#[test]
fn a_wait_that_cannot_end_is_said_to_be_one() {
    let mut console = console();
    typed(&mut console, "kubectl apply -f web.yaml && lab wait && kubectl set image sts web nginx=nginx:broken");
    let before = console.simulation().now();
    let answer = run(&mut console, "kubectl rollout status sts web");
    assert_eq!(answer.exit, Exit::Waits);
    assert!(answer.stdout().contains("Waiting for 1 pods to be ready...\n"), "{}", answer.stdout());
    assert!(console.simulation().now() - before < 120_000, "the clock stops where something was told last");
}

#[test]
fn acting_in_the_past_is_a_branch_of_its_own() {
    let mut console = console();
    typed(&mut console, "kubectl apply -f web.yaml");
    let early = console.simulation().steps().len();
    typed(&mut console, "lab wait && kubectl scale sts web --replicas=5 && lab wait");
    let whole = state(&console);
    let mut branch = console.fork(early);
    assert_eq!(branch.simulation().steps(), &console.simulation().steps()[..early]);
    typed(&mut branch, "kubectl scale sts web --replicas=1 && lab wait");
    assert_eq!(typed(&mut branch, "kubectl get sts web -o jsonpath={.status.readyReplicas}"), "1");
    assert_eq!(state(&console), whole, "the run that was forked stays as it is");
}

#[test]
fn completion_knows_commands_flags_and_what_is_there() {
    let mut console = console();
    typed(&mut console, "kubectl apply -f web.yaml && lab wait");
    let at_end = |line: &str| complete(&console, line, line.len()).candidates;
    assert_eq!(at_end("kubectl roll"), ["rollout"]);
    assert_eq!(at_end("k rollout re"), ["restart", "resume"]);
    assert_eq!(at_end("kubectl get pods web-"), ["web-0", "web-1"]);
    assert_eq!(at_end("kubectl describe sts/w"), ["sts/web"]);
    assert_eq!(at_end("kubectl scale sts web --rep"), ["--replicas="]);
    assert_eq!(at_end("kubectl apply -f "), ["web.yaml"]);
    assert_eq!(at_end("kubectl set image sts web n"), ["nginx="]);
    assert_eq!(at_end("kubectl drain worker-"), ["worker-1", "worker-2", "worker-3"]);
    assert_eq!(at_end("lab node a"), ["add"]);
    assert_eq!(at_end("lab pod crash web-"), ["web-0", "web-1"]);
    assert_eq!(at_end("kubectl get pods && lab no"), ["node"]);
}

#[test]
fn lab_does_what_kubectl_cannot() {
    let mut console = console();
    typed(&mut console, "kubectl apply -f web.yaml && lab wait");
    assert_eq!(
        typed(&mut console, "lab node add extra --labels=disk=ssd --taints=k=v:NoSchedule"),
        "node/extra joined\n"
    );
    assert_eq!(typed(&mut console, "kubectl get nodes -l disk=ssd -o name"), "node/extra\n");
    typed(&mut console, "lab pod unready web-1 && lab wait 5s");
    assert_eq!(typed(&mut console, "kubectl get sts web -o jsonpath={.status.readyReplicas}"), "1");
    assert_eq!(typed(&mut console, "lab load sts/web 180%"), "statefulset.apps/web pods use 180m of cpu each\n");
    assert!(typed(&mut console, "lab pod crash web-9").contains("pods \"web-9\" not found"));
    assert!(typed(&mut console, "lab frob").starts_with("error: unknown command \"frob\""));
    assert!(typed(&mut console, "lab nod").starts_with("error: which one? lab node add, "));
}
