import { Book, type JournalEvent, type Outcome } from "wuzhang";
import type { Documents, Store } from "./store.js";

/** So often a block is judged anew because another process wrote first; each time, somebody got on. */
const TRIES = 100;

/** The book and its database. A command is answered when its events are on the disk. */
export class Keeper {
  #book: Book;
  /** For trials: what is refused leaves it as it was, what is accepted makes it stale. */
  #scratch: Book | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  /** The number of the last event that changed roster or policy, and all of that kind. */
  #changes: JournalEvent[] = [];

  private constructor(
    private readonly store: Store,
    readonly documents: Documents,
    book: Book,
  ) {
    this.#book = book;
  }

  /** Opens the book that the database holds, or begins one of these documents. Every event is lived again. */
  static async open(store: Store, documents: Documents): Promise<Keeper> {
    const kept = await store.documents();
    if (kept === undefined) {
      new Book(documents.policy, documents.roster).free(); // says what is wrong with them before they are kept
      await store.begin(documents);
    }
    const keeper = new Keeper(store, kept ?? documents, new Book((kept ?? documents).policy, (kept ?? documents).roster));
    await keeper.#catchUp();
    return keeper;
  }

  get book(): Book {
    return this.#book;
  }

  /** What changed roster or policy since the book began, oldest first. */
  get changes(): readonly JournalEvent[] {
    return this.#changes;
  }

  /** Applies commands in their order and keeps what happened; one outcome each. */
  apply(commands: readonly object[]): Promise<Outcome[]> {
    return this.#next(async () => {
      const text = commands.map((one) => `${JSON.stringify(one)}\n`).join("");
      for (let left = TRIES; left > 0; left -= 1) {
        const before = this.#book.status().events;
        const applied = this.#book.applyLines(text);
        if (applied.stopped !== null) {
          await this.#again();
          throw applied.stopped;
        }
        const lines = split(this.#book.journal(before + 1));
        let kept = lines.length === 0;
        try {
          if (!kept) kept = await this.store.append(before + 1, lines);
        } finally {
          // What is not in the database has not happened.
          if (!kept) await this.#again();
        }
        if (kept) {
          this.#note(lines);
          return split(applied.outcomes).map((line) => JSON.parse(line) as Outcome);
        }
      }
      throw new Error("others write to this database all the time; nothing was recorded");
    });
  }

  /** What would come of a command, without anything being kept. */
  check(command: object): Outcome {
    this.#scratch ??= Book.restore(this.#book.snapshot(), { recovery: false });
    const outcome = JSON.parse(this.#scratch.applyText(JSON.stringify(command))) as Outcome;
    if (outcome.status === "accepted") this.#stale();
    return outcome;
  }

  /** Takes over what another process has written. */
  refresh(): Promise<void> {
    return this.#next(() => this.#catchUp());
  }

  async close(): Promise<void> {
    await this.#turn;
    this.#stale();
    this.#book.free();
    await this.store.close();
  }

  #next<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(run);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #catchUp(): Promise<void> {
    const text = await this.store.journal(this.#book.status().events + 1);
    if (text === "") return;
    this.#book.follow(text);
    this.#note(split(text));
  }

  async #again(): Promise<void> {
    this.#book.free();
    this.#book = new Book(this.documents.policy, this.documents.roster);
    this.#changes = [];
    this.#stale();
    await this.#catchUp();
  }

  #note(lines: readonly string[]): void {
    if (lines.length > 0) this.#stale();
    for (const line of lines) {
      if (!/"event":"(policy_adopted|roster_changed)"/.test(line)) continue;
      const event = JSON.parse(line) as JournalEvent;
      if (event.event === "policy_adopted" || event.event === "roster_changed") this.#changes.push(event);
    }
  }

  #stale(): void {
    this.#scratch?.free();
    this.#scratch = undefined;
  }
}

const split = (text: string): string[] => text.split("\n").filter((line) => line !== "");
