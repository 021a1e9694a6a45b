//! What commands do to a Deployment.

use super::cluster::*;
use serde_json::json;
use setwise::api::{Kind, ObjectRef};
use setwise::engine::Command;
use setwise::reason::Propagation;

#[test]
fn undo_makes_the_old_set_new_again_and_takes_broken_pods_first() {
    let mut simulation = started(deployment(4, "app:1", ""));
    set_image(&mut simulation, "broken:1");
    simulation.run_until_idle(5_000, 60_000);
    let survivors: Vec<_> = pods(&simulation).iter().filter(|pod| pod.is_ready()).map(|pod| pod_ref(pod)).collect();
    simulation.command(Command::RolloutUndo { object: app(), to_revision: 0 }).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [("broken:1".into(), 0), ("app:1".into(), 4)]);
    let back = &sets(&simulation)[1];
    assert_eq!((annotation(back, "revision"), annotation(back, "revision-history")), ("3".into(), "1".into()));
    assert_eq!(of(&simulation).metadata.annotations["deployment.kubernetes.io/revision"], "3");
    assert!(!of(&simulation).spec.template.metadata.labels.contains_key("pod-template-hash"));
    assert!(survivors.iter().all(|pod| simulation.cluster().pods.contains(&pod.key)), "no healthy pod was replaced");
    let refused = simulation.command(Command::RolloutUndo { object: app(), to_revision: 9 }).unwrap_err();
    assert_eq!(refused.0, "unable to find specified revision 9 in history");
}

#[test]
fn undo_of_the_only_revision_is_refused() {
    let mut simulation = started(deployment(1, "app:1", ""));
    let refused = simulation.command(Command::RolloutUndo { object: app(), to_revision: 0 }).unwrap_err();
    assert_eq!(refused.0, "no rollout history found for deployment \"app\"");
}

#[test]
fn undo_of_a_stateful_set_and_a_daemon_set_takes_the_revision_before() {
    for kind in ["StatefulSet", "DaemonSet"] {
        let set = match kind {
            "StatefulSet" => workload(kind, 2, "app:1", "  serviceName: app"),
            _ => object(
                &serde_json::to_string(&deployment(2, "app:1", "").to_json())
                    .unwrap()
                    .replace("\"Deployment\"", "\"DaemonSet\"")
                    .replace("\"replicas\":2,", "")
                    .replace("\"strategy\":{},", ""),
            ),
        };
        let reference = ObjectRef::new(Kind::parse(kind).unwrap(), "default", "app");
        let mut simulation = started(set);
        set_image_of(&mut simulation, reference.clone(), "app:2");
        simulation.settle();
        simulation.command(Command::RolloutUndo { object: reference.clone(), to_revision: 0 }).unwrap();
        simulation.settle();
        assert!(pods(&simulation).iter().all(|pod| pod.spec.containers[0].image.as_deref() == Some("app:1")), "{kind}");
        let revisions: Vec<i64> = simulation.cluster().revisions.iter().map(|it| it.revision).collect();
        assert_eq!(revisions.iter().max(), Some(&3), "{kind}");
        simulation.command(Command::RolloutRestart(reference)).unwrap();
        simulation.settle();
        assert_eq!(simulation.cluster().revisions.len(), 3, "{kind}: restarting is a change of the template");
    }
}

#[test]
fn a_restart_replaces_every_pod_and_changes_nothing_else() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let before: Vec<_> = pods(&simulation).iter().map(|pod| pod.metadata.uid).collect();
    simulation.advance(10_000);
    simulation.command(Command::RolloutRestart(app())).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 0), ("app:1".into(), 2)]);
    assert!(pods(&simulation).iter().all(|pod| !before.contains(&pod.metadata.uid)));
    let annotations = &pods(&simulation)[0].metadata.annotations;
    assert!(annotations["kubectl.kubernetes.io/restartedAt"].starts_with("2026-01-01T00:00:1"), "{annotations:?}");
    simulation.command(Command::RolloutPause(app())).unwrap();
    let refused = simulation.command(Command::RolloutRestart(app())).unwrap_err();
    assert_eq!(refused.0, "deployments.apps \"app\" can't restart paused deployment (run rollout resume first)");
    let refused = simulation.command(Command::RolloutPause(app())).unwrap_err();
    assert_eq!(refused.0, "deployments.apps \"app\" is already paused");
}

#[test]
fn a_paused_deployment_scales_but_does_not_roll_out() {
    let mut simulation = started(deployment(2, "app:1", ""));
    simulation.command(Command::RolloutPause(app())).unwrap();
    set_image(&mut simulation, "app:2");
    scale(&mut simulation, app(), 5);
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 5)]);
    assert_eq!(condition(&simulation, "Progressing"), pair("Unknown", "DeploymentPaused"));
    simulation.command(Command::RolloutResume(app())).unwrap();
    simulation.settle();
    assert_eq!(sizes(&simulation), [("app:1".into(), 0), ("app:2".into(), 5)]);
    assert_eq!(condition(&simulation, "Progressing"), pair("True", "NewReplicaSetAvailable"));
}

