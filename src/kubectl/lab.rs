//! `lab`: what `kubectl` cannot do. Machines fail, processes crash, load comes, time passes.

use super::console::{Console, Printed};
use super::failure::{Failure, Outcome};
use super::flags::{Flags, span};
use super::lab_node;
use super::resource::Resource;
use super::select::{self, Thing};
use super::table::{CommandInfo, Here};
use crate::actor::{Load, LoadAmount, Measured};
use crate::api::{LabelSelector, Object, ObjectRef, PodSpec, ProbeKind, Quantity};
use crate::engine::Command;
use crate::events::Log;
use crate::reason::ProcessChange;

/// Milliseconds without a write after which nothing more is expected: longer than any deadline that has a default.
const IDLE: u64 = 660_000;
/// Milliseconds that `lab wait` plays at most.
const LIMIT: u64 = 3_600_000;

const fn lab(
    name: &'static str,
    usage: &'static str,
    flags: &'static [&'static str],
    about: &'static str,
) -> CommandInfo {
    CommandInfo { name, aliases: &[], usage, about, flags, here: Here::Works }
}

/// Every command of `lab`.
pub(super) static COMMANDS: &[CommandInfo] = &[
    lab(
        "lab node add",
        "NAME",
        &["labels= taints= cpu= memory= pods="],
        "A machine joins the cluster: --labels=disk=ssd --taints=k=v:NoSchedule --cpu=2 --memory=4Gi --pods=110.",
    ),
    lab("lab node remove", "NAME", &[], "A machine leaves: its Node object is deleted."),
    lab(
        "lab node down",
        "NAME",
        &["not-ready"],
        "A machine loses power: its heartbeats stop. With --not-ready its kubelet says at once that it is not Ready.",
    ),
    lab("lab node up", "NAME", &[], "A machine is up again."),
    lab(
        "lab node pressure",
        "NAME memory|disk|pid [on|off]",
        &[],
        "A machine runs short of something, or has enough again.",
    ),
    lab("lab pod unready", "POD", &[], "The readiness check of a pod fails from now on."),
    lab("lab pod ready", "POD", &[], "The readiness check of a pod succeeds from now on."),
    lab("lab pod fail", "POD", &["reason="], "A pod ends as Failed: --reason=Evicted."),
    lab("lab pod succeed", "POD", &[], "A pod ends as Succeeded."),
    lab("lab pod crash", "POD", &["c,container="], "A container exits with code 1, or every container of a pod."),
    lab(
        "lab pod probe",
        "POD readiness|liveness|startup succeeds|fails|hangs",
        &["c,container="],
        "How a container answers a probe from now on.",
    ),
    lab("lab pod stubborn", "POD [on|off]", &["c,container="], "A container goes on when it is asked to stop."),
    lab(
        "lab pod condition",
        "POD TYPE true|false",
        &[],
        "Somebody outside sets a condition of a pod, as for a readiness gate.",
    ),
    lab("lab image break", "IMAGE", &[], "An image cannot be pulled from now on."),
    lab("lab image fix", "IMAGE", &[], "An image can be pulled again."),
    lab(
        "lab load",
        "TYPE/NAME 180%|400m|none",
        &["total resource="],
        "What each pod of a workload uses from now on: a part of its request, or an amount. --total shares it, --resource=memory.",
    ),
    lab("lab wait", "[30s]", &[], "Time passes: so much, or until nothing is left to happen."),
    lab("lab undo", "", &[], "Takes back what the last line did."),
    lab("lab redo", "", &[], "Does again what was taken back."),
];

pub(super) fn overview(out: &mut Printed) {
    out.line("lab does what kubectl cannot:\n");
    for info in COMMANDS {
        out.line(format!("  {} {}", info.name, info.usage).trim_end());
        out.line(format!("      {}", info.about));
    }
}

pub(super) fn run(console: &mut Console, words: &[String], out: &mut Printed) -> Outcome {
    let typed: Vec<&str> = std::iter::once("lab").chain(words.iter().map(String::as_str)).collect();
    if words.is_empty() || words.iter().any(|word| matches!(word.as_str(), "help" | "--help" | "-h")) {
        overview(out);
        return Ok(());
    }
    let found = COMMANDS.iter().find_map(|info| {
        let count = info.name.split(' ').count();
        (info.name.split(' ').eq(typed.iter().take(count).copied())).then_some((info, count))
    });
    let Some((info, count)) = found else { return Err(unknown(&typed)) };
    let flags = Flags::read(info, words.get(count - 1..).unwrap_or_default())?;
    let mut call = Lab { console, out, info, flags };
    dispatch(&mut call)
}

fn unknown(typed: &[&str]) -> Failure {
    let group = typed.get(..2).unwrap_or(typed).join(" ");
    let names: Vec<&str> = COMMANDS.iter().map(|info| info.name).filter(|name| name.starts_with(&group)).collect();
    match names.is_empty() {
        true => Failure::client(format!(
            "unknown command \"{}\" for \"lab\": node, pod, image, load, wait, undo and redo are known. `lab help` tells more",
            typed.get(1).unwrap_or(&"")
        )),
        false => Failure::client(format!("which one? {}", names.join(", "))),
    }
}

