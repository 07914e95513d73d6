// The package's face: all of the core but what its entries need among themselves.
export {
  Book, Engine, WuzhangError, callText, check, codes, explain, initSync, isReady, preset, presets, rules, schema, schemas, verify, version,
} from "./core.js";
export type {
  Applied, BookOptions, CaseOutcome, PackageCode, PolicySource, RosterSource, Source, VisitColumns, VisitDutiesRequest,
} from "./core.js";
export type * from "./answers.js";
export type * from "./types.js";
