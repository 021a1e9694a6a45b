//! Light, dark, or as the system says.

use super::shared::use_shared;
use yew::prelude::*;

/// Which colours the page has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// How it is stored and what the style sheet calls it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// From how it is stored.
    #[must_use]
    pub fn parse(key: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.key() == key)
    }

    /// Makes the page look so.
    pub fn show(self) {
        if let Some(root) = gloo_utils::document().document_element() {
            let _detached = root.set_attribute("data-theme", self.key());
        }
    }
}

/// Properties of [`ThemeSwitch`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The colours now.
    pub theme: Theme,
    /// Called with those wanted.
    pub onchange: Callback<Theme>,
}

/// A button that goes through the three.
#[component]
pub fn ThemeSwitch(props: &Props) -> Html {
    let words = use_shared().words;
    let next = match props.theme {
        Theme::Auto => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::Auto,
    };
    let said = match props.theme {
        Theme::Auto => words.theme_auto,
        Theme::Light => words.theme_light,
        Theme::Dark => words.theme_dark,
    };
    let onclick = {
        let onchange = props.onchange.clone();
        Callback::from(move |_: MouseEvent| onchange.emit(next))
    };
    let icon = match props.theme {
        Theme::Auto => html! { <><circle cx="8" cy="8" r="6" /><path class="solid" d="M8 2a6 6 0 0 1 0 12z" /></> },
        Theme::Light => html! {
            <><circle cx="8" cy="8" r="3" />
            <path d="M8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3.05 3.05l1.13 1.13M11.82 11.82l1.13 1.13M3.05 12.95l1.13-1.13M11.82 4.18l1.13-1.13" /></>
        },
        Theme::Dark => html! { <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z" /> },
    };
    let label = format!("{}{}{said}", words.theme, words.colon);
    html! {
        <button type="button" class="button icon-button" title={label.clone()} aria-label={label} {onclick}>
            <svg class="glyph" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{icon}</svg>
        </button>
    }
}
