import type { Finding, FindingCode } from "./types.js";

/** What the package itself can refuse, beside the codes of the rules. */
export type PackageCode =
  /** `init()` has not finished yet. */
  | "package.not_ready"
  /** The WebAssembly module could not be fetched or compiled. */
  | "package.load"
  /** The engine or book was freed. */
  | "package.freed"
  /** An argument of a kind that no call takes. */
  | "package.argument"
  /** A defect stopped the module; everything is as it was before the call. */
  | "package.trap"
  /** A defect stopped the module, and this engine or book could not be brought back. */
  | "package.lost"
  /** The store is of another book, or of other documents. */
  | "package.store_differs"
  /** Somebody else wrote to the store; open it again. */
  | "package.store_conflict"
  /** There is no room left in the store. */
  | "package.store_full"
  /** The store cannot be read or written. */
  | "package.store_failed"
  /** The store was closed. */
  | "package.store_closed"
  /** The worker cannot be reached. */
  | "package.worker";

/** Everything that this package throws. A command that the rules refuse is no error but an outcome. */
export class WuzhangError extends Error {
  override readonly name = "WuzhangError";
  /** The first finding's code, or what the package says. Stable for ever. */
  readonly code: FindingCode | PackageCode;
  /** Where in the text the first finding lies, as a JSON Pointer; empty when nowhere in it. */
  readonly path: string;
  /** Everything that is wrong; empty when the package itself refuses. */
  readonly findings: readonly Finding[];
  /** The library's own answer, `{"error":…}`, byte for byte; empty when the package itself refuses. */
  readonly answer: string;

  constructor(code: FindingCode | PackageCode, message: string, rest: { findings?: readonly Finding[]; answer?: string; cause?: unknown } = {}) {
    super(message, rest.cause === undefined ? undefined : { cause: rest.cause });
    const findings = rest.findings ?? [];
    this.answer = rest.answer ?? "";
    this.code = code;
    this.path = findings[0]?.path ?? "";
    this.findings = findings;
  }

  /** Of an error answer of the library. */
  static of(answer: string): WuzhangError {
    const { error } = JSON.parse(answer) as { error: { findings: Finding[] } };
    const [first] = error.findings;
    if (first === undefined) return new WuzhangError("package.trap", answer);
    const more = error.findings.length > 1 ? ` (and ${error.findings.length - 1} more)` : "";
    const where = first.path ? ` at ${first.path}` : "";
    return new WuzhangError(first.code, `${first.code}${where}: ${first.message.en} ${first.message.zh}${more}`, { findings: error.findings, answer });
  }
}
