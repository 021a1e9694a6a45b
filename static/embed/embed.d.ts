/** A file with manifests. */
export interface SetwiseFile {
  /** Its name, such as `web.yaml`. */
  name?: string;
  /** Its text: YAML or JSON, one document or several. */
  text: string;
}

/** What to show: the first of `link`, `files`, `example` that is there. */
export interface SetwiseContent {
  /** A link that Setwise made, or its fragment. */
  link?: string;
  files?: SetwiseFile[];
  /** `both`, `database`, `agent`, `agent-everywhere`, `article`, `article-printed`. */
  example?: string;
  /** How many steps have happened at the shown moment. */
  step?: number;
  /** Whether to play. Readers who want less motion are left in peace. */
  autoplay?: boolean;
}

export type SetwisePane = "manifests" | "stage" | "explanation" | "timeline";

/** What a host sends with `frame.contentWindow.postMessage(wish, origin)`. */
export type SetwiseWish = { setwise: 1 } & (
  | ({ type: "load" } & SetwiseContent)
  | { type: "seek"; step: number }
  | { type: "play" }
  | { type: "pause" }
  | { type: "options"; theme?: "auto" | "light" | "dark"; lang?: string; locked?: boolean; panes?: SetwisePane[] }
);

/** What a host hears in `message` events. Nothing of what the reader wrote is in it. */
export type SetwiseNews = { setwise: 1 } & (
  | { type: "ready" }
  | { type: "resize"; height: number }
  | { type: "step"; step: number; of: number; at: number }
  | { type: "finished" }
  | { type: "problem"; message: string }
);

/** Events of the element; they bubble. */
export interface SetwiseEventMap {
  "setwise-ready": CustomEvent<Record<string, never>>;
  "setwise-resize": CustomEvent<{ height: number }>;
  "setwise-step": CustomEvent<{ step: number; of: number; at: number }>;
  "setwise-finished": CustomEvent<Record<string, never>>;
  "setwise-problem": CustomEvent<{ message: string }>;
}

/**
 * `<setwise-playground>`. Attributes: `src`, `link`, `example`, `step`, `autoplay`, `theme`, `lang`, `panes`, `locked`,
 * `height`, `title`. Children: `<script type="text/yaml" data-name="web.yaml">`, and a link for readers without scripts.
 */
export class SetwisePlayground extends HTMLElement {
  /** Starts now; by itself the playground starts when it comes near the window. */
  start(): void;
  /** Shows something else; without an argument, what the element's attributes and children say. */
  load(what?: SetwiseContent): void;
  /** Shows the moment after so many steps. */
  seek(step: number): void;
  play(): void;
  pause(): void;
  addEventListener<K extends keyof SetwiseEventMap>(
    type: K,
    listener: (this: SetwisePlayground, event: SetwiseEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "setwise-playground": SetwisePlayground;
  }
}
