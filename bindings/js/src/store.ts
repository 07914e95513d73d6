// A book that is kept: its journal is written before a command is answered, and at the start it
// comes back from its last snapshot and the journal's lines since. Where things are kept is a
// `Shelf`'s affair: IndexedDB, files, or whatever a program brings.
import { Book, Engine, WuzhangError, type Applied, type PolicySource, type RosterSource } from "./core.js";
import type { Command, Outcome } from "./types.js";

/** How far a journal goes: how many events and bytes it has, and its last event's hash. */
export type Mark = { events: number; bytes: number; head: string };

/** How far a journal goes that has no event yet. */
export const START: Mark = { events: 0, bytes: 0, head: "0".repeat(64) };

/** The documents that a book was opened with, as text. */
export type Documents = { policy: string; roster: string };

/** A snapshot, and how far the journal went when it was taken. */
export type Kept = { mark: Mark; snapshot: Uint8Array };

/**
 * What keeps a journal: a database, a folder, anything that can add in one piece. Whatever it cannot
 * do it throws, and the command that was on its way has not happened.
 */
export interface Shelf {
  /** How far the journal goes by now, whoever wrote it: what the last `append` said, `START` before the first. */
  mark(): Promise<Mark>;
  /** What the journal was begun with; nothing before the first `append`. */
  documents(): Promise<Documents | undefined>;
  /** What was given to `keep` last. May be nothing, and may be damaged: it is checked against its mark. */
  snapshot(): Promise<Kept | undefined>;
  /** The journal's lines after that mark, each closed by a line feed; nothing when it ends there. */
  since(mark: Mark): Promise<Uint8Array>;
  /**
   * Adds lines in one piece, or not at all, and answers when they are safe; `false` when the journal
   * does not end at `from` any more. From `START` on it keeps the documents as well.
   */
  append(from: Mark, to: Mark, lines: Uint8Array, documents: Documents): Promise<boolean>;
  /** Says where the journal ends, once it was read; the bytes behind are the torn rest of a write, to be cut off. */
  settle(mark: Mark, torn: number): Promise<void>;
  /** Keeps a snapshot in the place of the one before. For speed only: losing it loses nothing. */
  keep(kept: Kept): Promise<void>;
  close(): Promise<void>;
}

/** How a kept book is opened. */
export type StoredOptions = {
  policy: PolicySource;
  roster: RosterSource;
  /** After how many bytes of journal a new snapshot is taken by itself; 1 MiB unless said. */
  snapshotEvery?: number;
};

export type ShelfOptions = StoredOptions & {
  /** Where it is kept; the book closes it. */
  shelf: Shelf;
};

/** Opens the book on that shelf, or begins it. */
export async function openStored(options: ShelfOptions): Promise<StoredBook> {
  try {
    return await StoredBook.on(options.shelf, options);
  } catch (error) {
    await options.shelf.close();
    throw error;
  }
}

/** So often a command is judged anew because somebody else wrote first. Each time, somebody got on. */
const TRIES = 1000;

/** A book whose journal is kept. Ask `book` whatever changes nothing; give commands to this. */
export class StoredBook {
  #shelf: Shelf;
  #documents: Documents;
  #book: Book;
  #mark: Mark;
  #snapped: Mark = START;
  #every: number;
  /** What is going on; the next waits for it. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(shelf: Shelf, documents: Documents, every: number, found: Found) {
    this.#shelf = shelf;
    this.#documents = documents;
    this.#every = every;
    this.#book = found.book;
    this.#mark = found.mark;
    this.#snapped = found.snapped;
  }

  /** @internal */
  static async on(shelf: Shelf, options: StoredOptions): Promise<StoredBook> {
    const text = (source: string | object) => (typeof source === "string" ? source : JSON.stringify(source));
    const documents = { policy: text(options.policy), roster: text(options.roster) };
    // Says at once what is wrong with the documents, whether or not there is a journal.
    new Engine(documents.policy, documents.roster).free();
    const found = await find(shelf, documents);
    return new StoredBook(shelf, documents, options.snapshotEvery ?? 1 << 20, found);
  }

  /** The book, to be asked. What changes it has to go through `apply` and `applyLines` of this. */
  get book(): Book {
    this.#open();
    return this.#book;
  }

  /** Applies a command and keeps what happened; it is answered when it is safe. */
  async apply(command: Command): Promise<Outcome> {
    return JSON.parse(await this.applyText(JSON.stringify(command))) as Outcome;
  }

  /** As `apply`, text in and text out. */
  applyText(command: string): Promise<string> {
    return this.#safely((book) => book.applyText(command));
  }

