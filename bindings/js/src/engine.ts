import * as glue from "../glue/wuzhang.js";
import { WuzhangError } from "./errors.js";
import { Handle, answer, textOf } from "./runtime.js";
import type { Case, Duty, DutyState, Outcome, PolicyDocument, RosterDocument, Command } from "./types.js";
import type { Action } from "./answers.js";

/** The rules: a preset's name, such as `"dayi-2014"`, a document, or a document's text. */
export type PolicySource = string | PolicyDocument;
/** Who is who: a document, or a document's text. */
export type RosterSource = string | RosterDocument;

/** What an engine answers to a command about one case. */
export type CaseOutcome = {
  /** The case as it stands now; as it was, when the command was rejected. */
  case: Case | null;
  /** What came of the command. */
  outcome: Outcome;
  /** The codes that only a book can find. */
  not_judged: string[];
};

/** Visits in columns, one row for each cadre of a visit; rows of one visit stand together. */
export type VisitColumns = {
  /** The roster's ids of the cadres: `cadre` counts in this list, from 0. */
  cadres: readonly string[];
  /** The roster's ids of those visited: `target` counts in this list. */
  targets: readonly string[];
  cadre: ArrayLike<number>;
  target: ArrayLike<number>;
  /** When, in seconds since 1970-01-01T00:00:00Z. */
  on: ArrayLike<number>;
  /** When it was entered; left out, as it happened. */
  entered?: ArrayLike<number>;
  /** Not 0 where nobody met in person; left out, all in person. */
  remote?: ArrayLike<number>;
  /** The visit's number, which is its evidence; left out, the row's. */
  visit?: ArrayLike<number>;
};

/** Which quota duties to compute of columns. */
export type VisitDutiesRequest = {
  from: string;
  to: string;
  /** An instant, or a date, which means its end. */
  as_of: string;
  rule?: string;
  state?: DutyState;
  subject?: string;
};

/** Policy and roster: judges one case at a time and keeps nothing. */
export class Engine {
  readonly #handle: Handle<glue.Engine>;

  constructor(policy: PolicySource, roster: RosterSource) {
    const documents = [textOf(policy, "policy"), textOf(roster, "roster")] as const;
    const make = () => new glue.Engine(...documents);
    this.#handle = new Handle(make, make);
  }

  /** Applies a command to a case; `null` is the case that `note_need` begins. */
  apply(about: Case | null, command: Command): CaseOutcome {
    return this.#ask({ op: "apply", case: about, command });
  }

  /** What the person may do about the case at that moment, and for what is closed, why. */
  actions(about: Case, actor: string, at: string): Action[] {
    return this.#ask({ op: "actions", case: about, actor, at });
  }

  /** The duties that the case has opened, as they stand at that moment. */
  dutiesOf(about: Case, at: string): Duty[] {
    return this.#ask({ op: "duties_of", case: about, at });
  }

  /** The quota duties of visits in columns. */
  visitDuties(visits: VisitColumns, request: VisitDutiesRequest): Duty[] {
    return answer(this.visitDutiesText(visits, JSON.stringify({ op: "visit_duties", ...request })));
  }

  /** As `visitDuties`, text in and text out. */
  visitDutiesText(visits: VisitColumns, request: string): string {
    const numbers = (column: ArrayLike<number>, name: string): Float64Array => {
      const values = Float64Array.from(column);
      const wrong = values.findIndex((value) => !Number.isSafeInteger(value));
      if (wrong >= 0) throw new WuzhangError("package.argument", `${name}[${wrong}] is no whole number`);
      return values;
    };
    const places = (column: ArrayLike<number>, name: string): Uint32Array => {
      const values = numbers(column, name);
      const wrong = values.findIndex((value) => value < 0 || value > 0xffff_ffff);
      if (wrong >= 0) throw new WuzhangError("package.argument", `${name}[${wrong}] is no place in a list`);
      return Uint32Array.from(values);
    };
    const some = <T>(column: ArrayLike<number> | undefined, make: (column: ArrayLike<number>) => T) =>
      column === undefined ? undefined : make(column);
    const lines = (ids: readonly string[], name: string): string => {
      if (ids.some((id) => typeof id !== "string" || id.includes("\n"))) throw new WuzhangError("package.argument", `${name} holds what is no id`);
      return ids.join("\n");
    };
    const cadres = lines(visits.cadres, "cadres");
    const targets = lines(visits.targets, "targets");
    const cadre = places(visits.cadre, "cadre");
    const target = places(visits.target, "target");
    const on = numbers(visits.on, "on");
    const entered = some(visits.entered, (column) => numbers(column, "entered"));
    const remote = some(visits.remote, (column) => Uint8Array.from(Array.from(column, (value) => (value ? 1 : 0))));
    const visit = some(visits.visit, (column) => numbers(column, "visit"));
    return this.#handle.run((inner) => inner.visit_duties(request, cadres, targets, cadre, target, on, entered, remote, visit));
  }

  /** Any request, text in and text out: the whole answer, `{"ok":…}` or `{"error":…}`. */
  callText(request: string): string {
    return this.#handle.run((inner) => inner.call(request));
  }

  /** Gives its memory back. Harmless a second time; any other call is refused from then on. */
  free(): void {
    this.#handle.free();
  }

  /** For `using`: as `free`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #ask<T>(request: object): T {
    return answer(this.callText(JSON.stringify(request)));
  }
}
