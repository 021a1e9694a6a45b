//! How long runs of several sizes take natively. Prints figures; asserts nothing. `cargo bench`.

#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on has failed")]

use divan::{Bencher, black_box};
use setwise::actor::Settings;
use setwise::api::{Kind, Object};
use setwise::engine::{Timeline, default_cluster, play};
use std::rc::Rc;

fn main() {
    divan::main();
}

fn nodes(count: usize) -> Vec<Object> {
    (0..count).map(|number| Object::Node(Rc::new(default_cluster::node(&format!("node-{number}"))))).collect()
}

fn object(kind: Kind, value: serde_json::Value) -> Object {
    Object::from_json(kind, &value).unwrap()
}

fn stateful_set(replicas: usize, policy: &str) -> Object {
    let template = serde_json::json!({
        "metadata": {"labels": {"app": "web"}},
        "spec": {"containers": [{"name": "c", "image": "nginx:1", "resources": {"requests": {"cpu": "10m"}}}]},
    });
    object(
        Kind::StatefulSet,
        serde_json::json!({
            "metadata": {"name": "web", "namespace": "default"},
            "spec": {
                "replicas": replicas, "podManagementPolicy": policy, "serviceName": "web",
                "selector": {"matchLabels": {"app": "web"}}, "template": template,
            },
        }),
    )
}

fn daemon_set() -> Object {
    let template = serde_json::json!({
        "metadata": {"labels": {"app": "agent"}},
        "spec": {"containers": [{"name": "c", "image": "agent:1", "resources": {"requests": {"cpu": "10m"}}}]},
    });
    object(
        Kind::DaemonSet,
        serde_json::json!({
            "metadata": {"name": "agent", "namespace": "default"},
            "spec": {"selector": {"matchLabels": {"app": "agent"}}, "template": template},
        }),
    )
}

fn run(objects: &[Object]) -> Timeline {
    play(objects, &Settings::default()).timeline
}

/// Apply to all Ready: a Parallel set.
#[divan::bench(args = [75, 150, 300, 600], sample_count = 5)]
fn parallel_stateful_set(bencher: Bencher, replicas: usize) {
    let objects = [nodes(10), vec![stateful_set(replicas, "Parallel")]].concat();
    bencher.bench_local(|| run(black_box(&objects)));
}

/// Apply to all Ready: an ordered set, one pod after the other.
#[divan::bench(args = [125, 250, 500, 1_000], sample_count = 3)]
fn ordered_stateful_set(bencher: Bencher, replicas: usize) {
    let objects = [nodes(10), vec![stateful_set(replicas, "OrderedReady")]].concat();
    bencher.bench_local(|| run(black_box(&objects)));
}

/// Create to all Ready: one daemon pod on each node.
#[divan::bench(args = [625, 1_250, 2_500, 5_000], sample_count = 3)]
fn daemon_set_create(bencher: Bencher, count: usize) {
    let objects = [nodes(count), vec![daemon_set()]].concat();
    bencher.bench_local(|| run(black_box(&objects)));
}

/// From one end of a run to the other.
#[divan::bench(args = [625, 5_000], sample_count = 3)]
fn seek_through_a_daemon_set_run(bencher: Bencher, count: usize) {
    let mut timeline = run(&[nodes(count), vec![daemon_set()]].concat());
    bencher.bench_local(|| {
        timeline.seek(usize::MAX);
        timeline.seek(0);
        black_box(timeline.position())
    });
}
