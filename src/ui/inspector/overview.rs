//! What an object is and how it is: status in words, what belongs to it, who owns it, its conditions.

use crate::api::{Deployment, EndpointTarget, HorizontalPodAutoscaler, Kind, Labels, Object, ObjectRef, Resource};
use crate::cluster::Cluster;
use crate::scene::{ClaimState, NameView, Naming, Playback, PodState};
use crate::ui::icons::StateIcon;
use crate::ui::shared::use_shared;
use crate::ui::text::ObjectLink;
use crate::ui::words::Words;
use yew::prelude::*;

/// One line of the inspector.
#[derive(Clone, PartialEq)]
pub struct Line {
    label: &'static str,
    value: Value,
}

#[derive(Clone, PartialEq)]
enum Value {
    Words(String),
    Code(String),
    Codes(Vec<String>),
    Objects(Vec<ObjectRef>),
    State(PodState, Option<String>),
}

/// A condition of an object, as its status has it.
#[derive(Clone, PartialEq)]
pub struct ConditionLine {
    kind: String,
    status: String,
    reason: String,
    message: String,
}

/// What is to be said of an object.
#[derive(Clone, Default, PartialEq)]
pub struct Overview {
    lines: Vec<Line>,
    conditions: Vec<ConditionLine>,
    /// Who controls it, the highest first.
    chain: Vec<ObjectRef>,
    /// Some of what it controls.
    owned: Vec<ObjectRef>,
    more_owned: usize,
}

/// Properties of [`OverviewPanel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is to be said.
    pub overview: Overview,
}

/// Status, conditions, owners.
#[component]
pub fn OverviewPanel(props: &Props) -> Html {
    let words = use_shared().words;
    let overview = &props.overview;
    let line = |label: &'static str, inside: Html| {
        html! { <div class="inspect-line"><dt>{label}</dt><dd>{inside}</dd></div> }
    };
    let lines = overview.lines.iter().map(|it| line(it.label, value(words, &it.value)));
    let chain = overview.chain.iter().map(|owner| {
        html! { <li><span class="kind">{(words.short_kind)(owner.kind)}</span>{" "}<ObjectLink object={owner.clone()} /></li> }
    });
    let conditions = overview.conditions.iter().map(|condition| {
        html! {
            <tr>
                <th scope="row">{&condition.kind}</th><td>{&condition.status}</td>
                <td><code>{&condition.reason}</code>if !condition.message.is_empty() { {" "}<span class="condition-message">{&condition.message}</span> }</td>
            </tr>
        }
    });
    html! {
        <>
            <dl>
                {for lines}
                if !overview.chain.is_empty() { {line(words.owner, html! { <ol class="chain">{for chain}</ol> })} }
                if !overview.owned.is_empty() {
                    {line(words.stage_words.owns, html! {
                        <span class="codes">
                            {for overview.owned.iter().map(|object| html! { <ObjectLink object={object.clone()} /> })}
                            if overview.more_owned > 0 { <span>{(words.more_pods)(overview.more_owned)}</span> }
                        </span>
                    })}
                }
            </dl>
            if !overview.conditions.is_empty() {
                <table class="facts-table conditions">
                    <caption>{words.conditions}</caption>
                    <thead><tr>{for words.stage_words.condition_head.iter().map(|head| html! { <th scope="col">{head}</th> })}</tr></thead>
                    <tbody>{for conditions}</tbody>
                </table>
            }
        </>
    }
}

fn value(words: &Words, value: &Value) -> Html {
    match value {
        Value::Words(text) => html! { {text} },
        Value::Code(text) => html! { <code>{text}</code> },
        Value::Codes(codes) => {
            html! { <span class="codes">{for codes.iter().map(|code| html! { <code>{code}</code> })}</span> }
        }
        Value::Objects(objects) if objects.is_empty() => html! { {words.nobody} },
        Value::Objects(objects) => {
            html! { <span class="codes">{for objects.iter().map(|object| html! { <ObjectLink object={object.clone()} /> })}</span> }
        }
        Value::State(state, word) => html! {
            <span class={format!("inspect-state state-{}", state.key())}><StateIcon state={Some(*state)} size={15} />{(words.state)(*state)}
                if let Some(word) = word { {" "}<code>{word}</code> }
            </span>
        },
    }
}

