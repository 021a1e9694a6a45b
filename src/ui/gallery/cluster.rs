//! Services, DaemonSets and nodes of the gallery, few and many, and everything that is laid over them.

use super::workloads::{object, pod};
use crate::api::{Kind, Taint, TaintEffect};
use crate::reason::{Refusal, Verdict};
use crate::scene::{
    Cell, Counts, DaemonView, EndpointState, EndpointView, Field, Lead, NodeView, PodState, PodView, Scene,
    ServiceView, Usage, VerdictView,
};
use crate::ui::marks::Marks;
use crate::ui::stage::{Look, NodeMark, NodeOverlay};
use std::collections::{BTreeMap, BTreeSet};

const CONTROL_PLANE: &str = "node-role.kubernetes.io/control-plane:NoSchedule";

fn taint() -> Taint {
    Taint {
        key: "node-role.kubernetes.io/control-plane".into(),
        value: String::new(),
        effect: TaintEffect::NoSchedule,
        time_added: None,
    }
}

fn verdict(verdict: Verdict, present: bool) -> VerdictView {
    VerdictView { set: object(Kind::DaemonSet, "agent"), verdict, present }
}

fn node(name: &str, pods: Vec<PodView>, verdict: VerdictView) -> NodeView {
    let used = i64::try_from(pods.len()).unwrap_or_default();
    NodeView {
        object: object(Kind::Node, name),
        ready: true,
        cordoned: false,
        pressures: vec![],
        labels: vec!["disk=ssd".into(), "topology.kubernetes.io/zone=a".into()],
        taints: vec![],
        cpu: Usage { used: 250 * used, total: 4_000 },
        memory: Usage { used: used << 29, total: 8 << 30 },
        pod_limit: 110,
        pods,
        verdicts: vec![verdict],
    }
}

fn nodes() -> Vec<NodeView> {
    let runs = || Verdict::Runs { tolerated: vec![] };
    let agent = |name: &str, state| pod(name, state, Some(("DaemonSet", "agent")));
    let refused = || Verdict::Refuses(Refusal::Taint(taint()));
    let label = Refusal::NodeSelector { key: "disk".into(), wanted: "ssd".into(), found: Some("hdd".into()) };
    let old = PodView { newest: false, ..agent("agent-old", PodState::Ready) };
    let full = (0..14).map(|number| pod(&format!("web-{number}"), PodState::Ready, Some(("ReplicaSet", "web"))));
    vec![
        NodeView { taints: vec![CONTROL_PLANE.into()], ..node("control-plane", vec![], verdict(refused(), false)) },
        node("ready", vec![agent("agent-x7k2p", PodState::Ready), old], verdict(runs(), true)),
        NodeView {
            cordoned: true,
            taints: vec!["node.kubernetes.io/unschedulable:NoSchedule".into()],
            ..node("cordoned", vec![agent("agent-9fm4c", PodState::Terminating)], verdict(runs(), true))
        },
        NodeView {
            ready: false,
            taints: vec!["node.kubernetes.io/unreachable:NoExecute".into()],
            ..node(
                "down",
                vec![pod("db-0", PodState::Unready, None)],
                verdict(Verdict::Keeps(Refusal::Taint(taint())), true),
            )
        },
        NodeView {
            pressures: vec!["MemoryPressure".into(), "DiskPressure".into(), "PIDPressure".into()],
            taints: vec!["node.kubernetes.io/memory-pressure:NoSchedule".into()],
            ..node("pressed", vec![pod("job-1", PodState::Failed, None)], verdict(runs(), false))
        },
        node("full", full.collect(), verdict(Verdict::Refuses(label), false)),
        NodeView { labels: vec![], ..node("empty", vec![], verdict(Verdict::Refuses(Refusal::NodeAffinity), false)) },
    ]
}

fn endpoint(name: &str, state: EndpointState, hostname: bool) -> EndpointView {
    EndpointView {
        pod: Some(object(Kind::Pod, name)),
        address: "10.244.1.7".into(),
        name: hostname.then(|| name.to_owned()),
        state,
    }
}

fn services() -> Vec<ServiceView> {
    let service = |name: &str, lead: Lead, endpoints: Vec<EndpointView>| ServiceView {
        object: object(Kind::Service, name),
        lead,
        ready: endpoints.iter().filter(|endpoint| endpoint.state == EndpointState::Ready).count(),
        all: endpoints.len(),
        endpoints,
    };
    let each = |hostname: bool| {
        let named = EndpointState::ALL.into_iter().zip(0..);
        named.map(|(state, number)| endpoint(&format!("db-{number}"), state, hostname)).collect::<Vec<_>>()
    };
    let by_hand = EndpointView { pod: None, address: "192.0.2.7".into(), name: None, state: EndpointState::Ready };
    vec![
        service("db", Lead::Headless, each(true)),
        service("web", Lead::Address("10.96.12.7".into()), each(false)),
        service("by-hand", Lead::Unselected, vec![by_hand]),
        service("elsewhere", Lead::External("db.example.com".into()), vec![]),
        service("nobody", Lead::Address("10.96.12.8".into()), vec![]),
        ServiceView { all: 40, ready: 39, ..service("many", Lead::Address("10.96.12.9".into()), each(false)) },
    ]
}

