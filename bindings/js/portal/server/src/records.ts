// What was recorded, as it was typed: for answering objections, approving late visits and mending slips.
// Which of it may be answered, approved or mended, and by whom, the engine says when it is asked to judge.
import { schema, type Finding, type JournalEvent } from "wuzhang";
import type { Keeper } from "./keeper.js";
import { readable, seesCase, seesUnit } from "./reading.js";
import type { Store } from "./store.js";

export type Objection = {
  objection: string; posting: string; case: string; by: string; text: string; at: string; unit: string; due: string | null; state: string | null;
  answers: { text: string; at: string; actor: string }[]; may: boolean; findings: Finding[];
};
export type LateVisit = { visit: string; cadres: string[]; target: string; on: string; at: string; diary: string; may: boolean; findings: Finding[] };
export type Recorded = { seq: number; command: string; event: string; at: string; actor: string; typed: { field: string; value: unknown }[]; slips: { field: string; value: unknown; findings: Finding[] }[] };

type Event = JournalEvent & { seq: number; [field: string]: unknown };
/** What the journal adds to a command's own fields. */
const JOURNAL = new Set(["seq", "hash", "prev", "digest", "event", "command", "actor", "at", "typed_at", "findings"]);
const MOST = 1_000_000, RECENT = 30;
/** Of no field's shape: a correction with it is always refused, for this and for whatever else stands against it. */
const MISSHAPEN = { "?": null };

export class Records {
  /** The rare events, as far as they were looked for. */
  #rare = new Map<string, { upTo: number; events: Event[] }>();

  constructor(private readonly keeper: Keeper, private readonly store: Store) {}

  async #kept(word: string): Promise<Event[]> {
    // What is still being written is in the book already and not yet to be found.
    const last = Math.min(this.keeper.book.status().events, (await this.store.mark()).events);
    const from = this.#rare.get(word)?.upTo ?? 0;
    const lines = from < last ? await this.store.find(from + 1, [word], MOST) : [];
    // Whoever looked at the same time was perhaps quicker.
    const kept = this.#rare.get(word) ?? { upTo: 0, events: [] };
    kept.events.push(...lines.map((line) => JSON.parse(line) as Event).filter((one) => one.seq <= last && one.seq > kept.upTo));
    kept.upTo = Math.max(kept.upTo, last);
    this.#rare.set(word, kept);
    return kept.events;
  }

  async #corrections(): Promise<Map<string, Event[]>> {
    const by = new Map<string, Event[]>();
    for (const one of await this.#kept('"event":"corrected"')) by.set(String(one["corrects"]), [...(by.get(String(one["corrects"])) ?? []), one]);
    return by;
  }

  async objections(person: string, at: string): Promise<Objection[]> {
    const { book } = this.keeper;
    const [made, answered, corrected] = [await this.#kept('"event":"objected"'), await this.#kept('"event":"objection_answered"'), await this.#corrections()];
    const mine = made.filter((one) => seesCase(book, person, String(one["case"])) || seesUnit(book, person, String(one["unit"])));
    const first = mine[0]?.["at"];
    const duties = first === undefined ? [] : book.duties({ from: String(first).slice(0, 10), to: "9999-12-31", as_of: at, rule: "publish.objection" });
    return mine.reverse().map((raw) => {
      const one = mended(raw, corrected.get(raw.command as string));
      const duty = duties.find((each) => each.object === one["objection"]);
      const answers = answered.filter((each) => each["objection"] === one["objection"]).map((each) => mended(each, corrected.get(each.command as string)));
      const tried = this.keeper.judge({ at, actor: person, do: "answer_objection", objection: one["objection"], text: "…" });
      return {
        ...pick(one, ["objection", "posting", "case", "by", "text", "at", "unit"]), due: duty?.due ?? null, state: duty?.state ?? null,
        answers: answers.map((each) => pick(each, ["text", "at", "actor"])), may: tried.status === "accepted", findings: tried.findings,
      } as Objection;
    });
  }

  /** Late visits that no one has approved: those that this person may approve, and his own. */
  async lateVisits(person: string, at: string): Promise<LateVisit[]> {
    const [late, approved, corrected] = [await this.#kept('"late":true'), await this.#kept('"event":"late_visit_approved"'), await this.#corrections()];
    const done = new Set(approved.map((one) => one["visit"]));
    const open = late.filter((one) => one.event === "visit_recorded" && !done.has(one["visit"])).map((one) => mended(one, corrected.get(one.command as string)));
    return open.map((one) => {
      const tried = this.keeper.judge({ at, actor: person, do: "approve_late_visit", visit: one["visit"] });
      return { one, may: tried.status === "accepted", findings: tried.findings };
    }).filter(({ one, may }) => may || one.actor === person || (one["cadres"] as string[]).includes(person))
      .map(({ one, may, findings }) => ({ diary: "", ...pick(one, ["visit", "cadres", "target", "on", "at", "diary"]), may, findings }) as LateVisit);
  }

  /** The events of a case or a posting, or somebody's own visits, with what of them may be mended. */
  async of(person: string, about: { case?: string; posting?: string }, at: string): Promise<Recorded[]> {
    const words = about.case !== undefined ? [`"case":${JSON.stringify(about.case)}`] : about.posting !== undefined ? ['"event":"posted"', `"posting":${JSON.stringify(about.posting)}`] : [`"actor":${JSON.stringify(person)}`, '"event":"visit_recorded"'];
    const lines = await this.store.find(1, words, RECENT * (about.case === undefined ? 1 : 20));
    const may = readable(this.keeper.book, person);
    const events = lines.map((line) => JSON.parse(line) as Event).filter((one) => may(one) && (about.case === undefined || one["case"] === about.case || one.event === "posted"));
    const corrected = await this.#corrections();
    return Promise.all(events.map(async (raw) => {
      const one = mended(raw, corrected.get(raw.command as string)), within = await this.#place(raw);
      const typed = leaves(Object.fromEntries(Object.entries(one).filter(([name]) => !JOURNAL.has(name))), within);
      return { ...pick(one, ["seq", "command", "event", "at", "actor"]), typed, slips: slips(this.keeper, person, at, raw, within, typed) } as Recorded;
    }));
  }

  /** Where the fields of an event stand in its command: a meeting's decisions are events of their own. */
  async #place(event: Event): Promise<string> {
    if (event.event !== "case_decided") return "";
    const [meeting] = await this.store.find(1, ['"event":"meeting_held"', `"command":${JSON.stringify(event.command)}`], 1);
    const cases = meeting === undefined ? [] : ((JSON.parse(meeting) as Event)["cases"] as string[]);
    return `/decisions/${cases.indexOf(String(event["case"]))}`;
  }
}

