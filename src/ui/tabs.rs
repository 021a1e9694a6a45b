//! The files as tabs, and what can be done with them.

use super::disk;
use super::icons::{Glyph, Icon};
use super::shared::use_shared;
use crate::session::{Action, File, Problem, Severity};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// All files.
    pub files: Rc<Vec<File>>,
    /// The file in front.
    pub active: usize,
    /// What is to be said about them.
    pub problems: Rc<Vec<Problem>>,
    /// Whether there is an example to go back to.
    pub resettable: bool,
    /// Files were chosen.
    pub onfiles: Callback<Vec<web_sys::File>>,
}

/// The tabs. The name of the file in front is a button too: it renames.
#[component]
pub fn Tabs(props: &Props) -> Html {
    let shared = use_shared();
    let words = shared.words;
    let renaming = use_state(|| None::<usize>);
    // What had the focus is gone after a name is given and after a file is closed: the tab in front takes it.
    let front = use_node_ref();
    let refocus = use_mut_ref(|| false);
    {
        let (front, refocus) = (front.clone(), refocus.clone());
        use_effect(move || {
            if let Some(tab) = front.cast::<web_sys::HtmlElement>()
                && refocus.take()
            {
                let _detached = tab.focus();
            }
        });
    }
    let list = use_node_ref();
    {
        let (front, list) = (front.clone(), list.clone());
        use_effect_with((props.active, props.files.len()), move |_| bring_into_view(&front, &list));
    }
    let worst = |file: usize| {
        props.problems.iter().filter(|problem| problem.file == file).map(|problem| problem.severity).min()
    };
    let tabs = props.files.iter().enumerate().map(|(index, file)| {
        let is_front = index == props.active;
        let mark = worst(index).filter(|severity| *severity != Severity::Note);
        if is_front && *renaming == Some(index) {
            let onnamed = {
                let (act, renaming, refocus) = (shared.act.clone(), renaming.clone(), refocus.clone());
                Callback::from(move |(name, by_key): (Option<String>, bool)| {
                    *refocus.borrow_mut() = by_key;
                    renaming.set(None);
                    if let Some(name) = name {
                        act.emit(Action::RenameFile(index, name));
                    }
                })
            };
            return html! { <li class="tab" key={index}><NameField name={file.name.clone()} {onnamed} /></li> };
        }
        let onclick = if is_front {
            let renaming = renaming.clone();
            Callback::from(move |_: MouseEvent| renaming.set(Some(index)))
        } else {
            shared.on::<MouseEvent>(Action::OpenFile(index))
        };
        let close = {
            let (act, refocus) = (shared.act.clone(), refocus.clone());
            Callback::from(move |_: MouseEvent| {
                *refocus.borrow_mut() = true;
                act.emit(Action::RemoveFile(index));
            })
        };
        html! {
            <li class="tab" key={index}>
                <button ref={if is_front { front.clone() } else { NodeRef::default() }} type="button" class="tab-name"
                    aria-current={is_front.then_some("true")} {onclick}
                    title={if is_front { (words.rename_file)(&file.name) } else { file.name.clone() }}>
                    <span class="tab-text">{&file.name}</span>
                    if let Some(severity) = mark {
                        <span class={classes!("tab-mark", severity.as_str())} title={(words.severity)(severity)}>
                            <span class="visually-hidden">{(words.severity)(severity)}</span>
                        </span>
                    }
                </button>
                if is_front && props.files.len() > 1 {
                    <button type="button" class="tab-close" title={(words.remove_file)(&file.name)} aria-label={(words.remove_file)(&file.name)}
                        onclick={close}>
                        <Icon glyph={Glyph::Close} size={10} />
                    </button>
                }
            </li>
        }
    });
    let save = {
        let file = props.files.get(props.active).cloned();
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = &file {
                disk::save(file);
            }
        })
    };
    let name = props.files.get(props.active).map_or("", |file| file.name.as_str());
    html! {
        <div class="files">
            <ul class="tabs" ref={list}>{for tabs}</ul>
            <button type="button" class="icon-plain" title={words.new_file} aria-label={words.new_file}
                onclick={shared.on::<MouseEvent>(Action::AddFile(words.new_file_name.into()))}>
                <Icon glyph={Glyph::Plus} size={13} />
            </button>
            <Opener onfiles={props.onfiles.clone()} />
            <button type="button" class="icon-plain" title={(words.save_file)(name)} aria-label={(words.save_file)(name)} onclick={save}>
                <Icon glyph={Glyph::Save} />
            </button>
            if props.resettable {
                <button type="button" class="icon-plain" title={words.reset} aria-label={words.reset} onclick={shared.on::<MouseEvent>(Action::Reset)}>
                    <Icon glyph={Glyph::Replay} />
                </button>
            }
        </div>
    }
}

