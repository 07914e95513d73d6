import type { Book, Finding, Outcome } from "wuzhang";
import type { Keeper } from "./keeper.js";
import type { Store } from "./store.js";

/** What would come of a command. */
export type Trial = { status: Outcome["status"]; findings: Finding[] };
export type Try = (command: object) => Trial;

/**
 * What would come of commands, asked of the book itself. Under the id of a command that is recorded
 * already the book always refuses, changes nothing, and names every other reason that it finds: those
 * are the trial's. So a trial costs what one command costs, whatever the book holds.
 */
export async function trials(keeper: Keeper, store: Store): Promise<Try> {
  const id = taken.get(store) ?? (await recordedId(store));
  if (id !== undefined) taken.set(store, id);
  return (command) => {
    // An empty book has no such id.
    const { events } = keeper.book.status();
    const outcome = id === undefined ? keeper.check({ ...command, id: "trial" }) : keeper.book.apply({ ...command, id } as unknown as Parameters<Book["apply"]>[0]);
    // An id that the book does not know is another journal than the one that was looked into.
    if (keeper.book.status().events !== events) throw new Error("a trial was taken for a command: the journal in the database is not this book's");
    const findings = outcome.findings.filter((one) => one.code !== "command.id_reused");
    return { status: findings.some((one) => one.severity === "error") ? "rejected" : "accepted", findings };
  };
}

const taken = new WeakMap<Store, string>();

/** The id of some command that is recorded; the first event is the opening and bears none. */
async function recordedId(store: Store): Promise<string | undefined> {
  const [line] = await store.find(2, [], 1);
  return line === undefined ? undefined : (JSON.parse(line) as { command: string }).command;
}
