// A book kept in a folder of files, for Node: `journal.jsonl`, which is the book, and beside it
// `documents.json` and `snapshot`, which are there for a quick start. One process at a time.
import "./provide.js";
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, readSync, fstatSync, renameSync, unlinkSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { WuzhangError } from "./core.js";
import { START, openStored as openOn, type Documents, type Kept, type Mark, type Shelf, type StoredBook, type StoredOptions } from "./store.js";
export { StoredBook, type StoredOptions } from "./store.js";

export type FileOptions = StoredOptions & {
  /** The folder; made when it is not there. */
  folder: string;
};

/** Opens the book in that folder, or begins it. */
export async function openStored(options: FileOptions): Promise<StoredBook> {
  return openOn({ ...options, shelf: new FileShelf(options.folder) });
}

class FileShelf implements Shelf {
  readonly #folder: string;
  readonly #journal: number;
  /** How far this process has written; it alone writes. */
  #mark: Mark | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    try {
      mkdirSync(folder, { recursive: true });
      lock(join(folder, "lock"));
    } catch (cause) {
      throw failed(folder, cause);
    }
    try {
      this.#journal = openSync(join(folder, "journal.jsonl"), "a+");
    } catch (cause) {
      unlinkSync(join(folder, "lock"));
      throw failed(folder, cause);
    }
  }

  async mark(): Promise<Mark> {
    // Before the journal was read nobody knows how many events it has.
    return this.#mark ?? { ...START, bytes: this.#size() };
  }

  async documents(): Promise<Documents | undefined> {
    const text = this.#read("documents.json");
    try {
      return text === undefined ? undefined : (JSON.parse(text.toString("utf8")) as Documents);
    } catch {
      // Torn while written: the journal's first event knows the documents too.
      return { policy: "", roster: "" };
    }
  }

  async snapshot(): Promise<Kept | undefined> {
    const bytes = this.#read("snapshot");
    const end = bytes?.indexOf(10) ?? -1;
    if (bytes === undefined || end < 0) return undefined;
    try {
      return { mark: JSON.parse(bytes.subarray(0, end).toString("utf8")) as Mark, snapshot: new Uint8Array(bytes.subarray(end + 1)) };
    } catch {
      return undefined;
    }
  }

  async since(mark: Mark): Promise<Uint8Array> {
    try {
      const bytes = new Uint8Array(Math.max(0, this.#size() - mark.bytes));
      for (let at = 0; at < bytes.length; ) {
        const read = readSync(this.#journal, bytes, at, bytes.length - at, mark.bytes + at);
        if (read === 0) throw new Error("the journal is shorter than it was");
        at += read;
      }
      return bytes;
    } catch (cause) {
      throw failed(this.#folder, cause);
    }
  }

  async append(from: Mark, to: Mark, lines: Uint8Array, documents: Documents): Promise<boolean> {
    if (this.#size() !== from.bytes) {
      throw new WuzhangError("package.store_conflict", `${this.#folder}/journal.jsonl was changed by somebody else; nothing was recorded`);
    }
    try {
      if (from.events === 0) this.#put("documents.json", JSON.stringify(documents));
      for (let at = 0; at < lines.length; ) at += writeSync(this.#journal, lines, at);
      fsyncSync(this.#journal);
    } catch (cause) {
      // Half a line must not stay in front of the next.
      try {
        ftruncateSync(this.#journal, from.bytes);
      } catch {
        // Then the next start cuts it off.
      }
      throw failed(this.#folder, cause);
    }
    this.#mark = to;
    return true;
  }

  async settle(mark: Mark, torn: number): Promise<void> {
    this.#mark = mark;
    if (torn === 0) return;
    try {
      ftruncateSync(this.#journal, mark.bytes);
      fsyncSync(this.#journal);
    } catch (cause) {
      throw failed(this.#folder, cause);
    }
  }

  async keep(kept: Kept): Promise<void> {
    try {
      this.#put("snapshot", Buffer.concat([Buffer.from(`${JSON.stringify(kept.mark)}\n`), kept.snapshot]));
    } catch (cause) {
      throw failed(this.#folder, cause);
    }
  }

  async close(): Promise<void> {
    closeSync(this.#journal);
    unlinkSync(join(this.#folder, "lock"));
  }

  #size(): number {
    return fstatSync(this.#journal).size;
  }

  #read(name: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#folder, name));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw failed(this.#folder, cause);
    }
  }

  /** Writes a file whole: another name first, then its own. */
  #put(name: string, content: string | Uint8Array): void {
    const [path, draft] = [join(this.#folder, name), join(this.#folder, `${name}.new`)];
    const file = openSync(draft, "w");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  }
}

/** Takes the folder for this process; one that has ended without letting go is no hindrance. */
function lock(path: string): void {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
    const holder = Number(readFileSync(path, "utf8"));
    if (holder > 0 && alive(holder)) {
      throw new WuzhangError("package.store_conflict", `the folder is in use by process ${holder}; if that is another program, delete ${path}`);
    }
    unlinkSync(path);
  }
}

function alive(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

function failed(folder: string, cause: unknown): WuzhangError {
  if (cause instanceof WuzhangError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new WuzhangError("package.store_full", `there is no room left on the disk for ${folder}; nothing was recorded (${message})`, { cause });
  }
  return new WuzhangError("package.store_failed", `${folder} cannot be used: ${message}`, { cause });
}
