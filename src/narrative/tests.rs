//! Runs as stories.

use super::{Course, phases};
use crate::compare::{Input, played};
use crate::engine::{Run, Timeline};
use crate::explain::{Language, story};
use crate::manifest::SourceFile;

const SET: &str = include_str!("../../static/compare/statefulset.yaml");
const PARALLEL: &str = include_str!("../../static/compare/parallel.yaml");
const SURGE: &str = include_str!("../../static/compare/surge.yaml");
const AGENT: &str = include_str!("../../static/examples/agent.yaml");

fn run(text: &str, script: &[&str]) -> Run {
    let files = vec![SourceFile { name: "manifest.yaml".into(), text: text.into() }];
    let input = Input { files, script: script.iter().map(|line| (*line).to_owned()).collect() };
    let [run, _] = played(&[input, Input::default()]);
    run
}

fn told(text: &str, script: &[&str]) -> String {
    let run = run(text, script).timeline;
    format!("{}\n-- zh\n{}", in_words(&run, Language::En), in_words(&run, Language::Zh))
}

fn in_words(run: &Timeline, language: Language) -> String {
    let story = story(run, language);
    let mut out = String::new();
    story.overview.iter().for_each(|sentence| out.push_str(&format!("{sentence}\n")));
    for phase in story.phases {
        let commands: Vec<String> = phase.commands.iter().map(ToString::to_string).collect();
        let times = (phase.begins.0, phase.rests.map(|rests| rests.0));
        out.push_str(&format!("\n{} {times:?}\n", commands.join("; ")));
        phase.outcomes.iter().for_each(|sentence| out.push_str(&format!("  {sentence}\n")));
    }
    out
}

#[test]
fn a_run_is_told_phase_by_phase() {
    let commands =
        ["kubectl scale sts/web --replicas=1", "kubectl set image sts/web web=web:2", "kubectl delete sts web"];
    insta::assert_snapshot!("ordered", told(SET, &commands));
    insta::assert_snapshot!("parallel", told(PARALLEL, &["kubectl scale sts/web --replicas=1"]));
    insta::assert_snapshot!("surge", told(SURGE, &["kubectl set image deployment/web web=web:2"]));
    insta::assert_snapshot!(
        "agent",
        told(AGENT, &["lab node add worker-9", "kubectl taint node worker-1 a=b:NoExecute"])
    );
}

#[test]
fn a_run_that_does_not_get_there_says_what_stands_in_the_way() {
    let broken = SET.replace("web:1", "web:broken");
    insta::assert_snapshot!("broken", told(&broken, &["lab image break web:broken", "kubectl delete pod web-0"]));
}

#[test]
fn an_ordered_set_starts_its_pods_one_by_one_and_a_parallel_one_does_not() {
    let course = |text| phases(&run(text, &[]).timeline).remove(0).outcomes.remove(0).course;
    let Course::Started { pods, one_by_one } = course(SET) else { panic!("started") };
    assert_eq!((pods.len(), one_by_one), (3, true));
    let Course::Started { pods, one_by_one } = course(PARALLEL) else { panic!("started") };
    assert_eq!((pods.len(), one_by_one), (3, false));
}

#[test]
fn a_phase_ends_where_the_next_command_is_given() {
    let run = run(SET, &["kubectl scale sts/web --replicas=4"]);
    let phases = phases(&run.timeline);
    assert_eq!(phases.len(), 2);
    assert_eq!(phases[0].until, phases[1].commands[0]);
    assert_eq!(phases[1].until, run.timeline.steps().len());
    assert_eq!((phases[0].outcomes[0].ready, phases[1].outcomes[0].ready), (3, 4));
}
