//! Words of the console, of branches, of scripts and of what can be done by mouse. In English.

use super::en::{duration, instant, plural};
use crate::api::Time;
use crate::kubectl::Exit;
use crate::session::{Deed, Offered, Remark};

/// The words of the console in one language.
#[allow(missing_docs, reason = "each field is named after what it says")]
pub struct ConsoleWords {
    pub console: &'static str,
    pub log: &'static str,
    pub prompt: &'static str,
    pub placeholder: &'static str,
    pub candidates: &'static str,
    pub candidates_found: fn(usize) -> String,
    pub welcome: &'static [&'static str],
    pub try_these: &'static [&'static str],
    pub show: &'static str,
    pub hide: &'static str,
    pub timeline: &'static str,
    pub undo: fn(Option<&Deed>) -> String,
    pub redo: fn(Option<&Deed>) -> String,
    pub at: fn(Time) -> String,
    pub chosen: &'static str,
    pub applied: &'static str,
    pub failed: fn(Exit) -> Option<String>,
    pub answered: fn(&str, &str) -> String,
    pub no_output: &'static str,
    pub remark: fn(&Remark) -> String,
    // Branches.
    pub branches: fn(usize) -> String,
    pub branch_note: &'static str,
    pub from_start: &'static str,
    pub forked: fn(&str, Time) -> String,
    pub forked_from_gone: fn(Time) -> String,
    pub length: fn(usize, Time) -> String,
    pub shown: &'static str,
    pub rename: fn(&str) -> String,
    pub name: &'static str,
    pub drop: fn(&str) -> String,
    pub branch_mark: fn(&str, Time) -> String,
    // Scripts.
    pub script: &'static str,
    pub script_note: &'static str,
    pub script_of: fn(&str) -> String,
    pub run_script: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub save: &'static str,
    pub open: &'static str,
    pub close: &'static str,
    pub breakpoint: &'static str,
    pub breakpoint_line: &'static str,
    // By mouse and key.
    pub act: &'static str,
    pub act_on: fn(&str) -> String,
    pub offered: fn(&Offered) -> String,
    pub load: &'static str,
    pub load_value: fn(u32) -> String,
    pub set_load: &'static str,
    // Review.
    pub review: &'static str,
    pub review_at: fn(Time) -> String,
    pub review_none: &'static str,
    pub unchanged: fn(usize) -> String,
    pub created: &'static str,
    pub changes: &'static str,
    pub kept: &'static str,
    pub refused: &'static str,
    pub immutable: &'static str,
    pub stays: &'static str,
    pub nothing: &'static str,
    pub more_fields: fn(usize) -> String,
    pub apply: &'static str,
    pub start_over: &'static str,
    pub start_over_note: &'static str,
    pub cancel: &'static str,
}

