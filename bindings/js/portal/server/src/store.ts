import type { Documents, Shelf } from "wuzhang/store";
export type { Documents } from "wuzhang/store";

/** How a password is kept. */
export type Account = { salt: string; hash: string };

/** Who is logged in; the key is the hash of what the cookie holds. */
export type Session = { person: string; until: number };

/**
 * A database that keeps the journal and its snapshot, the accounts and the sessions. Whatever it
 * cannot do, it throws; what it has answered is on the disk.
 */
export interface Store extends Shelf {
  /** The lines after event `after`, up to event `to`, that changed roster or policy. */
  changes(after: number, to: number): Promise<string[]>;
  account(person: string): Promise<Account | undefined>;
  setAccount(person: string, account: Account): Promise<void>;
  session(key: string): Promise<Session | undefined>;
  /** Keeps a session, and forgets those that ended before `now`. */
  setSession(key: string, session: Session, now: number): Promise<void>;
  dropSession(key: string): Promise<void>;
  /** A fact under a name; the first one that was set stays. */
  fact(name: string, first: string): Promise<string>;
  /** The newest lines from this event on that hold all of these words, at most so many, in their order. */
  find(from: number, words: readonly string[], most: number): Promise<string[]>;
  /** What waits for somebody's word, each a text of the caller's under an id of its own. */
  waiting(): Promise<string[]>;
  /** Puts a text in the place of that one, or of none; nothing takes it away. `false` when another stands there now. */
  swapWaiting(id: string, was: string | undefined, text: string | undefined): Promise<boolean>;
}

/** Opens what the string names: a PostgreSQL connection string, or a file of SQLite. */
export async function openStore(where: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(where)) return (await import("./postgres.js")).PostgresStore.open(where);
  return (await import("./sqlite.js")).SqliteStore.open(where);
}

/** The documents of a book, from the rows of their table. */
export function documentsOf(rows: readonly { name: string; text: string }[]): Documents | undefined {
  const of = (name: string): string | undefined => rows.find((row) => row.name === name)?.text;
  const [policy, roster] = [of("policy"), of("roster")];
  return policy === undefined || roster === undefined ? undefined : { policy, roster };
}

/** A journal's lines, each without its line feed. */
export const linesOf = (journal: Uint8Array): string[] => new TextDecoder().decode(journal).split("\n").filter((line) => line !== "");

/** A journal of lines, each closed by a line feed. */
export const journalOf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));

/** An append is one transaction, so nothing is ever torn: a journal that ends within a line is damaged. */
export function whole(torn: number): void {
  if (torn > 0) throw new Error(`the journal in the database is damaged: its last ${torn} bytes are no event`);
}