/** Every name that a field of some command has; a field that was left out may be filled in later. */
const names = (() => {
  let list: string[] | undefined;
  return (): string[] => (list ??= [...new Set([...JSON.stringify(schema("command")).matchAll(/"properties":(\{.*?\}),"required"/g)].flatMap(([, text]) => [...(text as string).matchAll(/"([a-z_]+)":\{"description"/g)].map(([, name]) => name as string)))]);
})();

function slips(keeper: Keeper, person: string, at: string, event: Event, within: string, typed: Recorded["typed"]): Recorded["slips"] {
  const values = new Map(typed.map((one) => [one.field, one.value]));
  const fields = [...new Set([...values.keys(), ...names().map((name) => `${within}/${name}`)])];
  return fields.flatMap((field) => {
    const { findings } = keeper.judge({ at, actor: person, do: "correct", command: event.command, field, value: MISSHAPEN, reason: "…" });
    if (findings.some((one) => one.path === "/field")) return [];
    // A record whose parts may each be mended is not mended as a whole.
    if (typed.some((one) => one.field.startsWith(`${field}/`))) return [];
    return [{ field, value: values.get(field) ?? null, findings: findings.filter((one) => one.path !== "/value") }];
  });
}

/** An event with the corrections of its command. */
function mended(event: Event, corrections: readonly Event[] = []): Event {
  if (corrections.length === 0) return event;
  const copy = structuredClone(event);
  for (const one of corrections) {
    const path = String(one["field"]).split("/").slice(event.event === "case_decided" ? 3 : 1);
    let at: Record<string, unknown> = copy;
    for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Record<string, unknown>;
    at[path.at(-1) as string] = one["value"];
  }
  return copy;
}

/** The values of a record, each with its JSON Pointer. */
function leaves(value: unknown, path: string): { field: string; value: unknown }[] {
  if (value === null || typeof value !== "object") return [{ field: path, value }];
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return [{ field: path, value }];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, `${path}/${name}`));
}

const pick = (from: object, keys: readonly string[]): object => Object.fromEntries(keys.map((name) => [name, (from as Record<string, unknown>)[name]]).filter(([, value]) => value !== undefined));
