import * as glue from "../glue/wuzhang.js";
import { WuzhangError } from "./errors.js";

/** What `init` takes: where the module lies, or the module. */
export type Source = string | URL | Request | Response | BufferSource | WebAssembly.Module;

let ready = false;
let loading: Promise<void> | undefined;
let provide: (() => BufferSource) | undefined;
/** Rises with every new instance of the module: handles of an older one have to be revived. */
let instance = 0;

/** Where the bytes come from when nobody calls `init` first: Node reads them at the first use. */
export function provided(read: () => BufferSource): void {
  provide = read;
}

/**
 * Fetches and compiles the module; do it once, before anything else. Calling it again answers the
 * same promise, and after a failure tries anew.
 */
export function load(source: Source | Promise<Source>): Promise<void> {
  if (ready) return Promise.resolve();
  loading ??= compile(source).then(
    (module) => start(module),
    (cause: unknown) => {
      loading = undefined;
      if (cause instanceof WuzhangError) throw cause;
      throw new WuzhangError("package.load", `the WebAssembly module cannot be loaded: ${said(cause)}`, { cause });
    },
  );
  return loading;
}

/** As `init`, of bytes or a compiled module, at once. Browsers allow it in workers, and on pages for compiled modules. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  if (ready) return;
  try {
    start(source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source));
  } catch (cause) {
    throw new WuzhangError("package.load", `the WebAssembly module cannot be loaded: ${said(cause)}`, { cause });
  }
}

/** Whether the module is loaded. */
export function isReady(): boolean {
  return ready;
}

async function compile(given: Source | Promise<Source>): Promise<WebAssembly.Module> {
  let source = await given;
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL || (typeof Request !== "undefined" && source instanceof Request)) {
    source = await fetch(source);
  }
  if (typeof Response === "undefined" || !(source instanceof Response)) return WebAssembly.compile(source as BufferSource);
  if (!source.ok) throw new WuzhangError("package.load", `${source.url}: ${source.status} ${source.statusText}`);
  // A server that does not know the type of .wasm files must not keep anybody from using one.
  const streams = source.headers.get("Content-Type")?.startsWith("application/wasm") ?? false;
  return streams ? WebAssembly.compileStreaming(source) : WebAssembly.compile(await source.arrayBuffer());
}

function start(module: WebAssembly.Module): void {
  if (ready) return;
  glue.initSync({ module });
  ready = true;
}

function need(): void {
  if (ready) return;
  if (provide === undefined) throw new WuzhangError("package.not_ready", "call `await init()` first");
  initSync(provide());
}

/** What an exception says. */
export function said(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** A document as text: itself, or its JSON. */
export function textOf(source: string | object, name: string): string {
  if (typeof source === "string") return source;
  if (typeof source === "object" && source !== null) return JSON.stringify(source);
  throw new WuzhangError("package.argument", `${name} is neither text nor a document`);
}

/** What an answer holds, or its error thrown. */
export function answer<T>(text: string): T {
  const parsed = JSON.parse(text) as { ok: T } | { error: unknown };
  if ("ok" in parsed) return parsed.ok;
  throw WuzhangError.of(text);
}

/**
 * What a call into the module threw, as an error of ours. The library's own refusals come as text.
 * Anything else is a trap: that instance may be left in any state, so a new one takes its place.
 */
function failure(thrown: unknown): WuzhangError {
  if (typeof thrown === "string") return WuzhangError.of(thrown);
  if (thrown instanceof WuzhangError) return thrown;
  instance += 1;
  glue.__wbg_reset_state();
  return new WuzhangError("package.trap", `a defect stopped the call; nothing of it was done (${said(thrown)})`, { cause: thrown });
}

/** Runs a call that needs no handle. */
export function plainly<R>(run: () => R): R {
  need();
  try {
    return run();
  } catch (thrown) {
    throw failure(thrown);
  }
}

/** Something that lives in the module's memory, and how to make it again. */
export class Handle<Inner extends { free(): void }> {
  #inner: Inner | undefined;
  #instance: number;
  readonly #revive: () => Inner;

  /** `revive` makes the same thing again in a new instance of the module. */
  constructor(make: () => Inner, revive: () => Inner) {
    this.#inner = plainly(make);
    this.#instance = instance;
    this.#revive = revive;
  }

  /** Runs a call on it, brought back first if a trap took it away. */
  run<R>(call: (inner: Inner) => R): R {
    const inner = this.#live();
    try {
      return call(inner);
    } catch (thrown) {
      throw failure(thrown);
    }
  }

  /** Gives its memory back. Harmless a second time; any other call is refused from then on. */
  free(): void {
    const inner = this.#inner;
    this.#inner = undefined;
    // What a trap took away has gone with its whole memory.
    if (inner !== undefined && this.#instance === instance) inner.free();
  }

  #live(): Inner {
    const inner = this.#inner;
    if (inner === undefined) throw new WuzhangError("package.freed", "it was freed");
    if (this.#instance === instance) return inner;
    try {
      const revived = this.#revive();
      this.#instance = instance;
      this.#inner = revived;
      return revived;
    } catch (thrown) {
      const cause = failure(thrown);
      throw new WuzhangError("package.lost", `it could not be brought back after a defect: ${cause.message}`, { findings: cause.findings, answer: cause.answer, cause });
    }
  }
}