/// The words in English.
pub static EN: ConsoleWords = ConsoleWords {
    console: "Console",
    log: "What was typed and what came of it",
    prompt: "Command",
    placeholder: "kubectl get pods",
    candidates: "What may stand here",
    candidates_found: |count| {
        format!("{count} {}. Arrow keys choose, Enter takes.", plural(count, "word fits", "words fit"))
    },
    welcome: &[
        "Type kubectl as you would at a real cluster; lab does what kubectl cannot, such as taking the power from a machine. \
         Everything happens at the shown step: at the end the run goes on, before it a branch begins and the run stays.",
    ],
    try_these: &["kubectl get pods -o wide", "kubectl get events", "lab node down worker-1", "help"],
    show: "Show what was typed",
    hide: "Hide what was typed",
    timeline: "Timeline",
    undo: |what| match what {
        Some(what) => format!("Take back: {}", deed(what)),
        None => "Nothing to take back".into(),
    },
    redo: |what| match what {
        Some(what) => format!("Do again: {}", deed(what)),
        None => "Nothing to do again".into(),
    },
    at: instant,
    chosen: "chosen from a menu",
    applied: "the manifests",
    failed: |exit| match exit {
        Exit::Code(0) => None,
        Exit::Code(code) => Some(format!("exit code {code}")),
        Exit::Waits => Some("still waiting".into()),
    },
    answered: |line, text| format!("{line}: {text}"),
    no_output: "no output",
    remark: |remark| match remark {
        Remark::Forked { name, from, at } => {
            format!(
                "A branch begins at {}: \u{201c}{name}\u{201d}. The run \u{201c}{from}\u{201d} stays as it was.",
                duration(at.0)
            )
        }
        Remark::Undone(what) => format!("Taken back: {}", deed(what)),
        Remark::Redone(what) => format!("Done again: {}", deed(what)),
        Remark::NothingToUndo => "There is nothing to take back.".into(),
        Remark::NothingToRedo => "There is nothing to do again.".into(),
        Remark::Begun(name) => {
            format!("A new cluster: \u{201c}{name}\u{201d}. The runs before it stay in the list of branches.")
        }
        Remark::Dropped(name) => format!("The branch \u{201c}{name}\u{201d} was dropped. Undo brings it back."),
        Remark::Cut => "The rest of this answer is not shown: it is too long.".into(),
    },
    branches: |count| format!("{count} {}", plural(count, "run", "runs")),
    branch_note: "A command before the end of a run makes a branch. Choose one to show it at the same instant.",
    from_start: "from a new cluster",
    forked: |from, at| format!("from \u{201c}{from}\u{201d} at {}", duration(at.0)),
    forked_from_gone: |at| format!("from a run that was dropped, at {}", duration(at.0)),
    length: |steps, end| format!("{steps} steps, {}", duration(end.0)),
    shown: "shown now",
    rename: |name| format!("Rename {name}"),
    name: "Name of the branch",
    drop: |name| format!("Drop {name}"),
    branch_mark: |name, at| format!("Branch at {}: {name}", duration(at.0)),
    script: "Script",
    script_note: "One command a line. The cluster comes to rest between two lines, unless one of them waits by itself. It runs at \
                  the shown step.",
    script_of: |name| format!("What was done in \u{201c}{name}\u{201d}"),
    run_script: "Run",
    copy: "Copy",
    copied: "Copied",
    save: "Save as a file",
    open: "Open a file",
    close: "Close",
    breakpoint: "Add a breakpoint",
    breakpoint_line: "kubectl wait --for=condition=Ready pod/NAME --timeout=10m",
    act: "Do something",
    act_on: |name| format!("What can be done to {name}"),
    offered,
    load: "Load",
    load_value: |percent| format!("{percent} % of the requests"),
    set_load: "Set the load",
    review: "What Apply would change",
    review_at: |at| format!("In the running cluster, at {}", duration(at.0)),
    review_none: "Nothing: the cluster has what the manifests say.",
    unchanged: |count| {
        format!(
            "{count} {} as {}",
            plural(count, "object stays", "objects stay"),
            if count == 1 { "it is" } else { "they are" }
        )
    },
    created: "is made",
    changes: "changes",
    kept: "changes; nothing acts on this kind here",
    refused: "is refused",
    immutable: "A field that cannot change once the object is there. To make it anew, delete it first and apply again; with \
                --cascade=orphan its pods stay and the new one takes them over:",
    stays: "is no longer in the manifests, but stays: kubectl apply deletes nothing. To delete it:",
    nothing: "nothing",
    more_fields: |count| format!("and {count} more"),
    apply: "Apply",
    start_over: "Start over",
    start_over_note: "A new cluster from these manifests; this run stays in the list",
    cancel: "Cancel",
};

fn deed(deed: &Deed) -> String {
    match deed {
        // Of several lines the first one tells which they are.
        Deed::Line(line) => line.lines().next().unwrap_or_default().to_owned(),
        Deed::Renamed(from, to) => format!("\u{201c}{from}\u{201d} is called \u{201c}{to}\u{201d}"),
        Deed::Dropped(name) => format!("\u{201c}{name}\u{201d} is dropped"),
    }
}

fn offered(deed: &Offered) -> String {
    match deed {
        Offered::Cordon => "Keep new pods off (cordon)".into(),
        Offered::Uncordon => "Let new pods in (uncordon)".into(),
        Offered::Drain => "Drain".into(),
        Offered::Taint => "Taint\u{2026}".into(),
        Offered::Untaint(taint) => format!("Remove the taint {taint}"),
        Offered::PowerOff => "Power off".into(),
        Offered::PowerOn => "Power on".into(),
        Offered::RemoveNode => "Remove from the cluster".into(),
        Offered::Describe => "Describe".into(),
        Offered::DeletePod | Offered::Delete => "Delete".into(),
        Offered::Unready => "Stop answering readiness".into(),
        Offered::Ready => "Answer readiness again".into(),
        Offered::Crash => "Crash".into(),
        Offered::Fail => "Fail, as if evicted".into(),
        Offered::BreakImage(image) => format!("Break the image {image}"),
        Offered::FixImage(image) => format!("Repair the image {image}"),
        Offered::ScaleUp(to) => format!("Scale up to {to}"),
        Offered::ScaleDown(to) => format!("Scale down to {to}"),
        Offered::SetImage => "Set the image\u{2026}".into(),
        Offered::Restart => "Restart the pods".into(),
        Offered::Pause => "Pause the rollout".into(),
        Offered::Resume => "Resume the rollout".into(),
        Offered::RollBack => "Back to the revision before".into(),
        Offered::Status => "Watch the rollout".into(),
        Offered::DeleteWorkload => "Delete with its pods".into(),
        Offered::OrphanPods => "Delete, but leave the pods".into(),
    }
}
