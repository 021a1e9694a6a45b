//! Workloads of the gallery: every state of pods, slots, claims, ReplicaSets and autoscalers.

use crate::api::{Key, Kind, ObjectRef, Time, Uid};
use crate::scene::{
    Absent, Arrow, AutoscalerView, ClaimState, ClaimView, Counts, Deficit, DeploymentView, Grace, NameView, Naming,
    Note, PodState, PodView, ReplicaSetView, RolloutBounds, Scene, SetView, Slot, UpdateView,
};

/// An object of the gallery.
pub fn object(kind: Kind, name: &str) -> ObjectRef {
    ObjectRef { kind, key: Key::new("default", name) }
}

/// A pod of the gallery.
pub fn pod(name: &str, state: PodState, owner: Option<(&str, &str)>) -> PodView {
    let word = match state {
        PodState::Pending => Some("Unschedulable"),
        PodState::Trouble => Some("ImagePullBackOff"),
        PodState::Failed => Some("Evicted"),
        _ => None,
    };
    let grace = Grace { ends: Time(30_000), whole: 30_000, left: 18_500 };
    PodView {
        object: object(Kind::Pod, name),
        uid: Uid(name.bytes().fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(byte))),
        state,
        word: word.map(str::to_owned),
        node: (state != PodState::Pending).then(|| "worker-1".to_owned()),
        revision: Some(1),
        newest: true,
        owner: owner.map(|(kind, name)| (kind.to_owned(), name.to_owned())),
        grace: (state == PodState::Terminating).then_some(grace),
    }
}

/// A claim of the gallery.
pub fn claim(name: &str, state: ClaimState, used: bool) -> ClaimView {
    ClaimView {
        object: object(Kind::PersistentVolumeClaim, name),
        state,
        size: "1Gi".into(),
        volume: (state == ClaimState::Bound).then(|| "pvc-1".to_owned()),
        used,
    }
}

/// The claim states in the order of a claim's life.
pub const CLAIMS: [ClaimState; 5] =
    [ClaimState::Absent, ClaimState::Pending, ClaimState::Bound, ClaimState::Lost, ClaimState::Terminating];

fn slot(set: &str, ordinal: i32, pod: Option<PodView>) -> Slot {
    let name = format!("{set}-{ordinal}");
    let dns = format!("{name}.{set}.default.svc");
    let is_ready = pod.as_ref().is_some_and(|pod| pod.state == PodState::Ready);
    Slot {
        ordinal,
        dns: if is_ready { NameView::Record(dns) } else { NameView::NotYet(dns) },
        name,
        pod,
        absent: None,
        note: None,
        claims: vec![],
        wanted: true,
    }
}

fn set(name: &str, slots: Vec<Slot>) -> SetView {
    let ready = slots.iter().filter(|slot| slot.pod.as_ref().is_some_and(|pod| pod.state == PodState::Ready)).count();
    SetView {
        object: object(Kind::StatefulSet, name),
        ordered: true,
        replicas: i32::try_from(slots.len()).unwrap_or_default(),
        ready,
        terminating: false,
        naming: Naming::Headless { service: object(Kind::Service, name), selects: true },
        revision: Some(1),
        update: None,
        autoscaler: None,
        slots,
        arrow: None,
    }
}

fn states() -> SetView {
    let slots = PodState::ALL.into_iter().zip(0..).map(|(state, ordinal)| {
        let name = format!("states-{ordinal}");
        let mut slot = slot("states", ordinal, Some(pod(&name, state, Some(("StatefulSet", "states")))));
        let claims = CLAIMS.get(usize::try_from(ordinal).unwrap_or_default());
        slot.claims = vec![claim(&format!("data-{name}"), claims.copied().unwrap_or(ClaimState::Bound), true)];
        slot
    });
    set("states", slots.collect())
}

fn absences() -> SetView {
    let awaited = object(Kind::Pod, "absent-1");
    let waits = |deficit| Absent::WaitsFor { pod: awaited.clone(), deficit };
    let kinds = [
        waits(Deficit::Ready),
        waits(Deficit::Available),
        waits(Deficit::Gone),
        waits(Deficit::Replaced),
        Absent::After("absent-2".into()),
        Absent::Soon,
        Absent::ClaimGoes,
        Absent::Surplus,
        Absent::SetGoes,
    ];
    let present = |ordinal: i32, state| {
        slot("absent", ordinal, Some(pod(&format!("absent-{ordinal}"), state, Some(("StatefulSet", "absent")))))
    };
    let mut slots = vec![present(0, PodState::Ready), present(1, PodState::Unready)];
    slots.extend(kinds.into_iter().zip(2..).map(|(absent, ordinal)| {
        let wanted = absent != Absent::Surplus;
        let mut slot = slot("absent", ordinal, None);
        slot.claims = vec![claim(&format!("data-absent-{ordinal}"), ClaimState::Bound, false)];
        Slot { absent: Some(absent), wanted, ..slot }
    }));
    SetView { arrow: Some(Arrow { from: 2, to: 1 }), naming: Naming::Missing("absent".into()), ..set("absent", slots) }
}

