//! The fields of a link: number, length, bytes. A reader passes over odd numbers that it does not know.

use super::{Deed, MAX_ENTRIES, Moment, Problem, Shown, View};
use crate::api::{Kind, ObjectRef, Time};
use crate::manifest::SourceFile;

const FILE: u64 = 2;
const DEED: u64 = 4;
const SHOWN: u64 = 6;
const VIEW: u64 = 9;
const SELECTED: u64 = 11;
const LANGUAGE: u64 = 13;

const HIDES_MANIFESTS: u64 = 1;
const AS_TABLE: u64 = 2;
const EVERY: u64 = 4;

/// The longest tag of a language.
const TAG: usize = 35;

/// A moment as bytes.
pub(super) fn write(moment: &Moment) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(shown) = moment.shown {
        field(&mut out, SHOWN, |bytes| {
            number(bytes, shown.steps as u64);
            number(bytes, shown.of as u64);
        });
    }
    let view = &moment.view;
    let flags = [(view.hides_manifests, HIDES_MANIFESTS), (view.as_table, AS_TABLE), (view.every, EVERY)];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).fold(0, |flags, (_, flag)| flags | flag);
    if flags > 0 {
        field(&mut out, VIEW, |bytes| number(bytes, flags));
    }
    if let Some(object) = &view.selected {
        let name = format!("{}/{}/{}", object.kind, object.key.namespace, object.key.name);
        field(&mut out, SELECTED, |bytes| bytes.extend(name.bytes()));
    }
    if let Some(language) = &moment.language {
        field(&mut out, LANGUAGE, |bytes| bytes.extend(language.bytes()));
    }
    for file in &moment.files {
        field(&mut out, FILE, |bytes| {
            number(bytes, file.name.len() as u64);
            bytes.extend(file.name.bytes());
            bytes.extend(file.text.bytes());
        });
    }
    for deed in &moment.done {
        field(&mut out, DEED, |bytes| {
            number(bytes, deed.at.0);
            number(bytes, deed.turns);
            bytes.extend(deed.line.bytes());
        });
    }
    out
}

/// The moment that bytes stand for.
pub(super) fn read(mut bytes: &[u8]) -> Result<Moment, Problem> {
    let mut moment = Moment::default();
    while !bytes.is_empty() {
        let tag = take_number(&mut bytes)?;
        let length = take_size(&mut bytes)?;
        let (mut value, rest) = bytes.split_at_checked(length).ok_or(Problem::Damaged)?;
        bytes = rest;
        match tag {
            FILE => {
                let length = take_size(&mut value)?;
                let (name, file_text) = value.split_at_checked(length).ok_or(Problem::Damaged)?;
                push(&mut moment.files, SourceFile { name: text(name)?, text: text(file_text)? })?;
            }
            DEED => {
                let at = Time(take_number(&mut value)?);
                let turns = take_number(&mut value)?;
                push(&mut moment.done, Deed { at, turns, line: text(value)? })?;
            }
            SHOWN => moment.shown = Some(Shown { steps: take_size(&mut value)?, of: take_size(&mut value)? }),
            VIEW => {
                let flags = take_number(&mut value)?;
                let is_set = |flag| flags & flag != 0;
                let selected = moment.view.selected.take();
                moment.view = View {
                    hides_manifests: is_set(HIDES_MANIFESTS),
                    as_table: is_set(AS_TABLE),
                    every: is_set(EVERY),
                    selected,
                };
            }
            SELECTED => moment.view.selected = object(&text(value)?),
            LANGUAGE => moment.language = Some(text(value)?).filter(|tag| is_language(tag)),
            unknown if unknown % 2 == 0 => return Err(Problem::TooNew),
            _ => {}
        }
    }
    Ok(moment)
}

/// A kind that a later version simulates is no reason to refuse a link: nothing is selected then.
fn object(name: &str) -> Option<ObjectRef> {
    let mut parts = name.splitn(3, '/');
    let (kind, namespace, name) = (Kind::parse(parts.next()?)?, parts.next()?, parts.next()?);
    Some(ObjectRef::new(kind, namespace, name))
}

/// Whether this could be a tag of BCP 47.
pub(super) fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tag.len() <= TAG && tag.split('-').all(is_part)
}

fn push<T>(list: &mut Vec<T>, entry: T) -> Result<(), Problem> {
    if list.len() >= MAX_ENTRIES {
        return Err(Problem::TooLarge);
    }
    list.push(entry);
    Ok(())
}

fn text(bytes: &[u8]) -> Result<String, Problem> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Problem::Damaged)
}

fn field(out: &mut Vec<u8>, tag: u64, value: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = Vec::new();
    value(&mut bytes);
    number(out, tag);
    number(out, bytes.len() as u64);
    out.append(&mut bytes);
}

/// LEB128: seven bits a byte, the lowest first.
fn number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            return out.push(low & 0x7f);
        }
        out.push(low | 0x80);
    }
}

fn take_number(bytes: &mut &[u8]) -> Result<u64, Problem> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(Problem::Damaged)?;
        *bytes = rest;
        let bits = u64::from(first & 0x7f);
        if bits << shift >> shift != bits {
            return Err(Problem::Damaged);
        }
        number |= bits << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Problem::Damaged)
}

fn take_size(bytes: &mut &[u8]) -> Result<usize, Problem> {
    usize::try_from(take_number(bytes)?).map_err(|_| Problem::Damaged)
}
