//! The page in the hands of somebody: what is typed, clicked and applied, the branches that come of it, and all of it taken
//! back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use proptest::prelude::*;
use setwise::api::{Kind, ObjectRef};
use setwise::engine::Step;
use setwise::examples;
use setwise::kubectl::Exit;
use setwise::session::{Action, Changed, Offered, Remark, Said, Session};
use std::rc::Rc;

fn session(example: &str) -> Session {
    let files = examples::find(example).expect("an example").files();
    let mut session = Session::new(files.clone(), None, files);
    session.apply(Action::Run);
    session.apply(Action::ToEnd);
    session
}

fn steps(session: &Session) -> Vec<Step> {
    session.playback.as_ref().expect("a run").timeline().steps().to_vec()
}

fn typed(session: &mut Session, text: &str) -> String {
    let before = session.dialogue().count();
    session.apply(Action::Enter(text.into()));
    let said = session.dialogue().lines().iter().filter(|said| said.number > before);
    said.flat_map(|said| &said.parts).map(|(_, text)| text.as_str()).collect()
}

fn last(session: &Session) -> Rc<Said> {
    Rc::clone(session.dialogue().lines().last().expect("something that was said"))
}

fn seek_to(session: &mut Session, when: impl Fn(&Session) -> bool) {
    session.apply(Action::ToStart);
    while !when(session) {
        assert!(!session.playback.as_ref().unwrap().is_at_end(), "it never comes to that");
        session.apply(Action::Forward);
    }
}

fn ready(session: &Session, set: &str) -> i32 {
    let cluster = session.playback.as_ref().unwrap().timeline().cluster();
    let found = cluster.stateful_sets.iter().find(|found| found.metadata.name == set);
    found.map_or(0, |set| set.status.ready_replicas)
}

/// A branch: its number, its name, its steps, its lines.
type Brief = (u32, String, usize, Vec<String>);

/// What one would have to have back.
fn state(session: &Session) -> (Vec<Brief>, Option<u32>, Vec<Step>) {
    let branches = session.branches().iter();
    let branches = branches.map(|branch| {
        (branch.id, branch.name.clone(), branch.steps(), branch.lines.iter().map(|line| line.text.clone()).collect())
    });
    (branches.collect(), session.branch().map(|branch| branch.id), steps(session))
}

#[test]
fn the_run_of_the_page_is_what_the_console_began_with() {
    let session = session("both");
    let said = last(&session);
    assert_eq!(said.line.as_deref(), Some("kubectl apply -f db.yaml -f agent.yaml"));
    let printed: String = said.parts.iter().map(|(_, text)| text.as_str()).collect();
    assert!(printed.contains("statefulset.apps/db created\n"), "{printed}");
    assert!(printed.contains("daemonset.apps/log-agent created\n"), "{printed}");
    assert_eq!(session.branch().unwrap().script(), "kubectl apply -f db.yaml -f agent.yaml\n");
}

#[test]
fn a_command_at_the_end_goes_on_and_the_stage_plays_from_it() {
    let mut session = session("database");
    let before = steps(&session).len();
    let answer = typed(&mut session, "$ kubectl scale sts db --replicas=4");
    assert_eq!(answer, "statefulset.apps/db scaled\n");
    assert_eq!(session.branches().len(), 1);
    assert!(steps(&session).len() > before);
    assert!(session.playing);
    assert_eq!(session.playback.as_ref().unwrap().timeline().position(), before + 1);
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 4);
}

#[test]
fn a_command_in_the_past_makes_a_branch_and_leaves_the_run_as_it_was() {
    let mut session = session("database");
    let whole = steps(&session);
    seek_to(&mut session, |session| ready(session, "db") == 1);
    let position = session.playback.as_ref().unwrap().timeline().position();
    typed(&mut session, "kubectl scale sts db --replicas=1");
    assert_eq!(session.branches().len(), 2);
    assert_eq!(session.branch().unwrap().name, "scale sts db --replicas=1");
    assert_eq!(steps(&session)[..position], whole[..position]);
    assert!(matches!(&last(&session).remarks[..], [Remark::Forked { from, .. }] if from == "apply -f db.yaml"));
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 1);
    let (first, second) = (session.branches()[0].id, session.branches()[1].id);
    session.apply(Action::Switch(first));
    assert_eq!(steps(&session), whole);
    session.apply(Action::Switch(second));
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 1);
    assert_eq!(session.playback_of(first).unwrap().timeline().steps(), whole);
}

