// What waits for a second person. A command that names one is tried, kept, and recorded only when that
// person has said yes from a session of his own; nobody says it for another.
import { createHash } from "node:crypto";
import { WuzhangError, explain, type Finding, type Outcome } from "wuzhang";
import type { Keeper } from "./keeper.js";
import type { Store } from "./store.js";

/** The field in which each of these commands names the second person. */
const SECOND: Record<string, string> = { publish: "checked_by", close: "with" };

type Line = { id: string; actor: string; do: string; [field: string]: unknown };
export type Waiting = {
  command: Line;
  second: string;
  since: string;
  /** What exactly was looked at: a yes to another text is none. */
  mark: string;
  state: "waiting" | "refused" | "stuck";
  /** Why the second person refused. */
  reason?: string;
  /** Why the rules refused when it was to be recorded. */
  findings?: Finding[];
};
export type Waits = { id: string; waits: string };
export type Word = { id: string; mark: string; agree: boolean; reason: string };

/** Whom a command needs beside its actor. */
export function secondOf(command: object): string | undefined {
  const line = command as Line;
  const named = line[SECOND[line.do] ?? ""];
  return typeof named === "string" && named !== line.actor ? named : undefined;
}

export class Desk {
  /** One at a time; words given through two servers are told apart by the text that they are about. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly keeper: Keeper, private readonly store: Store) {}

  /** Keeps a command for its second person; or answers why the rules refuse it, or what came of it before. */
  put(command: object, second: string, at: string): Promise<Waits | Outcome | WuzhangError> {
    return this.#next(async () => {
      const line = command as Line;
      const { at: _at, typed_at: _typed, ...said } = line;
      const mark = createHash("sha256").update(JSON.stringify(said)).digest("hex").slice(0, 32);
      const found = await this.#find(line.id), before = found?.one;
      if (before !== undefined && before.command.actor !== line.actor) return refusal(line.id, [reused(line.id)]);
      // Resent by itself, it bears the time of its first typing: a refusal stays what it is.
      if (before?.mark === mark && (before.state === "waiting" || (_typed !== undefined && before.command["typed_at"] === _typed))) return { id: line.id, waits: second };
      await this.keeper.refresh();
      // Recorded already: the book answers as it did then, or that the id is taken.
      if ((await this.store.find(1, [`"command":${JSON.stringify(line.id)}`], 1)).length > 0) return (await this.keeper.apply([command]))[0] as Outcome | WuzhangError;
      const { status, findings } = this.keeper.judge({ ...line, at });
      if (status === "rejected") return refusal(line.id, findings);
      const kept = await this.store.swapWaiting(line.id, found?.text, JSON.stringify({ command: line, second, since: at, mark, state: "waiting" } satisfies Waiting));
      if (!kept) throw new Error(`another word about ${line.id} came first`);
      return { id: line.id, waits: second };
    });
  }

  /** What waits for this person, and what of his waits for others. */
  async of(person: string): Promise<Waiting[]> {
    return (await this.#all()).map(({ one }) => one).filter((one) => one.second === person || one.command.actor === person);
  }

  /** The second person's yes or no; or the first one takes it back. */
  word(person: string, word: Word, at: string): Promise<Outcome | "unknown" | "changed" | "done"> {
    return this.#next(async () => {
      const found = await this.#find(word.id), one = found?.one;
      if (one === undefined || (one.second !== person && one.command.actor !== person)) return "unknown";
      const put = async (next: Waiting | undefined): Promise<"changed" | "done"> =>
        (await this.store.swapWaiting(word.id, found?.text, next && JSON.stringify(next))) ? "done" : "changed";
      if (one.second !== person) return word.agree ? "unknown" : put(undefined);
      if (one.mark !== word.mark || one.state === "refused") return "changed";
      if (!word.agree) return put({ ...one, state: "refused", reason: word.reason });
      const [outcome] = (await this.keeper.apply([{ ...one.command, at }])) as [Outcome | WuzhangError];
      if (outcome instanceof WuzhangError) throw outcome;
      // Recorded first and forgotten then: a stop in between is mended by the book, which records an id once.
      if (outcome.status === "rejected") await put({ ...one, state: "stuck", findings: outcome.findings });
      // What is recorded can no longer be refused, though that was said through another server meanwhile.
      else for (let now = await this.#find(word.id); now?.one.mark === one.mark; now = await this.#find(word.id)) await this.store.swapWaiting(word.id, now.text, undefined);
      return outcome;
    });
  }

  async #all(): Promise<{ text: string; one: Waiting }[]> {
    return (await this.store.waiting()).map((text) => ({ text, one: JSON.parse(text) as Waiting }));
  }

  async #find(id: string): Promise<{ text: string; one: Waiting } | undefined> {
    return (await this.#all()).find(({ one }) => one.command.id === id);
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** As the book says it of an id that is taken. */
const reused = (id: string): Finding => ({ code: "command.id_reused", message: explain("command.id_reused").title ?? { zh: "", en: "" }, params: { command: id }, path: "/id", severity: "error" });
const refusal = (command: string, findings: Finding[]): Outcome => ({ command, status: "rejected", events: [], findings });
