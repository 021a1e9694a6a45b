//! What the stage is told about whole runs: scheduling, history, verdicts, lanes, pacing, fields.

mod moments;

use super::*;
use crate::actor::Settings;
use crate::api::Object;
use crate::engine::{Bounds, Command, Run, Simulation, default_cluster, play};
use crate::reason::{OnlyNode, Plugin, Reason, SchedulerReason, Verdict};
use crate::scheduler::Standing;
use crate::session::{File, Reading};

fn objects(yaml: &str) -> Vec<Object> {
    Reading::of(&[File { name: "manifest.yaml".into(), text: yaml.into() }]).objects()
}

fn played(yaml: &str) -> Playback {
    Playback::of(play(&objects(yaml), &Settings::default()), false)
}

fn at_end(yaml: &str) -> Playback {
    let mut run = played(yaml);
    run.seek(usize::MAX);
    run
}

const PODS: &str = "
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: c, image: nginx, resources: {requests: {cpu: '1'}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: big}
spec:
  containers: [{name: c, image: nginx, resources: {requests: {cpu: '64'}}}]
---
apiVersion: v1
kind: Pod
metadata: {name: named}
spec:
  nodeName: worker-3
  containers: [{name: c, image: nginx}]
";

fn pod(name: &str) -> ObjectRef {
    ObjectRef::new(Kind::Pod, "default", name)
}

#[test]
fn a_bound_pod_is_judged_by_the_state_before_its_binding_and_ties_are_counted() {
    let run = at_end(PODS);
    let view = run.scheduling(&pod("a")).expect("a scheduling");
    let SchedulingOutcome::Bound { node, step } = &view.outcome else { panic!("{:?}", view.outcome) };
    assert_eq!(view.nodes[0].node, *node, "the winner comes first");
    let SchedulerReason::Bound { scores, tied, .. } = scheduler_reason(&run, *step) else { panic!("no binding") };
    assert_eq!(view.tied, *tied);
    for score in scores {
        let found = view.nodes.iter().find(|it| it.node == score.node).expect("every node");
        let Standing::Scored { total, plugins } = &found.standing else { panic!("{found:?}") };
        assert_eq!(*total, score.total, "{}", score.node);
        let weighted: Vec<_> = plugins.iter().map(|it| (it.plugin, it.score * it.weight)).collect();
        assert_eq!(weighted, score.plugins);
    }
    let control_plane = view.nodes.last().expect("a node");
    assert_eq!(control_plane.node, "control-plane");
    assert!(matches!(&control_plane.standing, Standing::Refused { plugin: Plugin::TaintToleration, .. }));
}

fn scheduler_reason(run: &Playback, step: usize) -> &SchedulerReason {
    match &run.timeline().steps()[step].reason {
        Reason::Scheduler(reason) => reason,
        reason => panic!("{reason:?}"),
    }
}

#[test]
fn a_pod_that_waits_is_judged_now_and_every_node_says_what_it_lacks() {
    let run = at_end(PODS);
    let view = run.scheduling(&pod("big")).expect("a scheduling");
    assert_eq!(view.outcome, SchedulingOutcome::Waits);
    let refused = view.nodes.iter().filter(|node| {
        matches!(&node.standing, Standing::Refused { plugin: Plugin::NodeResourcesFit, reasons, cause: Some(_) }
            if reasons == &["Insufficient cpu"])
    });
    assert_eq!((refused.count(), view.nodes.len()), (3, 4));
    assert_eq!(view.highest(), None);
}

#[test]
fn a_pod_whose_node_was_named_was_not_scheduled_and_a_daemon_pod_had_one_node_to_go_to() {
    let run = at_end(PODS);
    let view = run.scheduling(&pod("named")).expect("a scheduling");
    assert_eq!((view.outcome, view.nodes.len()), (SchedulingOutcome::Named("worker-3".into()), 0));
    assert_eq!(run.scheduling(&pod("nobody")), None);

    let run = at_end(AGENT);
    let daemon = run.scene().nodes.iter().find_map(|node| node.pods.first().cloned()).expect("a daemon pod");
    let view = run.scheduling(&daemon.object).expect("a scheduling");
    assert_eq!(view.only, Some(OnlyNode::Pinned));
    assert_eq!(view.winner(), daemon.node.as_deref());
    assert!(matches!(view.nodes[0].standing, Standing::Only));
}