#[test]
fn changing_only_the_type_to_recreate_trips_over_the_numbers_that_stay() {
    let mut simulation = started(deployment(1, "app:1", ""));
    let refused = patch(&mut simulation, app(), json!({"spec": {"strategy": {"type": "Recreate"}}})).unwrap_err();
    assert_eq!(
        refused.0,
        "The Deployment \"app\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy \
         `type` is 'Recreate'"
    );
    let both = json!({"spec": {"strategy": {"type": "Recreate", "rollingUpdate": null}}});
    patch(&mut simulation, app(), both).unwrap();
}

#[test]
fn applying_the_same_manifest_again_changes_nothing() {
    let mut simulation = started(deployment(2, "app:1", ""));
    let (before, steps) = (of(&simulation), simulation.steps().len());
    simulation.command(Command::Apply(vec![deployment(2, "app:1", "")])).unwrap();
    simulation.settle();
    assert_eq!(of(&simulation), before);
    assert_eq!(simulation.steps().len(), steps + 1);
}

#[test]
fn only_a_change_of_the_template_makes_a_new_set() {
    let mut simulation = started(deployment(2, "app:1", ""));
    for change in [
        json!({"minReadySeconds": 3}),
        json!({"strategy": {"rollingUpdate": {"maxSurge": 2}}}),
        json!({"revisionHistoryLimit": 3}),
        json!({"replicas": 3}),
    ] {
        patch(&mut simulation, app(), json!({ "spec": change })).unwrap();
        simulation.settle();
    }
    assert_eq!(sizes(&simulation), [("app:1".into(), 3)]);
    assert_eq!(sets(&simulation)[0].spec.min_ready_seconds, Some(3));
    assert_eq!(of(&simulation).status.observed_generation, of(&simulation).metadata.generation);
    let annotated = json!({"spec": {"template": {"metadata": {"annotations": {"note": "x"}}}}});
    patch(&mut simulation, app(), annotated).unwrap();
    simulation.settle();
    assert_eq!(sets(&simulation).len(), 2);
}

#[test]
fn an_image_that_is_not_valid_is_refused() {
    let mut simulation = started(deployment(1, "app:1", ""));
    let command = Command::SetImage { object: app(), container: "c".into(), image: String::new() };
    let refused = simulation.command(command).unwrap_err();
    assert!(
        refused.0.starts_with("The Deployment \"app\" is invalid: spec.template.spec.containers[0].image"),
        "{refused:?}"
    );
}

#[test]
fn any_mixture_of_commands_ends_with_the_wanted_pods() {
    for seed in 0..60_u64 {
        let mut draw = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut pick = |of: u64| {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (draw >> 33) % of
        };
        let mut simulation = started(deployment(3, "app:1", ""));
        let (mut replicas, mut image) = (3, "app:1".to_owned());
        for _ in 0..8 {
            match pick(6) {
                0 => {
                    replicas = i32::try_from(pick(7)).unwrap();
                    scale(&mut simulation, app(), replicas);
                }
                1 => {
                    image = format!("app:{}", pick(4));
                    set_image(&mut simulation, &image);
                }
                2 => {
                    image = "broken:1".into();
                    set_image(&mut simulation, &image);
                }
                3 => {
                    let rolling = json!({"maxSurge": pick(3), "maxUnavailable": format!("{}%", pick(4) * 30)});
                    let _refused =
                        patch(&mut simulation, app(), json!({"spec": {"strategy": {"rollingUpdate": rolling}}}));
                }
                4 => {
                    let paused = of(&simulation).spec.paused != Some(true);
                    patch(&mut simulation, app(), json!({ "spec": { "paused": paused } })).unwrap();
                }
                _ => {
                    if let Some(pod) = pods(&simulation).first() {
                        let object = pod_ref(pod);
                        let delete =
                            Command::Delete { object, propagation: Propagation::Background, grace_seconds: None };
                        simulation.command(delete).unwrap();
                    }
                }
            }
            simulation.advance(pick(5) * 1_000);
        }
        if image == "broken:1" {
            image = "app:9".into();
            set_image(&mut simulation, &image);
        }
        patch(&mut simulation, app(), json!({ "spec": { "paused": false } })).unwrap();
        simulation.settle();
        let living: Vec<_> = pods(&simulation);
        assert_eq!(living.len(), usize::try_from(replicas).unwrap(), "seed {seed}: {:?}", sizes(&simulation));
        assert!(living.iter().all(|pod| pod.spec.containers[0].image.as_ref() == Some(&image)), "seed {seed}");
        let status = &of(&simulation).status;
        assert_eq!((status.available_replicas, status.unavailable_replicas), (replicas, 0), "seed {seed}");
        assert_eq!(status.terminating_replicas, Some(0), "seed {seed}");
    }
}
