// A book kept in a browser's IndexedDB. Two tabs may hold the same book: each write is one
// transaction that first looks whether the journal still ends where this tab believes.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { WuzhangError } from "./core.js";
import { START, openStored as openOn, type Documents, type Kept, type Mark, type Shelf, type StoredBook, type StoredOptions } from "./store.js";
export { StoredBook, type StoredOptions } from "./store.js";

interface Schema extends DBSchema {
  /** The journal's lines as they were written, by the number of their first event. */
  journal: { key: number; value: Uint8Array };
  /** `mark`, `documents`, `snapshot`: how far it goes, what it was opened with, a cache. */
  about: { key: string; value: Mark | Documents | Kept };
}

export type IdbOptions = StoredOptions & {
  /** The book's name: one database for each. */
  name: string;
};

/** Opens the book of that name, or begins it. */
export async function openStored(options: IdbOptions): Promise<StoredBook> {
  return openOn({ ...options, shelf: await IdbShelf.open(options.name) });
}

class IdbShelf implements Shelf {
  private constructor(
    readonly db: IDBPDatabase<Schema>,
    readonly name: string,
  ) {}

  static async open(name: string): Promise<IdbShelf> {
    try {
      const db = await openDB<Schema>(`wuzhang:${name}`, 1, {
        upgrade(db) {
          db.createObjectStore("journal");
          db.createObjectStore("about");
        },
      });
      return new IdbShelf(db, name);
    } catch (cause) {
      throw failed(name, cause);
    }
  }

  async mark(): Promise<Mark> {
    return ((await this.#about("mark")) as Mark | undefined) ?? START;
  }

  async documents(): Promise<Documents | undefined> {
    return (await this.#about("documents")) as Documents | undefined;
  }

  async snapshot(): Promise<Kept | undefined> {
    return (await this.#about("snapshot")) as Kept | undefined;
  }

  async since(mark: Mark): Promise<Uint8Array> {
    try {
      return joined(await this.db.getAll("journal", IDBKeyRange.lowerBound(mark.events, true)));
    } catch (cause) {
      throw failed(this.name, cause);
    }
  }

  async append(from: Mark, to: Mark, lines: Uint8Array, documents: Documents): Promise<boolean> {
    try {
      const tx = this.db.transaction(["journal", "about"], "readwrite", { durability: "strict" });
      const done = tx.done.then(
        () => undefined,
        (cause: unknown) => cause ?? new Error("aborted"),
      );
      const about = tx.objectStore("about");
      const now = ((await about.get("mark")) as Mark | undefined) ?? START;
      if (now.events !== from.events || now.head !== from.head) {
        tx.abort();
        await done;
        return false;
      }
      const puts = [about.put(to, "mark"), tx.objectStore("journal").add(lines, from.events + 1)];
      if (from.events === 0) puts.push(about.put(documents, "documents") as Promise<never>);
      const results = await Promise.allSettled(puts);
      const cause = await done;
      const refused = results.find((result) => result.status === "rejected");
      if (cause !== undefined) throw refused?.reason ?? cause;
      return true;
    } catch (cause) {
      throw failed(this.name, cause);
    }
  }

  async settle(_mark: Mark, torn: number): Promise<void> {
    // A transaction is whole or not at all: nothing is ever torn here, so this is damage.
    if (torn > 0) throw new WuzhangError("package.store_failed", `the journal of ${this.name} in IndexedDB is damaged`);
  }

  async keep(kept: Kept): Promise<void> {
    try {
      const tx = this.db.transaction("about", "readwrite");
      const there = (await tx.store.get("snapshot")) as Kept | undefined;
      // Another tab may have got further.
      if (there === undefined || there.mark.events < kept.mark.events) await tx.store.put(kept, "snapshot");
      await tx.done;
    } catch (cause) {
      throw failed(this.name, cause);
    }
  }

  close(): Promise<void> {
    this.db.close();
    return Promise.resolve();
  }

  async #about(key: string): Promise<unknown> {
    try {
      return await this.db.get("about", key);
    } catch (cause) {
      throw failed(this.name, cause);
    }
  }
}

function failed(name: string, cause: unknown): WuzhangError {
  if (cause instanceof WuzhangError) return cause;
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  if (cause instanceof Error && cause.name === "QuotaExceededError") {
    return new WuzhangError("package.store_full", `there is no room left in this browser for ${name}; nothing was recorded (${what})`, { cause });
  }
  return new WuzhangError("package.store_failed", `IndexedDB cannot keep ${name}: ${what}`, { cause });
}

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