fn update() -> SetView {
    let pods = ["update-0", "update-1", "update-2", "update-3", "update-4", "update-5"];
    let blocker = object(Kind::Pod, "update-4");
    let notes = [
        Some(Note::Partition(2)),
        Some(Note::OnDelete),
        Some(Note::DeletionWaits(blocker.clone())),
        Some(Note::UpdateWaits(blocker)),
        None,
        None,
    ];
    let slots = pods.into_iter().zip(notes).zip(0..).map(|((name, note), ordinal)| {
        let newest = ordinal > 3;
        let state = if ordinal == 4 { PodState::Creating } else { PodState::Ready };
        let pod = pod(name, state, Some(("StatefulSet", "update")));
        let pod = PodView { newest, revision: Some(if newest { 2 } else { 1 }), ..pod };
        Slot { note, ..slot("update", ordinal, Some(pod)) }
    });
    SetView {
        update: Some(UpdateView { updated: 2, pods: 6, partition: 2, on_delete: true }),
        revision: Some(2),
        arrow: Some(Arrow { from: 3, to: 4 }),
        autoscaler: Some(autoscaler("update", Some(84))),
        naming: Naming::NotHeadless(object(Kind::Service, "update")),
        ..set("update", slots.collect())
    }
}

fn many() -> SetView {
    let slots = (0..14).map(|ordinal| {
        let state = if ordinal < 11 { PodState::Ready } else { PodState::Creating };
        slot("many", ordinal, Some(pod(&format!("many-{ordinal}"), state, Some(("StatefulSet", "many")))))
    });
    SetView { ordered: false, terminating: true, naming: Naming::Unnamed, ..set("many", slots.collect()) }
}

fn autoscaler(name: &str, load: Option<i32>) -> AutoscalerView {
    AutoscalerView {
        object: object(Kind::HorizontalPodAutoscaler, name),
        bounds: (2, 10),
        desired: if load.is_some() { 6 } else { 0 },
        utilization: Some((load, 60)),
    }
}

fn replica_set(name: &str, revision: i64, replicas: i32, states: &[PodState], newest: bool) -> ReplicaSetView {
    let pods: Vec<PodView> = (states.iter().enumerate())
        .map(|(index, state)| {
            let pod = pod(&format!("{name}-{index}"), *state, Some(("ReplicaSet", name)));
            PodView { newest, revision: Some(revision), ..pod }
        })
        .collect();
    ReplicaSetView {
        object: object(Kind::ReplicaSet, name),
        revision: Some(revision),
        replicas,
        ready: states.iter().filter(|state| **state == PodState::Ready).count(),
        newest,
        images: vec![format!("nginx:1.{revision}")],
        counts: Counts::of_states(states),
        pods,
    }
}

fn deployment(name: &str, sets: Vec<ReplicaSetView>) -> DeploymentView {
    DeploymentView {
        object: object(Kind::Deployment, name),
        replicas: 6,
        ready: sets.iter().map(|set| set.ready).sum(),
        updated: 2,
        pods: 7,
        revision: Some(2),
        bounds: Some(RolloutBounds { most: 8, fewest: 5, pods: 7, available: 5 }),
        recreate: false,
        paused: false,
        timed_out: false,
        terminating: false,
        autoscaler: None,
        sets,
        kept: 0,
    }
}

fn deployments() -> Vec<DeploymentView> {
    use PodState::{Creating, Ready, Terminating, Trouble, Unready};
    let old = replica_set("rolling-5c9d", 1, 4, &[Ready, Ready, Ready, Ready, Terminating], false);
    let new = replica_set("rolling-7f6b", 2, 4, &[Ready, Creating, Unready], true);
    let many: Vec<PodState> = [Ready].repeat(20).into_iter().chain([Trouble].repeat(10)).collect();
    let mut stuck = replica_set("stuck-66d8", 3, 30, &many, true);
    stuck.pods.truncate(6);
    vec![
        DeploymentView { autoscaler: Some(autoscaler("rolling", Some(41))), ..deployment("rolling", vec![old, new]) },
        DeploymentView {
            timed_out: true,
            kept: 2,
            bounds: None,
            recreate: true,
            autoscaler: Some(autoscaler("stuck", None)),
            ..deployment("stuck", vec![stuck])
        },
        DeploymentView {
            paused: true,
            terminating: true,
            bounds: None,
            ..deployment("paused", vec![replica_set("paused-1a2b", 1, 0, &[], true)])
        },
    ]
}

/// Every kind of workload in every state.
pub fn scene() -> Scene {
    Scene {
        sets: vec![states(), absences(), update(), many()],
        deployments: deployments(),
        replica_sets: vec![replica_set("alone", 1, 3, &[PodState::Ready, PodState::Pending], true)],
        bare_pods: PodState::ALL.into_iter().map(|state| pod(&format!("pod-{}", state.key()), state, None)).collect(),
        bare_claims: CLAIMS.into_iter().map(|state| claim(&format!("claim-{}", state.key()), state, false)).collect(),
        ..Scene::default()
    }
}
