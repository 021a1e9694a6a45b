//! Coming with a link, and what the host of an embedded page wants.

use super::listen::is_rules_address;
use super::{App, Message};
use crate::examples;
use crate::language::Language;
use crate::link::message::{News, Wish};
use crate::link::{Fragment, Moment, Problem};
use crate::session::{Action, File, Session};
use crate::ui::bulletin::Bulletin;
use crate::ui::host;
use crate::ui::overlay::Overlay;
use crate::ui::share::Linked;
use crate::ui::theme::Theme;
use yew::prelude::*;

/// What coming with a link leads to, besides what the session shows.
#[derive(Default)]
pub(super) struct Arrival {
    /// What is to be said.
    pub bulletin: Option<Bulletin>,
    /// The theme that the link or the host wants.
    pub theme: Option<Theme>,
    /// The moment that is shown, for the panes.
    pub hides_manifests: bool,
    /// Whether the stage is a table.
    pub as_table: bool,
    /// Whether what is shown is what somebody linked to.
    pub visiting: bool,
}

/// What the address of the page asks for.
pub(super) fn fragment() -> Fragment {
    Fragment::of(&format!("#{}", gloo_utils::window().location().hash().unwrap_or_default().trim_start_matches('#')))
}

/// The language that the address asks for.
pub(super) fn language(fragment: &Fragment) -> Option<Language> {
    let of_moment = fragment.moment.as_ref().and_then(|moment| moment.as_ref().ok()?.language.as_deref());
    Language::parse(fragment.options.language.as_deref().or(of_moment)?)
}

/// Whether the address brings what is run, so that the reader's own draft need not be.
pub(super) fn brings_run(fragment: &Fragment) -> bool {
    let example = fragment.options.example.as_deref().and_then(examples::find);
    match &fragment.moment {
        Some(moment) => moment.is_ok(),
        None => example.is_some(),
    }
}

/// Shows what the address asks for.
pub(super) fn arrive(session: &mut Session, fragment: Fragment) -> Arrival {
    let options = fragment.options;
    let mut arrival = Arrival { theme: options.theme.as_deref().and_then(Theme::parse), ..Arrival::default() };
    host::show_panes(&options);
    host::lock(options.locked && host::is_embedded());
    let example = options.example.as_deref().and_then(examples::find);
    let mut rests = host::is_embedded() && options.step.is_none();
    match fragment.moment {
        Some(Ok(moment)) => {
            let shown = moment.shown;
            (arrival.hides_manifests, arrival.as_table) = (moment.view.hides_manifests, moment.view.as_table);
            arrival.visiting = true;
            rests &= shown.is_none();
            session.apply(Action::Show(Box::new(moment)));
            arrival.bulletin = session.kept.is_some().then_some(Bulletin::Linked);
            if let Some((shown, now)) = shown.and_then(|shown| Some((shown, session.differs_from(shown)?))) {
                arrival.bulletin = Some(Bulletin::OtherRun { then: shown.of, now });
            }
        }
        Some(Err(problem)) => arrival.bulletin = Some(Bulletin::BadLink(problem)),
        None => {
            if let Some(example) = example {
                session.apply(Action::Load { example: example.id, files: example.files() });
                arrival.visiting = true;
            }
        }
    }
    if let Some(step) = options.step {
        session.apply(to_steps(step));
    }
    if options.autoplay && !session.still {
        session.apply(Action::Play);
    } else if rests || session.still && !arrival.visiting {
        session.rest_at_instructive();
    }
    arrival
}

/// The moment after so many steps.
fn to_steps(steps: usize) -> Action {
    steps.checked_sub(1).map_or(Action::ToStart, Action::GoToStep)
}

impl App {
    /// Whether an action leaves the reader's own text as it is kept: then there is nothing to keep. Whoever writes into
    /// what somebody linked to makes it a text of their own, and the address no longer says what is shown.
    pub(super) fn only_looks(&mut self, action: &Action) -> bool {
        match action {
            Action::Show(_) => self.visiting = true,
            Action::OpenFile(_) => {}
            _ if self.visiting => {
                self.visiting = false;
                self.bulletin = self.bulletin.filter(|bulletin| *bulletin == Bulletin::Update);
                leave();
            }
            _ => {}
        }
        self.visiting
    }

    /// The address has another fragment.
    pub(super) fn visit(&mut self, ctx: &Context<Self>) -> bool {
        if is_rules_address() {
            return Component::update(self, ctx, Message::Overlay(Some(Overlay::Rules)));
        }
        let fragment = fragment();
        if let Some(language) = language(&fragment) {
            self.speak(language);
        }
        match fragment.moment {
            Some(Ok(moment)) => {
                let shown = moment.shown;
                (self.editor, self.table) = (!moment.view.hides_manifests, moment.view.as_table);
                self.act(ctx, Action::Show(Box::new(moment)));
                let other = shown.and_then(|shown| Some((shown, self.session.differs_from(shown)?)));
                self.bulletin = match other {
                    Some((shown, now)) => Some(Bulletin::OtherRun { then: shown.of, now }),
                    None => self.session.kept.is_some().then_some(Bulletin::Linked),
                };
                true
            }
            Some(Err(problem)) => {
                self.bulletin = Some(Bulletin::BadLink(problem));
                true
            }
            None => false,
        }
    }

