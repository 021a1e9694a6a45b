//! Sentences: words, code, and objects that can be pointed at and selected. Never as HTML.

use super::shared::{tag, use_shared};
use crate::api::ObjectRef;
use crate::explain::{Piece, Text};
use crate::scene::Action;
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
    let pieces = props.text.0.iter().map(|piece| match piece {
        Piece::Words(words) => html! { {words} },
        Piece::Code(code) => html! { <code>{code}</code> },
        Piece::Object(object) => html! { <ObjectLink object={object.clone()} /> },
    });
    html! { <span class="sentence">{for pieces}</span> }
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
