//! Whole runs of the examples: what the page does with them and what the stage shows of them.

use super::*;
use crate::examples;
use crate::reason::{Refusal, Verdict};
use crate::scene::{Absent, Arrow, Axis, ClaimState, Deficit, NameView, Playback, PodState, Scene};

fn session(example: &str) -> Session {
    let files = examples::find(example).expect("an example").files();
    let mut session = Session::new(files.clone(), None, files);
    session.apply(Action::Run);
    session.apply(Action::Pause);
    session
}

fn playback(session: &Session) -> &Playback {
    session.playback.as_ref().expect("a run")
}

fn scenes(session: &mut Session) -> Vec<Scene> {
    (0..=playback(session).stops().count())
        .map(|stop| {
            session.apply(Action::Seek(stop));
            playback(session).scene()
        })
        .collect()
}

#[test]
fn an_ordered_set_ends_with_every_pod_ready_named_and_on_its_claim() {
    let mut session = session("database");
    session.apply(Action::ToEnd);
    let scene = playback(&session).scene();
    let set = &scene.sets[0];
    assert_eq!((set.ready, set.replicas, set.arrow, set.slots.len()), (3, 3, None, 3));
    for (ordinal, slot) in set.slots.iter().enumerate() {
        assert_eq!(slot.pod.as_ref().map(|pod| pod.state), Some(PodState::Ready));
        assert_eq!(slot.pod.as_ref().and_then(|pod| pod.revision), Some(1));
        assert_eq!(slot.dns, NameView::Record(format!("db-{ordinal}.db.default.svc")));
        assert_eq!(slot.claims[0].object.name(), format!("data-db-{ordinal}"));
        assert!(slot.claims[0].state == ClaimState::Bound && slot.claims[0].used);
    }
    assert!(scene.bare_pods.is_empty() && scene.bare_claims.is_empty());
    let services: Vec<_> = scene.services.iter().map(|it| (it.object.name(), it.ready, it.all)).collect();
    assert_eq!(services, [("db", 3, 3)]);
}

#[test]
fn while_a_pod_is_not_ready_the_next_ordinal_waits_for_it_and_the_arrow_says_so() {
    let mut session = session("database");
    let arrows: Vec<(i32, i32)> = scenes(&mut session)
        .iter()
        .filter_map(|scene| scene.sets.first())
        .filter_map(|set| {
            let arrow = set.arrow?;
            let awaited = set.slots[usize::try_from(arrow.to).expect("an ordinal")].pod.as_ref().expect("a pod");
            let waiting = &set.slots[usize::try_from(arrow.from).expect("an ordinal")];
            assert_ne!(awaited.state, PodState::Ready);
            let deficit = Deficit::Ready;
            assert_eq!(waiting.absent, Some(Absent::WaitsFor { pod: awaited.object.clone(), deficit }));
            Some((arrow.from, arrow.to))
        })
        .collect();
    let mut distinct = arrows;
    distinct.dedup();
    assert_eq!(distinct, [(1, 0), (2, 1)]);
}

#[test]
fn the_control_plane_refuses_the_agent_by_its_taint_until_the_agent_tolerates_it() {
    let mut refused = session("agent");
    refused.apply(Action::ToEnd);
    let scene = playback(&refused).scene();
    assert_eq!((scene.daemons[0].ready, scene.daemons[0].eligible, scene.daemons[0].refused), (3, 3, 1));
    let control_plane = scene.nodes.iter().find(|node| node.object.name() == "control-plane").expect("a node");
    assert!(matches!(&control_plane.verdicts[0].verdict, Verdict::Keeps(Refusal::Taint(_))));
    assert!(control_plane.pods.is_empty());

    let mut tolerated = session("agent-everywhere");
    tolerated.apply(Action::ToEnd);
    let scene = playback(&tolerated).scene();
    assert!(scene.nodes.iter().all(|node| node.verdicts[0].present && node.pods.len() == 1));
}

#[test]
fn what_pods_request_fills_the_nodes() {
    let mut session = session("both");
    session.apply(Action::ToEnd);
    let scene = playback(&session).scene();
    let cpu: i64 = scene.nodes.iter().map(|node| node.cpu.used).sum();
    assert_eq!(cpu, 3 * 500 + 3 * 100);
    assert!(scene.nodes.iter().all(|node| node.cpu.total == 4_000 && node.cpu.permille() < 500));
}

