//! The learner's own manifests on both sides, to be changed on one of them.

use crate::compare::Input;
use crate::session::{File, Reading, Severity};
use crate::ui::shared::use_shared;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Properties of [`OwnInputs`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The manifests of the page.
    pub files: Rc<Vec<File>>,
    /// Called with what both sides begin with.
    pub onrun: Callback<[Input; 2]>,
}

/// Two texts and the commands for both.
#[component]
pub fn OwnInputs(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.compare_words;
    let first = || joined(&props.files);
    let texts = use_state(|| [first(), first()]);
    let script = use_state(String::new);
    let problems = use_state(Vec::<String>::new);
    let area = |side: usize| {
        let oninput = {
            let texts = texts.clone();
            Callback::from(move |event: InputEvent| {
                if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                    let mut next = (*texts).clone();
                    next[side] = area.value();
                    texts.set(next);
                }
            })
        };
        html! {
            <label class="compare-text"><span>{words.own_sides[side]}</span>
                <textarea class="mono" rows="12" spellcheck="false" value={texts[side].clone()} {oninput} />
            </label>
        }
    };
    let onscript = {
        let script = script.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                script.set(area.value());
            }
        })
    };
    let onrun = {
        let (texts, script, problems, onrun) = (texts.clone(), script.clone(), problems.clone(), props.onrun.clone());
        Callback::from(move |_: MouseEvent| {
            let lines = || script.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let inputs = texts.each_ref().map(|text| Input {
                files: vec![File { name: "manifest.yaml".into(), text: text.clone() }],
                script: lines(),
            });
            problems.set(
                (inputs.iter().zip(words.own_sides))
                    .filter_map(|(input, side)| {
                        let reading = Reading::of(&input.files);
                        let errors = reading.problems().iter().filter(|it| it.severity == Severity::Error).count();
                        (errors > 0).then(|| (words.has_errors)(side, errors))
                    })
                    .collect(),
            );
            onrun.emit(inputs);
        })
    };
    html! {
        <section class="compare-own">
            <div class="compare-sides">{area(0)}{area(1)}</div>
            <label class="compare-text"><span>{words.commands}</span><span class="compare-note">{words.commands_about}</span>
                <textarea class="mono" rows="2" spellcheck="false" placeholder="kubectl scale statefulset/web --replicas=1" value={(*script).clone()} oninput={onscript} />
            </label>
            <div><button type="button" class="button primary" onclick={onrun}>{words.run}</button></div>
            <div role="status">{for problems.iter().map(|problem| html! { <p class="compare-problem">{problem}</p> })}</div>
        </section>
    }
}

/// All files as one text, as `kubectl apply -f` of a folder takes them.
fn joined(files: &[File]) -> String {
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    texts.join("\n---\n")
}
