// For pages and workers: the module lies beside this file, and bundlers see it by this very form.
import { load, type Source } from "./core.js";
export * from "./api.js";

/**
 * Loads the module; call and await it once before anything else. Without a source it is fetched
 * from beside this package's files; else from a URL, a response, bytes or a compiled module.
 */
export function init(source?: Source | Promise<Source>): Promise<void> {
  return load(source ?? new URL("./wuzhang.wasm", import.meta.url));
}
