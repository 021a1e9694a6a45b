//! Random clusters, manifests and command sequences: a StatefulSet, a DaemonSet and a Deployment, budgets and an
//! autoscaler for them, and what somebody does to them and to their nodes.

use proptest::prelude::*;
use serde_json::{Value, json};
use setwise::actor::{DrainOptions, Load, LoadAmount, Measured, Settings};
use setwise::api::{Kind, LabelSelector, Object, ObjectRef, Pod, Resource, Taint, TaintEffect};
use setwise::engine::default_cluster::{completed, node};
use setwise::engine::{Bounds, Command, RunEnd, Simulation};
use setwise::reason::Propagation;

/// What is applied, and what is done afterwards.
#[derive(Clone, Debug)]
pub struct Story {
    pub replicas: i32,
    pub ordered: bool,
    partition: i32,
    claims: bool,
    daemon_budget: (i32, i32),
    pub shop: Shop,
    budgets: Vec<(&'static str, Value)>,
    /// Of the autoscaler, which may do without; none where there is no autoscaler.
    behavior: Option<Value>,
    acts: Vec<Act>,
}

/// The Deployment.
#[derive(Clone, Debug)]
pub struct Shop {
    replicas: i32,
    max_surge: i32,
    max_unavailable: i32,
    recreate: bool,
}

#[derive(Clone, Debug)]
pub enum Act {
    Scale(i32),
    SetImage(Workload, &'static str),
    DeletePod(i32),
    DeleteAnyPod(usize),
    Cordon(usize, bool),
    Taint(usize, Option<TaintEffect>),
    Label(usize, bool),
    AddNode(usize),
    DeleteNode(usize),
    HoldReadiness(usize, bool),
    EndPod(i32, bool),
    DeleteSet(Propagation),
    Evict(usize),
    Drain(usize, u64),
    Load(i64),
}

#[derive(Clone, Copy, Debug)]
pub enum Workload {
    StatefulSet,
    DaemonSet,
    Deployment,
}

impl Workload {
    fn reference(self) -> ObjectRef {
        match self {
            Workload::StatefulSet => ObjectRef::new(Kind::StatefulSet, "default", "web"),
            Workload::DaemonSet => ObjectRef::new(Kind::DaemonSet, "default", "agent"),
            Workload::Deployment => ObjectRef::new(Kind::Deployment, "default", "shop"),
        }
    }
}

/// The label that a node needs for the daemon pods of half of the stories.
pub const DISK: &str = "disk";

fn act() -> impl Strategy<Value = Act> {
    let image = prop::sample::select(vec!["app:1", "app:2", "app:3", "app:broken", "app:notready", "app:crash"]);
    let workload = prop::sample::select(vec![Workload::StatefulSet, Workload::DaemonSet, Workload::Deployment]);
    let effect = prop::option::of(prop::sample::select(vec![
        TaintEffect::NoSchedule,
        TaintEffect::NoExecute,
        TaintEffect::PreferNoSchedule,
    ]));
    prop_oneof![
        (0..6).prop_map(Act::Scale),
        (workload, image).prop_map(|(workload, image)| Act::SetImage(workload, image)),
        (0..5).prop_map(Act::DeletePod),
        (0..12_usize).prop_map(Act::DeleteAnyPod),
        (1..4_usize, any::<bool>()).prop_map(|(number, on)| Act::Cordon(number, on)),
        (1..4_usize, effect).prop_map(|(number, effect)| Act::Taint(number, effect)),
        (1..4_usize, any::<bool>()).prop_map(|(number, on)| Act::Label(number, on)),
        (4..7_usize).prop_map(Act::AddNode),
        (1..7_usize).prop_map(Act::DeleteNode),
        (0..12_usize, any::<bool>()).prop_map(|(pod, ready)| Act::HoldReadiness(pod, ready)),
        (0..5, any::<bool>()).prop_map(|(ordinal, succeeded)| Act::EndPod(ordinal, succeeded)),
        prop::sample::select(vec![Propagation::Background, Propagation::Foreground, Propagation::Orphan])
            .prop_map(Act::DeleteSet),
        (0..12_usize).prop_map(Act::Evict),
        (1..4_usize, prop::sample::select(vec![0, 20])).prop_map(|(number, timeout)| Act::Drain(number, timeout)),
        (0..3_000_i64).prop_map(Act::Load),
    ]
}

fn shop() -> impl Strategy<Value = Shop> {
    (0..7_i32, 0..4_i32, 0..4_i32, prop::bool::weighted(0.2)).prop_map(
        |(replicas, max_surge, max_unavailable, recreate)| Shop {
            replicas,
            max_surge,
            max_unavailable: if max_surge == 0 { max_unavailable.max(1) } else { max_unavailable },
            recreate,
        },
    )
}

fn budgets() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let spec = prop::sample::select(vec![
        json!({"minAvailable": 2}),
        json!({"minAvailable": "60%"}),
        json!({"maxUnavailable": 1}),
        json!({"maxUnavailable": "30%", "unhealthyPodEvictionPolicy": "AlwaysAllow"}),
        json!({"maxUnavailable": 0}),
    ]);
    prop::collection::vec((prop::sample::select(vec!["web", "shop"]), spec), 0..2)
}

fn behavior() -> impl Strategy<Value = Option<Value>> {
    let quick = json!({"scaleDown": {"stabilizationWindowSeconds": 30}});
    let slow = json!({
        "scaleUp": {"stabilizationWindowSeconds": 45, "policies": [{"type": "Percent", "value": 50, "periodSeconds": 30}]},
        "scaleDown": {"selectPolicy": "Min", "policies": [
            {"type": "Pods", "value": 1, "periodSeconds": 60}, {"type": "Percent", "value": 20, "periodSeconds": 90},
        ]},
    });
    let fixed = json!({"scaleDown": {"selectPolicy": "Disabled"}});
    prop::option::of(prop::sample::select(vec![Value::Null, quick, slow, fixed]))
}

/// A random story.
pub fn story() -> impl Strategy<Value = Story> {
    let budget = prop_oneof![(1..4).prop_map(|unavailable| (unavailable, 0)), (1..3).prop_map(|surge| (0, surge))];
    let acts = prop::collection::vec(act(), 0..8);
    (0..6, any::<bool>(), 0..4, any::<bool>(), budget, shop(), budgets(), behavior(), acts).prop_map(
        |(replicas, ordered, partition, claims, daemon_budget, shop, budgets, behavior, acts)| Story {
            replicas,
            ordered,
            partition,
            claims,
            daemon_budget,
            shop,
            budgets,
            behavior,
            acts,
        },
    )
}

fn template(app: &str, cpu: &str) -> Value {
    let container = json!({"name": "c", "image": "app:1", "resources": {"requests": {"cpu": cpu}}});
    json!({"metadata": {"labels": {"app": app}}, "spec": {"containers": [container]}})
}

fn objects(story: &Story) -> Vec<Object> {
    let claim = json!({
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
    });
    let set = json!({
        "metadata": {"name": "web"},
        "spec": {
            "replicas": story.replicas, "serviceName": "web",
            "podManagementPolicy": if story.ordered { "OrderedReady" } else { "Parallel" },
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": story.partition}},
            "selector": {"matchLabels": {"app": "web"}}, "template": template("web", "1500m"),
            "volumeClaimTemplates": if story.claims { json!([claim]) } else { json!([]) },
        },
    });
    let (max_unavailable, max_surge) = story.daemon_budget;
    let mut agent = json!({
        "metadata": {"name": "agent"},
        "spec": {
            "updateStrategy": {
                "type": "RollingUpdate",
                "rollingUpdate": {"maxUnavailable": max_unavailable, "maxSurge": max_surge},
            },
            "selector": {"matchLabels": {"app": "agent"}}, "template": template("agent", "100m"),
        },
    });
    if story.partition % 2 == 1 {
        agent["spec"]["template"]["spec"]["nodeSelector"] = json!({DISK: "ssd"});
    }
    let shop = &story.shop;
    let strategy = if shop.recreate {
        json!({"type": "Recreate"})
    } else {
        let rolling = json!({"maxSurge": shop.max_surge, "maxUnavailable": shop.max_unavailable});
        json!({"type": "RollingUpdate", "rollingUpdate": rolling})
    };
    let shop = json!({
        "metadata": {"name": "shop"},
        "spec": {
            "replicas": shop.replicas, "strategy": strategy,
            "selector": {"matchLabels": {"app": "shop"}}, "template": template("shop", "200m"),
        },
    });
    let of = |kind, value| Object::from_json(kind, &value).unwrap();
    let mut all = vec![of(Kind::StatefulSet, set), of(Kind::DaemonSet, agent), of(Kind::Deployment, shop)];
    all.extend(story.budgets.iter().map(|(app, spec)| {
        let mut spec = spec.clone();
        spec["selector"] = json!({"matchLabels": {"app": app}});
        of(Kind::PodDisruptionBudget, json!({"metadata": {"name": app}, "spec": spec}))
    }));
    all.extend(story.behavior.as_ref().map(|behavior| {
        let mut spec = json!({
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"},
            "minReplicas": 2, "maxReplicas": 9,
        });
        if !behavior.is_null() {
            spec["behavior"] = behavior.clone();
        }
        of(Kind::HorizontalPodAutoscaler, json!({"metadata": {"name": "shop"}, "spec": spec}))
    }));
    all
}

/// What an act asks for; none where it is about a pod that is not there.
fn command(act: &Act, simulation: &Simulation) -> Option<Command> {
    let set = Workload::StatefulSet.reference();
    let member = |ordinal: &i32| ObjectRef::new(Kind::Pod, "default", &format!("web-{ordinal}"));
    let any_pod = |index: &usize| {
        let pods: Vec<ObjectRef> = simulation.cluster().pods.iter().map(|pod| Pod::reference(pod)).collect();
        (!pods.is_empty()).then(|| pods[index % pods.len()].clone())
    };
    let worker = |number: &usize| format!("worker-{number}");
    let delete = |object, propagation| Command::Delete { object, propagation, grace_seconds: None };
    Some(match act {
        Act::Scale(replicas) => Command::Scale { object: set, replicas: *replicas },
        Act::SetImage(workload, image) => {
            Command::SetImage { object: workload.reference(), container: "c".into(), image: (*image).into() }
        }
        Act::DeletePod(ordinal) => delete(member(ordinal), Propagation::Background),
        Act::DeleteAnyPod(index) => delete(any_pod(index)?, Propagation::Background),
        Act::Cordon(number, on) => Command::Cordon { node: worker(number), on: *on },
        Act::Taint(number, effect) => Command::TaintNode {
            node: worker(number),
            taints: (effect.iter())
                .map(|effect| Taint { key: "k".into(), value: "v".into(), effect: *effect, time_added: None })
                .collect(),
        },
        Act::Label(number, on) => Command::LabelNode {
            node: worker(number),
            labels: [(DISK.to_owned(), on.then(|| "ssd".to_owned()))].into(),
        },
        Act::AddNode(number) => Command::AddNode(Box::new(node(&worker(number)))),
        Act::DeleteNode(number) => Command::DeleteNode(worker(number)),
        Act::HoldReadiness(index, ready) => Command::HoldReadiness { pod: any_pod(index)?, ready: *ready },
        Act::EndPod(ordinal, succeeded) => {
            Command::EndPod { pod: member(ordinal), succeeded: *succeeded, reason: None }
        }
        Act::DeleteSet(propagation) => delete(set, *propagation),
        Act::Evict(index) => Command::Evict(any_pod(index)?),
        Act::Drain(number, timeout_seconds) => Command::Drain {
            node: worker(number),
            options: DrainOptions {
                ignore_daemonsets: true,
                delete_emptydir_data: true,
                force: true,
                timeout_seconds: *timeout_seconds,
            },
        },
        Act::Load(milli) => {
            let match_labels = [("app".to_owned(), "shop".to_owned())].into();
            let selector = LabelSelector { match_labels, ..LabelSelector::default() };
            let measured = Measured::Resource { selector, resource: "cpu".into() };
            let amount = Some(LoadAmount::Total(*milli));
            Command::SetLoad(Load { namespace: "default".into(), measured, amount, window: 15_000 })
        }
    })
}

/// Plays a story to its end, with some time between what is done.
pub fn played(story: &Story) -> Simulation {
    let mut simulation = Simulation::new(Settings::default(), Bounds { steps: 20_000, time: 24 * 3_600_000 });
    let objects = objects(story);
    simulation.start(completed(&objects));
    simulation.command(Command::Apply(objects)).unwrap();
    for (index, act) in story.acts.iter().enumerate() {
        simulation.advance(if index % 2 == 0 { 700 } else { 60_000 });
        if let Some(command) = command(act, &simulation) {
            // What does not exist is refused; that is part of the story.
            let _refused = simulation.command(command);
        }
    }
    assert_eq!(simulation.settle(), RunEnd::Settled, "every story ends");
    simulation
}
