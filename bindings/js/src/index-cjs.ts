// For bundles of CommonJS, which cannot tell where the module lies.
import { WuzhangError, load, type Source } from "./core.js";
export * from "./api.js";

/** As in the other entries, but it has to be told the source. */
export function init(source?: Source | Promise<Source>): Promise<void> {
  if (source === undefined) return Promise.reject(new WuzhangError("package.load", "a CommonJS bundle cannot tell where the module lies: give init() a URL, bytes or a module"));
  return load(source);
}
