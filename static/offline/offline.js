// Keeps the page on this computer, so that it opens without a network. The build puts the version and the files with their
// SHA-256 in place of the two lines below.
const VERSION = "development";
const FILES = {};

// All versions of all copies of the page on this host; this copy is told from others by its path.
const PREFIX = `setwise ${new URL(registration.scope).pathname} `;
const CACHE = PREFIX + VERSION;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});
addEventListener("fetch", (event) => {
  const name = ours(event.request);
  if (name !== undefined) event.respondWith(answer(name, event.request));
});

/** A version is kept whole or not at all: a host that is being updated may send files of two. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([name, sum]) => keep(cache, name, sum)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, name, sum) {
  const address = new URL(name, registration.scope);
  const response = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(`${name}: status ${response.status}`);
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sum) throw new Error(`${name} is of another version`);
  await cache.put(address, response);
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/** The file of this version that a request asks for; nothing for what the host adds by itself. */
function ours(request) {
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return undefined;
  const scope = new URL(registration.scope).pathname;
  if (!address.pathname.startsWith(scope)) return undefined;
  const name = address.pathname.slice(scope.length) || "index.html";
  return Object.hasOwn(FILES, name) ? name : undefined;
}

async function answer(name, request) {
  const kept = await caches.match(new URL(name, registration.scope), { cacheName: CACHE });
  return kept ?? fetch(request);
}
