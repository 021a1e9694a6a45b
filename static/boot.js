// Starts the page. Trunk would write this into the page itself, which the Content-Security-Policy forbids;
// `pattern_script` in Trunk.toml names the built files in the attributes of the element that loads this one.

// The language: of the link, else the one that was chosen before, else the first of the browser's that the page speaks.
// The program goes on with what the document says (src/ui/language.rs).
const spoken = { en: "en", zh: "zh-CN" };
const kept = () => {
  try {
    return localStorage.getItem("setwise.language");
  } catch {
    return null; // Where the visitor forbids storage, browsers throw.
  }
};
const asked = (part) => new URLSearchParams(part.slice(1)).get("lang");
const wanted = [asked(location.hash), asked(location.search), kept(), ...(navigator.languages ?? [])];
document.documentElement.lang = wanted.map((tag) => spoken[tag?.toLowerCase().split("-")[0]]).find(Boolean) ?? "en";
if (document.documentElement.lang === spoken.zh) {
  for (const element of document.querySelectorAll("[data-zh]")) {
    if (element instanceof HTMLMetaElement) element.content = element.dataset.zh;
    else element.textContent = element.dataset.zh;
  }
}

const { js, wasm, editor } = document.getElementById("boot").dataset;
const at = (path) => new URL(path, document.baseURI);

// Where all is in one file (xtask/site/finish.mjs), its parts are there already.
const whole = globalThis.setwiseParts;
const parts = whole ?? { program: () => import(at(js)), bytes: () => at(wasm), editor: () => import(at(editor)) };

// The page asks for its editor when it is usable without; until then, and where it cannot be had, a text area does.
const loadExport = parts.exporter ?? (() => import(at("./export.js")));
const setwise = (globalThis.setwise = { loadEditor: parts.editor, loadExport, isUpdateReady: false, update() {} });

try {
  const { default: start } = await parts.program();
  await start({ module_or_path: await parts.bytes() });
} catch (error) {
  document.documentElement.dataset.boot = "failed";
  throw error;
}

// A page inside another one leaves it to the whole page to keep itself offline: browsers give it a storage of its own.
if (navigator.serviceWorker && !whole && document.documentElement.dataset.page !== "embed") {
  navigator.serviceWorker.register(at("./offline.js"), { updateViaCache: "none" }).then(watch, () => {
    // Some hosts and some browsers forbid it: the page works, with a network.
  });
}

/** Says when a new version is whole and waits; it is taken when somebody wants it, or when all pages are closed. */
function watch(registration) {
  const ready = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    setwise.isUpdateReady = true;
    setwise.update = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      registration.waiting?.postMessage("take over");
    };
    dispatchEvent(new Event("setwise-update"));
  };
  ready();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", ready);
  });
}
