// The engine in the browser: judges a form while it is typed, offline as well. Loaded when a form needs it.
import { shallowRef } from "vue";
import type { Action, Case, Command, Outcome } from "wuzhang";
import wasm from "wuzhang/wuzhang.wasm?url";
import { documents, now, state, tryThere, type Documents, type FullCase } from "./api";

type Package = typeof import("wuzhang");
type Loaded = { wuzhang: Package; engine: InstanceType<Package["Engine"]>; book: InstanceType<Package["Book"]> | undefined; policy: string; roster: string; changes: number; person: string };

export const docs = shallowRef<Documents>();
let loading: Promise<Loaded> | undefined;

export async function loadDocuments(): Promise<Documents> {
  const { answer } = await documents();
  docs.value = answer;
  return answer;
}

async function load(anew = false): Promise<Loaded> {
  const { changed: changes, person } = state;
  const [wuzhang, read] = await Promise.all([import("wuzhang"), (anew ? undefined : docs.value) ?? loadDocuments()]);
  await wuzhang.init(wasm);
  // Policy and roster come as they are in force: the server asks its book for them.
  const policy = read.policy, roster = JSON.stringify(read.roster);
  return { wuzhang, engine: new wuzhang.Engine(policy, roster), book: undefined, policy, roster, changes, person };
}

async function ready(): Promise<Loaded> {
  try {
    const loaded = await (loading ??= load());
    // Another person on the same device has another part of the roster.
    if (loaded.changes === state.changed && loaded.person === state.person) return loaded;
    loaded.engine.free();
    loaded.book?.free();
    return await (loading = load(true));
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** These name no case; a book that holds nothing else judges them. */
const BOOKED = new Set<string>(["record_visit", "give_contact_card", "consent", "change_roster", "adopt_policy"]);
/** These speak of what only the whole book holds: the server is asked. */
export const ASKED_THERE = new Set<string>(["approve_late_visit", "object", "answer_objection", "correct", "take_down"]);

/** What would come of a command, as far as this device can know; the server judges again. */
export async function checkHere(command: Omit<Command, "at">, about: Case | null): Promise<Pick<Outcome, "status" | "findings">> {
  if (ASKED_THERE.has(command.do)) return (await tryThere([command]))[0] ?? { status: "accepted", findings: [] };
  const loaded = await ready();
  const { wuzhang, engine, policy, roster } = loaded;
  const whole = { ...command, at: now() } as Command;
  if (!BOOKED.has(command.do)) return engine.apply(about, whole).outcome;
  const book = (loaded.book ??= new wuzhang.Book(policy, roster, { recovery: false }));
  const outcome = book.apply(whole);
  if (outcome.status === "accepted") {
    // What was only tried must not stand in the way of the next trial.
    book.free();
    loaded.book = undefined;
  }
  return outcome;
}

/** The package itself, loaded. */
export const rulesPackage = async (): Promise<Pick<Loaded, "wuzhang" | "policy">> => ready();

/** The case that commands still waiting to be sent have begun, and what may be done about it. */
export async function caseHere(commands: readonly Omit<Command, "at">[]): Promise<{ view: FullCase; actions: Action[] } | undefined> {
  const { engine } = await ready();
  let about: Case | null = null;
  for (const command of commands) about = engine.apply(about, { ...command, at: now() } as Command).case;
  return about === null ? undefined : { view: { case: about, duties: [], full: true }, actions: engine.actions(about, state.person, now()) };
}