#[test]
fn looking_changes_nothing_and_answers_as_of_the_shown_moment() {
    let mut session = session("database");
    let before = state(&session);
    seek_to(&mut session, |session| ready(session, "db") == 1);
    let shown = session.playback.as_ref().unwrap().timeline().position();
    let answer = typed(&mut session, "kubectl get sts db && kubectl describe pod db-0 && kubectl get nodes -o wide");
    assert!(answer.contains("db     1/3"), "{answer}");
    typed(
        &mut session,
        "kubectl delete pod db-0 --dry-run=server; kubectl scale sts nope --replicas=1; kubectl explain pod",
    );
    assert_eq!(state(&session), before);
    assert_eq!(session.playback.as_ref().unwrap().timeline().position(), shown);
    assert_eq!(session.history(), (None, None));
}

#[test]
fn a_wait_lets_the_run_play_on_until_it_is_met() {
    let mut session = session("database");
    let before = state(&session);
    seek_to(&mut session, |session| ready(session, "db") == 1);
    typed(&mut session, "kubectl rollout status sts db");
    assert!(session.playing);
    let mut ticks = 0;
    while session.playing {
        session.apply(Action::Tick);
        ticks += 1;
        assert!(ticks < 10_000);
    }
    assert_eq!(ready(&session, "db"), 3);
    assert_eq!(state(&session), before);
}

#[test]
fn a_breakpoint_stops_where_it_is_met_and_not_at_the_end() {
    let mut session = session("database");
    seek_to(&mut session, |session| ready(session, "db") == 1);
    session.apply(Action::WantStill(true));
    typed(&mut session, "kubectl wait --for=create pod/db-1 && kubectl wait --for=condition=Ready pod/db-1");
    assert_eq!(last(&session).exit, Exit::Code(0));
    let pod = ObjectRef::new(Kind::Pod, "default", "db-1");
    let run = session.playback.as_ref().unwrap();
    assert!(!run.is_at_end());
    let setwise::api::Object::Pod(found) = run.timeline().cluster().get(&pod).expect("db-1") else { panic!("a pod") };
    assert!(found.is_ready());
    assert!(
        run.timeline()
            .cluster()
            .get(&ObjectRef::new(Kind::Pod, "default", "db-2"))
            .is_none_or(|pod| matches!(pod, setwise::api::Object::Pod(pod) if !pod.is_ready()))
    );
}

#[test]
fn an_edited_text_is_reviewed_before_it_is_applied_to_a_running_cluster() {
    let mut session = session("database");
    let text = session.file().text.replace("replicas: 3", "replicas: 2");
    session.apply(Action::Type(text.clone()));
    session.apply(Action::Run);
    let review = session.review.clone().expect("a review");
    let [object] = &review.objects[..] else { panic!("{review:#?}") };
    let Changed::Fields(fields, 0) = &object.change else { panic!("{object:#?}") };
    assert_eq!((fields[0].path.as_str(), fields[0].after.as_deref()), ("spec.replicas", Some("2")));
    session.apply(Action::CancelReview);
    assert!(session.is_stale());
    session.apply(Action::Run);
    session.apply(Action::ApplyHere);
    assert!(!session.is_stale() && session.review.is_none());
    assert_eq!(last(&session).line.as_deref(), Some("kubectl apply -f db.yaml"));
    assert_eq!(session.branches().len(), 1, "at the end it goes on");
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 2);
    session.apply(Action::Undo);
    assert!(session.is_stale());
    assert_eq!(session.file().text, text, "the text is not what was taken back");
}

#[test]
fn a_field_that_never_changes_is_refused_before_with_a_way_out() {
    let mut session = session("database");
    let text = session.file().text.replace("storage: ", "storage: 1");
    session.apply(Action::Type(text));
    session.apply(Action::Run);
    let review = session.review.clone().expect("a review");
    let refused = review.objects.iter().find_map(|object| match &object.change {
        Changed::Refused { message, way_out } => Some((message.clone(), way_out.clone())),
        _ => None,
    });
    let (message, way_out) = refused.expect("a refusal");
    assert!(message.contains("updates to statefulset spec"), "{message}");
    assert_eq!(way_out.as_deref(), Some("kubectl delete statefulset db --cascade=orphan"));
    typed(&mut session, &way_out.unwrap());
    session.apply(Action::ToEnd);
    session.apply(Action::Run);
    assert!(session.review.is_none(), "nothing is in the way any more");
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 3);
}