  /** Applies a block of commands, one a line, and keeps what happened in one piece. */
  applyLines(lines: string): Promise<Applied<string>> {
    return this.#safely((book) => book.applyLines(lines));
  }

  /** Takes over what another tab or process has written since. */
  refresh(): Promise<void> {
    return this.#next(async () => {
      await this.#catchUp(await this.#shelf.mark());
    });
  }

  /** Takes a snapshot now, so that the next start is quick. */
  checkpoint(): Promise<void> {
    return this.#next(() => this.#snap());
  }

  /** Waits for what is going on, and lets go of everything. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#turn.catch(() => undefined);
    this.#book.free();
    await this.#shelf.close();
  }

  #open(): void {
    if (this.#closed) throw new WuzhangError("package.store_closed", "the store was closed");
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new WuzhangError("package.store_closed", "the store was closed"));
    const turn = this.#turn.then(run, run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #safely<T>(change: (book: Book) => T): Promise<T> {
    return this.#next(async () => {
      for (let left = TRIES; ; left -= 1) {
        await this.#catchUp(await this.#shelf.mark());
        const said = change(this.#book);
        const lines = this.#book.journalBytes(this.#mark.events + 1);
        if (lines.length === 0) return said;
        const { events, head } = this.#book.status();
        const mark = { events, head, bytes: this.#mark.bytes + lines.length };
        let kept = false;
        try {
          kept = await this.#shelf.append(this.#mark, mark, lines, this.#documents);
        } finally {
          // What is not on the shelf has not happened.
          if (!kept) await this.#again();
        }
        if (kept) {
          this.#mark = mark;
          await this.#snapIfDue();
          return said;
        }
        if (left === 0) throw new WuzhangError("package.store_conflict", "others write to this store all the time; nothing was recorded");
      }
    });
  }

  async #catchUp(there: Mark): Promise<void> {
    if (there.events === this.#mark.events && there.head === this.#mark.head) return;
    if (there.events < this.#mark.events) return this.#again();
    try {
      this.#book.follow(await this.#shelf.since(this.#mark));
    } catch {
      return this.#again();
    }
    const { events, head } = this.#book.status();
    if (events !== there.events || head !== there.head) return this.#again();
    this.#mark = there;
  }

  /** Begins anew from what is on the shelf. */
  async #again(): Promise<void> {
    const found = await find(this.#shelf, this.#documents);
    this.#book.free();
    this.#book = found.book;
    this.#mark = found.mark;
    this.#snapped = found.snapped;
  }

  async #snapIfDue(): Promise<void> {
    if (this.#mark.bytes - this.#snapped.bytes < Math.max(this.#every, this.#snapped.bytes / 2)) return;
    try {
      await this.#snap();
    } catch {
      // A snapshot is for speed only; the command is safe in the journal.
    }
  }

  async #snap(): Promise<void> {
    const mark = this.#mark;
    if (mark.events === this.#snapped.events) return;
    await this.#shelf.keep({ mark, snapshot: this.#book.snapshot() });
    this.#snapped = mark;
  }
}

type Found = { book: Book; mark: Mark; snapped: Mark };

/** The book that is on the shelf. */
async function find(shelf: Shelf, documents: Documents): Promise<Found> {
  const first = await shelf.documents();
  const same = first === undefined || (first.policy === documents.policy && first.roster === documents.roster);
  const kept = same ? await shelf.snapshot() : undefined;
  if (kept !== undefined) {
    try {
      const book = Book.restore(kept.snapshot);
      const { events, head } = book.status();
      if (events === kept.mark.events && head === kept.mark.head) return await replayed(shelf, book, kept.mark);
      book.free();
    } catch {
      // Of another format, or damaged: the journal is the truth.
    }
  }
  let book: Book;
  try {
    book = new Book(documents.policy, documents.roster);
    return await replayed(shelf, book, START);
  } catch (cause) {
    const error = cause as WuzhangError;
    if (!String(error.code).startsWith("journal.")) throw cause;
    throw new WuzhangError("package.store_differs", `the journal in the store is not of these documents, or damaged: ${error.message}`, { findings: error.findings, answer: error.answer, cause });
  }
}

/** Lives what lies between a mark and the end, and cuts off what was torn while it was written. */
async function replayed(shelf: Shelf, book: Book, from: Mark): Promise<Found> {
  const lines = await shelf.since(from);
  const torn = book.follow(lines);
  const { events, head } = book.status();
  const mark = { events, head, bytes: from.bytes + lines.length - torn };
  await shelf.settle(mark, torn);
  return { book, mark, snapped: from };
}