#[test]
fn the_history_of_an_object_has_the_steps_that_changed_it_and_no_others() {
    let run = at_end(PODS);
    let ids = run.history().changed(&pod("a"));
    let steps = run.timeline().steps();
    let by_hand: Vec<usize> = (steps.iter().enumerate())
        .filter(|(_, step)| step.changes.iter().any(|it| it.object().is_some_and(|it| it.reference() == pod("a"))))
        .map(|(id, _)| id)
        .collect();
    assert_eq!(ids, by_hand);
    assert!(ids.len() >= 3, "made, bound, started");
    let bound = ids.iter().flat_map(|id| &steps[*id].changes).flat_map(difference);
    assert!(bound.into_iter().any(|field| field.path == "spec.nodeName" && field.before.is_none()));
}

const AGENT: &str = "
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      tolerations: [{key: gpu, operator: Exists}]
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
            - matchExpressions: [{key: disk, operator: In, values: [ssd, nvme]}, {key: old, operator: DoesNotExist}]
            - matchFields: [{key: metadata.name, operator: In, values: [node-10]}]
      containers: [{name: c, image: agent}]
---
apiVersion: v1
kind: Node
metadata: {name: node-10}
---
apiVersion: v1
kind: Node
metadata: {name: node-2, labels: {disk: ssd}}
spec: {taints: [{key: gpu, effect: NoSchedule}]}
---
apiVersion: v1
kind: Node
metadata: {name: node-1, labels: {disk: hdd, old: 'yes'}}
---
apiVersion: v1
kind: Node
metadata: {name: node-3, labels: {disk: nvme}}
spec: {unschedulable: true, taints: [{key: node.kubernetes.io/unschedulable, effect: NoSchedule}]}
";

#[test]
fn a_daemon_set_says_which_requirements_a_node_misses_and_who_wrote_the_toleration() {
    let run = at_end(AGENT);
    let cluster = run.timeline().cluster();
    let set = cluster.daemon_sets.iter().next().expect("a set");
    let verdicts = DaemonVerdict::all(cluster, set);
    let names: Vec<_> = verdicts.iter().map(|it| it.node.as_str()).collect();
    assert_eq!(names, ["node-1", "node-2", "node-3", "node-10"]);
    assert_eq!(
        verdicts[0].unmet,
        [vec!["disk In [ssd, nvme]", "old DoesNotExist"], vec!["metadata.name In [node-10]"]]
    );
    let added = |verdict: &DaemonVerdict| match &verdict.verdict {
        Verdict::Runs { tolerated } => tolerated.iter().map(|(_, _, added)| *added).collect::<Vec<_>>(),
        refusal => panic!("{refusal:?}"),
    };
    assert_eq!((added(&verdicts[1]), added(&verdicts[2]), added(&verdicts[3])), (vec![false], vec![true], vec![]));
    assert!(verdicts[0].pod.is_none() && verdicts[1..].iter().all(|it| it.pod.is_some() && it.unmet.is_empty()));
}

fn deployment(replicas: usize) -> String {
    format!(
        "
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  replicas: {replicas}
  strategy: {{rollingUpdate: {{maxSurge: 2, maxUnavailable: 1}}}}
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: c, image: nginx}}]}}
"
    )
}

#[test]
fn while_a_deployment_rolls_its_pods_stay_within_the_bounds_that_are_shown() {
    let objects = objects(&deployment(6));
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&objects));
    simulation.command(Command::Apply(objects)).expect("taken");
    simulation.settle();
    let object = ObjectRef::new(Kind::Deployment, "default", "web");
    let (container, image) = ("*".into(), "nginx:2".into());
    simulation.command(Command::SetImage { object, container, image }).expect("taken");
    let end = simulation.settle();
    let mut run = Playback::of(Run { timeline: simulation.into_timeline(), end }, false);
    let mut side_by_side = 0;
    for stop in run.lanes().commands[1]..=run.stops().count() {
        run.seek(stop);
        let view = run.scene().deployments[0].clone();
        let bounds = view.bounds.expect("a rolling update");
        assert_eq!((bounds.most, bounds.fewest), (8, 5));
        assert!(
            bounds.pods <= bounds.most && bounds.may_make() + bounds.pods <= bounds.most,
            "stop {stop}: {bounds:?}"
        );
        for set in &view.sets {
            assert_eq!(set.counts.all(), set.pods.len(), "stop {stop}");
            assert_eq!(set.ready, set.pods.iter().filter(|pod| pod.state == PodState::Ready).count());
        }
        side_by_side += usize::from(view.sets.len() == 2);
    }
    assert!(side_by_side > 3);
}

