import pg from "pg";
import { START, type Documents, type Kept, type Mark } from "wuzhang/store";
import { documentsOf, journalOf, linesOf, whole, type Account, type Session, type Store } from "./store.js";

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (name text PRIMARY KEY, text text NOT NULL);
  CREATE TABLE IF NOT EXISTS events (seq bigint PRIMARY KEY, line text NOT NULL);
  CREATE TABLE IF NOT EXISTS mark (one int PRIMARY KEY CHECK (one = 1), events bigint NOT NULL, bytes bigint NOT NULL, head text NOT NULL);
  CREATE TABLE IF NOT EXISTS snapshot (one int PRIMARY KEY CHECK (one = 1), events bigint NOT NULL, bytes bigint NOT NULL, head text NOT NULL, snapshot bytea NOT NULL);
  CREATE TABLE IF NOT EXISTS accounts (person text PRIMARY KEY, salt text NOT NULL, hash text NOT NULL);
  CREATE TABLE IF NOT EXISTS sessions (key text PRIMARY KEY, person text NOT NULL, until bigint NOT NULL);
  CREATE TABLE IF NOT EXISTS facts (name text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE IF NOT EXISTS waiting (id text PRIMARY KEY, text text NOT NULL, since timestamptz NOT NULL DEFAULT now());`;
/** Numbers come as text: they could be larger than JavaScript's. These are not. */
type Row = { events: string; bytes: string; head: string };
const markOf = ({ events, bytes, head }: Row): Mark => ({ events: Number(events), bytes: Number(bytes), head });

export class PostgresStore implements Store {
  private constructor(private readonly pool: pg.Pool) {}

  static async open(connection: string): Promise<PostgresStore> {
    const pool = new pg.Pool({ connectionString: connection });
    // A connection that breaks while idle is replaced at the next query, which says what is wrong.
    pool.on("error", () => undefined);
    await pool.query(TABLES);
    return new PostgresStore(pool);
  }

  async mark(): Promise<Mark> {
    const { rows } = await this.pool.query<Row>("SELECT events, bytes, head FROM mark");
    return rows[0] === undefined ? START : markOf(rows[0]);
  }

  async documents(): Promise<Documents | undefined> {
    return documentsOf((await this.pool.query<{ name: string; text: string }>("SELECT name, text FROM documents")).rows);
  }

  async snapshot(): Promise<Kept | undefined> {
    const { rows } = await this.pool.query<Row & { snapshot: Buffer }>("SELECT events, bytes, head, snapshot FROM snapshot WHERE events <= (SELECT events FROM mark)");
    return rows[0] && { mark: markOf(rows[0]), snapshot: rows[0].snapshot };
  }

  async since(mark: Mark): Promise<Uint8Array> {
    const { rows } = await this.pool.query<{ line: string }>("SELECT line FROM events WHERE seq > $1 ORDER BY seq", [mark.events]);
    return journalOf(rows.map((row) => row.line));
  }

  append(from: Mark, to: Mark, lines: Uint8Array, documents: Documents): Promise<boolean> {
    return this.#transaction(async (client) => {
      if (from.events === 0) await client.query("INSERT INTO mark (one, events, bytes, head) VALUES (1, 0, 0, $1) ON CONFLICT DO NOTHING", [START.head]);
      // Whoever comes second waits here for the first, and finds that the journal ends elsewhere.
      const { rowCount } = await client.query("UPDATE mark SET events = $1, bytes = $2, head = $3 WHERE events = $4 AND head = $5", [to.events, to.bytes, to.head, from.events, from.head]);
      if (rowCount === 0) return false;
      if (from.events === 0) await client.query("INSERT INTO documents (name, text) VALUES ('policy', $1), ('roster', $2) ON CONFLICT DO NOTHING", [documents.policy, documents.roster]);
      await client.query("INSERT INTO events (seq, line) SELECT $1::bigint + n, line FROM unnest($2::text[]) WITH ORDINALITY AS t (line, n)", [from.events, linesOf(lines)]);
      return true;
    });
  }

  async settle(mark: Mark, torn: number): Promise<void> {
    whole(torn);
    // A journal from before the mark was kept beside it.
    if (mark.events > 0) await this.pool.query("INSERT INTO mark (one, events, bytes, head) VALUES (1, $1, $2, $3) ON CONFLICT DO NOTHING", [mark.events, mark.bytes, mark.head]);
  }

  async keep({ mark, snapshot }: Kept): Promise<void> {
    // Another server may have got further.
    await this.pool.query(
      "INSERT INTO snapshot AS s (one, events, bytes, head, snapshot) VALUES (1, $1, $2, $3, $4) ON CONFLICT (one) DO UPDATE SET events = $1, bytes = $2, head = $3, snapshot = $4 WHERE s.events <= $1 OR s.events > (SELECT m.events FROM mark m)",
      [mark.events, mark.bytes, mark.head, Buffer.from(snapshot)],
    );
  }

  async changes(after: number, to: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ line: string }>(`SELECT line FROM events WHERE seq > $1 AND seq <= $2 AND (line LIKE '%"event":"policy_adopted"%' OR line LIKE '%"event":"roster_changed"%') ORDER BY seq`, [after, to]);
    return rows.map((row) => row.line);
  }

  async #transaction(run: (client: pg.PoolClient) => Promise<boolean>): Promise<boolean> {
    const client = await this.pool.connect();
    try {
      await client.query("BEGIN");
      const done = await run(client);
      await client.query(done ? "COMMIT" : "ROLLBACK");
      client.release();
      return done;
    } catch (error) {
      // The connection is thrown away, and what it had begun with it.
      client.release(true);
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

  async find(from: number, words: readonly string[], most: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ line: string }>("SELECT line FROM events WHERE seq >= $1 AND (SELECT coalesce(bool_and(strpos(line, word) > 0), true) FROM unnest($2::text[]) AS word) ORDER BY seq DESC LIMIT $3", [from, words, most]);
    return rows.map((row) => row.line).reverse();
  }

  async waiting(): Promise<string[]> {
    return (await this.pool.query<{ text: string }>("SELECT text FROM waiting ORDER BY since, id")).rows.map((row) => row.text);
  }

  async swapWaiting(id: string, was: string | undefined, text: string | undefined): Promise<boolean> {
    const run = async (sql: string, ...values: string[]): Promise<boolean> => (await this.pool.query(sql, values)).rowCount === 1;
    if (was === undefined) return text === undefined || run("INSERT INTO waiting (id, text) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", id, text);
    if (text === undefined) return run("DELETE FROM waiting WHERE id = $1 AND text = $2", id, was);
    return run("UPDATE waiting SET text = $3 WHERE id = $1 AND text = $2", id, was, text);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
