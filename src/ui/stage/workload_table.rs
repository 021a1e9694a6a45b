//! Workloads and Services as tables.

use super::table::{Props, frame, name};
use crate::api::ObjectRef;
use crate::scene::{AutoscalerView, EndpointView, Lead, Naming, ReplicaSetView};
use crate::ui::shared::{Shared, use_shared};
use crate::ui::words::Words;
use yew::prelude::*;

/// One row a StatefulSet, DaemonSet, Deployment, ReplicaSet and autoscaler.
#[component]
pub fn WorkloadTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let (scene, pressable) = (&props.scene, props.pressable);
    let row = |object: &ObjectRef, ready: String, revision: Option<i64>, remarks: Vec<String>| {
        html! {
            <tr>
                <td>{(words.short_kind)(object.kind)}</td>
                <th scope="row">{name(&shared, object, pressable)}</th>
                <td>{ready}</td>
                <td>{revision.map(words.revision)}</td>
                <td>{remarks.into_iter().filter(|remark| !remark.is_empty()).collect::<Vec<_>>().join(words.semicolon)}</td>
            </tr>
        }
    };
    let ending = |is: bool| if is { words.being_deleted.to_owned() } else { String::new() };
    let mut rows: Vec<Html> = vec![];
    for set in &scene.sets {
        let policy = if set.ordered { words.ordered } else { words.parallel };
        let update = set.update.as_ref().zip(set.revision);
        let update = update.map(|(update, revision)| (words.updated_of)(update.updated, update.pods, revision));
        let arrow = set.arrow.map(|arrow| {
            let pod = |ordinal: i32| format!("{}-{ordinal}", set.object.name());
            (words.waits_arrow)(&pod(arrow.from), &pod(arrow.to))
        });
        let remarks = vec![
            policy.to_owned(),
            naming(words, &set.naming),
            update.unwrap_or_default(),
            arrow.unwrap_or_default(),
            ending(set.terminating),
        ];
        rows.push(row(&set.object, (words.ready_of)(set.ready, set.replicas), set.revision, remarks));
        rows.extend(set.autoscaler.as_ref().map(|it| autoscaler(&shared, it, pressable)));
    }
    for deployment in &scene.deployments {
        let strategy = if deployment.recreate { words.recreate } else { words.rolling_update };
        let stuck = if deployment.timed_out { words.timed_out } else { "" };
        let paused = if deployment.paused { words.paused } else { "" };
        let bounds = deployment.bounds.as_ref().map(words.stage_words.bounds).unwrap_or_default();
        let remarks = vec![strategy.0.into(), bounds, paused.into(), stuck.into(), ending(deployment.terminating)];
        let ready = (words.ready_of)(deployment.ready, deployment.replicas);
        rows.push(row(&deployment.object, ready, deployment.revision, remarks));
        rows.extend(deployment.autoscaler.as_ref().map(|it| autoscaler(&shared, it, pressable)));
        rows.extend(deployment.sets.iter().map(|set| replica_set(set, words, &row)));
    }
    rows.extend(scene.replica_sets.iter().map(|set| replica_set(set, words, &row)));
    for daemon in &scene.daemons {
        let counts = (words.daemon_counts)(daemon.ready, daemon.eligible, daemon.refused);
        let update = daemon.revision.filter(|_| daemon.updated < daemon.pods);
        let update = update.map(|revision| (words.updated_of)(daemon.updated, daemon.pods, revision));
        let remarks = vec![update.unwrap_or_default(), ending(daemon.terminating)];
        rows.push(row(&daemon.object, counts, daemon.revision, remarks));
    }
    frame(words.stage_words.tables.workloads, &words.stage_words.tables.workload_head, rows)
}

/// Makes the row of a workload: which it is, how many are ready, its revision, remarks.
type Row<'a> = dyn Fn(&ObjectRef, String, Option<i64>, Vec<String>) -> Html + 'a;

fn replica_set(set: &ReplicaSetView, words: &Words, row: &Row<'_>) -> Html {
    let states = set.counts.states().map(|(state, count)| format!("{count} {}", (words.state)(state)));
    let remarks = std::iter::once(set.images.join(", ")).chain(states).collect();
    row(&set.object, (words.ready_of)(set.ready, set.replicas), set.revision, remarks)
}

fn autoscaler(shared: &Shared, autoscaler: &AutoscalerView, pressable: bool) -> Html {
    let words = shared.words.stage_words;
    let (least, most) = autoscaler.bounds;
    let load = autoscaler.utilization.map(|(current, wanted)| (words.load_of)(current, wanted));
    html! {
        <tr>
            <td>{"HPA"}</td>
            <th scope="row">{name(shared, &autoscaler.object, pressable)}</th>
            <td></td><td></td>
            <td>{(words.scale_of)(autoscaler.desired, least, most)}if let Some(load) = load { {shared.words.semicolon}{load} }</td>
        </tr>
    }
}

fn naming(words: &Words, naming: &Naming) -> String {
    match naming {
        Naming::Headless { service, selects: true } => format!("{} {}", words.named_by, service.name()),
        Naming::Headless { service, .. } => (words.selects_nothing)(service.name()),
        Naming::NotHeadless(service) => (words.not_headless)(service.name()),
        Naming::Missing(name) => (words.no_service)(name),
        Naming::Unnamed => words.unnamed.into(),
    }
}

/// One row a Service.
#[component]
pub fn ServiceTable(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.stage_words;
    let rows = props.scene.services.iter().map(|service| {
        let lead = match &service.lead {
            Lead::Address(address) => address.clone(),
            Lead::Headless => words.headless.into(),
            Lead::External(name) => name.clone(),
            Lead::Unselected => words.unselected.into(),
        };
        let said =
            |endpoint: &EndpointView| (words.tables.endpoint)(endpoint.label(), (words.endpoint_state)(endpoint.state));
        let mut endpoints: Vec<String> = service.endpoints.iter().map(said).collect();
        let more = service.all.saturating_sub(endpoints.len());
        endpoints.extend((more > 0).then(|| (shared.words.more_pods)(more)));
        html! {
            <tr>
                <th scope="row">{name(&shared, &service.object, props.pressable)}</th>
                <td>{lead}</td>
                <td>{(words.endpoints_of)(service.ready, service.all)}</td>
                <td>{endpoints.join(", ")}</td>
            </tr>
        }
    });
    frame(words.tables.services, &words.tables.service_head, rows.collect())
}
