//! The page as a whole: owns the session, keeps the time of playing, hands data down and takes actions back.

use super::editor::{Editor, put_caret};
use super::explanation::ExplanationPane;
use super::header::Header;
use super::inspector::{Aspect, Inspection, Inspector};
use super::keys::{self, KeyWish};
use super::lanes::{MarkLabel, ZOOMS};
use super::marks::{self, Marks};
use super::overlay::{Overlay, OverlayView};
use super::shared::Shared;
use super::stage::{NodeOverlay, Stage};
use super::store;
use super::theme::Theme;
use super::told::Told;
use super::transport::{Reel, Transport};
use super::words;
use crate::examples::EXAMPLES;
use crate::scene::Scene;
use crate::session::{Action, Place, Session};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Something that happens to the page.
pub enum Message {
    /// Something that the session decides about.
    Act(Action),
    /// Other colours.
    Theme(Theme),
    /// An overlay opens, or none.
    Overlay(Option<Overlay>),
    /// The editor is shown or hidden.
    Editor,
    /// The stage is shown as a table or as a picture.
    Table,
    /// A place of the text is pointed at.
    Light(Option<Place>),
    /// The caret goes to a place: file, line, column.
    Goto((usize, usize, usize)),
    /// A key was pressed that asks for something.
    Key(KeyWish),
    /// Another side of the selected object is looked at.
    Aspect(Aspect),
    /// The timeline is zoomed by one step more or less.
    Zoom(i32),
    /// The system wants less motion, or no longer does.
    Still(bool),
}

/// The page.
pub struct App {
    session: Session,
    shared: Shared,
    theme: Theme,
    overlay: Option<Overlay>,
    editor: bool,
    table: bool,
    lit: Option<Place>,
    look: u32,
    zoom: u32,
    caret: Option<(usize, usize)>,
    shown: Shown,
    timer: Option<Timeout>,
    _listeners: Vec<EventListener>,
}