/// Scrolls the tabs, and only them, until one is in view, and a little of its neighbours.
fn bring_into_view(tab: &NodeRef, list: &NodeRef) {
    const MARGIN: i32 = 28;
    let Some(list) = list.cast::<web_sys::HtmlElement>() else { return };
    // With the button that closes it.
    let Some(tab) = tab.cast::<web_sys::HtmlElement>().and_then(|tab| tab.parent_element()) else { return };
    let (tab, view) = (tab.get_bounding_client_rect(), list.get_bounding_client_rect());
    // Rounded: pixels are whole numbers that a browser counts as floats.
    let (before, after) = ((view.left() - tab.left()) as i32 + MARGIN, (tab.right() - view.right()) as i32 + MARGIN);
    if before > 0 {
        list.set_scroll_left(list.scroll_left() - before);
    } else if after > 0 {
        list.set_scroll_left(list.scroll_left() + after);
    }
}

#[derive(Properties, PartialEq)]
struct OpenerProps {
    onfiles: Callback<Vec<web_sys::File>>,
}

/// The button that opens files from the disk.
#[component]
fn Opener(props: &OpenerProps) -> Html {
    let words = use_shared().words;
    let input = use_node_ref();
    let onclick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<web_sys::HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let onfiles = props.onfiles.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                onfiles.emit(disk::chosen(&input));
                // The same file may be chosen again.
                input.set_value("");
            }
        })
    };
    html! {
        <>
            <input ref={input} type="file" multiple=true hidden=true accept=".yaml,.yml,.json,text/*" {onchange} />
            <button type="button" class="icon-plain" title={words.open_files} aria-label={words.open_files} {onclick}>
                <Icon glyph={Glyph::Open} />
            </button>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    name: String,
    /// The name, or none where it stays as it is; and whether a key ended it.
    onnamed: Callback<(Option<String>, bool)>,
}

/// A field for the name of a file: Enter and leaving it take the name, Escape does not.
#[component]
fn NameField(props: &NameProps) -> Html {
    let words = use_shared().words;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                let _detached = field.focus();
                field.select();
            }
        });
    }
    // A field that is taken away loses the focus too.
    let done = use_mut_ref(|| false);
    let end = {
        let (onnamed, field) = (props.onnamed.clone(), field.clone());
        Callback::from(move |(is_taken, by_key): (bool, bool)| {
            if !done.replace(true) {
                let field = field.cast::<web_sys::HtmlInputElement>().filter(|_| is_taken);
                onnamed.emit((field.map(|field| field.value()), by_key));
            }
        })
    };
    let onkeydown = {
        let end = end.clone();
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "Enter" if !event.is_composing() => end.emit((true, true)),
                "Escape" => end.emit((false, true)),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onblur = Callback::from(move |_: FocusEvent| end.emit((true, false)));
    html! {
        <input ref={field} class="tab-field" type="text" value={props.name.clone()} aria-label={words.file_name} maxlength="80"
            spellcheck="false" autocomplete="off" autocapitalize="off" {onkeydown} {onblur} />
    }
}
