// The databases that the server is held to: SQLite, and the PostgreSQL that PORTAL_POSTGRES names.
import { createRequire } from "node:module";
import pg from "pg";
import { file } from "./county.mjs";

const Database = createRequire(import.meta.url)("better-sqlite3");
const base = process.env.PORTAL_POSTGRES;
let number = 0;

/** Each with a way to get a new, empty one. */
export const databases = [["SQLite", async () => file()]];
if (base) {
  databases.push(["PostgreSQL", async () => {
    const name = `portal_${process.pid}_${(number += 1)}`;
    await run(base, `CREATE DATABASE ${name}`);
    const url = new URL(base);
    url.pathname = `/${name}`;
    return url.href;
  }]);
}

/** One statement, past the portal; answers the rows. */
export async function run(store, text) {
  if (store.includes("://")) {
    const client = new pg.Client({ connectionString: store });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }
  const db = new Database(store);
  try {
    const statement = db.prepare(text);
    return statement.reader ? statement.all() : (statement.run(), []);
  } finally {
    db.close();
  }
}
