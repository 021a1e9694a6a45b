//! The editor in `editor/main.js`, by the few functions that the page calls.

use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// The module once it is loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Module(JsValue);

impl Module {
    /// Asks for the module; none where it cannot be had.
    pub async fn load() -> Option<Module> {
        let loader = Reflect::get(&js_sys::global(), &"setwise".into()).ok()?;
        let load: Function = Reflect::get(&loader, &"loadEditor".into()).ok()?.dyn_into().ok()?;
        let promise: Promise = load.call0(&loader).ok()?.dyn_into().ok()?;
        wasm_bindgen_futures::JsFuture::from(promise).await.ok().map(Module)
    }
}

/// What the editor asks of the page.
pub struct Hooks {
    /// The text in front is now another.
    pub changed: Box<dyn Fn(String)>,
    /// What can be written at a line and a column, and whether somebody asked for it; in JSON.
    pub complete: Box<dyn Fn(usize, usize, bool) -> Option<String>>,
    /// What is written at a line and a column; in JSON.
    pub hover: Box<dyn Fn(usize, usize) -> Option<String>>,
    /// A fix of a problem is wanted.
    pub fix: Box<dyn Fn(usize, usize)>,
}

/// What the editor says by itself.
pub struct Sayings {
    /// Tab moves the focus now.
    pub leaving: &'static str,
    /// The name of the menu of fixes.
    pub fixes: &'static str,
    /// No fix is known for this line.
    pub no_fixes: &'static str,
    /// What else it says: in its own words, in ours.
    pub phrases: &'static [(&'static str, &'static str)],
}

impl Sayings {
    fn object(&self) -> Object {
        let phrases: Vec<_> = self.phrases.iter().map(|(own, ours)| (*own, JsValue::from(*ours))).collect();
        let phrases: Vec<_> = phrases.iter().map(|(own, ours)| (*own, ours)).collect();
        object(&[
            ("phrases", &object(&phrases)),
            ("leaving", &self.leaving.into()),
            ("fixes", &self.fixes.into()),
            ("noFixes", &self.no_fixes.into()),
        ])
    }
}

/// An editor in the page.
pub struct CodeMirror {
    editor: JsValue,
    _hooks: [Box<dyn std::any::Any>; 4],
}

/// The editor in the page, for whoever has to ask it something; none while a text area stands in.
pub type Handle = Rc<RefCell<Option<CodeMirror>>>;

impl CodeMirror {
    /// Puts an editor into an element; none where the browser is too old for it.
    #[must_use]
    pub fn create(module: &Module, host: &Element, hooks: Hooks, sayings: &Sayings) -> Option<CodeMirror> {
        let changed = Closure::<dyn Fn(String)>::new(hooks.changed);
        let complete = Closure::<dyn Fn(usize, usize, bool) -> Option<String>>::new(hooks.complete);
        let hover = Closure::<dyn Fn(usize, usize) -> Option<String>>::new(hooks.hover);
        let fix = Closure::<dyn Fn(usize, usize)>::new(hooks.fix);
        let named = object(&[
            ("changed", changed.as_ref()),
            ("complete", complete.as_ref()),
            ("hover", hover.as_ref()),
            ("fix", fix.as_ref()),
        ]);
        let create: Function = Reflect::get(&module.0, &"create".into()).ok()?.dyn_into().ok()?;
        let editor = create.call3(&JsValue::UNDEFINED, host, &named, &sayings.object()).ok()?;
        Some(CodeMirror { editor, _hooks: [Box::new(changed), Box::new(complete), Box::new(hover), Box::new(fix)] })
    }

    /// Says what it says by itself in another language.
    pub fn say(&self, sayings: &Sayings) {
        self.call("say", &[sayings.object().into()]);
    }

    /// Shows a file: its key never changes, its name and text may.
    pub fn show(&self, key: u32, label: &str, text: &str) {
        self.call("show", &[key.into(), label.into(), text.into()]);
    }

    /// Forgets what was known of all files but these.
    pub fn keep(&self, keys: &[u32]) {
        self.call("keep", &[numbers(keys.iter().copied())]);
    }

    /// Shows what is said about the text, in JSON.
    pub fn problems(&self, json: &str) {
        self.call("problems", &[json.into()]);
    }

    /// Marks the lines that decide the shown step; brings the first into view if wanted and nobody writes.
    pub fn deciding(&self, lines: &[usize], reveal: bool) {
        self.call("deciding", &[numbers(lines.iter().map(|line| small(*line))), reveal.into()]);
    }

    /// Marks the line that is pointed at and brings it into view.
    pub fn lit(&self, line: Option<usize>) {
        self.call("lit", &[small(line.unwrap_or(0)).into()]);
    }

    /// Puts the caret at a line and a column, and the focus into the text.
    pub fn go(&self, (line, column): (usize, usize)) {
        self.call("go", &[small(line).into(), small(column).into()]);
    }

    /// The line and the column of the caret.
    #[must_use]
    pub fn caret(&self) -> Option<(usize, usize)> {
        let place: Array = self.call("caret", &[])?.dyn_into().ok()?;
        let number = |index| usize::try_from(place.get(index).as_f64()? as u64).ok();
        Some((number(0)?, number(1)?))
    }

    /// Takes the editor out of the page.
    pub fn destroy(&self) {
        self.call("destroy", &[]);
    }

    /// What goes wrong inside the editor stays there: the text is the page's.
    fn call(&self, name: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.editor, &name.into()).ok()?.dyn_into().ok()?;
        function.apply(&self.editor, &arguments.iter().collect()).ok()
    }
}

fn object(fields: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A new plain object takes any field.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn numbers(numbers: impl Iterator<Item = u32>) -> JsValue {
    numbers.map(JsValue::from).collect::<Array>().into()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
