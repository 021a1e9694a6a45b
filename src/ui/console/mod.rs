//! The console: what was typed and what came of it, the prompt, branches, scripts, and what can be done by mouse and key.

mod branches;
mod load;
mod log;
mod menu;
mod prompt;
mod review;
mod script;

pub use load::LoadSlider;
pub use menu::{ActionMenu, Opened};
pub use prompt::Prefill;
pub use review::ReviewPanel;

use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::session::{Action, Branch, BranchId, Deed, Desk, Said, Session};
use branches::BranchMenu;
use log::Log;
use prompt::Prompt;
use script::ScriptPanel;
use std::rc::Rc;
use yew::prelude::*;

/// What the console shows.
#[derive(Clone, Default, PartialEq)]
pub struct Talk {
    /// What was said.
    pub said: Rc<Vec<Rc<Said>>>,
    /// The branches, each with whether it is the shown one.
    pub branches: Rc<Vec<BranchLine>>,
    /// What can be taken back, and done again.
    pub history: (Option<Deed>, Option<Deed>),
}

impl Talk {
    /// What there is to show of a session.
    #[must_use]
    pub fn of(session: &Session) -> Talk {
        let (undo, redo) = session.history();
        Talk {
            said: Rc::new(session.dialogue().lines().to_vec()),
            branches: Rc::new(BranchLine::all(session.branches(), session.branch().map(|branch| branch.id))),
            history: (undo.cloned(), redo.cloned()),
        }
    }
}

/// A branch in the list.
#[derive(Clone, PartialEq)]
pub struct BranchLine {
    pub(super) id: BranchId,
    pub(super) name: String,
    /// From which one, unless that was dropped, and when; none where it began with a new cluster.
    pub(super) origin: Option<(Option<String>, crate::api::Time)>,
    pub(super) steps: usize,
    pub(super) end: crate::api::Time,
    pub(super) is_shown: bool,
    pub(super) script: String,
}

impl BranchLine {
    /// All branches of a session.
    #[must_use]
    pub fn all(branches: &[Rc<Branch>], shown: Option<BranchId>) -> Vec<BranchLine> {
        let name_of = |id: BranchId| branches.iter().find(|branch| branch.id == id).map(|branch| branch.name.clone());
        let line = |branch: &Rc<Branch>| BranchLine {
            id: branch.id,
            name: branch.name.clone(),
            origin: branch.origin.map(|fork| (name_of(fork.branch), fork.at)),
            steps: branch.steps(),
            end: branch.ends_at(),
            is_shown: Some(branch.id) == shown,
            script: branch.script(),
        };
        branches.iter().map(line).collect()
    }
}

/// Properties of [`ConsolePane`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What it shows.
    pub talk: Talk,
    /// Whether what was said is shown.
    pub open: bool,
    /// Shows or hides it.
    pub onopen: Callback<bool>,
    /// The console at the shown moment.
    pub desk: Option<Desk>,
    /// What is put into the prompt by others.
    pub prefill: Option<Rc<Prefill>>,
    /// Leads to the timeline where there is room for one of the two.
    pub ontimeline: Callback<MouseEvent>,
}

/// The console.
#[component]
pub fn ConsolePane(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let script = use_state(|| None::<String>);
    let onscript = {
        let script = script.clone();
        Callback::from(move |text: Option<String>| script.set(text))
    };
    let onpaste = onscript.reform(Some::<String>);
    let talk = &props.talk;
    let recorded = talk.branches.iter().find(|branch| branch.is_shown).cloned();
    let openscript = {
        let (script, recorded) = (script.clone(), recorded.clone());
        Callback::from(move |_: MouseEvent| {
            script.set(match &*script {
                Some(_) => None,
                None => Some(recorded.as_ref().map(|branch| branch.script.clone()).unwrap_or_default()),
            });
        })
    };
    let toggle = {
        let (onopen, open) = (props.onopen.clone(), props.open);
        Callback::from(move |_: MouseEvent| onopen.emit(!open))
    };
    let deed = |glyph: Glyph, label: String, action: Action, dead: bool| {
        html! {
            <button type="button" class="icon-plain" title={label.clone()} aria-label={label} aria-disabled={dead.then_some("true")}
                onclick={shared.on::<MouseEvent>(action)}><Icon {glyph} /></button>
        }
    };
    let (undo, redo) = (talk.history.0.as_ref(), talk.history.1.as_ref());
    let fold = if props.open { words.hide } else { words.show };
    let onrun = {
        let (act, script, onopen) = (shared.act.clone(), script.clone(), props.onopen.clone());
        Callback::from(move |text: String| {
            script.set(None);
            onopen.emit(true);
            act.emit(Action::Enter(text));
        })
    };
    let told = talk.said.last().map(|said| log::spoken(words, said)).unwrap_or_default();
    html! {
        <section class={classes!("hands", props.open.then_some("open"))} aria-labelledby="console-title" id="console">
            <h2 id="console-title" class="visually-hidden">{words.console}</h2>
            if let Some(text) = &*script {
                <ScriptPanel text={text.clone()} name={recorded.map(|branch| branch.name).unwrap_or_default()} {onrun}
                    onclose={onscript.reform(|()| None)} />
            } else if props.open {
                <Log said={talk.said.clone()} />
            }
            <div class="hands-bar">
                <Prompt desk={props.desk.clone()} said={talk.said.clone()} prefill={props.prefill.clone()} {onpaste} onopen={props.onopen.clone()} />
                <div class="hands-tools">
                    {deed(Glyph::Undo, (words.undo)(undo), Action::Undo, undo.is_none())}
                    {deed(Glyph::Redo, (words.redo)(redo), Action::Redo, redo.is_none())}
                    <BranchMenu branches={talk.branches.clone()} />
                    <button type="button" class="icon-plain" title={words.script} aria-label={words.script} aria-expanded={script.is_some().to_string()} onclick={openscript}>
                        <Icon glyph={Glyph::Script} />
                    </button>
                    <button type="button" class="icon-plain fold" title={fold} aria-label={fold} aria-expanded={props.open.to_string()} onclick={toggle}>
                        <Icon glyph={Glyph::Chevron} />
                    </button>
                    <button type="button" class="button to-timeline" onclick={props.ontimeline.clone()}>{words.timeline}</button>
                </div>
            </div>
            <div class="visually-hidden" role="status">{told}</div>
        </section>
    }
}
