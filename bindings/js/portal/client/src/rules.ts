// The engine in the browser: judges a form while it is typed, offline as well. Loaded when a form needs it.
import { shallowRef } from "vue";
import type { Action, Case, Command, Outcome } from "wuzhang";
import wasm from "wuzhang/wuzhang.wasm?url";
import { documents, now, state, today, type Documents, type FullCase } from "./api";

type Package = typeof import("wuzhang");
type Loaded = { wuzhang: Package; engine: InstanceType<Package["Engine"]>; policy: string; roster: string; changes: number };

export const docs = shallowRef<Documents>();
let loading: Promise<Loaded> | undefined;

export async function loadDocuments(): Promise<Documents> {
  const { answer } = await documents();
  docs.value = answer;
  return answer;
}

/** The policy that the book adopted last and that has begun; the first one before that. */
function inForce({ policy, adopted }: Documents): string {
  const begun = adopted.filter((one) => String((one as { effective_from?: string }).effective_from) <= today());
  return begun.length > 0 ? JSON.stringify(begun.at(-1)) : policy;
}

async function load(anew = false): Promise<Loaded> {
  const changes = state.changed;
  const [wuzhang, read] = await Promise.all([import("wuzhang"), (anew ? undefined : docs.value) ?? loadDocuments()]);
  await wuzhang.init(wasm);
  const policy = inForce(read), roster = JSON.stringify(read.roster);
  return { wuzhang, engine: new wuzhang.Engine(policy, roster), policy, roster, changes };
}

async function ready(): Promise<Loaded> {
  try {
    const loaded = await (loading ??= load());
    if (loaded.changes === state.changed) return loaded;
    loaded.engine.free();
    return await (loading = load(true));
  } catch (error) {
    loading = undefined;
    throw error;
  }
}

/** What would come of a command, as far as this device can know; the server judges again. */
export async function checkHere(command: Omit<Command, "at">, about: Case | null): Promise<Outcome> {
  const { wuzhang, engine, policy, roster } = await ready();
  const whole = { ...command, at: now() } as Command;
  // These name no case; a book that holds nothing else judges them.
  if (command.do === "record_visit" || command.do === "give_contact_card") {
    const book = new wuzhang.Book(policy, roster, { recovery: false });
    try {
      return book.apply(whole);
    } finally {
      book.free();
    }
  }
  return engine.apply(about, whole).outcome;
}

/** The case that commands still waiting to be sent have begun, and what may be done about it. */
export async function caseHere(commands: readonly Omit<Command, "at">[]): Promise<{ view: FullCase; actions: Action[] } | undefined> {
  const { engine } = await ready();
  let about: Case | null = null;
  for (const command of commands) about = engine.apply(about, { ...command, at: now() } as Command).case;
  return about === null ? undefined : { view: { case: about, duties: [], full: true }, actions: engine.actions(about, state.person, now()) };
}
