//! The bar at the top.

use super::compare::CompareButton;
use super::export::ExportWish;
use super::export_menu::ExportMenu;
use super::icons::{Glyph, Icon, Logo};
use super::language::LanguageSwitch;
use super::menu::ExampleMenu;
use super::shared::use_shared;
use super::theme::{Theme, ThemeSwitch};
use crate::language::Language;
use yew::prelude::*;

/// Properties of [`Header`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The example that was loaded last.
    pub example: Option<&'static str>,
    /// Whether a text was put aside.
    pub kept: bool,
    /// The colours now.
    pub theme: Theme,
    /// Whether the editor is shown.
    pub editor: bool,
    /// Whether the stage is shown as a table.
    pub as_table: bool,
    /// Shows the stage as a table, or as a picture.
    pub ontable: Callback<MouseEvent>,
    /// Called with the colours wanted.
    pub ontheme: Callback<Theme>,
    /// Called with the language wanted.
    pub onlanguage: Callback<Language>,
    /// Shows or hides the editor.
    pub oneditor: Callback<MouseEvent>,
    /// How far a recording is, in percent.
    pub recording: Option<u32>,
    /// Called with what is wanted as a file.
    pub onexport: Callback<ExportWish>,
    /// Opens the list of keys.
    pub onkeys: Callback<MouseEvent>,
    /// Opens two runs side by side.
    pub oncompare: Callback<MouseEvent>,
    /// Opens what the page says about itself.
    pub onabout: Callback<MouseEvent>,
    /// Shares the shown moment.
    pub onshare: Callback<MouseEvent>,
}

/// The bar at the top.
#[component]
pub fn Header(props: &Props) -> Html {
    let words = use_shared().words;
    let editor = if props.editor { words.hide_editor } else { words.show_editor };
    html! {
        <header class="bar">
            <a class="skip" href="#stage">{words.skip_to_stage}</a>
            <h1 class="brand"><Logo />{"Setwise"}<span class="tagline">{words.tagline}</span></h1>
            <ExampleMenu example={props.example} kept={props.kept} />
            <span class="spring"></span>
            <CompareButton onclick={props.oncompare.clone()} />
            <button type="button" class="button icon-button only-wide" title={editor} aria-label={editor}
                aria-expanded={props.editor.to_string()} aria-controls="editor" onclick={props.oneditor.clone()}>
                <Icon glyph={Glyph::Panel} />
            </button>
            <button type="button" class="button icon-button" title={words.as_table} aria-label={words.as_table}
                aria-pressed={props.as_table.to_string()} onclick={props.ontable.clone()}>
                <Icon glyph={Glyph::Table} />
            </button>
            <ExportMenu recording={props.recording} onexport={props.onexport.clone()} />
            <LanguageSwitch onchange={props.onlanguage.clone()} />
            <button type="button" class="button icon-button share-button" title={words.share_words.share} aria-label={words.share_words.share} onclick={props.onshare.clone()}>
                <Icon glyph={Glyph::Share} />
            </button>
            <ThemeSwitch theme={props.theme} onchange={props.ontheme.clone()} />
            <button type="button" class="button icon-button not-touch" title={words.keys} aria-label={words.keys} onclick={props.onkeys.clone()}>
                <span class="key-hint" aria-hidden="true">{"?"}</span>
            </button>
            <button type="button" class="button about-button" title={words.about} onclick={props.onabout.clone()}>
                <Icon glyph={Glyph::Note} /><span class="about-word">{words.about}</span>
            </button>
        </header>
    }
}

/// Properties of [`EmbedBar`].
#[derive(Properties, PartialEq)]
pub struct EmbedProps {
    /// Where the same moment is to be seen in the whole page.
    pub address: String,
}

/// What stands in for the bar where the page is a part of another one.
#[component]
pub fn EmbedBar(props: &EmbedProps) -> Html {
    let words = use_shared().words;
    html! {
        <header class="embed-bar">
            <h1 class="brand"><Logo />{"Setwise"}</h1>
            <span class="spring"></span>
            <a href={props.address.clone()} target="_blank" rel="noopener">{words.share_words.open_whole}
                <Icon glyph={Glyph::Link} size={12} /><span class="visually-hidden">{words.new_tab}</span></a>
        </header>
    }
}