impl Overview {
    /// An object as it is at the shown moment of a run; nothing where it is not there.
    #[must_use]
    pub fn of(found: Option<&Object>, run: &Playback, words: &Words) -> Overview {
        let Some(found) = found else { return Overview::default() };
        let cluster = run.timeline().cluster();
        let mut lines = match found {
            Object::Pod(pod) => pod_lines(pod, cluster, words),
            Object::Node(node) => node_lines(node, cluster, words),
            Object::PersistentVolumeClaim(claim) => claim_lines(claim, cluster, words),
            Object::StatefulSet(set) => vec![
                ready_line(words, set.status.ready_replicas, Some(set.spec.replicas())),
                objects_line(words.pods, cluster.pods_of(set.metadata.uid).map(|pod| pod.reference()).collect()),
                template_line(words, &set.spec.template.spec.containers),
            ],
            Object::DaemonSet(set) => vec![
                objects_line(words.pods, cluster.pods_of(set.metadata.uid).map(|pod| pod.reference()).collect()),
                template_line(words, &set.spec.template.spec.containers),
            ],
            Object::Deployment(deployment) => deployment_lines(deployment, cluster, words),
            Object::ReplicaSet(set) => vec![
                ready_line(words, set.status.ready_replicas, set.spec.replicas),
                objects_line(words.pods, cluster.pods_of(set.metadata.uid).map(|pod| pod.reference()).collect()),
                template_line(words, &set.spec.template.spec.containers),
            ],
            Object::HorizontalPodAutoscaler(autoscaler) => autoscaler_lines(autoscaler),
            Object::PodDisruptionBudget(budget) => vec![
                code_line("currentHealthy", budget.status.current_healthy.to_string()),
                code_line("desiredHealthy", budget.status.desired_healthy.to_string()),
                code_line("disruptionsAllowed", budget.status.disruptions_allowed.to_string()),
            ],
            Object::PriorityClass(class) => vec![code_line("value", class.value.to_string())],
            Object::EndpointSlice(slice) => {
                let ready = slice.endpoints.iter().filter(|endpoint| endpoint.conditions.ready);
                let pods = ready.filter_map(|endpoint| endpoint.target_ref.as_ref()).map(EndpointTarget::pod);
                vec![objects_line(words.ready_endpoints, pods.collect())]
            }
            Object::Service(service) => vec![
                code_line("clusterIP", service.spec.cluster_ip.clone().unwrap_or_default()),
                Line { label: words.selector, value: Value::Codes(pairs(&service.spec.selector)) },
            ],
            Object::PersistentVolume(volume) => vec![
                code_line(words.status, volume.status.phase.clone().unwrap_or_default()),
                objects_line(words.used_by, volume.claim().into_iter().collect()),
            ],
            Object::StorageClass(_) | Object::ControllerRevision(_) => vec![],
        };
        let meta = found.metadata();
        let labels = pairs(&meta.labels);
        if !labels.is_empty() {
            lines.push(Line { label: words.labels, value: Value::Codes(labels) });
        }
        if let Some(made) = meta.creation_timestamp {
            lines.push(words_line(words.stage_words.made, (words.stage_words.at)(made)));
        }
        lines.push(code_line("uid", meta.uid.to_string()));
        let mut owned: Vec<ObjectRef> = cluster.dependents(meta.uid).cloned().collect();
        owned.retain(|object| !matches!(object.kind, Kind::Pod | Kind::ReplicaSet));
        let more_owned = owned.len().saturating_sub(OWNED);
        owned.truncate(OWNED);
        Overview { lines, conditions: conditions(found), chain: chain(found, cluster), owned, more_owned }
    }
}

/// So many of the objects that it controls are named.
const OWNED: usize = 12;

/// Who controls an object, the highest first.
fn chain(object: &Object, cluster: &Cluster) -> Vec<ObjectRef> {
    let mut chain = vec![];
    let mut next = object.metadata().controller().cloned();
    let namespace = &object.metadata().namespace;
    // Owners may name each other in a circle.
    while let Some(owner) = next.filter(|_| chain.len() < 8) {
        let Some(kind) = Kind::parse(&owner.kind) else { break };
        let owner = ObjectRef::new(kind, namespace, &owner.name);
        next = cluster.get(&owner).and_then(|owner| owner.metadata().controller().cloned());
        chain.insert(0, owner);
    }
    chain
}

/// The conditions of any object, as its status has them.
fn conditions(object: &Object) -> Vec<ConditionLine> {
    let json = object.to_json();
    let listed = json.pointer("/status/conditions").and_then(serde_json::Value::as_array);
    let conditions = listed.map_or(&[][..], Vec::as_slice).iter().map(|condition| {
        let text = |key: &str| condition.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        ConditionLine { kind: text("type"), status: text("status"), reason: text("reason"), message: text("message") }
    });
    conditions.collect()
}

fn words_line(label: &'static str, text: String) -> Line {
    Line { label, value: Value::Words(text) }
}

fn code_line(label: &'static str, text: String) -> Line {
    Line { label, value: Value::Code(text) }
}

fn objects_line(label: &'static str, objects: Vec<ObjectRef>) -> Line {
    Line { label, value: Value::Objects(objects) }
}

