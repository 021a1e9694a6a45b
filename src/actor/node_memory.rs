//! Which machines are down, and what the controllers that watch nodes remember between passes.

use crate::api::{Time, Uid};
use std::collections::BTreeMap;

/// Machines that are down, pending evictions, and how fast nodes may be tainted.
#[derive(Clone, Debug, Default)]
pub struct NodeMemory {
    outages: BTreeMap<String, Outage>,
    limiters: BTreeMap<String, Limiter>,
    evictions: BTreeMap<Uid, Eviction>,
    stranded: BTreeMap<String, Stranded>,
}

/// A machine that is down: its kubelet acts on nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Whether its heartbeats stopped; otherwise its kubelet reports that the node is not Ready.
    pub silent: bool,
    /// The last heartbeat.
    pub last_heartbeat: Time,
}

/// A token bucket of one token, as there is one for the evictions of each zone.
#[derive(Clone, Copy, Debug)]
struct Limiter {
    /// Milliseconds for a token; none where there are no tokens.
    interval: Option<u64>,
    /// When the token is there.
    free_at: Time,
}

/// A pod whose toleration of a taint runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Eviction {
    /// When it is due.
    pub due: Time,
}

/// A volume that is still attached to a machine that went down, though its pod is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranded {
    /// The node.
    pub node: String,
    /// Since when no pod there uses it.
    pub since: Time,
}

impl NodeMemory {
    /// The outage of a node, if it is down.
    #[must_use]
    pub fn outage(&self, node: &str) -> Option<Outage> {
        self.outages.get(node).copied()
    }

    /// Notes that a machine is down.
    pub fn note_down(&mut self, node: &str, outage: Outage) {
        self.outages.insert(node.to_owned(), outage);
    }

    /// Notes that a machine is up again. What was attached there is detached when its kubelet cleans up.
    pub fn note_up(&mut self, node: &str) {
        self.outages.remove(node);
        self.stranded.retain(|_, stranded| stranded.node != node);
    }

    /// Notes how fast the nodes of each zone may be tainted, in milliseconds a node; none stops it.
    /// (`RateLimitedTimedQueue.SwapLimiter`: a limiter that was waited for is followed by an empty one.)
    pub fn note_paces(&mut self, paces: &BTreeMap<String, Option<u64>>, now: Time) {
        self.limiters.retain(|zone, _| paces.contains_key(zone));
        for (zone, interval) in paces {
            match self.limiters.get_mut(zone) {
                Some(limiter) if limiter.interval == *interval => {}
                Some(limiter) => {
                    let waited = limiter.interval.is_none() || limiter.free_at > now;
                    let free_at = now + interval.filter(|_| waited).unwrap_or(0);
                    *limiter = Limiter { interval: *interval, free_at };
                }
                None => drop(self.limiters.insert(zone.clone(), Limiter { interval: *interval, free_at: now })),
            }
        }
    }

    /// When the next node of a zone may be tainted; none where it may not at all.
    #[must_use]
    pub fn may_taint_at(&self, zone: &str) -> Option<Time> {
        match self.limiters.get(zone) {
            Some(limiter) => limiter.interval.map(|_| limiter.free_at),
            None => Some(Time::ZERO),
        }
    }

    /// Notes that a node of a zone was tainted.
    pub fn note_tainted(&mut self, zone: &str, now: Time) {
        if let Some(limiter) = self.limiters.get_mut(zone) {
            limiter.free_at = now + limiter.interval.unwrap_or(0);
        }
    }

    /// The eviction that a pod awaits.
    #[must_use]
    pub fn eviction(&self, pod: Uid) -> Option<Eviction> {
        self.evictions.get(&pod).copied()
    }

    /// Notes when a pod is to be evicted, or that it is not any more.
    pub fn note_eviction(&mut self, pod: Uid, eviction: Option<Eviction>) {
        match eviction {
            Some(eviction) => drop(self.evictions.insert(pod, eviction)),
            None => drop(self.evictions.remove(&pod)),
        }
    }

    /// Where a volume is still attached.
    #[must_use]
    pub fn stranded(&self, volume: &str) -> Option<&Stranded> {
        self.stranded.get(volume)
    }

    /// Notes that the pod that used a volume is gone and that nobody can confirm that the volume is unmounted.
    pub fn note_stranded(&mut self, volume: &str, stranded: Stranded) {
        self.stranded.entry(volume.to_owned()).or_insert(stranded);
    }
}