/// One call of `lab`.
pub(super) struct Lab<'a> {
    pub(super) console: &'a mut Console,
    pub(super) out: &'a mut Printed,
    pub(super) info: &'static CommandInfo,
    pub(super) flags: Flags,
}

impl Lab<'_> {
    /// The words of the call, as many as it needs.
    ///
    /// # Errors
    /// How the command is called, where there are more or fewer.
    pub(super) fn words<const N: usize>(&self) -> Result<[String; N], Failure> {
        let usage = || Failure::client(format!("{} {}: {}", self.info.name, self.info.usage, self.info.about));
        self.flags.args.clone().try_into().map_err(|_| usage())
    }

    fn namespace(&self) -> String {
        self.flags.text("namespace").unwrap_or(self.console.namespace()).to_owned()
    }

    /// A pod by its name, with or without `pod/`.
    ///
    /// # Errors
    /// Where there is none.
    fn pod(&self, typed: &str) -> Result<ObjectRef, Failure> {
        let name = typed.split_once('/').map_or(typed, |(_, name)| name);
        let resource = select::resource("pods")?;
        let log = Log::default();
        select::by_name(self.console, &log, resource, &self.namespace(), name)
            .and_then(|thing| thing.reference())
            .ok_or_else(|| Failure::not_found("pods", name))
    }

    fn container(&self) -> Option<String> {
        self.flags.text("container").map(str::to_owned)
    }
}

fn dispatch(call: &mut Lab<'_>) -> Outcome {
    match call.info.name {
        "lab node add" => lab_node::add(call),
        "lab node remove" => lab_node::remove(call),
        "lab node down" => lab_node::down(call),
        "lab node up" => lab_node::up(call),
        "lab node pressure" => lab_node::pressure(call),
        "lab load" => load(call),
        "lab wait" => wait(call),
        "lab image break" | "lab image fix" => image(call),
        "lab undo" | "lab redo" => Err(Failure::client("undo and redo stand alone in their line")),
        _ => pod(call),
    }
}

fn pod(call: &mut Lab<'_>) -> Outcome {
    let typed = call.flags.args.first().cloned();
    let Some(typed) = typed else { return call.words::<1>().map(drop) };
    let pod = call.pod(&typed)?;
    let name = pod.name().to_owned();
    let process = |pod, container, change| Command::Process { pod, container, change };
    let (command, done) = match call.info.name {
        "lab pod unready" => {
            (Command::HoldReadiness { pod, ready: false }, "fails its readiness check from now on".into())
        }
        "lab pod ready" => {
            (Command::HoldReadiness { pod, ready: true }, "passes its readiness check from now on".into())
        }
        "lab pod fail" => {
            let reason = call.flags.text("reason").map(str::to_owned);
            (Command::EndPod { pod, succeeded: false, reason }, "fails".to_owned())
        }
        "lab pod succeed" => (Command::EndPod { pod, succeeded: true, reason: None }, "succeeds".into()),
        "lab pod crash" => (process(pod, call.container(), ProcessChange::Crash), "crashes".into()),
        "lab pod stubborn" => {
            let on = on_or_off(call.flags.args.get(1).map(String::as_str))?;
            let done = if on { "goes on when it is asked to stop" } else { "stops when it is asked to" };
            (process(pod, call.container(), ProcessChange::IgnoresSigterm(on)), done.into())
        }
        "lab pod probe" => {
            let [_, probe, answer] = call.words::<3>()?;
            let change = probe_change(&probe, &answer)?;
            (process(pod, call.container(), change), format!("has a {probe} probe that {answer}"))
        }
        _ => {
            let [_, condition, value] = call.words::<3>()?;
            let on = match value.to_lowercase().as_str() {
                "true" => true,
                "false" => false,
                other => return Err(Failure::client(format!("\"{other}\" is neither true nor false"))),
            };
            let done = format!("has condition {condition}={on}");
            (Command::SetPodCondition { pod, condition, on }, done)
        }
    };
    call.console.command(command)?;
    call.out.line(format!("pod/{name} {done}"));
    Ok(())
}

/// `on`, `off`, or nothing, which means on.
///
/// # Errors
/// Where it is something else.
pub(super) fn on_or_off(word: Option<&str>) -> Result<bool, Failure> {
    match word {
        None | Some("on") => Ok(true),
        Some("off") => Ok(false),
        Some(other) => Err(Failure::client(format!("\"{other}\" is neither on nor off"))),
    }
}

fn probe_change(probe: &str, answer: &str) -> Result<ProcessChange, Failure> {
    let kind = match probe {
        "readiness" => ProbeKind::Readiness,
        "liveness" => ProbeKind::Liveness,
        "startup" => ProbeKind::Startup,
        other => {
            return Err(Failure::client(format!("\"{other}\" is no probe: readiness, liveness and startup are")));
        }
    };
    match answer {
        "succeeds" => Ok(ProcessChange::Succeeds(kind)),
        "fails" => Ok(ProcessChange::Fails(kind)),
        "hangs" => Ok(ProcessChange::Hangs(kind)),
        other => Err(Failure::client(format!("a probe succeeds, fails or hangs, but not \"{other}\""))),
    }
}

