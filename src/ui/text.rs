//! Sentences: words, code, and objects that can be pointed at and selected. Never as HTML.

use super::shared::{tag, use_shared};
use crate::api::ObjectRef;
use crate::explain::{Piece, Text};
use crate::session::Action;
use yew::prelude::*;

/// Properties of [`Sentence`].
#[derive(Properties, PartialEq)]
pub struct SentenceProps {
    /// The sentence.
    pub text: Text,
}

/// A sentence, its objects as buttons.
#[component]
pub fn Sentence(props: &SentenceProps) -> Html {
    let pieces = props.text.0.iter().enumerate().map(|(index, piece)| {
        let shown = match piece {
            // What belongs to the name before it is shown there.
            Piece::Words(words) if index > 0 && is_name(&props.text.0[index - 1]) => {
                return html! { {split_off(words).1} };
            }
            Piece::Words(words) => return html! { {words} },
            Piece::Code(code) => html! { <code>{code}</code> },
            Piece::Object(object) => html! { <ObjectLink object={object.clone()} /> },
        };
        match props.text.0.get(index + 1) {
            Some(Piece::Words(words)) if !split_off(words).0.is_empty() => {
                html! { <span class="sticks">{shown}{split_off(words).0}</span> }
            }
            _ => shown,
        }
    });
    html! { <span class="sentence">{for pieces}</span> }
}

fn is_name(piece: &Piece) -> bool {
    matches!(piece, Piece::Code(_) | Piece::Object(_))
}

/// Punctuation at the start of words, which no line may begin with, and the rest.
fn split_off(words: &str) -> (&str, &str) {
    words.split_at(words.find(|c: char| !",.;:!?)，。；：！？）、".contains(c)).unwrap_or(words.len()))
}

/// Properties of [`ObjectLink`].
#[derive(Properties, PartialEq)]
pub struct ObjectProps {
    /// The object.
    pub object: ObjectRef,
}

/// An object's name: pointing at it marks it on the stage, pressing it selects it.
#[component]
pub fn ObjectLink(props: &ObjectProps) -> Html {
    let shared = use_shared();
    let object = &props.object;
    let (enter, leave) = (Action::Point(Some(object.clone())), Action::Point(None));
    html! {
        <button type="button" class="object" data-link={tag(object)} title={object.kind.as_str()}
            onclick={shared.select(object)}
            onmouseenter={shared.on::<MouseEvent>(enter.clone())} onmouseleave={shared.on::<MouseEvent>(leave.clone())}
            onfocus={shared.on::<FocusEvent>(enter)} onblur={shared.on::<FocusEvent>(leave)}>
            {object.name()}
        </button>
    }
}

/// Properties of [`Name`].
#[derive(Properties, PartialEq)]
pub struct NameProps {
    /// The name.
    pub name: String,
    /// Classes of the whole.
    #[prop_or_default]
    pub class: Classes,
}

/// A name that keeps its end, the ordinal or what makes it unique, when there is no room for all of it.
#[component]
pub fn Name(props: &NameProps) -> Html {
    let name = &props.name;
    let cut = name.rfind('-').filter(|cut| name.len() - cut <= 8).unwrap_or(name.len());
    let (stem, end) = name.split_at(cut);
    html! { <span class={classes!("cut-name", "mono", props.class.clone())} title={name.clone()}><span class="stem">{stem}</span><span class="end">{end}</span></span> }
}

/// Properties of [`Ticked`].
#[derive(Properties, PartialEq)]
pub struct TickedProps {
    /// The words.
    pub text: String,
}

/// Words in which what stands between backticks is code.
#[component]
pub fn Ticked(props: &TickedProps) -> Html {
    let parts = props.text.split('`').enumerate().map(|(index, part)| {
        if index % 2 == 1 {
            html! { <code>{part}</code> }
        } else {
            html! { {part} }
        }
    });
    html! { <span class="sentence">{for parts}</span> }
}