    /// What is shared.
    pub(super) fn linked(&self) -> Linked {
        Linked::of(&self.moment(), self.session.is_stale())
    }

    fn moment(&self) -> Moment {
        let mut moment = self.session.moment();
        (moment.view.hides_manifests, moment.view.as_table) = (!self.editor, self.table);
        let root = gloo_utils::document().document_element();
        moment.language = root.and_then(|root| root.get_attribute("lang")).filter(|tag| !tag.is_empty());
        moment
    }

    /// The address of what is shown, in the whole page.
    pub(super) fn address_of_whole(&self) -> String {
        let fragment = crate::link::encode(&self.moment()).unwrap_or_default();
        format!("./#{fragment}")
    }

    /// Does what the host wants.
    pub(super) fn wish(&mut self, ctx: &Context<Self>, wish: Wish) -> bool {
        match wish {
            Wish::Load { files, example, link, step, autoplay } => {
                let action = match load(files, example, link) {
                    Ok(action) => action,
                    Err(problem) => {
                        let message = (self.shared.words.share_words.problem)(problem).to_owned();
                        host::tell(&News::Problem { message });
                        return false;
                    }
                };
                let has_moment = matches!(&action, Action::Show(moment) if moment.shown.is_some());
                self.act(ctx, action);
                match step {
                    Some(step) => {
                        self.act(ctx, to_steps(step));
                    }
                    None if !has_moment && !autoplay => {
                        self.session.rest_at_instructive();
                        self.act(ctx, Action::Pause);
                    }
                    None => {}
                }
                self.act(ctx, if autoplay && !self.session.still { Action::Play } else { Action::Pause })
            }
            Wish::Seek { step } => self.act(ctx, to_steps(step)),
            Wish::Play => self.act(ctx, Action::Play),
            Wish::Pause => self.act(ctx, Action::Pause),
            Wish::Options { theme, lang, locked, panes } => {
                if let Some(language) = lang.as_deref().and_then(Language::parse) {
                    self.speak(language);
                }
                if let Some(theme) = theme.as_deref().and_then(Theme::parse) {
                    self.theme = theme;
                    theme.show();
                }
                if let Some(locked) = locked {
                    host::lock(locked);
                }
                if let Some(panes) = panes {
                    let panes = panes.into_iter().map(Into::into).collect();
                    host::show_panes(&crate::link::Options { panes, ..crate::link::Options::default() });
                }
                true
            }
        }
    }

    /// Tells the host of another moment.
    pub(super) fn tell_host(&mut self, first: bool) {
        if !host::is_embedded() {
            return;
        }
        if first {
            host::tell(&News::Ready);
            self.height = host::Height::watch();
        }
        let Some(run) = &self.session.playback else { return };
        let (step, of) = (run.timeline().position(), run.timeline().steps().len());
        if self.told_host.replace((step, of)) != Some((step, of)) {
            host::tell(&News::Step { step, of, at: run.now().0 });
            if run.is_at_end() {
                host::tell(&News::Finished);
            }
        }
    }
}

/// What a host wants to be shown.
fn load(
    files: Vec<crate::link::message::NamedText>,
    example: Option<String>,
    link: Option<String>,
) -> Result<Action, Problem> {
    if let Some(link) = link {
        return crate::link::decode(&link).map(|moment| Action::Show(Box::new(moment)));
    }
    if !files.is_empty() {
        let files = files.into_iter().map(|file| File { name: file.name, text: file.text }).collect();
        return Ok(Action::Show(Box::new(Moment { files, ..Moment::default() })));
    }
    let example = example.as_deref().and_then(examples::find).ok_or(Problem::Missing)?;
    Ok(Action::Load { example: example.id, files: example.files() })
}

/// Takes the fragment out of the address. A host's own address is not ours to change, nor is that of a frame.
fn leave() {
    let window = gloo_utils::window();
    let location = window.location();
    let is_link = Fragment::of(&location.hash().unwrap_or_default()) != Fragment::default();
    if host::is_embedded() || !is_link {
        return;
    }
    let path = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Ok(history) = window.history() {
        // A file that was opened from a disk may keep its address.
        let _kept = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&path));
    }
}

/// Listens to the address, the host, and new versions.
pub(super) fn listeners(ctx: &Context<App>) -> Vec<gloo_events::EventListener> {
    let link = ctx.link().clone();
    let address = gloo_events::EventListener::new(&gloo_utils::window(), "hashchange", move |_| {
        link.send_message(Message::Visit);
    });
    let update = crate::ui::offline::listen(ctx.link().callback(|()| Message::Bulletin(Some(Bulletin::Update))));
    [address, update].into_iter().chain(host::listen(ctx.link().callback(Message::Wish))).collect()
}