/// What is derived from the session, made anew only when it changes.
#[derive(Default)]
struct Shown {
    scene: Rc<Scene>,
    told: Option<Rc<Told>>,
    inspection: Option<Rc<Inspection>>,
    /// What `inspection` was made of: the object, the number of steps that have happened, and the wish.
    inspected: Option<(crate::api::ObjectRef, usize, Aspect)>,
    aspect: Aspect,
    overlay: Rc<NodeOverlay>,
    line_marks: Rc<Vec<MarkLabel>>,
    travels: Rc<Vec<(crate::api::ObjectRef, String)>>,
    files: Rc<Vec<crate::session::File>>,
    problems: Rc<Vec<crate::session::Problem>>,
    deciding: Rc<Vec<usize>>,
    marks: Marks,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let shared = Shared { words: &words::EN, act: link.callback(Message::Act) };
        let theme = store::theme();
        theme.show();
        let first = EXAMPLES[0];
        let mut session = match store::draft() {
            Some(draft) => Session::new(draft, None, vec![]),
            None => Session::new(first.files(), Some(first.id), first.files()),
        };
        let motion = gloo_utils::window().match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        session.apply(Action::WantStill(motion.as_ref().is_some_and(web_sys::MediaQueryList::matches)));
        session.apply(Action::Run);
        if session.still {
            session.rest_at_instructive();
        }
        let shown = Shown::of(&session, &shared);
        App {
            session,
            shared,
            theme,
            overlay: None,
            editor: true,
            table: false,
            lit: None,
            look: 0,
            zoom: 0,
            caret: None,
            shown,
            timer: None,
            _listeners: listeners(ctx, motion),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => return self.act(ctx, action),
            Message::Theme(theme) => {
                self.theme = theme;
                theme.show();
                store::keep_theme(theme);
            }
            Message::Overlay(overlay) => {
                self.overlay = overlay;
                if overlay.is_some() && self.session.playing {
                    return self.act(ctx, Action::Pause);
                }
            }
            Message::Editor => self.editor = !self.editor,
            Message::Table => self.table = !self.table,
            Message::Light(place) => {
                self.lit = place;
                self.look = self.look.wrapping_add(1);
                if let Some(place) = place.filter(|place| place.file != self.session.active) {
                    return self.act(ctx, Action::OpenFile(place.file));
                }
            }
            Message::Goto((file, line, column)) => {
                self.editor = true;
                self.lit = Some(Place { file, line, column });
                self.look = self.look.wrapping_add(1);
                self.caret = Some((line, column));
                return self.act(ctx, Action::OpenFile(file));
            }
            Message::Key(wish) => return self.key(ctx, wish),
            Message::Aspect(aspect) => {
                self.shown.aspect = aspect;
                self.shown.inspect(&self.session, &self.shared);
            }
            Message::Zoom(by) => self.zoom = self.zoom.saturating_add_signed(by).min(ZOOMS),
            Message::Still(still) => return self.act(ctx, Action::WantStill(still)),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let (session, shown) = (&self.session, &self.shown);
        let words = self.shared.words;
        let lit = self.lit.filter(|place| place.file == session.active).map(|place| place.line);
        let reel = session.playback.as_ref().zip(shown.told.as_ref()).map(|(run, told)| Reel {
            told: told.clone(),
            lanes: run.lanes().clone(),
            axis: run.axis().clone(),
            marks: shown.line_marks.clone(),
            to_watch: session.to_watch(),
            end: run.ends_at(),
            at_end: run.is_at_end(),
        });
        let announced = shown.told.as_ref().filter(|_| !session.playing || session.speed.percent() <= 100);
        html! {
            <ContextProvider<Shared> context={self.shared.clone()}>
                <div class={classes!("page", (!self.editor).then_some("without-editor"))}>
                    <Header example={session.example} kept={session.kept.is_some()} theme={self.theme} editor={self.editor}
                        ontheme={link.callback(Message::Theme)} oneditor={link.callback(|_| Message::Editor)} as_table={self.table} ontable={link.callback(|_| Message::Table)}
                        onkeys={link.callback(|_| Message::Overlay(Some(Overlay::Keys)))}
                        onabout={link.callback(|_| Message::Overlay(Some(Overlay::About)))} />
                    <Editor files={shown.files.clone()} active={session.active} problems={shown.problems.clone()} deciding={shown.deciding.clone()}
                        {lit} look={self.look} stale={session.is_stale()} ongoto={link.callback(Message::Goto)} />
                    <Stage scene={shown.scene.clone()} travels={shown.travels.clone()} moment={shown.told.as_ref().map_or(0, |told| told.step)}
                        passed={session.passed()} as_table={self.table} still={session.still} overlay={shown.overlay.clone()} />
                    <aside class="pane why" aria-labelledby="why-title">
                        <h2 id="why-title" class="visually-hidden">{words.explanation}</h2>
                        <ExplanationPane told={shown.told.clone()} passed={session.passed()} files={shown.files.clone()}
                            onlight={link.callback(Message::Light)} ongoto={link.callback(Message::Goto)} />
                        if let Some(inspection) = &shown.inspection { <Inspector inspection={inspection.clone()} onaspect={link.callback(Message::Aspect)} /> }
                        <p class="honesty">{words.honesty}</p>
                    </aside>
                    <Transport {reel} playing={session.playing} speed={session.speed} every={session.every} even={session.even}
                        zoom={self.zoom} onzoom={link.callback(Message::Zoom)} />
                    <p class="visually-hidden" role="status">{announced.map(|told| told.headline())}</p>
                    <OverlayView overlay={self.overlay} onclose={link.callback(|()| Message::Overlay(None))} />
                </div>
            </ContextProvider<Shared>>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        marks::show(&self.shown.marks);
        if first_render {
            self.keep_time(ctx);
        }
        if let Some((line, column)) = self.caret.take() {
            put_caret(&self.session.file().text, line, column);
        }
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let edits = matches!(
            action,
            Action::Type(_)
                | Action::Fix { .. }
                | Action::Load { .. }
                | Action::RestoreKept
                | Action::AddFile(_)
                | Action::RemoveFile(_)
        );
        if matches!(action, Action::Load { .. } | Action::Type(_)) {
            self.lit = None;
        }
        // Typing moves lines, but not the run.
        let moves_run = !matches!(action, Action::Type(_) | Action::OpenFile(_) | Action::Select(_) | Action::Point(_));
        let is_new = matches!(action, Action::Run | Action::Load { .. } | Action::RestoreKept | Action::ShowEvery(_));
        self.session.apply(action);
        if edits {
            if self.session.is_edited() {
                store::keep_draft(&self.session.files)
            } else {
                store::drop_draft()
            }
            self.shown.read(&self.session);
        }
        if is_new {
            self.shown.begin(&self.session, &self.shared);
        }
        if moves_run {
            self.shown.stage(&self.session);
        }
        self.shown.tell(&self.session, &self.shared);
        if moves_run {
            self.keep_time(ctx);
        }
        true
    }

    fn key(&mut self, ctx: &Context<Self>, wish: KeyWish) -> bool {
        match wish {
            KeyWish::Act(action) => self.act(ctx, action),
            KeyWish::Zoom(by) => {
                ctx.link().send_message(Message::Zoom(by));
                false
            }
            KeyWish::ShowKeys => {
                ctx.link().send_message(Message::Overlay(Some(Overlay::Keys)));
                false
            }
            KeyWish::Escape => self.session.selected.is_some() && self.act(ctx, Action::Select(None)),
        }
    }

    /// Sets the clock to the next step, or stops it.
    fn keep_time(&mut self, ctx: &Context<Self>) {
        self.timer = self.session.playing.then(|| {
            let link = ctx.link().clone();
            Timeout::new(self.session.pace(), move || link.send_message(Message::Act(Action::Tick)))
        });
    }
}

impl Shown {
    fn of(session: &Session, shared: &Shared) -> Shown {
        let mut shown = Shown::default();
        shown.read(session);
        shown.begin(session, shared);
        shown.stage(session);
        shown.tell(session, shared);
        shown
    }

