import Database from "better-sqlite3";
import type { Account, Documents, Session, Store } from "./store.js";

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS accounts (person TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, person TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;`;

export class SqliteStore implements Store {
  private constructor(private readonly db: Database.Database) {}

  static open(file: string): SqliteStore {
    const db = new Database(file);
    db.pragma("journal_mode = WAL");
    // A command that was answered survives a power cut.
    db.pragma("synchronous = FULL");
    db.exec(TABLES);
    return new SqliteStore(db);
  }

  async documents(): Promise<Documents | undefined> {
    const rows = this.db.prepare<[], { name: string; text: string }>("SELECT name, text FROM documents").all();
    const of = (name: string): string | undefined => rows.find((row) => row.name === name)?.text;
    const [policy, roster] = [of("policy"), of("roster")];
    return policy === undefined || roster === undefined ? undefined : { policy, roster };
  }

  async begin(documents: Documents): Promise<void> {
    const put = this.db.prepare("INSERT INTO documents (name, text) VALUES (?, ?)");
    this.db.transaction(() => Object.entries(documents).forEach(([name, text]) => put.run(name, text)))();
  }

  async journal(from: number): Promise<string> {
    const lines = this.db.prepare<[number], string>("SELECT line FROM events WHERE seq >= ? ORDER BY seq").pluck().all(from);
    return lines.map((line) => `${line}\n`).join("");
  }

  async append(first: number, lines: readonly string[]): Promise<boolean> {
    const put = this.db.prepare("INSERT INTO events (seq, line) VALUES (?, ?)");
    try {
      this.db.transaction(() => lines.forEach((line, index) => put.run(first + index, line)))();
      return true;
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code === "SQLITE_CONSTRAINT_PRIMARYKEY") return false;
      throw error;
    }
  }

  async account(person: string): Promise<Account | undefined> {
    return this.db.prepare<[string], Account>("SELECT salt, hash FROM accounts WHERE person = ?").get(person);
  }

  async setAccount(person: string, account: Account): Promise<void> {
    this.db.prepare("INSERT OR REPLACE INTO accounts (person, salt, hash) VALUES (?, ?, ?)").run(person, account.salt, account.hash);
  }

  async session(key: string): Promise<Session | undefined> {
    return this.db.prepare<[string], Session>("SELECT person, until FROM sessions WHERE key = ?").get(key);
  }

  async setSession(key: string, session: Session, now: number): Promise<void> {
    this.db.prepare("DELETE FROM sessions WHERE until < ?").run(now);
    this.db.prepare("INSERT INTO sessions (key, person, until) VALUES (?, ?, ?)").run(key, session.person, session.until);
  }

  async dropSession(key: string): Promise<void> {
    this.db.prepare("DELETE FROM sessions WHERE key = ?").run(key);
  }

  async fact(name: string, first: string): Promise<string> {
    this.db.prepare("INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)").run(name, first);
    return this.db.prepare<[string], string>("SELECT value FROM facts WHERE name = ?").pluck().get(name) ?? first;
  }

  async close(): Promise<void> {
    this.db.close();
  }
}
