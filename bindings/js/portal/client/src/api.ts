// The server, as the page sees it.
import { reactive } from "vue";
import type { Action, Agenda, CaseView, Command, Duty, Finding, JournalEvent, Ledger, Outcome, Publication, PublicItem, RateRow, RosterDocument } from "wuzhang";
import { instant } from "../../server/src/instant";
import { answers } from "./kept";

export type Refused = { id: string | null; refused: "line" | "actor" };
export type Documents = { version: string; policy: string; adopted: object[]; roster: RosterDocument };
export type Person = { id: string; name: string; unit: string; posts: string[] };
export type FullCase = CaseView & { full: true };
export type PublicCase = { full: false; items: PublicItem[] };
export type Waits = { id: string; waits: string };
export type Trial = Pick<Outcome, "status" | "findings">;
export type Waiting = { command: { id: string; actor: string; do: Command["do"]; [field: string]: unknown }; second: string; since: string; mark: string; state: "waiting" | "refused" | "stuck"; reason?: string; findings?: Finding[] };
export type Objection = { objection: string; posting: string; case: string; by: string; text: string; at: string; unit: string; due: string | null; state: string | null; answers: { text: string; at: string; actor: string }[]; may: boolean; findings: Finding[] };
export type LateVisit = { visit: string; cadres: string[]; target: string; on: string; at: string; diary: string; may: boolean; findings: Finding[] };
export type Slip = { field: string; value: unknown; findings: Finding[] };
export type Recorded = { seq: number; command: string; event: string; at: string; actor: string; typed: { field: string; value: unknown }[]; slips: Slip[] };
export type Question = {
  objections: object; late_visits: object; records: { case?: string; posting?: string };
  ledger: { unit: string; category?: string }; case: { case: string }; agenda: object; actions: { case: string; only?: string[]; because?: string }; publication: { unit: string; period: string };
  rates: { from: string; to: string; unit?: string }; duties: { from: string; to: string; rule?: string; state?: string };
};
export type Answer = { objections: Objection[]; late_visits: LateVisit[]; records: Recorded[]; ledger: (Ledger & { full: true }) | { full: false; rows: PublicItem[] }; case: FullCase | PublicCase; agenda: Agenda; actions: Action[]; publication: Publication; rates: RateRow[]; duties: Duty[] };

/** Told apart from a refusal: the server was not reached. */
export class NoNetwork extends Error {}
export class Status extends Error {
  constructor(readonly status: number, readonly body: { error?: string }) {
    super(`${status} ${body.error ?? ""}`);
  }
}

export const state = reactive({
  person: localStorage.getItem("person") ?? "",
  online: navigator.onLine,
  /** The server's time less the device's, in milliseconds, and the offset it writes. */
  ahead: Number(localStorage.getItem("ahead") ?? 0),
  offset: localStorage.getItem("offset") ?? "+08:00",
  documents: undefined as string | undefined,
  changed: 0,
  /** How far the server's book went when it was first heard of; from there on the page follows. */
  events: undefined as number | undefined,
});
addEventListener("online", () => (state.online = true));
addEventListener("offline", () => (state.online = false));

/** The server's time, as well as it is known; the device's own clock decides nothing. */
export const now = (): string => instant(Date.now() + state.ahead, state.offset);
export const today = (): string => now().slice(0, 10);
/** What the device itself believes. */
export const typedAt = (): string => instant(Date.now(), state.offset);

/** What the server wrote into the page: the answers to its first questions, each to be used once. */
type First = { person: string; now: string; documents: string; events: number; answers: { path: string; body?: object; answer: unknown }[] };
const first = ((): First | undefined => {
  const text = document.getElementById("first")?.textContent;
  const said = text ? (JSON.parse(text) as First) : undefined;
  // Of somebody else, after another has logged in on this device.
  return said?.person === state.person ? said : undefined;
})();
if (first !== undefined) heard(first.now, first.documents, first.events);

/** Takes in what each answer says beside itself: the server's time, the version of its documents, how far its book goes. */
function heard(clock: string | null, version: string | null, events: number | null): void {
  if (clock !== null) {
    state.ahead = Date.parse(clock) - Date.now();
    state.offset = clock.slice(-6);
    localStorage.setItem("ahead", String(state.ahead));
    localStorage.setItem("offset", state.offset);
  }
  if (version !== null) {
    if (state.documents !== undefined && state.documents !== version) state.changed += 1;
    state.documents = version;
  }
  state.events ??= events ?? undefined;
}