#[test]
fn starting_over_keeps_the_run_before() {
    let mut session = session("database");
    typed(&mut session, "kubectl scale sts db --replicas=1");
    let before = steps(&session);
    session.apply(Action::StartOver);
    assert_eq!(session.branches().len(), 2);
    session.apply(Action::Undo);
    assert_eq!(steps(&session), before);
    session.apply(Action::Redo);
    session.apply(Action::ToEnd);
    assert_eq!(ready(&session, "db"), 3);
}

#[test]
fn other_manifests_and_other_machines_are_another_cluster() {
    let mut session = session("database");
    let agent = examples::find("agent").unwrap().files().remove(0).text;
    let database = session.file().text.clone();
    session.apply(Action::Type(agent));
    session.apply(Action::Run);
    assert!(session.review.is_none() && !session.is_stale());
    assert_eq!(session.playback.as_ref().unwrap().timeline().cluster().stateful_sets.iter().count(), 0);
    session.apply(Action::Type(format!("{database}\n---\napiVersion: v1\nkind: Node\nmetadata: {{name: one}}\n")));
    session.apply(Action::Run);
    assert!(session.review.is_none() && !session.is_stale());
}

#[test]
fn branches_are_named_and_dropped_and_both_can_be_taken_back() {
    let mut session = session("database");
    seek_to(&mut session, |session| ready(session, "db") == 1);
    typed(&mut session, "kubectl cordon worker-1");
    let start = state(&session);
    let id = session.branch().unwrap().id;
    session.apply(Action::RenameBranch(id, "  what if \n ".into()));
    assert_eq!(session.branch().unwrap().name, "what if");
    session.apply(Action::DropBranch(id));
    assert_eq!(session.branches().len(), 1);
    let only = session.branch().unwrap().id;
    session.apply(Action::DropBranch(only));
    assert_eq!(session.branches().len(), 1, "one always stays");
    session.apply(Action::Undo);
    session.apply(Action::Undo);
    assert_eq!(state(&session), start);
}

#[test]
fn a_pasted_script_is_what_its_lines_are_one_by_one() {
    let lines =
        ["kubectl scale sts db --replicas=2", "kubectl set image sts db '*=postgres:99'", "kubectl cordon worker-1"];
    let mut pasted = session("database");
    typed(&mut pasted, &format!("# a script\n$ {}\n", lines.join("\n$ ")));
    let mut singly = session("database");
    for line in lines {
        singly.apply(Action::ToEnd);
        typed(&mut singly, line);
    }
    assert_eq!(steps(&pasted), steps(&singly));
    let script = singly.branch().unwrap().script();
    assert_eq!(script, pasted.branch().unwrap().script());
    assert_eq!(script.lines().skip(1).collect::<Vec<_>>(), lines);
}

#[test]
fn a_recorded_branch_played_again_is_the_same_run() {
    let mut session = session("database");
    seek_to(&mut session, |session| ready(session, "db") == 2);
    typed(&mut session, "kubectl delete pod db-0");
    session.apply(Action::ToEnd);
    typed(&mut session, "kubectl scale sts db --replicas=1");
    let script = session.branch().unwrap().script();
    assert!(script.contains("lab wait "), "{script}");
    let files = examples::find("database").unwrap().files();
    let mut again = Session::new(files.clone(), None, files);
    again.apply(Action::Run);
    let first = again.playback.as_ref().unwrap().first_command();
    again.apply(Action::Seek(first));
    let rest = script.split_once('\n').unwrap().1;
    typed(&mut again, rest);
    let brief = |session: &Session| {
        steps(session).iter().map(|step| format!("{:?} {:?}", step.at, step.reason)).collect::<Vec<_>>()
    };
    assert_eq!(brief(&again), brief(&session));
}

