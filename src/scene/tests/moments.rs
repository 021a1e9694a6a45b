//! What the stage is told of a moment: endpoints, grace periods, pressure, taints that turn away, traps.

use super::*;
use crate::reason::{NodeResource, Propagation};

const WEB: &str = "
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: None, selector: {app: web}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx}]}
";

/// A run of a manifest and one command after it has settled.
fn run_with(yaml: &str, command: Command) -> Playback {
    let objects = objects(yaml);
    let mut simulation = Simulation::new(Settings::default(), Bounds::default());
    simulation.start(default_cluster::completed(&objects));
    let applied = objects.into_iter().filter(|object| !default_cluster::is_infrastructure(object.kind()));
    simulation.command(Command::Apply(applied.collect())).expect("taken");
    simulation.settle();
    simulation.command(command).expect("taken");
    let end = simulation.settle();
    Playback::of(Run { timeline: simulation.into_timeline(), end }, true)
}

/// Every moment of a run, from the first.
fn moments(mut run: Playback, mut look: impl FnMut(&Playback, &Scene)) {
    for stop in 0..=run.stops().count() {
        run.seek(stop);
        let scene = run.scene();
        look(&run, &scene);
    }
}

fn deletion() -> Command {
    Command::Delete { object: pod("web-0"), propagation: Propagation::Background, grace_seconds: None }
}

#[test]
fn a_service_has_its_endpoints_with_what_becomes_of_their_traffic() {
    let mut seen: Vec<Vec<(String, EndpointState)>> = vec![];
    moments(run_with(WEB, deletion()), |_, scene| {
        let Some(service) = scene.services.first() else { return };
        assert_eq!(service.lead, Lead::Headless);
        assert_eq!(service.all, service.endpoints.len());
        let ready = service.endpoints.iter().filter(|endpoint| endpoint.state == EndpointState::Ready).count();
        assert_eq!(service.ready, ready);
        for endpoint in &service.endpoints {
            assert_eq!(
                endpoint.name.as_deref(),
                Some(endpoint.label()),
                "each pod has a name below a headless Service"
            );
        }
        let states = service.endpoints.iter().map(|endpoint| (endpoint.label().to_owned(), endpoint.state)).collect();
        if seen.last() != Some(&states) {
            seen.push(states);
        }
    });
    let named = |name: &str, state| (name.to_owned(), state);
    assert!(
        seen.contains(&vec![named("web-0", EndpointState::Ready), named("web-1", EndpointState::Ready)]),
        "{seen:?}"
    );
    let ends = |it: &Vec<(String, EndpointState)>| {
        it.iter().any(|(name, state)| name == "web-0" && *state > EndpointState::NotReady)
    };
    assert!(seen.iter().any(ends), "{seen:?}");
}

#[test]
fn a_grace_period_runs_down_and_is_the_same_wherever_the_pod_is_shown() {
    let mut left = vec![];
    moments(run_with(WEB, deletion()), |_, scene| {
        let on_rail = scene.sets.iter().flat_map(|set| &set.slots).filter_map(|slot| slot.pod.as_ref()?.grace);
        let docked = scene.nodes.iter().flat_map(|node| &node.pods).filter_map(|pod| pod.grace);
        let (on_rail, docked): (Vec<_>, Vec<_>) = (on_rail.collect(), docked.collect());
        assert_eq!(on_rail, docked);
        left.extend(on_rail);
    });
    assert_eq!(left.first().map(|grace| (grace.whole, grace.left, grace.permille())), Some((30_000, 30_000, 1_000)));
    assert!(left.windows(2).all(|pair| pair[1].left <= pair[0].left));
    assert!(left.last().is_some_and(|grace| grace.left < grace.whole), "{left:?}");
}

#[test]
fn a_node_that_runs_short_says_of_what() {
    let command = Command::NodePressure { node: "worker-1".into(), resource: NodeResource::Memory, on: true };
    let mut run = run_with(WEB, command);
    run.seek(usize::MAX);
    let scene = run.scene();
    let pressed: Vec<_> = scene.nodes.iter().filter(|node| !node.pressures.is_empty()).collect();
    assert_eq!(pressed.len(), 1);
    assert_eq!((pressed[0].object.name(), &pressed[0].pressures[..]), ("worker-1", &["MemoryPressure".to_owned()][..]));
}

#[test]
fn a_taint_turns_away_in_the_step_that_decides_it() {
    let mut turned = vec![];
    moments(played(PODS), |run, _| turned.extend(run.turned_away().who.map(|who| (who, run.turned_away().taints))));
    let (who, taints) = turned.first().expect("somebody");
    assert_eq!(who.name(), "big", "what finds a node is not turned away");
    let taint = "node-role.kubernetes.io/control-plane:NoSchedule".to_owned();
    assert_eq!(*taints, BTreeSet::from([("control-plane".to_owned(), taint)]));
}

/// A run that goes on after it has settled, with a step that changes nothing that matters.
fn labelled(yaml: &str) -> Playback {
    let labels = [("colour".to_owned(), Some("green".to_owned()))].into();
    run_with(yaml, Command::Label { object: ObjectRef::new(Kind::Service, "default", "web"), labels })
}

#[test]
fn a_trap_is_new_where_it_is_walked_into_and_then_only_stands() {
    let yaml = format!(
        "{WEB}---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: web}}\nspec: {{minAvailable: 2, \
         selector: {{matchLabels: {{app: web}}}}}}\n"
    );
    let mut told = vec![];
    let mut stands = 0;
    moments(labelled(&yaml), |run, _| {
        told.extend(run.traps().iter().filter(|trap| trap.is_new).map(|trap| (run.index(), trap.trap.key())));
        stands += usize::from(!run.traps().is_empty());
    });
    let [(stop, "budget-without-slack")] = told[..] else { panic!("{told:?}") };
    assert!(stands > 1);
    let mut run = labelled(&yaml);
    run.seek(usize::MAX);
    assert!(run.traps().iter().all(|trap| !trap.is_new), "it stands since an earlier step");
    run.seek(stop);
    assert!(run.traps().iter().all(|trap| trap.is_new), "whichever way one comes");
}