fn daemons() -> Vec<DaemonView> {
    let plain = |name: &str| DaemonView {
        object: object(Kind::DaemonSet, name),
        eligible: 5,
        refused: 2,
        ready: 5,
        updated: 5,
        pods: 5,
        revision: Some(1),
        on_delete: false,
        terminating: false,
        waiting: vec![],
    };
    let waiting = pod("starting-q8w2e", PodState::Pending, Some(("DaemonSet", "starting")));
    vec![
        plain("agent"),
        DaemonView { ready: 4, waiting: vec![(waiting, Some("ready".into()))], ..plain("starting") },
        DaemonView { updated: 2, revision: Some(2), on_delete: true, ..plain("updating") },
        DaemonView { terminating: true, refused: 0, ..plain("going") },
    ]
}

/// Services, DaemonSets and nodes in every state.
pub fn scene() -> Scene {
    Scene { services: services(), daemons: daemons(), nodes: nodes(), ..Scene::default() }
}

/// What is laid over the nodes.
pub fn overlay() -> NodeOverlay {
    let mark = |look, text: &str| NodeMark { look, text: text.into() };
    let marks = [
        ("control-plane", mark(Look::Refused, "a taint is not tolerated")),
        ("ready", mark(Look::Chosen, "412")),
        ("pressed", mark(Look::Passes, "380, tie")),
        ("full", mark(Look::Refused, "0m of cpu left, 500m requested")),
    ];
    let marks: BTreeMap<String, NodeMark> = marks.into_iter().map(|(node, mark)| (node.to_owned(), mark)).collect();
    NodeOverlay { title: "Scheduling of web-1".into(), marks }
}

/// The marks of a step: changed, pointed at, selected, and a taint that turns somebody away.
pub fn marks() -> Marks {
    Marks {
        changed: BTreeSet::from([object(Kind::Pod, "states-1"), object(Kind::Pod, "agent-x7k2p")]),
        pointed: Some(object(Kind::Pod, "states-2")),
        selected: Some(object(Kind::Pod, "states-3")),
        turning: BTreeSet::from([("control-plane".to_owned(), CONTROL_PLANE.to_owned())]),
    }
}

/// Dozens of nodes.
pub fn tiles() -> Scene {
    let runs = || verdict(Verdict::Runs { tolerated: vec![] }, true);
    let nodes = (0..48).map(|number| {
        let pods = PodState::ALL.into_iter().cycle().skip(number).take(number % 7);
        let pods = pods.enumerate().map(|(index, state)| pod(&format!("p-{number}-{index}"), state, None));
        let plain = node(&format!("node-{number}"), pods.collect(), runs());
        let pressures = if number % 13 == 4 { vec!["MemoryPressure".to_owned()] } else { vec![] };
        let refuses = verdict(Verdict::Refuses(Refusal::NodeAffinity), false);
        let verdicts = if number % 9 == 0 { vec![refuses] } else { plain.verdicts.clone() };
        NodeView { ready: number % 11 != 3, cordoned: number % 12 == 5, pressures, verdicts, ..plain }
    });
    Scene { nodes: nodes.collect(), ..Scene::default() }
}

/// Hundreds of nodes as a field.
pub fn field() -> Scene {
    let cells: Vec<Cell> = (0..640)
        .map(|number| {
            let urgent = PodState::ALL.into_iter().cycle().nth(number / 80).unwrap_or(PodState::Ready);
            let pods: Vec<PodState> = [PodState::Ready].repeat(number % 6).into_iter().chain([urgent]).collect();
            Cell {
                node: format!("node-{number}"),
                pods: Counts::of_states(if number % 50 == 0 { &[] } else { &pods }),
                ready: number % 97 != 5,
                cordoned: number % 41 == 7,
            }
        })
        .collect();
    let pods = cells.iter().fold(Counts::default(), |sum, cell| sum.and(&cell.pods));
    let near = nodes().into_iter().take(3).collect();
    let field = Field { cells, pods, unbound: Counts::of_states(&[PodState::Pending]), most: 7, from: 120, near };
    Scene { field: Some(field), ..Scene::default() }
}
