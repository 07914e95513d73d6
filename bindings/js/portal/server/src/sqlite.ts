import Database from "better-sqlite3";
import { START, type Documents, type Kept, type Mark } from "wuzhang/store";
import { documentsOf, journalOf, linesOf, whole, type Account, type Session, type Store } from "./store.js";

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY CHECK (one = 1), events INTEGER NOT NULL, bytes INTEGER NOT NULL, head TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS snapshot (one INTEGER PRIMARY KEY CHECK (one = 1), events INTEGER NOT NULL, bytes INTEGER NOT NULL, head TEXT NOT NULL, snapshot BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS accounts (person TEXT PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS sessions (key TEXT PRIMARY KEY, person TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS waiting (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;`;

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

  async mark(): Promise<Mark> {
    return this.db.prepare<[], Mark>("SELECT events, bytes, head FROM mark").get() ?? START;
  }

  async documents(): Promise<Documents | undefined> {
    return documentsOf(this.db.prepare<[], { name: string; text: string }>("SELECT name, text FROM documents").all());
  }

  async snapshot(): Promise<Kept | undefined> {
    const row = this.db.prepare<[], Mark & { snapshot: Buffer }>("SELECT events, bytes, head, snapshot FROM snapshot WHERE events <= (SELECT events FROM mark)").get();
    return row && { mark: { events: row.events, bytes: row.bytes, head: row.head }, snapshot: row.snapshot };
  }

  async since(mark: Mark): Promise<Uint8Array> {
    return journalOf(this.db.prepare<[number], string>("SELECT line FROM events WHERE seq > ? ORDER BY seq").pluck().all(mark.events));
  }

  async append(from: Mark, to: Mark, lines: Uint8Array, documents: Documents): Promise<boolean> {
    const putDocument = this.db.prepare("INSERT OR IGNORE INTO documents (name, text) VALUES (?, ?)");
    const putEvent = this.db.prepare("INSERT INTO events (seq, line) VALUES (?, ?)");
    const first = this.db.prepare("INSERT OR IGNORE INTO mark (one, events, bytes, head) VALUES (1, 0, 0, ?)");
    const move = this.db.prepare("UPDATE mark SET events = ?, bytes = ?, head = ? WHERE events = ? AND head = ?");
    return this.db.transaction(() => {
      if (from.events === 0) first.run(START.head);
      if (move.run(to.events, to.bytes, to.head, from.events, from.head).changes === 0) return false;
      if (from.events === 0) Object.entries(documents).forEach(([name, text]) => putDocument.run(name, text));
      linesOf(lines).forEach((line, index) => putEvent.run(from.events + 1 + index, line));
      return true;
      // Two processes that both began by reading could not both go on to write.
    }).immediate();
  }

  async settle(mark: Mark, torn: number): Promise<void> {
    whole(torn);
    // A journal from before the mark was kept beside it.
    if (mark.events > 0) this.db.prepare("INSERT OR IGNORE INTO mark (one, events, bytes, head) VALUES (1, ?, ?, ?)").run(mark.events, mark.bytes, mark.head);
  }

  async keep({ mark, snapshot }: Kept): Promise<void> {
    // Another process may have got further.
    this.db.prepare(`INSERT INTO snapshot (one, events, bytes, head, snapshot) VALUES (1, ?, ?, ?, ?)
      ON CONFLICT (one) DO UPDATE SET events = excluded.events, bytes = excluded.bytes, head = excluded.head, snapshot = excluded.snapshot WHERE snapshot.events <= excluded.events OR snapshot.events > (SELECT mark.events FROM mark)`).run(mark.events, mark.bytes, mark.head, snapshot);
  }

  async changes(after: number, to: number): Promise<string[]> {
    return this.db.prepare<[number, number], string>(`SELECT line FROM events WHERE seq > ? AND seq <= ? AND (line LIKE '%"event":"policy_adopted"%' OR line LIKE '%"event":"roster_changed"%') ORDER BY seq`).pluck().all(after, to);
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

  async find(from: number, words: readonly string[], most: number): Promise<string[]> {
    const holds = words.map(() => " AND instr(line, ?) > 0").join("");
    return this.db.prepare<(string | number)[], string>(`SELECT line FROM events WHERE seq >= ?${holds} ORDER BY seq DESC LIMIT ?`).pluck().all(from, ...words, most).reverse();
  }

  async waiting(): Promise<string[]> {
    return this.db.prepare<[], string>("SELECT text FROM waiting ORDER BY rowid").pluck().all();
  }

  async swapWaiting(id: string, was: string | undefined, text: string | undefined): Promise<boolean> {
    const run = (sql: string, ...values: string[]): boolean => this.db.prepare(sql).run(...values).changes === 1;
    if (was === undefined) return text === undefined || run("INSERT INTO waiting (id, text) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, text);
    if (text === undefined) return run("DELETE FROM waiting WHERE id = ? AND text = ?", id, was);
    return run("UPDATE waiting SET text = ? WHERE id = ? AND text = ?", text, id, was);
  }

  async close(): Promise<void> {
    this.db.close();
  }
}
