//! The pane with the manifests: tabs, the text, its problems, and the button that applies.

use super::code_mirror::Module;
use super::code_pane::{self, CodePane, EditorHandle};
use super::console::ReviewPanel;
use super::disk;
use super::notice::{Notice, NoticeLine};
use super::problems::Problems;
use super::shared::use_shared;
use super::tabs::Tabs;
use super::text_pane::TextPane;
use crate::api::Time;
use crate::session::{Action, Review, Severity};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is shown of the files.
    pub pane: Rc<code_pane::Props>,
    /// The editor, once it is loaded and the text area may go.
    pub module: Option<Module>,
    /// Where the editor is put for others to ask.
    pub handle: EditorHandle,
    /// Whether the text differs from that of the run.
    pub stale: bool,
    /// Whether there is an example to go back to.
    pub resettable: bool,
    /// What applying the files would change, while somebody looks at it, and the shown instant.
    pub review: Option<(Rc<Review>, Time)>,
    /// What there is to say about the files.
    pub notice: Option<Notice>,
    /// Goes to a place in the text.
    pub ongoto: Callback<(usize, usize, usize)>,
    /// Goes to the next problem, or back to the one before.
    pub onproblem: Callback<bool>,
    /// The notice was read.
    pub onread: Callback<()>,
    /// Files were chosen or dropped.
    pub onfiles: Callback<Vec<web_sys::File>>,
    /// The text area lost the focus.
    pub onleave: Callback<()>,
    /// The editor cannot be put into the page.
    pub onfailed: Callback<()>,
}

/// The pane with the manifests.
#[component]
pub fn Editor(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let pane = &props.pane;
    let dropping = use_state(|| false);
    let ondragover = {
        let dropping = dropping.clone();
        Callback::from(move |event: DragEvent| {
            if disk::carries_files(&event) {
                event.prevent_default();
                dropping.set(true);
            }
        })
    };
    let ondragleave = {
        let dropping = dropping.clone();
        Callback::from(move |_: DragEvent| dropping.set(false))
    };
    let ondrop = {
        let (dropping, onfiles) = (dropping.clone(), props.onfiles.clone());
        Callback::from(move |event: DragEvent| {
            dropping.set(false);
            if disk::carries_files(&event) {
                event.prevent_default();
                onfiles.emit(disk::dropped(&event));
            }
        })
    };
    let counts = |severity| pane.problems.iter().filter(|problem| problem.severity == severity).count();
    let (errors, warnings, notes) = (counts(Severity::Error), counts(Severity::Warning), counts(Severity::Note));
    let verdict_class = if errors > 0 {
        "has-errors"
    } else if warnings > 0 {
        "has-warnings"
    } else {
        ""
    };
    let primary = if props.stale { "button primary waiting" } else { "button primary" };
    html! {
        <section class={classes!("pane", "editor", dropping.then_some("dropping"))} aria-labelledby="editor-title" id="editor"
            {ondragover} {ondragleave} {ondrop}>
            <h2 id="editor-title" class="visually-hidden">{words.manifests}</h2>
            <Tabs files={pane.files.clone()} active={pane.active} problems={pane.problems.clone()} resettable={props.resettable}
                onfiles={props.onfiles.clone()} />
            if let Some(module) = props.module.clone() {
                <CodePane pane={pane.clone()} {module} handle={props.handle.clone()} onfailed={props.onfailed.clone()} />
                <p id="editor-hint" class="visually-hidden">{words.editor_hint}</p>
            } else {
                <TextPane pane={pane.clone()} onleave={props.onleave.clone()} />
            }
            <Problems files={pane.files.clone()} problems={pane.problems.clone()} ongoto={props.ongoto.clone()}
                onproblem={props.onproblem.clone()} />
            <NoticeLine notice={props.notice.clone()} onread={props.onread.clone()} />
            if let Some((review, at)) = &props.review { <ReviewPanel review={review.clone()} at={*at} /> }
            <div class="run" hidden={props.review.is_some()}>
                <button type="button" class={primary} onclick={shared.on::<MouseEvent>(Action::Run)}>{words.apply}</button>
                <span class={classes!("run-state", verdict_class)}>{(words.problem_counts)(errors, warnings, notes)}</span>
                if props.stale { <span class="run-stale">{words.edited}</span> }
                <kbd class="run-keys not-touch">{words.apply_keys}</kbd>
            </div>
            <p class="drop-here" hidden={!*dropping}>{words.drop_here}</p>
        </section>
    }
}
