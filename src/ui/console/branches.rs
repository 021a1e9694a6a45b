//! The list of runs: shown, renamed, dropped.

use super::BranchLine;
use crate::session::{Action, BranchId};
use crate::ui::icons::{Glyph, Icon};
use crate::ui::shared::use_shared;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// Properties of [`BranchMenu`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The branches.
    pub branches: Rc<Vec<BranchLine>>,
}

/// A button that opens the list.
#[component]
pub fn BranchMenu(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words.console_words;
    let open = use_state(|| false);
    let renaming = use_state(|| None::<BranchId>);
    let root = use_node_ref();
    let button = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |event: KeyboardEvent| {
            if *open && event.key() == "Escape" {
                event.stop_propagation();
                open.set(false);
                if let Some(button) = button.cast::<web_sys::HtmlElement>() {
                    let _detached = button.focus();
                }
            }
        })
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: FocusEvent| {
            let inside = event
                .related_target()
                .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
                .is_none_or(|target| root.cast::<web_sys::Node>().is_some_and(|root| root.contains(Some(&target))));
            if !inside {
                open.set(false);
            }
        })
    };
    let lines = props.branches.iter().map(|branch| {
        let id = branch.id;
        let origin = match &branch.origin {
            None => words.from_start.to_owned(),
            Some((Some(from), at)) => (words.forked)(from, *at),
            Some((None, at)) => (words.forked_from_gone)(*at),
        };
        let rename = {
            let renaming = renaming.clone();
            Callback::from(move |_: MouseEvent| renaming.set(Some(id)))
        };
        let onnamed = {
            let (renaming, act) = (renaming.clone(), shared.act.clone());
            Callback::from(move |name: Option<String>| {
                renaming.set(None);
                if let Some(name) = name {
                    act.emit(Action::RenameBranch(id, name));
                }
            })
        };
        html! {
            <li class={classes!("branch", branch.is_shown.then_some("shown"))} key={id}>
                if *renaming == Some(id) {
                    <BranchName name={branch.name.clone()} {onnamed} />
                } else {
                    <button type="button" class="branch-name" aria-current={branch.is_shown.then_some("true")} onclick={shared.on::<MouseEvent>(Action::Switch(id))}>
                        <span class="menu-title mono">{&branch.name}</span>
                        <span class="menu-about">{origin}{" · "}{(words.length)(branch.steps, branch.end)}
                            if branch.is_shown { {" · "}{words.shown} }
                        </span>
                    </button>
                }
                <button type="button" class="icon-plain" title={(words.rename)(&branch.name)} aria-label={(words.rename)(&branch.name)} onclick={rename}>
                    <Icon glyph={Glyph::Pencil} size={14} />
                </button>
                if props.branches.len() > 1 {
                    <button type="button" class="icon-plain" title={(words.drop)(&branch.name)} aria-label={(words.drop)(&branch.name)}
                        onclick={shared.on::<MouseEvent>(Action::DropBranch(id))}><Icon glyph={Glyph::Close} size={12} /></button>
                }
            </li>
        }
    });
    html! {
        <div class="branches" ref={root} {onkeydown} {onfocusout}>
            <button type="button" class="button branches-button" ref={button} aria-expanded={open.to_string()} onclick={toggle}>
                <Icon glyph={Glyph::Branch} size={14} />{(words.branches)(props.branches.len())}
            </button>
            if *open {
                <div class="branch-list">
                    <p class="branch-note">{words.branch_note}</p>
                    <ul>{for lines}</ul>
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    name: String,
    onnamed: Callback<Option<String>>,
}

/// A field for the name: Enter and leaving it take the name, Escape does not.
#[component]
fn BranchName(props: &NameProps) -> Html {
    let words = use_shared().words.console_words;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _detached = field.focus();
                field.select();
            }
        });
    }
    let done = use_mut_ref(|| false);
    let end = {
        let (onnamed, done) = (props.onnamed.clone(), done.clone());
        move |name: Option<String>| {
            if !std::mem::replace(&mut *done.borrow_mut(), true) {
                onnamed.emit(name);
            }
        }
    };
    let onkeydown = {
        let end = end.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            match event.key().as_str() {
                "Enter" => end(Some(field.value())),
                "Escape" => {
                    event.stop_propagation();
                    end(None);
                }
                _ => {}
            }
        })
    };
    let onblur = Callback::from(move |event: FocusEvent| {
        end(event.target_dyn_into::<HtmlInputElement>().map(|field| field.value()));
    });
    html! { <input ref={field} class="branch-field mono" type="text" aria-label={words.name} value={props.name.clone()} {onkeydown} {onblur} /> }
}
