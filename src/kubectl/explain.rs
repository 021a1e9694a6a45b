//! `kubectl explain`: the fields of a kind, from the same schema by which manifests are checked.
//! Upstream: `k8s.io/kubectl/pkg/cmd/explain`.

use super::describe::WHICH_TYPE;
use super::failure::{Failure, Outcome};
use super::resource::Resource;
use super::run::Call;
use super::select;
use crate::manifest::complete::meaning;
use crate::manifest::schema::{self, FieldType, Lookup};

/// How deep `--recursive` goes where nobody says otherwise.
const DEPTH: i64 = 12;
/// Characters of a line.
const WIDTH: usize = 80;

pub(super) fn run(call: &mut Call<'_>) -> Outcome {
    let args = call.args();
    let [typed] = args.as_slice() else {
        return Err(Failure::client(match args.is_empty() {
            true => format!("You must specify the type of resource to explain. {WHICH_TYPE}\n"),
            false => "We accept only this format: explain RESOURCE\n".into(),
        }));
    };
    let recursive = call.flags.is_set("recursive");
    let depth = call.flags.number("max-depth");
    if depth.is_some() && !recursive {
        return Err(Failure::client("--max-depth requires --recursive"));
    }
    let mut parts = typed.split('.');
    let resource = select::resource(parts.next().unwrap_or_default())?;
    let path: Vec<&str> = parts.collect();
    let schema = match schema::lookup(&resource.api_version(), resource.kind) {
        Lookup::Served(info) => info.schema,
        Lookup::Removed(_) | Lookup::OtherVersion(_) | Lookup::Unknown => None,
    };
    let Some(schema) = schema else {
        return Err(Failure::client(format!("the fields of {} are not listed here", resource.qualified())));
    };
    let (found, meaning) = walk(FieldType::Struct(schema), &path)
        .map_err(|name| Failure::client(format!("field \"{name}\" does not exist")))?;
    header(call, resource);
    if let Some(name) = path.last() {
        call.out.line(format!("FIELD: {name} <{}>{}\n", type_name(&found), required(meaning)));
    }
    call.out.line("DESCRIPTION:");
    let about = meaning.map_or_else(|| about(resource, &path, &found), |(text, _)| text.to_owned());
    paragraph(call, &about, 4);
    call.out.line("");
    if let Some(fields) = fields_of(&found) {
        call.out.line("FIELDS:");
        let depth = if recursive { depth.filter(|depth| *depth > 0).unwrap_or(DEPTH) } else { 1 };
        list(call, owner(&found), &fields, 1, (depth, recursive));
        if recursive {
            call.out.line("");
        }
    }
    Ok(())
}

fn header(call: &mut Call<'_>, resource: &Resource) {
    if !resource.group.is_empty() {
        call.out.line(format!("GROUP:      {}", resource.group));
    }
    call.out.line(format!("KIND:       {}", resource.kind));
    call.out.line(format!("VERSION:    {}\n", resource.version));
}

/// What a field means, and whether it is required.
type Meaning = Option<(&'static str, bool)>;

/// The type of a field below another, and what it means.
///
/// # Errors
/// The name that there is no field of.
fn walk<'a>(from: FieldType, path: &[&'a str]) -> Result<(FieldType, Meaning), &'a str> {
    path.iter().try_fold((from, None), |(at, _), name| {
        let fields = fields_of(&at).ok_or(*name)?;
        let (field, kind) = fields.into_iter().find(|(field, _)| field == name).ok_or(*name)?;
        Ok((kind, owner(&at).and_then(|owner| meaning(owner, field))))
    })
}

/// The struct whose fields a type has.
fn owner(kind: &FieldType) -> Option<&'static str> {
    match kind {
        FieldType::Struct(name) => Some(name),
        FieldType::List(item) | FieldType::Map(item) => owner(item),
        FieldType::String(_)
        | FieldType::Int32
        | FieldType::Int64
        | FieldType::Bool
        | FieldType::Quantity
        | FieldType::IntOrString
        | FieldType::Time
        | FieldType::Any => None,
    }
}