fn template_line(words: &Words, containers: &[crate::api::Container]) -> Line {
    Line {
        label: words.image,
        value: Value::Codes(containers.iter().filter_map(|container| container.image.clone()).collect()),
    }
}

fn pairs(labels: &Labels) -> Vec<String> {
    labels.iter().map(|(key, value)| format!("{key}={value}")).collect()
}

fn pod_lines(pod: &crate::api::Pod, cluster: &Cluster, words: &Words) -> Vec<Line> {
    let meta = &pod.metadata;
    let word = pod.waiting_reason().map(str::to_owned).or_else(|| pod.status.reason.clone());
    let mut lines = vec![Line { label: words.status, value: Value::State(PodState::of(pod), word) }];
    lines.push(match pod.node() {
        Some(node) => objects_line(words.node, vec![ObjectRef::new(Kind::Node, "", node)]),
        None => words_line(words.node, words.no_node.into()),
    });
    if let Some(owner) = meta.controller() {
        let set = cluster.stateful_sets.iter().find(|set| set.metadata.uid == owner.uid);
        if let Some(set) = set {
            let naming = Naming::of(cluster, set);
            lines.push(match NameView::of(cluster, &naming, &meta.namespace, &meta.name, Some(pod)) {
                NameView::Record(name) => code_line(words.dns, name),
                NameView::NotYet(_) => words_line(words.dns, words.no_record_yet.into()),
                NameView::Never => words_line(words.dns, words.no_record.into()),
            });
        }
    }
    let claims: Vec<ObjectRef> =
        pod.claim_names().map(|claim| ObjectRef::new(Kind::PersistentVolumeClaim, &meta.namespace, claim)).collect();
    if !claims.is_empty() {
        lines.push(objects_line(words.claims, claims));
    }
    lines.push(template_line(words, &pod.spec.containers));
    let restarts: i32 = pod.status.container_statuses.iter().map(|status| status.restart_count).sum();
    if restarts > 0 {
        lines.push(words_line(words.restarts, restarts.to_string()));
    }
    lines
}

fn ready_line(words: &Words, ready: i32, replicas: Option<i32>) -> Line {
    words_line(words.pods, (words.ready_of)(usize::try_from(ready).unwrap_or(0), replicas.unwrap_or(1)))
}

fn deployment_lines(deployment: &Deployment, cluster: &Cluster, words: &Words) -> Vec<Line> {
    let sets = cluster.dependents(deployment.metadata.uid).filter(|dependent| dependent.kind == Kind::ReplicaSet);
    vec![
        ready_line(words, deployment.status.ready_replicas, deployment.spec.replicas),
        objects_line("ReplicaSets", sets.cloned().collect()),
        template_line(words, &deployment.spec.template.spec.containers),
    ]
}

fn autoscaler_lines(autoscaler: &HorizontalPodAutoscaler) -> Vec<Line> {
    let (spec, status) = (&autoscaler.spec, &autoscaler.status);
    let target = Kind::parse(&spec.scale_target_ref.kind)
        .map(|kind| ObjectRef::new(kind, &autoscaler.metadata.namespace, &spec.scale_target_ref.name));
    vec![
        objects_line("scaleTargetRef", target.into_iter().collect()),
        code_line("minReplicas", spec.min_replicas.unwrap_or(1).to_string()),
        code_line("maxReplicas", spec.max_replicas.to_string()),
        code_line("desiredReplicas", status.desired_replicas.to_string()),
    ]
}

fn node_lines(node: &crate::api::Node, cluster: &Cluster, words: &Words) -> Vec<Line> {
    let ready = if node.is_ready() { words.node_ready } else { words.node_not_ready };
    let status = if node.is_cordoned() { format!("{ready}, {}", words.cordoned) } else { ready.into() };
    let mut lines = vec![
        words_line(words.status, status),
        objects_line(words.pods, cluster.pods_on(&node.metadata.name).map(|pod| pod.reference()).collect()),
    ];
    if !node.spec.taints.is_empty() {
        lines.push(Line {
            label: words.taints,
            value: Value::Codes(node.spec.taints.iter().map(ToString::to_string).collect()),
        });
    }
    lines
}

fn claim_lines(claim: &crate::api::PersistentVolumeClaim, cluster: &Cluster, words: &Words) -> Vec<Line> {
    let mut lines = vec![
        words_line(words.status, (words.claim_state)(ClaimState::of(claim)).into()),
        objects_line(words.used_by, cluster.pods_using(&claim.key()).map(|pod| pod.reference()).collect()),
    ];
    if let Some(size) = claim.spec.resources.requests.get("storage") {
        lines.push(code_line(words.size, size.as_str().to_owned()));
    }
    if let Some(volume) = &claim.spec.volume_name {
        lines.push(code_line(words.volume, volume.clone()));
    }
    lines
}
