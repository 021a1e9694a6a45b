//! `kubectl top`. Upstream: `k8s.io/kubectl/pkg/metricsutil/metrics_printer.go`.
//! What pods use is what somebody said that they use: see [`crate::actor::Load`].

use super::tabwriter::TabWriter;
use super::{Item, Listing, Shown, TopOptions};
use crate::actor::{LoadAmount, Measured};
use crate::api::{Node, Object, Pod, PodPhase, Quantity};
use std::rc::Rc;

/// Thousandths of a byte in a mebibyte.
const MEBI: i64 = 1024 * 1024 * 1000;

/// What a pod or a node uses, in thousandths.
#[derive(Clone, Copy, Default)]
struct Usage {
    cpu: i64,
    memory: i64,
}

/// `kubectl top nodes` and `top pods` of the objects of one listing.
///
/// # Errors
/// What `kubectl` says after `error: `: `Metrics API not available`.
pub fn top(shown: &Shown<'_>, listing: &Listing<'_>, options: &TopOptions) -> Result<String, String> {
    if shown.loads.is_empty() {
        return Err("Metrics API not available".into());
    }
    let objects = listing.items.iter().filter_map(|item| match item {
        Item::Object(object) => Some(object),
        Item::Kept(_) | Item::Event(_) => None,
    });
    let (mut pods, mut nodes) = (vec![], vec![]);
    for object in objects {
        match object {
            Object::Pod(pod) => pods.push(pod),
            Object::Node(node) => nodes.push(node),
            _ => {}
        }
    }
    let text = if nodes.is_empty() { top_pods(shown, &pods, options) } else { top_nodes(shown, &nodes, options) };
    Ok(TabWriter::of_tables().align(&text))
}

fn top_nodes(shown: &Shown<'_>, nodes: &[&Rc<Node>], options: &TopOptions) -> String {
    let used = |node: &Node| {
        let usages = shown.cluster.standing_on(&node.metadata.name).map(|pod| usage(shown, pod));
        usages.fold(Usage::default(), |sum, usage| Usage {
            cpu: sum.cpu.saturating_add(usage.cpu),
            memory: sum.memory.saturating_add(usage.memory),
        })
    };
    let mut rows: Vec<(&Node, Usage)> = nodes.iter().map(|node| (&***node, used(node))).collect();
    rows.sort_by(|(a, _), (b, _)| a.metadata.name.cmp(&b.metadata.name));
    sort(&mut rows, options);
    let mut text = String::new();
    if !options.no_headers {
        text += "NAME\tCPU(cores)\tCPU(%)\tMEMORY(bytes)\tMEMORY(%)\t\n";
    }
    for (node, usage) in rows {
        let of = |name: &str| node.status.allocatable.get(name).map_or(0, Quantity::milli);
        let (cpu, memory) = (percent(usage.cpu, of("cpu")), percent(usage.memory, of("memory")));
        let name = &node.metadata.name;
        text += &format!("{name}\t{}m\t{cpu}%\t{}Mi\t{memory}%\t\n", usage.cpu, usage.memory / MEBI);
    }
    text
}

fn percent(part: i64, whole: i64) -> i128 {
    if whole == 0 { 0 } else { i128::from(part) * 100 / i128::from(whole) }
}

fn top_pods(shown: &Shown<'_>, pods: &[&Rc<Pod>], options: &TopOptions) -> String {
    let running = pods.iter().filter(|pod| pod.status.phase == PodPhase::Running);
    let mut rows: Vec<(&Pod, Usage)> = running.map(|pod| (&***pod, usage(shown, pod))).collect();
    sort(&mut rows, options);
    if rows.is_empty() {
        return String::new();
    }
    let mut text = String::new();
    if !options.no_headers {
        text += if options.all_namespaces { "NAMESPACE\t" } else { "" };
        text += if options.containers { "POD\t" } else { "" };
        text += "NAME\tCPU(cores)\tMEMORY(bytes)\t\n";
    }
    for (pod, usage) in rows {
        let namespace = if options.all_namespaces { format!("{}\t", pod.metadata.namespace) } else { String::new() };
        let name = &pod.metadata.name;
        if !options.containers {
            text += &format!("{namespace}{name}\t{}m\t{}Mi\t\n", usage.cpu, usage.memory / MEBI);
            continue;
        }
        // Nobody says which container uses how much: they share evenly.
        let count = i64::try_from(pod.spec.containers.len()).unwrap_or(1).max(1);
        let mut containers: Vec<&str> = pod.spec.containers.iter().map(|one| one.name.as_str()).collect();
        containers.sort_unstable();
        for container in containers {
            let (cpu, memory) = (usage.cpu / count, usage.memory / count / MEBI);
            text += &format!("{namespace}{name}\t{container}\t{cpu}m\t{memory}Mi\t\n");
        }
    }
    text
}

/// By what is asked for, the most first; by name as they come.
fn sort<T>(rows: &mut [(T, Usage)], options: &TopOptions) {
    match options.sort_by.as_deref() {
        Some("cpu") => rows.sort_by_key(|(_, usage)| std::cmp::Reverse(usage.cpu)),
        Some("memory") => rows.sort_by_key(|(_, usage)| std::cmp::Reverse(usage.memory)),
        _ => {}
    }
}

/// What a pod uses, from the first load that selects it, as the autoscaler sees it; nothing where none does.
fn usage(shown: &Shown<'_>, pod: &Pod) -> Usage {
    Usage { cpu: amount(shown, pod, "cpu"), memory: amount(shown, pod, "memory") }
}

fn amount(shown: &Shown<'_>, pod: &Pod, wanted: &str) -> i64 {
    let selected = shown.loads.iter().filter(|load| load.namespace == pod.metadata.namespace).find_map(|load| {
        let Measured::Resource { selector, resource } = &load.measured else { return None };
        let selects = resource == wanted && selector.matches(&pod.metadata.labels);
        load.amount.filter(|_| selects).map(|amount| (amount, selector))
    });
    match selected {
        _ if !reports(pod) => 0,
        Some((LoadAmount::Each(each), _)) => each,
        Some((LoadAmount::Total(total), selector)) if pod.is_ready() => {
            let within = shown.cluster.pods.within(&pod.metadata.namespace);
            let shares = |pod: &&Rc<Pod>| reports(pod) && pod.is_ready() && selector.matches(&pod.metadata.labels);
            total / i64::try_from(within.filter(shares).count()).unwrap_or(i64::MAX).max(1)
        }
        Some((LoadAmount::Total(_), _)) | None => 0,
    }
}

/// Whether a metrics server has samples of a pod.
fn reports(pod: &Pod) -> bool {
    pod.status.phase == PodPhase::Running && !pod.is_terminating()
}