#[test]
fn lanes_are_grouped_by_owner_and_a_deployment_owns_the_pods_of_its_replica_sets() {
    let run = at_end(&format!("{}---{AGENT}---{PODS}", deployment(3)));
    let owners: Vec<(Owner, usize)> =
        run.lanes().groups.iter().map(|group| (group.owner.clone(), group.lanes.len())).collect();
    let workload = |kind, name| Owner::Workload(ObjectRef::new(kind, "default", name));
    assert!(owners.contains(&(workload(Kind::Deployment, "web"), 3)), "{owners:?}");
    assert!(owners.contains(&(workload(Kind::DaemonSet, "agent"), 3)), "{owners:?}");
    assert!(owners.contains(&(Owner::Nobody, 3)), "{owners:?}");
    let agent = run.lanes().groups.iter().find(|group| group.owner == workload(Kind::DaemonSet, "agent"));
    let nodes: Vec<_> = agent.expect("a group").lanes.iter().filter_map(|lane| lane.node.as_deref()).collect();
    assert_eq!(nodes, ["node-2", "node-3", "node-10"]);
}

#[test]
fn a_folded_group_shows_as_many_pods_in_each_state_as_its_lanes() {
    let run = at_end(&deployment(4));
    let mix = Mix::of(&run.lanes().groups[0], run.axis());
    let last: Vec<_> = mix.shares.iter().filter(|share| share.to == Axis::END).collect();
    assert_eq!((last.len(), last[0].state, last[0].top, last[0].height), (1, PodState::Ready, 0, 1_000));
    assert!(mix.shares.iter().all(|share| share.top + share.height <= 1_000 && share.from < share.to));
}

#[test]
fn what_was_seen_often_passes_quicker_unless_an_even_pace_is_wanted() {
    let mut run = played(&deployment(60));
    let stops = run.stops().count();
    let adaptive = run.pacing().from(0);
    let first = run.pacing().of_stop(1);
    run.pace_evenly(true);
    assert_eq!(run.pacing().of_stop(1), first, "what is new takes its time");
    assert!(run.pacing().from(0) > 3 * adaptive, "{} and {adaptive}", run.pacing().from(0));
    let mut stop = 0;
    while stop < stops {
        let next = run.pacing().next(stop, 400);
        assert!(next > stop && next <= stops);
        stop = next;
    }
}

#[test]
fn the_tally_is_what_a_count_of_all_pods_gives_forward_and_back() {
    let mut run = played(&format!("{}---{AGENT}---{PODS}", deployment(5)));
    let last = run.stops().count();
    for stop in (0..=last).chain((0..=last).rev()) {
        run.seek(stop);
        let cluster = run.timeline().cluster();
        let field = Field::of(cluster, run.tally(), 0);
        assert_eq!(field.pods.all(), cluster.pods.len(), "stop {stop}");
        for cell in &field.cells {
            let ready = cluster.pods_on(&cell.node).filter(|pod| PodState::of(pod) == PodState::Ready).count();
            assert_eq!((cell.pods.all(), cell.pods.of(PodState::Ready)), (cluster.pods_on(&cell.node).count(), ready));
        }
        assert_eq!(
            run.tally().bare().count(),
            cluster.pods.iter().filter(|pod| pod.metadata.controller().is_none()).count()
        );
    }
}

#[test]
fn very_many_nodes_are_a_field_with_some_in_full() {
    let mut yaml = AGENT.split("---").next().expect("the set").replace("values: [node-10]", "values: [node-700]");
    for number in 0..FIELD + 100 {
        yaml.push_str(&format!(
            "---\napiVersion: v1\nkind: Node\nmetadata: {{name: node-{number}, labels: {{disk: ssd}}}}\n"
        ));
    }
    let mut run = at_end(&yaml);
    run.look_at(350);
    let scene = run.scene();
    let field = scene.field.expect("a field");
    assert!(scene.nodes.is_empty());
    assert_eq!((field.cells.len(), field.near.len(), field.near[0].object.name()), (FIELD + 100, IN_FULL, "node-350"));
    assert_eq!((scene.daemons[0].ready, scene.daemons[0].eligible), (FIELD + 100, FIELD + 100));
    assert_eq!(field.pods.of(PodState::Ready), FIELD + 100);
    run.look_at(usize::MAX);
    assert_eq!(run.scene().field.expect("a field").near[IN_FULL - 1].object.name(), format!("node-{}", FIELD + 99));
}
