// For Node: everything works at once.
import "./provide.js";
import { isReady, load, version, type Source } from "./core.js";
export * from "./api.js";

/** Not needed in Node, and harmless, so that one program runs everywhere. */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  if (source !== undefined) return load(source);
  if (!isReady()) version();
}
