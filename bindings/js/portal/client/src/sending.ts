// The outbox: a command is stored first and sent then; it leaves when the server has answered it.
import { reactive } from "vue";
import type { Command, Finding, Outcome } from "wuzhang";
import { NoNetwork, Status, sendLines, state, typedAt, type Waits } from "./api";
import { outbox, type Waiting } from "./kept";

export type Draft = { id: string; actor: string; do: Command["do"]; [field: string]: unknown };
/** What became of a command: `sent` with the outcome; `waits` for a second person; `kept` for later; `full` when it could be neither stored nor sent. */
export type Fate = { fate: "sent"; outcome: Outcome } | { fate: "refused"; findings: Finding[]; why?: "line" | "actor" } | { fate: "waits"; second: string } | { fate: "kept" } | { fate: "full" };

export const box = reactive({ list: [] as Waiting[], trouble: "" as "" | "session" | "server" | "rate" });
let turn: Promise<unknown> = Promise.resolve();
const fates = new Map<string, Fate>();
/** Whether this page sent that command, and showed what came of it. */
export const sentHere = (id: string): boolean => fates.has(id);

/** A new id, unlike any other device's. */
export const newId = (kind: string): string => `${kind}-${crypto.randomUUID()}`;

export async function refreshBox(): Promise<void> {
  box.list = state.person === "" ? [] : await outbox.all(state.person);
}

/** Stores the command, and sends what waits. The same command may be given again: it is recorded once. */
export async function send(draft: Draft): Promise<Fate> {
  // Plain values, not what the form goes on changing.
  const command = JSON.parse(JSON.stringify({ ...draft, typed_at: typedAt() })) as Waiting["command"];
  // Waiting for a verdict that came before it was mended would be wrong.
  fates.delete(draft.id);
  try {
    const before = (await outbox.all(state.person)).find((one) => one.command.id === draft.id);
    await outbox.put({ ...(before?.n === undefined ? {} : { n: before.n }), person: state.person, command, from: location.pathname });
  } catch {
    // No room on the device: straight to the server, while the form still holds the text.
    try {
      const [answer] = (await sendLines(JSON.stringify(command))).answers;
      if (answer !== undefined) return "refused" in answer ? { fate: "refused", findings: [], why: answer.refused } : fateOf(answer);
    } catch {
      // Said below.
    }
    return { fate: "full" };
  }
  await refreshBox();
  await flush();
  return fates.get(draft.id) ?? { fate: "kept" };
}

const fateOf = (outcome: Outcome | Waits): Fate => ("waits" in outcome ? { fate: "waits", second: outcome.waits } : outcome.status === "accepted" ? { fate: "sent", outcome } : { fate: "refused", findings: outcome.findings });

/** Sends what waits, in the order it was typed; one tab at a time. */
export function flush(): Promise<void> {
  const run = turn.then(async () => { await ("locks" in navigator ? navigator.locks.request("outbox", flushAll) : flushAll()); });
  turn = run.catch(() => undefined);
  return run;
}

async function flushAll(): Promise<void> {
  const person = state.person;
  if (person === "") return;
  for (;;) {
    const waiting = (await outbox.all(person)).filter((one) => one.refused === undefined).slice(0, 50);
    if (waiting.length === 0) break;
    let answers: Awaited<ReturnType<typeof sendLines>>["answers"];
    try {
      ({ answers } = await sendLines(waiting.map((one) => JSON.stringify(one.command)).join("\n")));
      box.trouble = "";
    } catch (error) {
      box.trouble = error instanceof Status ? (error.status === 401 ? "session" : error.status === 429 ? "rate" : "server") : "";
      if (!(error instanceof NoNetwork || error instanceof Status)) throw error;
      break;
    }
    for (const [index, one] of waiting.entries()) {
      const answer = answers[index];
      if (answer === undefined || one.n === undefined) continue;
      if ("refused" in answer) {
        fates.set(one.command.id, { fate: "refused", findings: [], why: answer.refused });
        await outbox.put({ ...one, refused: answer.refused });
      } else {
        const fate = fateOf(answer);
        fates.set(one.command.id, fate);
        if (fate.fate === "refused") await outbox.put({ ...one, refused: fate.findings });
        else await outbox.drop(one.n);
      }
    }
  }
  await refreshBox();
}

/** Takes a refused command out of the box: to be typed again, or for good. */
export async function takeOut(one: Waiting): Promise<void> {
  if (one.n !== undefined) await outbox.drop(one.n);
  await refreshBox();
}

/** A refused command that its form shall show again. */
export const mending = reactive({ command: null as Draft | null });
export function mended(kind: string, about?: unknown): Draft | null {
  const draft = mending.command;
  if (draft === null || draft.do !== kind || (about !== undefined && draft["case"] !== about)) return null;
  mending.command = null;
  return draft;
}
