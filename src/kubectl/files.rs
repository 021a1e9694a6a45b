//! The manifests that `-f` names: files of the editor, or what is piped in.

use super::failure::Failure;
use super::resource::Resource;
use super::run::Call;
use crate::manifest::{self, Document, SourceFile};

/// An object as a file has it.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The file, as messages name it: `STDIN` for what is piped in.
    pub(super) source: String,
    pub(super) resource: &'static Resource,
    /// Empty for resources without namespaces.
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) document: Document,
}

/// What was read from the files of a call.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    /// The objects whose kind is known, in order.
    pub(super) objects: Vec<Written>,
    /// What is wrong with the others.
    pub(super) errors: Vec<Failure>,
}

impl Call<'_> {
    /// Whether files are named.
    pub(super) fn has_files(&self) -> bool {
        self.flags.has("filename") || self.flags.has("kustomize")
    }

    /// Reads the files that are named; `required` says what is missing where none is.
    ///
    /// # Errors
    /// Where there is no such file.
    pub(super) fn files(&self) -> Result<Files, Failure> {
        if self.flags.has("kustomize") {
            return Err(Failure::client("there are no directories here: paste what kustomize builds and use -f"));
        }
        let mut files = Files::default();
        for name in self.flags.list("filename") {
            for source in self.sources(name)? {
                self.read(&source, &mut files);
            }
        }
        Ok(files)
    }

    fn sources(&self, name: &str) -> Result<Vec<SourceFile>, Failure> {
        if name == "-" {
            let text = self.stdin.clone().unwrap_or_default();
            return Ok(vec![SourceFile { name: "STDIN".into(), text }]);
        }
        if name.starts_with("http://") || name.starts_with("https://") {
            return Err(Failure::client(format!(
                "unable to read URL \"{name}\": there is no network here. Paste the manifest into the editor and name its file"
            )));
        }
        // A file is found under its own name or below the directory that is typed.
        let plain = name.trim_start_matches("./");
        if plain.is_empty() || plain == "." {
            return Ok(self.console.files.clone());
        }
        let found = self.console.files.iter().find(|file| file.name == name || file.name == plain);
        match found {
            Some(file) => Ok(vec![SourceFile { name: name.into(), text: file.text.clone() }]),
            None => {
                let folder = format!("{}/", plain.trim_end_matches('/'));
                let within: Vec<SourceFile> =
                    self.console.files.iter().filter(|file| file.name.starts_with(&folder)).cloned().collect();
                if within.is_empty() {
                    return Err(Failure::client(format!("the path \"{name}\" does not exist")));
                }
                Ok(within)
            }
        }
    }

    fn read(&self, source: &SourceFile, files: &mut Files) {
        let read = manifest::read(std::slice::from_ref(source));
        for problem in &read.diagnostics {
            if problem.message.starts_with("error converting YAML to JSON") {
                files.errors.push(Failure::client(format!("error parsing {}: {}", source.name, problem.message)));
            }
        }
        let wanted = self.flags.text("namespace");
        for document in read.documents {
            match self.written(&source.name, wanted, document) {
                Ok(written) => files.objects.push(written),
                Err(failure) => files.errors.push(failure),
            }
        }
    }

    fn written(&self, source: &str, wanted: Option<&str>, mut document: Document) -> Result<Written, Failure> {
        let Some(resource) = Resource::of_manifest(&document.api_version, &document.kind)
            .or_else(|| older(&document.api_version, &document.kind))
        else {
            return Err(Failure::client(unmapped(&document, source)));
        };
        let own = document.json.pointer("/metadata/namespace").and_then(serde_json::Value::as_str).map(str::to_owned);
        let namespace = match (resource.is_namespaced, own) {
            (false, _) => String::new(),
            (true, Some(own)) if wanted.is_none_or(|wanted| wanted == own) => own,
            (true, Some(own)) => {
                return Err(Failure::client(format!(
                    "the namespace from the provided object \"{own}\" does not match the namespace \"{}\". You must pass \
                     '--namespace={own}' to perform this operation.",
                    wanted.unwrap_or_default()
                )));
            }
            (true, None) => {
                let namespace = self.namespace();
                if let Some(metadata) = document.json.get_mut("metadata").and_then(serde_json::Value::as_object_mut) {
                    metadata.insert("namespace".into(), namespace.clone().into());
                }
                namespace
            }
        };
        let name = document.name.clone();
        Ok(Written { source: source.into(), resource, namespace, name, document })
    }
}

/// The resource of a kind in an older version that is served still.
fn older(api_version: &str, kind: &str) -> Option<&'static Resource> {
    manifest::decode::simulated(api_version, kind).and_then(Resource::of)
}

/// What `kubectl` says of a document whose kind nothing serves.
fn unmapped(document: &Document, source: &str) -> String {
    match &document.refusal {
        Some(refusal) => refusal.kubectl_text(source),
        None => format!(
            "resource mapping not found for name: \"{}\" namespace: \"\" from \"{source}\": no matches for kind \"{}\" in version \
             \"{}\"\nensure CRDs are installed first",
            document.name, document.kind, document.api_version
        ),
    }
}
