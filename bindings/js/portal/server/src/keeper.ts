import { randomUUID } from "node:crypto";
import type { Book, Command, JournalEvent, Outcome, WuzhangError } from "wuzhang";
import { openStored, type Documents, type StoredBook } from "wuzhang/store";
import type { Store } from "./store.js";

export type KeeperOptions = {
  /** After how many bytes of journal a snapshot is taken; the package's own measure unless said. */
  snapshotEvery?: number;
};

/** The book on its database, and what the portal wants to know beside it. */
export class Keeper {
  /** How far the journal was looked through for changes of roster or policy, and those found. */
  #looked = 0;
  #changes: JournalEvent[] = [];

  private constructor(
    private readonly store: Store,
    readonly documents: Documents,
    private readonly kept: StoredBook,
  ) {}

  /** Opens the book that the database holds, from its snapshot and the events since, or begins one of these documents. */
  static async open(store: Store, documents: Documents, options: KeeperOptions = {}): Promise<Keeper> {
    const own = (await store.documents()) ?? documents;
    const keeper = new Keeper(store, own, await openStored({ shelf: store, ...own, ...options }));
    await keeper.#look();
    return keeper;
  }

  get book(): Book {
    return this.kept.book;
  }

  /** What changed roster or policy since the book began, oldest first. */
  get changes(): readonly JournalEvent[] {
    return this.#changes;
  }

  /** Applies commands in their order; each is answered with its outcome, or with why it is no command at all. */
  async apply(commands: readonly object[]): Promise<(Outcome | WuzhangError)[]> {
    const answers: (Outcome | WuzhangError)[] = [];
    while (answers.length < commands.length) {
      const { outcomes, stopped } = await this.kept.applyLines(commands.slice(answers.length).map((one) => `${JSON.stringify(one)}\n`).join(""));
      for (const line of outcomes.split("\n")) if (line !== "") answers.push(JSON.parse(line) as Outcome);
      if (stopped === null) break;
      // A defect is nobody's command.
      if (stopped.code.startsWith("package.")) throw stopped;
      answers.push(stopped);
    }
    await this.#look();
    return answers;
  }

  /** What the rules say of a command that might be sent, whatever id it will bear; nothing is kept. */
  judge(command: object): Pick<Outcome, "status" | "findings"> {
    const { status, findings } = this.book.judge({ ...command, id: randomUUID() } as unknown as Command);
    return { status, findings };
  }

  /** Takes over what another process has written. */
  async refresh(): Promise<void> {
    await this.kept.refresh();
    await this.#look();
  }

  /** Lets go of everything, after a last snapshot for a quick start. */
  async close(): Promise<void> {
    // The journal holds it all; a snapshot that cannot be kept only makes the start slower.
    await this.kept.checkpoint().catch(() => undefined);
    await this.kept.close();
  }

  async #look(): Promise<void> {
    const { events } = this.book.status();
    if (events === this.#looked) return;
    const lines = await this.store.changes(this.#looked, events);
    // Whoever looked at the same time was perhaps quicker.
    for (const line of lines) {
      const change = JSON.parse(line) as JournalEvent;
      if (Number(change.seq) > this.#looked) this.#changes.push(change);
    }
    this.#looked = Math.max(this.#looked, events);
  }
}
