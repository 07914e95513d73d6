// The requests and answers of the operations that no JSON Schema describes: what the library's
// façade (`core/src/json`) takes and gives.
import type { CloseAs, DutyState, Category, Finding, RuleId, FindingCode } from "./types.js";

/** A sentence in both languages. */
export type Both = { zh: string; en: string };

/** What somebody may do about a case. */
export type Action = {
  /** Whether it is open to the person. */
  allowed: boolean;
  /** For `close`, as what. */
  as?: CloseAs;
  /** The command's `do`. */
  do: string;
  /** Why not, or what is to be minded. */
  findings: Finding[];
};

/** What a code or rule means. */
export type Explanation = {
  code: string;
  number: number | null;
  title: Both | null;
  cause: Both | null;
  cure: Both | null;
  asks: Both | null;
  rule: { [name: string]: unknown } | null;
};

/** What verifying a journal's chain found. */
export type Verified = { sound: true; events: number; head: string } | { sound: false; finding: Finding };

/** What a book holds. */
export type BookStatus = {
  cases: number;
  commands: number;
  events: number;
  /** The hash of the last event; 64 zeros before the first. */
  head: string;
  last_at: string | null;
  visits: number;
};

/** A moment to look at: an instant, or a date, which means its end. Left out: the last command's. */
export type Moment = string;
/** Through whose eyes: a person's id, or `"public"`. */
export type ViewerId = string;

export type DutiesRequest = { from: string; to: string; as_of?: Moment; rule?: RuleId | (string & {}); state?: DutyState; subject?: string; viewer?: ViewerId };
export type LedgerRequest = { unit: string; category?: Category; as_of?: Moment; viewer?: ViewerId };
export type CaseRequest = { case: string; as_of?: Moment; viewer?: ViewerId };
export type ActionsRequest = { case: string; actor: string; at: string };
export type AgendaRequest = { person: string; at?: Moment; viewer?: ViewerId };
export type PublicationRequest = { unit: string; period: string };
export type RatesRequest = { from: string; to: string; unit?: string; viewer?: ViewerId };
export type AdviceRequest = { from: string; to: string };
/** Left out, `at` is the last command's. */
export type DocumentRequest = { at?: Moment };
export type MyCaseRequest = { query_code: string; secret: string; at?: Moment };
export type CheckRequest = { kind: "policy" | "roster" | "commands"; text: string; policy?: unknown; on?: string };
export type ExplainRequest = FindingCode | RuleId | (string & {});
