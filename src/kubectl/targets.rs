//! The objects that a call means, by its words, its selectors or its files.

use super::failure::{Failure, Outcome};
use super::printing::owned;
use super::run::Call;
use super::select::{self, Query, Thing};
use crate::events::Log;

/// What a call means.
#[derive(Clone, Debug, Default)]
pub(super) struct Targets {
    /// Objects that are there.
    pub(super) things: Vec<Thing<'static>>,
    /// Those that are not, and files that cannot be read.
    pub(super) errors: Vec<Failure>,
}

impl Call<'_> {
    /// What the words of a call ask for; `all` where a type alone means all its objects.
    pub(super) fn query(&self, args: Vec<String>, all: bool) -> Query {
        let given = |flag: &str| self.flags.text(flag).filter(|text| !text.is_empty()).map(str::to_owned);
        Query {
            args,
            namespace: self.namespace(),
            all_namespaces: self.flags.is_set("all-namespaces"),
            selector: given("selector"),
            field_selector: given("field-selector"),
            all: all || self.flags.is_set("all"),
        }
    }

    /// The objects that a call means.
    ///
    /// # Errors
    /// Where it names nothing that there can be.
    pub(super) fn targets(&self, all: bool) -> Result<Targets, Failure> {
        self.targets_of(self.args(), all)
    }

    /// The same for some of its words.
    ///
    /// # Errors
    /// As [`Call::targets`].
    pub(super) fn targets_of(&self, args: Vec<String>, all: bool) -> Result<Targets, Failure> {
        if self.has_files() {
            if !args.is_empty() {
                return Err(Failure::client(
                    "when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well",
                ));
            }
            return self.targets_in_files();
        }
        if self.flags.is_set("all") && self.flags.has("selector") {
            return Err(Failure::client("cannot set --all and --selector at the same time"));
        }
        let log = Log::default();
        let selection = select::select(self.console, &log, &self.query(args, all))?;
        Ok(Targets { things: selection.things.into_iter().map(without_log).collect(), errors: selection.errors })
    }

    fn targets_in_files(&self) -> Result<Targets, Failure> {
        let files = self.files()?;
        let mut targets = Targets { things: vec![], errors: files.errors };
        let log = Log::default();
        for written in files.objects {
            let found = select::by_name(self.console, &log, written.resource, &written.namespace, &written.name);
            match found.map(without_log) {
                Some(mut thing) => {
                    thing.source = Some(written.source);
                    targets.things.push(thing);
                }
                None => {
                    let missing = Failure::not_found(&written.resource.qualified(), &written.name);
                    let deletes = self.info.name == "delete";
                    targets.errors.push(missing.while_doing("deleting", deletes.then_some(&written.source)));
                }
            }
        }
        Ok(targets)
    }

    /// Does something with each object that the call means. One that fails does not keep the others back.
    pub(super) fn each_target(&mut self, all: bool, act: impl FnMut(&mut Self, &Thing<'static>) -> Outcome) -> Outcome {
        let targets = self.targets(all)?;
        self.each(targets, act)
    }

    /// The same for targets that were found already.
    pub(super) fn each(
        &mut self,
        targets: Targets,
        mut act: impl FnMut(&mut Self, &Thing<'static>) -> Outcome,
    ) -> Outcome {
        let mut errors = vec![];
        for thing in &targets.things {
            match act(self, thing) {
                Err(Failure::Waits) => return Err(Failure::Waits),
                Err(failure) => errors.push(failure),
                Ok(()) => {}
            }
        }
        errors.extend(targets.errors);
        Failure::all(errors)
    }
}

fn without_log(thing: Thing<'_>) -> Thing<'static> {
    let Thing { resource, namespace, name, item, source } = thing;
    Thing { resource, namespace, name, item: owned(item), source }
}