#[test]
fn every_offer_of_every_object_is_a_line_that_kubectl_takes() {
    let mut session = session("both");
    let objects: Vec<ObjectRef> =
        session.playback.as_ref().unwrap().timeline().cluster().objects().map(|object| object.reference()).collect();
    let mut seen = vec![];
    for object in objects {
        for offer in session.offers(&object) {
            session.apply(Action::Choose(offer.line.clone()));
            let said = last(&session);
            let is_fine = said.exit == Exit::Code(0)
                || matches!(offer.deed, Offered::RollBack | Offered::Drain)
                // The protection of a claim or a volume in use keeps kubectl waiting.
                || said.exit == Exit::Waits && offer.deed == Offered::Delete;
            assert!(is_fine, "{}: {:?}", offer.line, said.parts);
            seen.push(std::mem::discriminant(&offer.deed));
            while session.history().0.is_some() {
                session.apply(Action::Undo);
            }
            session.apply(Action::ToEnd);
        }
    }
    seen.dedup();
    assert!(seen.len() > 20);
}

/// Lines that change something, or try to.
const LINES: [&str; 18] = [
    "kubectl scale sts db --replicas=4",
    "kubectl scale sts db --replicas=1",
    "kubectl set image sts db '*=postgres:99'",
    "kubectl rollout status sts db --timeout=10s",
    "kubectl rollout restart ds log-agent",
    "kubectl delete pod db-1",
    "kubectl delete sts db --cascade=orphan",
    "kubectl apply -f db.yaml",
    "kubectl create ns staging",
    "kubectl cordon worker-1",
    "kubectl drain worker-2 --ignore-daemonsets --timeout=20s",
    "kubectl get pods -w",
    "lab node down worker-3",
    "lab pod unready db-0",
    "lab wait 5s",
    "lab undo",
    "kubectl get pods",
    "nonsense",
];

#[derive(Clone, Debug)]
enum Deed {
    Line(&'static str),
    Seek(usize),
    Switch(usize),
    Undo,
    Redo,
    Drop(usize),
    StartOver,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => prop::sample::select(LINES.to_vec()).prop_map(Deed::Line),
        4 => (0_usize..60).prop_map(Deed::Seek),
        1 => (0_usize..4).prop_map(Deed::Switch),
        1 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => (0_usize..4).prop_map(Deed::Drop),
        1 => Just(Deed::StartOver),
    ]
}

fn apply(session: &mut Session, deed: &Deed, line: fn(String) -> Action) {
    let id = |session: &Session, index: usize| session.branches()[index % session.branches().len()].id;
    let action = match deed {
        Deed::Line(text) => line((*text).into()),
        Deed::Seek(stop) => Action::Seek(*stop),
        Deed::Switch(index) => Action::Switch(id(session, *index)),
        Deed::Undo => Action::Undo,
        Deed::Redo => Action::Redo,
        Deed::Drop(index) => Action::DropBranch(id(session, *index)),
        Deed::StartOver => Action::StartOver,
    };
    session.apply(action);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_can_all_be_taken_back_and_typing_is_choosing(deeds in prop::collection::vec(deed(), 1..8)) {
        let mut session = session("both");
        let mut chosen = session.clone();
        let start = state(&session);
        for deed in &deeds {
            apply(&mut session, deed, Action::Enter);
            apply(&mut chosen, deed, Action::Choose);
        }
        prop_assert_eq!(state(&session), state(&chosen));
        // Looking at another branch is nothing that was done.
        while session.history().0.is_some() {
            session.apply(Action::Undo);
        }
        let first = session.branches()[0].id;
        session.apply(Action::Switch(first));
        let back = state(&session);
        prop_assert_eq!(&back.0, &start.0);
        prop_assert_eq!(&back.2, &start.2);
    }

    #[test]
    fn acting_in_the_past_leaves_the_other_branches_as_they_were(stop in 0_usize..60, line in prop::sample::select(LINES.to_vec())) {
        let mut session = session("both");
        let whole = steps(&session);
        session.apply(Action::Seek(stop));
        let position = session.playback.as_ref().unwrap().timeline().position();
        session.apply(Action::Enter(line.into()));
        let first = session.branches()[0].clone();
        let run = first.run();
        prop_assert_eq!(&run.timeline.steps()[..whole.len()], &whole[..]);
        if session.branches().len() > 1 {
            prop_assert_eq!(&steps(&session)[..position], &whole[..position]);
        }
    }
}
