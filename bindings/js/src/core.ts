// What every entry shares: one module, one instance of it, one set of classes.
export * from "./answers.js";
export { Book, type Applied, type BookOptions } from "./book.js";
export { Engine, type CaseOutcome, type PolicySource, type RosterSource, type VisitColumns, type VisitDutiesRequest } from "./engine.js";
export { WuzhangError, type PackageCode } from "./errors.js";
export { callText, check, codes, explain, preset, presets, rules, schema, schemas, verify, version } from "./library.js";
export { initSync, isReady, load, provided, type Source } from "./runtime.js";
export type * from "./types.js";