/** Whether the answer came with the page. */
export const came = (path: string): boolean => first?.answers.some((one) => one.path === path) === true;

async function call<T>(path: string, body?: string | object): Promise<T> {
  const here = first?.answers.findIndex((one) => one.path === path && JSON.stringify(one.body) === JSON.stringify(body)) ?? -1;
  if (first !== undefined && here >= 0) return first.answers.splice(here, 1)[0]?.answer as T;
  let response: Response;
  try {
    response = await fetch(path, body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers: { "content-type": typeof body === "string" ? "application/x-ndjson" : "application/json" } });
  } catch (cause) {
    state.online = false;
    throw new NoNetwork(String(cause));
  }
  state.online = true;
  const number = (name: string): number | null => { const value = response.ok ? response.headers.get(name) : null; return value === null ? null : Number(value); };
  heard(response.headers.get("x-now"), response.ok ? response.headers.get("x-documents") : null, number("x-events"));
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (cause) {
    // The answer broke off, or somebody between here and the server gave another.
    if (response.ok) throw new NoNetwork(String(cause));
    answer = {};
  }
  if (!response.ok) throw new Status(response.status, answer as { error?: string });
  return answer as T;
}

/** Asks, and remembers the answer; without a network, the answer that was remembered. */
async function remembered<T>(key: string, ask: () => Promise<T>): Promise<{ answer: T; stale: string }> {
  const name = `${state.person} ${key}`;
  try {
    const answer = await ask();
    void answers.put(name, answer, now());
    return { answer, stale: "" };
  } catch (error) {
    if (!(error instanceof NoNetwork)) throw error;
    const kept = await answers.get(name);
    if (kept === undefined) throw error;
    return { answer: kept.answer as T, stale: kept.at };
  }
}

type Said = { ok?: unknown };
export async function ask<K extends keyof Question>(op: K, question: Question[K]): Promise<{ answer: Answer[K]; stale: string }> {
  const many = await askMany(op, [question]);
  const [answer] = many.answers;
  if (answer === undefined) throw new Status(404, {});
  return { answer, stale: many.stale };
}

/** The same question about several things; what has no answer is undefined. */
export async function askMany<K extends keyof Question>(op: K, questions: Question[K][]): Promise<{ answers: (Answer[K] | undefined)[]; stale: string }> {
  const all: (Answer[K] | undefined)[] = [];
  let old = "";
  // The server takes so many at once.
  for (let from = 0; from < questions.length; from += 200) {
    const requests = questions.slice(from, from + 200).map((one) => ({ op, ...one }));
    const { answer, stale } = await remembered(JSON.stringify(requests), () => call<{ answers: Said[] }>("/api/ask", { requests }));
    all.push(...answer.answers.map((one) => (one.ok ?? undefined) as Answer[K] | undefined));
    old ||= stale;
  }
  return { answers: all, stale: old };
}

export const door = (): Promise<{ demo: boolean; password?: string; people?: Person[] }> => call("/api/door");
export const me = (): Promise<{ person: string }> => call("/api/me");
export const login = (person: string, password: string): Promise<{ person: string }> => call("/api/login", { person, password });
export const logout = (): Promise<object> => call("/api/logout", {});
export const documents = (): Promise<{ answer: Documents; stale: string }> => remembered("documents", () => call<Documents>("/api/documents"));
export const eventsSince = (since: number): Promise<{ events: JournalEvent[]; last: number }> => call(`/api/events?since=${since}`);
export const sendLines = (lines: string): Promise<{ answers: (Outcome | Refused | Waits)[] }> => call("/api/commands", lines);
export const checkThere = (command: object): Promise<Outcome> => call("/api/check", { command });
export const myCase = (query_code: string, secret: string): Promise<Said> => call("/api/my-case", { query_code, secret });
/** Each command by itself: what would come of it. */
export const tryThere = async (commands: object[]): Promise<Trial[]> => (await call<{ tried: Trial[] }>("/api/try", { commands })).tried;
export const tryRemembered = async (commands: object[]): Promise<Trial[]> => (await remembered(`try ${JSON.stringify(commands)}`, () => tryThere(commands))).answer;
export const waiting = (): Promise<{ answer: { waiting: Waiting[] }; stale: string }> => remembered("waiting", () => call<{ waiting: Waiting[] }>("/api/waiting"));
export const sayWord = (word: { id: string; mark: string; agree: boolean; reason?: string }): Promise<{ outcome?: Outcome }> => call("/api/waiting", word);
