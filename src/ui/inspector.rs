//! A closer look at one object, as it is at the shown moment.

use super::events::{EventLine, EventList};
use super::icons::{Glyph, Icon, StateIcon};
use super::obstacle::{Obstacles, ask};
use super::shared::{short_kind, tag, use_shared};
use super::text::ObjectLink;
use super::words::Words;
use crate::api::{Deployment, EndpointTarget, HorizontalPodAutoscaler, Kind, Labels, Object, ObjectRef, Resource};
use crate::cluster::Cluster;
use crate::explain::Answer;
use crate::obstacle::Question;
use crate::scene::{ClaimState, NameView, Naming, Playback, PodState};
use crate::session::Action;
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

/// What is shown of an object: its lines, or none where it does not exist.
#[derive(Clone, PartialEq)]
pub struct Inspection {
    /// The object.
    pub object: ObjectRef,
    lines: Option<Vec<Line>>,
    events: Vec<EventLine>,
    answer: Answer,
}

/// Properties of [`Inspector`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown.
    pub inspection: Inspection,
}

/// The inspector.
#[component]
pub fn Inspector(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let object = &props.inspection.object;
    let lines = props.inspection.lines.iter().flatten().map(|line| {
        html! { <div class="inspect-line"><dt>{line.label}</dt><dd>{value(words, &line.value)}</dd></div> }
    });
    html! {
        <section class="inspector" aria-label={(words.inspector)(object.name())} data-inspects={tag(object)}>
            <header>
                <h3><span class="kind">{short_kind(object.kind)}</span>{" "}<span class="name mono">{object.name()}</span></h3>
                <button type="button" class="icon-plain" title={words.close} aria-label={words.close} onclick={shared.on::<MouseEvent>(Action::Select(None))}>
                    <Icon glyph={Glyph::Close} size={14} />
                </button>
            </header>
            if props.inspection.lines.is_none() { <p class="inspect-gone">{words.gone}</p> }
            <Obstacles answer={props.inspection.answer.clone()} />
            <dl>{for lines}</dl>
            <EventList events={props.inspection.events.clone()} />
        </section>
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

impl Inspection {
    /// An object as it is at the shown moment of a run.
    #[must_use]
    pub fn of(object: &ObjectRef, run: &Playback, words: &Words) -> Inspection {
        let cluster = run.timeline().cluster();
        let events = run.events().about(object, run.timeline().position());
        let events = events.map(|entry| EventLine::of(&entry, words)).collect();
        let lines = cluster.get(object).map(|found| {
            let mut lines = match &found {
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
            let labels = pairs(&found.metadata().labels);
            if !labels.is_empty() {
                lines.push(Line { label: words.labels, value: Value::Codes(labels) });
            }
            lines
        });
        let answer = ask(&Question::Object(object.clone()), run, words.language);
        Inspection { object: object.clone(), lines, events, answer }
    }
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
        if let Some(kind) = Kind::parse(&owner.kind) {
            lines.push(objects_line(words.owner, vec![ObjectRef::new(kind, &meta.namespace, &owner.name)]));
        }
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
    let conditions = pod.status.conditions.iter().map(|condition| {
        let reason = condition.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{}={}{reason}", condition.kind, condition.status)
    });
    lines.push(Line { label: words.conditions, value: Value::Codes(conditions.collect()) });
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
    let conditions = deployment.status.conditions.iter().map(|condition| {
        let reason = condition.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{}={}{reason}", condition.kind, condition.status)
    });
    vec![
        ready_line(words, deployment.status.ready_replicas, deployment.spec.replicas),
        objects_line("ReplicaSets", sets.cloned().collect()),
        template_line(words, &deployment.spec.template.spec.containers),
        Line { label: words.conditions, value: Value::Codes(conditions.collect()) },
    ]
}

fn autoscaler_lines(autoscaler: &HorizontalPodAutoscaler) -> Vec<Line> {
    let (spec, status) = (&autoscaler.spec, &autoscaler.status);
    let target = Kind::parse(&spec.scale_target_ref.kind)
        .map(|kind| ObjectRef::new(kind, &autoscaler.metadata.namespace, &spec.scale_target_ref.name));
    let conditions = status.conditions.iter().map(|condition| {
        let reason = condition.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("{}={}{reason}", condition.kind, condition.status)
    });
    vec![
        objects_line("scaleTargetRef", target.into_iter().collect()),
        code_line("minReplicas", spec.min_replicas.unwrap_or(1).to_string()),
        code_line("maxReplicas", spec.max_replicas.to_string()),
        code_line("desiredReplicas", status.desired_replicas.to_string()),
        Line { label: "conditions", value: Value::Codes(conditions.collect()) },
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
