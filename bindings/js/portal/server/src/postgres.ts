import pg from "pg";
import type { Account, Documents, Session, Store } from "./store.js";

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (name text PRIMARY KEY, text text NOT NULL);
  CREATE TABLE IF NOT EXISTS events (seq bigint PRIMARY KEY, line text NOT NULL);
  CREATE TABLE IF NOT EXISTS accounts (person text PRIMARY KEY, salt text NOT NULL, hash text NOT NULL);
  CREATE TABLE IF NOT EXISTS sessions (key text PRIMARY KEY, person text NOT NULL, until bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS facts (name text PRIMARY KEY, value text NOT NULL);`;
const UNIQUE_VIOLATION = "23505";

export class PostgresStore implements Store {
  private constructor(private readonly pool: pg.Pool) {}

  static async open(connection: string): Promise<PostgresStore> {
    const pool = new pg.Pool({ connectionString: connection });
    // A connection that breaks while idle is replaced at the next query, which says what is wrong.
    pool.on("error", () => undefined);
    await pool.query(TABLES);
    return new PostgresStore(pool);
  }

  async documents(): Promise<Documents | undefined> {
    const { rows } = await this.pool.query<{ name: string; text: string }>("SELECT name, text FROM documents");
    const of = (name: string): string | undefined => rows.find((row) => row.name === name)?.text;
    const [policy, roster] = [of("policy"), of("roster")];
    return policy === undefined || roster === undefined ? undefined : { policy, roster };
  }

  async begin(documents: Documents): Promise<void> {
    await this.pool.query("INSERT INTO documents (name, text) VALUES ('policy', $1), ('roster', $2)", [documents.policy, documents.roster]);
  }

  async journal(from: number): Promise<string> {
    const { rows } = await this.pool.query<{ line: string }>("SELECT line FROM events WHERE seq >= $1 ORDER BY seq", [from]);
    return rows.map((row) => `${row.line}\n`).join("");
  }

  async append(first: number, lines: readonly string[]): Promise<boolean> {
    try {
      // One statement is one transaction.
      await this.pool.query("INSERT INTO events (seq, line) SELECT $1::bigint + n - 1, line FROM unnest($2::text[]) WITH ORDINALITY AS t (line, n)", [first, lines]);
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  async account(person: string): Promise<Account | undefined> {
    return (await this.pool.query<Account>("SELECT salt, hash FROM accounts WHERE person = $1", [person])).rows[0];
  }

  async setAccount(person: string, account: Account): Promise<void> {
    await this.pool.query("INSERT INTO accounts (person, salt, hash) VALUES ($1, $2, $3) ON CONFLICT (person) DO UPDATE SET salt = $2, hash = $3", [person, account.salt, account.hash]);
  }

  async session(key: string): Promise<Session | undefined> {
    const { rows } = await this.pool.query<{ person: string; until: string }>("SELECT person, until FROM sessions WHERE key = $1", [key]);
    return rows[0] && { person: rows[0].person, until: Number(rows[0].until) };
  }

  async setSession(key: string, session: Session, now: number): Promise<void> {
    await this.pool.query("DELETE FROM sessions WHERE until < $1", [now]);
    await this.pool.query("INSERT INTO sessions (key, person, until) VALUES ($1, $2, $3)", [key, session.person, session.until]);
  }

  async dropSession(key: string): Promise<void> {
    await this.pool.query("DELETE FROM sessions WHERE key = $1", [key]);
  }

  async fact(name: string, first: string): Promise<string> {
    await this.pool.query("INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING", [name, first]);
    return (await this.pool.query<{ value: string }>("SELECT value FROM facts WHERE name = $1", [name])).rows[0]?.value ?? first;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