#[test]
fn there_is_a_lane_for_every_pod_and_each_ends_ready() {
    let session = session("both");
    let lanes = playback(&session).lanes();
    let labels: Vec<_> = lanes.rows().map(|lane| (lane.label.as_str(), lane.node.as_deref())).collect();
    let expected = [
        ("db-0", None),
        ("db-1", None),
        ("db-2", None),
        ("log-agent", Some("worker-1")),
        ("log-agent", Some("worker-2")),
        ("log-agent", Some("worker-3")),
    ];
    assert_eq!(labels, expected);
    for lane in lanes.rows() {
        assert_eq!(lane.bars.last().map(|bar| (bar.state, bar.to)), Some((PodState::Ready, None)), "{}", lane.label);
        assert!(lane.bars.windows(2).all(|pair| pair[0].to == Some(pair[1].from)), "no pause between states");
        assert_eq!(lane.claim.is_empty(), lane.node.is_some(), "only the database has claims");
    }
    assert_eq!(lanes.commands.len(), 1);
}

#[test]
fn the_axis_rises_and_finds_every_stop_again() {
    let session = session("both");
    let run = playback(&session);
    let places: Vec<u32> = (0..=run.stops().count()).map(|stop| run.axis().place(stop)).collect();
    assert!(places.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(places.iter().all(|place| *place < Axis::END));
    for (stop, place) in places.iter().enumerate() {
        assert_eq!(run.axis().nearest(*place), stop);
    }
}

#[test]
fn bookkeeping_is_skipped_unless_it_is_wanted_and_nothing_is_lost() {
    let mut session = session("both");
    let steps = playback(&session).timeline().steps().len();
    let few = playback(&session).stops().count();
    assert!(few < steps);
    session.apply(Action::ToEnd);
    assert_eq!(playback(&session).timeline().position(), steps);
    session.apply(Action::ShowEvery(true));
    assert_eq!(playback(&session).stops().count(), steps);
    session.apply(Action::Seek(3));
    assert_eq!(playback(&session).timeline().position(), 3);
    session.apply(Action::ShowEvery(false));
    assert_eq!(playback(&session).stops().count(), few);
}

#[test]
fn stepping_back_shows_what_stepping_forward_showed() {
    let mut session = session("both");
    let forward = scenes(&mut session);
    let stops = playback(&session).stops().count();
    for stop in (0..=stops).rev() {
        session.apply(Action::Seek(stop));
        assert_eq!(playback(&session).scene(), forward[stop], "stop {stop}");
    }
}

#[test]
fn a_pod_travels_in_the_step_that_binds_it_and_only_forward() {
    let mut session = session("database");
    session.apply(Action::ToStart);
    let mut travels = vec![];
    while !playback(&session).is_at_end() {
        session.apply(Action::Forward);
        travels.extend(playback(&session).travels().into_iter().map(|(pod, _)| pod.name().to_owned()));
    }
    assert_eq!(travels, ["db-0", "db-1", "db-2"]);
    session.apply(Action::Back);
    assert!(playback(&session).travels().is_empty());
}

#[test]
fn playing_ends_at_the_last_step_and_begins_again_from_the_first() {
    let mut session = session("agent");
    session.apply(Action::ToStart);
    session.apply(Action::Play);
    let count = playback(&session).stops().count();
    for _ in 0..count {
        assert!(session.playing);
        session.apply(Action::Tick);
    }
    assert!(!session.playing && playback(&session).is_at_end());
    session.apply(Action::Toggle);
    assert!(session.playing && playback(&session).index() < 2);
    session.apply(Action::Forward);
    assert!(!session.playing, "stepping by hand stops playing");
}

#[test]
fn typing_changes_the_text_at_once_and_the_run_only_when_asked() {
    let mut session = session("database");
    let text = session.file().text.replace("replicas: 3", "replicas: 5");
    session.apply(Action::Type(text.clone()));
    assert!(session.is_stale() && session.is_edited());
    session.apply(Action::ToEnd);
    assert_eq!(playback(&session).scene().sets[0].slots.len(), 3);
    session.apply(Action::Run);
    assert!(session.is_stale(), "what it changes is shown before");
    session.apply(Action::ApplyHere);
    session.apply(Action::ToEnd);
    assert!(!session.is_stale());
    assert_eq!(playback(&session).scene().sets[0].slots.len(), 5);
    assert_eq!(session.file().text, text);
}

#[test]
fn an_example_puts_an_edited_text_aside() {
    let mut session = session("database");
    session.apply(Action::Type("# mine".into()));
    let agent = examples::find("agent").expect("an example");
    session.apply(Action::Load { example: agent.id, files: agent.files() });
    assert_eq!(session.files, agent.files());
    session.apply(Action::RestoreKept);
    assert_eq!(session.file().text, "# mine");
}

#[test]
fn files_come_and_go_and_one_always_stays() {
    let mut session = session("agent");
    session.apply(Action::AddFile("agent.yaml".into()));
    assert_eq!((session.active, session.file().name.as_str()), (1, "agent-2.yaml"));
    session.apply(Action::RemoveFile(1));
    session.apply(Action::RemoveFile(0));
    assert_eq!((session.active, session.files.len()), (0, 1));
}

#[test]
fn the_printed_article_has_problems_whose_fixes_make_it_run() {
    let files = examples::find("article-printed").expect("an example").files();
    let mut session = Session::new(files, None, vec![]);
    for _ in 0..10 {
        let fixable = session.reading.problems().iter().position(|problem| !problem.fixes.is_empty());
        let Some(problem) = fixable else { break };
        session.apply(Action::Fix { problem, fix: 0 });
    }
    let errors = session.reading.problems().iter().filter(|problem| problem.severity == Severity::Error).count();
    assert_eq!(errors, 0, "{:#?}", session.reading.problems());
    session.apply(Action::Run);
    session.apply(Action::ToEnd);
    let scene = playback(&session).scene();
    assert_eq!((scene.sets[0].ready, scene.sets[0].slots.len()), (3, 3));
    assert_eq!(scene.bare_claims.iter().map(|claim| claim.object.name()).collect::<Vec<_>>(), ["my-pvc"]);
}

#[test]
fn the_deciding_fields_of_the_examples_are_found_in_their_text() {
    let session = session("both");
    let set = crate::api::ObjectRef::new(crate::api::Kind::StatefulSet, "default", "db");
    let place = session.reading.place(&set, "spec.replicas").expect("a place");
    let line = session.files[place.file].text.lines().nth(place.line - 1).expect("a line");
    assert_eq!(line.trim(), "replicas: 3");
}

#[test]
fn the_text_that_ran_tells_what_was_written_when_it_has_been_changed_since() {
    let mut session = session("both");
    session.apply(Action::Run);
    session.apply(Action::Type("kind: Pod".into()));
    let set = crate::api::ObjectRef::new(crate::api::Kind::StatefulSet, "default", "db");
    assert_eq!(session.reading.place(&set, "spec.replicas"), None);
    assert!(session.applied.place(&set, "spec.replicas").is_some());
}

#[test]
fn a_still_page_rests_where_something_is_to_be_seen() {
    let files = examples::find("both").expect("an example").files();
    let mut session = Session::new(files, None, vec![]);
    session.apply(Action::WantStill(true));
    session.apply(Action::Run);
    session.rest_at_instructive();
    assert!(!session.playing);
    let scene = playback(&session).scene();
    assert_eq!(scene.sets[0].arrow, Some(Arrow { from: 2, to: 1 }));
}

#[test]
fn an_update_goes_from_the_highest_ordinal_down_and_the_partition_holds_the_rest() {
    use crate::engine::{Bounds, Command, Run, Simulation};
    let files = examples::find("database").expect("an example").files();
    let text = files[0]
        .text
        .replace("  replicas: 3", "  replicas: 3\n  updateStrategy:\n    rollingUpdate:\n      partition: 1");
    let objects = Reading::of(&[File { name: "db.yaml".into(), text }]).objects();
    let mut simulation = Simulation::new(crate::actor::Settings::default(), Bounds::default());
    simulation.start(crate::engine::default_cluster::completed(&objects));
    simulation.command(Command::Apply(objects.clone())).expect("taken");
    simulation.settle();
    let object = crate::api::ObjectRef::new(crate::api::Kind::StatefulSet, "default", "db");
    let (container, image) = ("*".into(), "postgres:18".into());
    simulation.command(Command::SetImage { object, container, image }).expect("taken");
    let end = simulation.settle();
    let mut run = Playback::of(Run { timeline: simulation.into_timeline(), end }, false);

    let mut arrows = vec![];
    for stop in run.lanes().commands[1]..=run.stops().count() {
        run.seek(stop);
        let scene = run.scene();
        arrows.extend(scene.sets[0].arrow.map(|arrow| (arrow.from, arrow.to)));
    }
    arrows.dedup();
    assert_eq!(arrows, [(1, 2)], "the second one's update waits for the third");
    let set = &run.scene().sets[0];
    let revisions: Vec<_> = set.slots.iter().filter_map(|slot| slot.pod.as_ref()?.revision).collect();
    assert_eq!(revisions, [1, 2, 2]);
    assert_eq!(set.slots[0].note, Some(crate::scene::Note::Partition(1)));
    assert_eq!(set.update.as_ref().map(|update| (update.updated, update.pods, update.partition)), Some((2, 3, 1)));
}
