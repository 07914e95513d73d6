// For Node: everything works at once; the module is read from beside this file at the first use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isReady, load, provided, version, type Source } from "./core.js";
export * from "./api.js";

provided(() => readFileSync(join(__dirname, "wuzhang.wasm")));

/** Not needed in Node, and harmless, so that one program runs everywhere. */
export async function init(source?: Source | Promise<Source>): Promise<void> {
  if (source !== undefined) return load(source);
  if (!isReady()) version();
}
