//! Objects of one kind by namespace and name.

use crate::api::{Key, Resource};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Objects of one kind, in the order of namespace and name.
#[derive(Clone, Debug)]
pub struct Store<T> {
    objects: BTreeMap<Key, Rc<T>>,
}

impl<T> Default for Store<T> {
    fn default() -> Self {
        Store { objects: BTreeMap::new() }
    }
}

impl<T: Resource> Store<T> {
    /// An object by namespace and name.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Rc<T>> {
        self.objects.get(key)
    }

    /// Whether there is one of that namespace and name.
    #[must_use]
    pub fn contains(&self, key: &Key) -> bool {
        self.objects.contains_key(key)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Rc<T>> {
        self.objects.values()
    }

    /// Those of one namespace, by name; costs no more than these.
    pub fn within<'a>(&'a self, namespace: &'a str) -> impl Iterator<Item = &'a Rc<T>> {
        let from = Key::new(namespace, "");
        self.objects.range(from..).take_while(move |(key, _)| *key.namespace == *namespace).map(|(_, object)| object)
    }

    /// Their keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.objects.keys()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    pub(super) fn insert(&mut self, object: Rc<T>) {
        self.objects.insert(object.key(), object);
    }

    pub(super) fn remove(&mut self, key: &Key) {
        self.objects.remove(key);
    }
}
