//! What every component needs: the words, and where actions go.

use super::words::Words;
use crate::api::ObjectRef;
use crate::session::Action;
use yew::prelude::*;

/// The words and the way back; never changes while the language does not.
#[derive(Clone, PartialEq)]
pub struct Shared {
    /// All words of the page.
    pub words: &'static Words,
    /// Where actions go.
    pub act: Callback<Action>,
}

impl Shared {
    /// A callback for an event that always means the same action.
    pub fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let act = self.act.clone();
        Callback::from(move |_| act.emit(action.clone()))
    }

    /// Selects an object.
    pub fn select(&self, object: &ObjectRef) -> Callback<MouseEvent> {
        self.on(Action::Select(Some(object.clone())))
    }
}

/// The shared things.
#[hook]
pub fn use_shared() -> Shared {
    use_context::<Shared>().unwrap_or_else(|| Shared { words: &super::words::EN, act: Callback::noop() })
}

/// How an object is written in `data-object`, by which marks and travels find it.
#[must_use]
pub fn tag(object: &ObjectRef) -> String {
    format!("{}/{}/{}", object.kind, object.key.namespace, object.key.name)
}
