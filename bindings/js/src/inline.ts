// The module is in the text of this file, for pages that cannot fetch a second one.
import { load, type Source } from "./core.js";
import packed from "wuzhang.wasm.gz";
export * from "./api.js";

/** Unpacks the module and compiles it; needs no source. */
export function init(source?: Source | Promise<Source>): Promise<void> {
  return load(source ?? unpack());
}

function unpack(): Promise<Source> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
