// What this device keeps: commands that wait to be sent, and the last answers, for when there is no network.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Command, Finding } from "wuzhang";

export type Waiting = {
  n?: number;
  person: string;
  command: Omit<Command, "at">;
  /** The page it was typed on. */
  from?: string;
  /** Refused by the server: with its reasons, until somebody mends or discards it. */
  refused?: Finding[] | "line" | "actor";
};

interface Schema extends DBSchema {
  outbox: { key: number; value: Waiting };
  answers: { key: string; value: { answer: unknown; at: string } };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;
const db = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>("portal", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("outbox", { keyPath: "n", autoIncrement: true });
      fresh.createObjectStore("answers");
    },
  }));

export const outbox = {
  all: async (person: string): Promise<Waiting[]> => (await (await db()).getAll("outbox")).filter((one) => one.person === person),
  async put(one: Waiting): Promise<number> {
    const tx = (await db()).transaction("outbox", "readwrite", { durability: "strict" });
    const [n] = await Promise.all([tx.store.put(one), tx.done]);
    return n;
  },
  drop: async (n: number): Promise<void> => (await db()).delete("outbox", n),
};

/** The last answer to a question. It is for convenience: when the device is full, it is not kept. */
export const answers = {
  get: async (key: string): Promise<{ answer: unknown; at: string } | undefined> => (await db()).get("answers", key).catch(() => undefined),
  put: async (key: string, answer: unknown, at: string): Promise<void> => void (await (await db()).put("answers", { answer, at }, key).catch(() => undefined)),
  clear: async (): Promise<void> => (await db()).clear("answers").catch(() => undefined),
};
