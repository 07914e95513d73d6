/** The documents a book was opened with, as text. */
export type Documents = { policy: string; roster: string };

/** How a password is kept. */
export type Account = { salt: string; hash: string };

/** Who is logged in; the key is the hash of what the cookie holds. */
export type Session = { person: string; until: number };

/**
 * A database that keeps the journal, the accounts and the sessions. Whatever it cannot do, it throws;
 * what it has answered is on the disk.
 */
export interface Store {
  documents(): Promise<Documents | undefined>;
  /** Keeps the documents of a new book; afterwards they never change. */
  begin(documents: Documents): Promise<void>;
  /** The journal's lines from this event on, each closed by a line feed. */
  journal(from: number): Promise<string>;
  /** Adds events in one transaction, or none: `false` when somebody else has written event `first`. */
  append(first: number, lines: readonly string[]): Promise<boolean>;
  account(person: string): Promise<Account | undefined>;
  setAccount(person: string, account: Account): Promise<void>;
  session(key: string): Promise<Session | undefined>;
  /** Keeps a session, and forgets those that ended before `now`. */
  setSession(key: string, session: Session, now: number): Promise<void>;
  dropSession(key: string): Promise<void>;
  /** A fact under a name; the first one that was set stays. */
  fact(name: string, first: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens what the string names: a PostgreSQL connection string, or a file of SQLite. */
export async function openStore(where: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(where)) return (await import("./postgres.js")).PostgresStore.open(where);
  return (await import("./sqlite.js")).SqliteStore.open(where);
}