fn image(call: &mut Lab<'_>) -> Outcome {
    let [image] = call.words::<1>()?;
    let (command, done) = match call.info.name {
        "lab image break" => (Command::BreakImage(image.clone()), "cannot be pulled from now on"),
        _ => (Command::FixImage(image.clone()), "can be pulled again"),
    };
    call.console.command(command)?;
    call.out.line(format!("image {image} {done}"));
    Ok(())
}

fn wait(call: &mut Lab<'_>) -> Outcome {
    let begun = call.console.simulation.now();
    call.console.note_wait();
    match call.flags.args.as_slice() {
        [] => call.console.settle(IDLE, LIMIT),
        [text] => {
            let millis = span(text).and_then(|millis| u64::try_from(millis).ok());
            let Some(millis) = millis else {
                return Err(Failure::client(format!("\"{text}\" is no span of time: 30s, 5m and 1h are")));
            };
            call.console.advance(millis);
        }
        _ => return call.words::<1>().map(drop),
    }
    let passed = call.console.simulation.now() - begun;
    call.out.note(format!("{} passed", super::lab_node::seconds(passed)));
    Ok(())
}

fn load(call: &mut Lab<'_>) -> Outcome {
    let [typed, amount] = call.words::<2>()?;
    let Some((kind, name)) = typed.split_once('/') else {
        return Err(Failure::client("name the workload as TYPE/NAME, such as deployment/app"));
    };
    let resource: &'static Resource = select::resource(kind)?;
    let log = Log::default();
    let found = select::by_name(call.console, &log, resource, &call.namespace(), name);
    let Some(thing) = found else { return Err(Failure::not_found(&resource.qualified(), name)) };
    let Some((selector, spec)) = pods_of(&thing) else {
        return Err(Failure::client(format!("{} have no pods of their own", resource.plural)));
    };
    let measured = call.flags.text("resource").unwrap_or("cpu").to_owned();
    if !["cpu", "memory"].contains(&measured.as_str()) {
        return Err(Failure::client(format!("\"{measured}\" is not measured here: cpu and memory are")));
    }
    let each = match amount.strip_suffix('%') {
        _ if amount == "none" => None,
        Some(percent) => Some(part_of_request(spec, &measured, percent)?),
        None => match Quantity::parse(&amount).map(|quantity| quantity.milli()) {
            Some(milli) if milli >= 0 => Some(milli),
            _ => return Err(Failure::client(format!("\"{amount}\" is no amount: 180%, 400m, 1Gi and none are"))),
        },
    };
    let total = call.flags.is_set("total");
    let amount = each.map(|milli| if total { LoadAmount::Total(milli) } else { LoadAmount::Each(milli) });
    let load = Load {
        namespace: thing.namespace.clone(),
        measured: Measured::Resource { selector: selector.clone(), resource: measured.clone() },
        amount,
        window: 0,
    };
    let done = match (each, total) {
        (None, _) => format!("{} {measured} is not reported any more", thing.qualified_name()),
        (Some(milli), true) => {
            format!("{} pods use {} of {measured} together", thing.qualified_name(), lab_node::amount(milli, &measured))
        }
        (Some(milli), false) => {
            format!("{} pods use {} of {measured} each", thing.qualified_name(), lab_node::amount(milli, &measured))
        }
    };
    call.console.command(Command::SetLoad(load))?;
    call.out.line(done);
    Ok(())
}

/// The selector and the pods of a workload.
fn pods_of<'a>(thing: &'a Thing<'_>) -> Option<(&'a LabelSelector, &'a PodSpec)> {
    match thing.object()? {
        Object::StatefulSet(set) => Some((set.spec.selector.as_ref()?, &set.spec.template.spec)),
        Object::DaemonSet(set) => Some((set.spec.selector.as_ref()?, &set.spec.template.spec)),
        Object::Deployment(deployment) => Some((deployment.spec.selector.as_ref()?, &deployment.spec.template.spec)),
        Object::ReplicaSet(set) => Some((set.spec.selector.as_ref()?, &set.spec.template.spec)),
        _ => None,
    }
}

/// A percentage of what the containers of a pod request, in thousandths.
fn part_of_request(spec: &PodSpec, resource: &str, percent: &str) -> Result<i64, Failure> {
    let percent: i64 = match percent.parse() {
        Ok(percent) if (0..=1_000_000).contains(&percent) => percent,
        _ => return Err(Failure::client(format!("\"{percent}%\" is no percentage"))),
    };
    let requests = spec.containers.iter().filter_map(|container| container.resources.requests.get(resource));
    let requested: i128 = requests.map(|quantity| i128::from(quantity.milli())).sum();
    if requested == 0 {
        return Err(Failure::client(format!(
            "the containers request no {resource}, so there is nothing to take a part of: name an amount, such as 400m"
        )));
    }
    i64::try_from(requested * i128::from(percent) / 100)
        .map_err(|_| Failure::client("that is more than can be counted"))
}