    /// The text has changed.
    fn read(&mut self, session: &Session) {
        self.files = Rc::new(session.files.clone());
        self.problems = Rc::new(session.reading.problems().to_vec());
    }

    /// The run is another.
    fn begin(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        self.line_marks = Rc::new(run.map(|run| MarkLabel::all(run, shared.words)).unwrap_or_default());
        self.inspected = None;
    }

    /// The selected object, unless what is shown of it is still true.
    fn inspect(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        let wanted = session.selected.clone().zip(run);
        let wanted = wanted.map(|(object, run)| (object, run.timeline().position(), self.aspect));
        if wanted == self.inspected {
            return;
        }
        let inspection = wanted.as_ref().zip(run);
        let inspection =
            inspection.map(|((object, _, aspect), run)| Inspection::of(object, *aspect, run, shared.words));
        self.overlay = Rc::new(inspection.as_ref().map(|it| NodeOverlay::of(it, shared.words)).unwrap_or_default());
        self.inspection = inspection.map(Rc::new);
        self.inspected = wanted;
    }

    /// The shown moment is another.
    fn stage(&mut self, session: &Session) {
        let run = session.playback.as_ref();
        self.scene = Rc::new(run.map(|run| run.scene()).unwrap_or_default());
        self.travels = Rc::new(run.map(|run| run.travels()).unwrap_or_default());
        self.marks.changed = run.map(|run| run.changed()).unwrap_or_default();
    }

    /// The words of the moment, and where the fields behind it are written now.
    fn tell(&mut self, session: &Session, shared: &Shared) {
        let run = session.playback.as_ref();
        self.told = run.map(|run| Rc::new(Told::of(run, &session.reading, shared.words.language)));
        let places = self.told.iter().flat_map(|told| &told.fields).filter_map(|(_, place)| *place);
        self.deciding = Rc::new(places.filter(|place| place.file == session.active).map(|place| place.line).collect());
        self.inspect(session, shared);
        self.marks.selected.clone_from(&session.selected);
        self.marks.pointed.clone_from(&session.pointed);
    }
}

fn listeners(ctx: &Context<App>, motion: Option<web_sys::MediaQueryList>) -> Vec<EventListener> {
    let link = ctx.link().clone();
    let options = gloo_events::EventListenerOptions::enable_prevent_default();
    let keys = EventListener::new_with_options(&gloo_utils::document(), "keydown", options, move |event| {
        // Decided here and now: later, the focus may be elsewhere, and the browser may have acted.
        if let Some(wish) = event.dyn_ref::<web_sys::KeyboardEvent>().and_then(keys::wish) {
            if matches!(wish, KeyWish::Act(_)) {
                event.prevent_default();
            }
            link.send_message(Message::Key(wish));
        }
    });
    let link = ctx.link().clone();
    let motion = motion.map(|query| {
        EventListener::new(&query.clone(), "change", move |_| link.send_message(Message::Still(query.matches())))
    });
    std::iter::once(keys).chain(motion).collect()
}