fn required(meaning: Meaning) -> &'static str {
    if meaning.is_some_and(|(_, is_required)| is_required) { " -required-" } else { "" }
}

/// A text in lines of eighty characters at most.
fn paragraph(call: &mut Call<'_>, text: &str, indent: usize) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && indent + line.chars().count() + 1 + word.chars().count() > WIDTH {
            call.out.line(format!("{:indent$}{line}", ""));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    call.out.line(format!("{:indent$}{line}", ""));
}

/// The fields of a struct, of the items of a list, of the values of a map.
fn fields_of(kind: &FieldType) -> Option<Vec<(&'static str, FieldType)>> {
    match kind {
        FieldType::Struct(name) => schema::fields(name).cloned(),
        FieldType::List(item) | FieldType::Map(item) => fields_of(item),
        FieldType::String(_)
        | FieldType::Int32
        | FieldType::Int64
        | FieldType::Bool
        | FieldType::Quantity
        | FieldType::IntOrString
        | FieldType::Time
        | FieldType::Any => None,
    }
}

/// The name of a type as `kubectl explain` writes it.
fn type_name(kind: &FieldType) -> String {
    match kind {
        FieldType::String(_) | FieldType::Time => "string".into(),
        FieldType::Int32 | FieldType::Int64 => "integer".into(),
        FieldType::Bool => "boolean".into(),
        FieldType::Quantity => "Quantity".into(),
        FieldType::IntOrString => "IntOrString".into(),
        FieldType::Any => "Object".into(),
        FieldType::List(item) => format!("[]{}", type_name(item)),
        FieldType::Map(value) => format!("map[string]{}", type_name(value)),
        FieldType::Struct(name) => {
            name.split(['(', '.']).next_back().filter(|last| last.len() > 2).unwrap_or(name).into()
        }
    }
}

/// The fields with what they mean; in a tree, their names alone.
fn list(
    call: &mut Call<'_>,
    of: Option<&'static str>,
    fields: &[(&'static str, FieldType)],
    level: usize,
    (depth, is_tree): (i64, bool),
) {
    let mut sorted = fields.to_vec();
    sorted.sort_by_key(|(name, _)| *name);
    for (name, kind) in sorted {
        let known = of.and_then(|of| meaning(of, name));
        call.out.line(format!("{}{name}\t<{}>{}", "  ".repeat(level), type_name(&kind), required(known)));
        if !is_tree {
            if let Some((text, _)) = known {
                paragraph(call, text, 4);
            }
            call.out.line("");
        }
        let is_deeper = i64::try_from(level).is_ok_and(|level| level < depth);
        if let (true, Some(below)) = (is_deeper, fields_of(&kind)) {
            list(call, owner(&kind), &below, level + 1, (depth, is_tree));
        }
    }
}

/// What there is to say in short; the reference has the rest.
fn about(resource: &Resource, path: &[&str], kind: &FieldType) -> String {
    if path.is_empty() {
        return format!(
            "{} is what a manifest with `apiVersion: {}` and `kind: {}` describes. Its fields are below; the reference on \
             kubernetes.io says what each of them means.",
            resource.kind,
            resource.api_version(),
            resource.kind
        );
    }
    let what = match kind {
        FieldType::List(_) => "a list",
        FieldType::Map(_) => "names with values",
        FieldType::Struct(_) => "an object",
        FieldType::String(_) => "text",
        FieldType::Int32 | FieldType::Int64 => "a whole number",
        FieldType::Bool => "true or false",
        FieldType::Quantity => "an amount, such as 500m or 1Gi",
        FieldType::IntOrString => "a number, or a text such as 25% or the name of a port",
        FieldType::Time => "a time",
        FieldType::Any => "not looked into",
    };
    format!("The value of `{}` is {what}.", path.join("."))
}
