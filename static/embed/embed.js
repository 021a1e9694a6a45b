// <setwise-playground>: Setwise inside another page. No dependencies. `embed.d.ts` has the types, docs/embedding the guide.
//
//   <script src="https://example.org/setwise/embed.js" defer></script>
//   <setwise-playground example="database" step="12"><a href="https://example.org/setwise/">Open Setwise</a></setwise-playground>

const PROTOCOL = 1;
// A plain script, not a module: browsers take modules of another origin only from hosts that allow it in a header.
const OWN = document.currentScript ?? [...document.scripts].find(({ src }) => /\/embed\.js([?#]|$)/.test(src));
const HERE = new URL("./", OWN?.src || document.baseURI).href;
const SHEET = ":host{display:block}:host([hidden]){display:none}iframe{display:block;width:100%;border:0;color-scheme:normal}";
const START_WITHIN = "300px";
const OPTIONS = ["theme", "lang", "panes", "locked"];

class SetwisePlayground extends HTMLElement {
  static observedAttributes = ["src", "link", "example", "step", "autoplay", "height", "title", ...OPTIONS];

  #frame;
  #near;
  #ready = false;
  #waiting = [];
  #stopWatching;
  #isPending = false;

  connectedCallback() {
    if (!this.shadowRoot) {
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(SHEET);
      root.adoptedStyleSheets = [sheet];
      // What stands in the element is for readers without scripts, and shown until the playground is there.
      root.append(document.createElement("slot"));
    }
    addEventListener("message", this.#hear);
    this.#stopWatching = this.#watchHost();
    this.#near = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.start(), {
      rootMargin: START_WITHIN,
    });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    removeEventListener("message", this.#hear);
    this.#near.disconnect();
    this.#stopWatching();
    this.#frame?.remove();
    this.#frame = undefined;
    this.#ready = false;
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#frame || before === now) return;
    if (name === "src") return this.#restart();
    if (name === "title") this.#frame.title = this.#title();
    else if (name === "height") this.#frame.style.height = `${this.#height()}px`;
    else if (OPTIONS.includes(name)) this.#send(this.#options());
    else if (name === "step" && now !== null) this.seek(Number(now));
    // Several attributes that change together are one wish.
    else if (!this.#isPending) {
      this.#isPending = true;
      queueMicrotask(() => {
        this.#isPending = false;
        if (this.#frame) this.load();
      });
    }
  }

  /** Starts now; by itself the playground starts when it comes near the window. */
  start() {
    this.#near.disconnect();
    if (this.#frame || !this.isConnected) return;
    const frame = document.createElement("iframe");
    frame.title = this.#title();
    frame.allow = "clipboard-write";
    frame.style.height = `${this.#height()}px`;
    frame.src = this.#address();
    this.#frame = frame;
    this.shadowRoot.querySelector("slot").replaceWith(frame);
  }

  /** Shows other manifests `[{ name, text }]`, an `example`, or a `link`; without an argument, what the element says. */
  load(what = this.#content()) {
    this.#send({ type: "load", ...what });
  }

  /** Shows the moment after so many steps. */
  seek(step) {
    if (Number.isSafeInteger(step) && step >= 0) this.#send({ type: "seek", step });
  }

  play() {
    this.#send({ type: "play" });
  }

  pause() {
    this.#send({ type: "pause" });
  }

  get #base() {
    return new URL(this.getAttribute("src") ?? HERE, document.baseURI).href.replace(/[?#].*$/, "").replace(/(embed|index)\.html$/, "");
  }

  #address() {
    const options = new URLSearchParams();
    for (const name of ["example", "step", "panes", "autoplay", "locked"]) {
      if (this.hasAttribute(name)) options.set(name, this.getAttribute(name));
    }
    if (this.#content().files) options.set("blank", "");
    options.set("theme", this.#theme());
    options.set("lang", this.#language());
    const link = this.getAttribute("link")?.replace(/^[^#]*#/, "");
    // A comma needs no escape in a fragment, and is easier to read without.
    return `${this.#base}embed.html#${[link, options.toString().replaceAll("%2C", ",")].filter(Boolean).join("&")}`;
  }

  #content() {
    const files = [...this.querySelectorAll(':scope > script[type="text/yaml"], :scope > script[type="application/yaml"]')].map(
      (script, index) => ({ name: script.dataset.name ?? (index ? `manifest-${index + 1}.yaml` : "manifest.yaml"), text: outdented(script.textContent) }),
    );
    const step = this.getAttribute("step");
    return {
      ...(this.hasAttribute("link") ? { link: this.getAttribute("link") } : files.length ? { files } : { example: this.getAttribute("example") ?? "both" }),
      ...(step !== null && /^\d+$/.test(step) && { step: Number(step) }),
      autoplay: this.#has("autoplay"),
    };
  }

  #options() {
    const panes = this.getAttribute("panes")?.split(",").map((pane) => pane.trim()).filter(Boolean) ?? [];
    return { type: "options", theme: this.#theme(), lang: this.#language(), locked: this.#has("locked"), panes };
  }

  #has(name) {
    return this.hasAttribute(name) && this.getAttribute(name) !== "false";
  }

  #title() {
    return this.getAttribute("title") ?? "Setwise";
  }

  #height() {
    return Math.max(Number.parseInt(this.getAttribute("height") ?? "", 10) || 640, 160);
  }

  /** As the attribute says; otherwise light or dark as the host is, whose colours browsers do not tell a frame. */
  #theme() {
    const wanted = this.getAttribute("theme");
    if (["light", "dark"].includes(wanted)) return wanted;
    const scheme = getComputedStyle(this).colorScheme;
    if (scheme === "dark" || scheme === "light") return scheme;
    const root = document.documentElement;
    const told = `${root.dataset.theme ?? ""} ${root.dataset.mdColorScheme ?? document.body?.dataset.mdColorScheme ?? ""} ${root.className}`;
    if (/\b(dark|slate|coal|navy|ayu)\b/.test(told)) return "dark";
    if (/\b(light|default|rust)\b/.test(told)) return "light";
    return "auto";
  }

  #language() {
    return this.getAttribute("lang") || this.closest("[lang]")?.getAttribute("lang") || "en";
  }

  #watchHost() {
    let last = "";
    const follow = () => {
      const now = `${this.#theme()} ${this.#language()}`;
      if (now !== last && last !== "" && this.#frame) this.#send(this.#options());
      last = now;
    };
    follow();
    const observer = new MutationObserver(follow);
    const attributeFilter = ["class", "style", "lang", "data-theme", "data-md-color-scheme"];
    observer.observe(document.documentElement, { attributes: true, attributeFilter });
    if (document.body) observer.observe(document.body, { attributes: true, attributeFilter });
    return () => observer.disconnect();
  }

  #restart() {
    this.#ready = false;
    this.#frame.src = this.#address();
  }

  #send(wish) {
    // What is wished before the playground is there is done when it is.
    if (!this.#ready) return void this.#waiting.push(wish);
    this.#frame.contentWindow?.postMessage({ setwise: PROTOCOL, ...wish }, new URL(this.#base).origin);
  }

  #hear = (event) => {
    if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== new URL(this.#base).origin) return;
    const news = event.data;
    if (typeof news !== "object" || news === null || news.setwise !== PROTOCOL || typeof news.type !== "string") return;
    if (news.type === "ready") {
      this.#ready = true;
      const content = this.#content();
      // The rest stands in the address already.
      if (content.files) this.load(content);
      for (const wish of this.#waiting.splice(0)) this.#send(wish);
    }
    if (news.type === "resize" && !this.hasAttribute("height") && Number.isFinite(news.height)) {
      this.#frame.style.height = `${Math.min(Math.max(Math.round(news.height), 160), 4000)}px`;
    }
    const { setwise, type, ...detail } = news;
    this.dispatchEvent(new CustomEvent(`setwise-${type}`, { detail, bubbles: true, composed: true }));
  };
}

/** YAML inside indented HTML: what every line has in front is not meant. */
function outdented(text) {
  const lines = text.replace(/^[ \t]*\r?\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^ */)[0].length);
  const indent = Math.min(...indents, 80);
  return `${lines.map((line) => line.slice(indent)).join("\n")}\n`;
}

if (!customElements.get("setwise-playground")) customElements.define("setwise-playground", SetwisePlayground);

export { SetwisePlayground };
