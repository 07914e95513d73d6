import * as glue from "../glue/wuzhang.js";
import type {
  Action, ActionsRequest, AdviceRequest, AgendaRequest, BookStatus, CaseRequest, DocumentRequest, DutiesRequest, LedgerRequest, MyCaseRequest,
  PublicationRequest, RatesRequest,
} from "./answers.js";
import type { PolicySource, RosterSource } from "./engine.js";
import { WuzhangError } from "./errors.js";
import { Handle, answer, textOf } from "./runtime.js";
import type { Agenda, CaseView, Command, Duty, Finding, Ledger, Outcome, PolicyDocument, Publication, RateRow, RosterDocument } from "./types.js";

/** How a book is kept safe from a defect of the module. */
export type BookOptions = {
  /**
   * Whether the book keeps what it takes to come back after a trap: its last snapshot, and the
   * commands since. On unless `false`; then the host has to open it anew from its journal.
   */
  recovery?: boolean;
};

/** What came of a block of lines. */
export type Applied<Text> = {
  /** One outcome a line, for each line that is a command. */
  outcomes: Text;
  /** Why the block stopped before its end, and at which line (`findings[0].params.line`); what stands before it is applied. */
  stopped: WuzhangError | null;
};

/** So many characters of commands are kept before a new snapshot takes their place. */
const TAIL = 16 << 20;

const ACCEPTED = '"status":"accepted"}';

/** A command, a block of them, or lines of the journal. */
type Part = { command: string } | { lines: Uint8Array } | { journal: Uint8Array };

/** What a book comes back from. */
type Ground = { documents: readonly [policy: string, roster: string] } | { snapshot: Uint8Array };

/** An engine with its journal. */
export class Book {
  /** How many bytes at the end of the journal were dropped when it was opened, because they were torn while written. */
  readonly dropped: number;
  readonly #handle: Handle<glue.Book>;
  #ground: Ground | undefined;
  /** What came since, in its order. */
  #tail: Part[] = [];
  #weight = 0;

  /** A new book. */
  constructor(policy: PolicySource, roster: RosterSource, options?: BookOptions);
  /** @internal */
  constructor(made: Made, roster?: undefined, options?: undefined);
  constructor(policy: PolicySource | Made, roster?: RosterSource, options: BookOptions = {}) {
    if (policy instanceof Made) {
      this.#handle = new Handle(policy.make, () => this.#revive());
      options = policy.options;
      this.#ground = policy.ground;
    } else {
      const documents = [textOf(policy, "policy"), textOf(roster as RosterSource, "roster")] as const;
      this.#handle = new Handle(() => new glue.Book(...documents), () => this.#revive());
      this.#ground = { documents };
    }
    this.dropped = this.#handle.run((inner) => inner.dropped());
    if (options.recovery === false) this.#ground = undefined;
    else if (this.#ground === undefined) this.#settle();
  }

  /**
   * The book that a journal gives, with the documents it was opened with. Every command is lived
   * again and every hash compared. A torn end is dropped: see `dropped`.
   */
  static open(policy: PolicySource, roster: RosterSource, journal: string | Uint8Array, options: BookOptions = {}): Book {
    const documents = [textOf(policy, "policy"), textOf(roster, "roster")] as const;
    const bytes = bytesOf(journal, "journal");
    return new Book(new Made(() => glue.Book.open(...documents, bytes), options));
  }

  /** The book that a snapshot holds; policy and roster are in it. */
  static restore(snapshot: Uint8Array, options: BookOptions = {}): Book {
    const bytes = bytesOf(snapshot, "snapshot");
    const kept = options.recovery === false ? bytes : bytes.slice();
    return new Book(new Made(() => glue.Book.restore(bytes), options, { snapshot: kept }));
  }

  /** Applies one command. */
  apply(command: Command): Outcome {
    return JSON.parse(this.applyText(JSON.stringify(command))) as Outcome;
  }

  /** As `apply`, text in and text out: the quickest way for a single command. */
  applyText(command: string): string {
    const outcome = this.#handle.run((inner) => inner.apply(command));
    // What was refused changed nothing and need not be lived again.
    if (this.#ground !== undefined && outcome.endsWith(ACCEPTED)) this.#keep({ command }, command.length);
    return outcome;
  }

  /** What would come of a command, were it applied now: its outcome, without events. Nothing is kept. */
  judge(command: Command): Outcome {
    return this.#ask("judge", { command });
  }

  /** Applies a block of commands, one a line; the quickest way for many. Text is answered with text, bytes with bytes. */
  applyLines(lines: string): Applied<string>;
  applyLines(lines: Uint8Array): Applied<Uint8Array>;
  applyLines(lines: string | Uint8Array): Applied<string> | Applied<Uint8Array> {
    const bytes = bytesOf(lines, "lines");
    const [outcomes, stopped] = this.#handle.run((inner) => {
      const applied = inner.apply_lines(bytes);
      const why = applied.stopped();
      return [applied.outcomes(), why] as const; // which takes the object with it
    });
    if (this.#ground !== undefined) this.#keep({ lines: bytes === lines ? bytes.slice() : bytes }, bytes.length);
    const why = stopped === undefined ? null : WuzhangError.of(stopped);
    return typeof lines === "string" ? { outcomes: decoder.decode(outcomes), stopped: why } : { outcomes, stopped: why };
  }

  /**
   * Goes on by the lines that follow in the journal, as another holder of the same book has written
   * them; answers how many bytes were dropped at their torn end. After an error the book is of no
   * more use: open it anew.
   */
  follow(journal: string | Uint8Array): number {
    const bytes = bytesOf(journal, "journal");
    const dropped = this.#handle.run((inner) => inner.follow(bytes));
    if (this.#ground !== undefined) this.#keep({ journal: bytes === journal ? bytes.slice() : bytes }, bytes.length);
    return dropped;
  }

  /** Who owes what by when. */
  duties(request: DutiesRequest): Duty[] {
    return this.#ask("duties", request);
  }

  /** A unit's ledger; without a viewer, what the public sees of it. */
  ledger(request: LedgerRequest): Ledger {
    return this.#ask("ledger", request);
  }

  /** A case with its timeline; `null` when there is none, or none that the viewer may see. */
  case(request: CaseRequest): CaseView | null {
    return this.#ask("case", request);
  }

  /** What the person may do about a case, and for what is closed, why. */
  actions(request: ActionsRequest): Action[] {
    return this.#ask("actions", request);
  }

  /** What a person has to do. */
  agenda(request: AgendaRequest): Agenda {
    return this.#ask("agenda", request);
  }

  /** What a unit makes public for a period. */
  publication(request: PublicationRequest): Publication {
    return this.#ask("publication", request);
  }

  /** Rates as fractions of counts. */
  rates(request: RatesRequest): RateRow[] {
    return this.#ask("rates", request);
  }

  /** Material for a call-back sample, never a score. */
  advice(request: AdviceRequest): Finding[] {
    return this.#ask("advice", request);
  }

  /** A household's own case, by its query code and secret. */
  myCase(request: MyCaseRequest): { [name: string]: unknown } {
    return this.#ask("my_case", request);
  }

  /** The policy in force at a moment, its parents folded in: what an `Engine` takes. */
  policy(request: DocumentRequest = {}): PolicyDocument {
    return this.#ask("policy", request);
  }

  /** The roster with all changes up to a moment. It names everybody: for the host, not for its users. */
  roster(request: DocumentRequest = {}): RosterDocument {
    return this.#ask("roster", request);
  }

  /** What the book holds. */
  status(): BookStatus {
    return this.#ask("status", {});
  }

  /** Any request that changes nothing, text in and text out: the whole answer, `{"ok":…}` or `{"error":…}`. */
  callText(request: string): string {
    return this.#handle.run((inner) => inner.ask(request));
  }

  /** The journal's lines from the event with this number on; 1 is the first. Keep them: they are the book. */
  journal(from = 1): string {
    return decoder.decode(this.journalBytes(from));
  }

  /** As `journal`, as bytes. */
  journalBytes(from = 1): Uint8Array {
    if (!Number.isSafeInteger(from) || from < 0) throw new WuzhangError("package.argument", "from is no event's number");
    return this.#handle.run((inner) => inner.journal(from));
  }

  /** The whole book as bytes, for `Book.restore`. A cache: the journal is the truth. */
  snapshot(): Uint8Array {
    const snapshot = this.#handle.run((inner) => inner.snapshot());
    if (this.#ground !== undefined) this.#stand(snapshot.slice());
    return snapshot;
  }

  /** Gives its memory back. Harmless a second time; any other call is refused from then on. */
  free(): void {
    this.#handle.free();
    this.#ground = undefined;
    this.#tail = [];
  }

  /** For `using`: as `free`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #revive(): glue.Book {
    const ground = this.#ground;
    if (ground === undefined) throw new WuzhangError("package.lost", "it keeps nothing to come back from; open it anew from its journal");
    const book = "snapshot" in ground ? glue.Book.restore(ground.snapshot) : new glue.Book(...ground.documents);
    for (const part of this.#tail) {
      if ("command" in part) book.apply(part.command);
      else if ("lines" in part) book.apply_lines(part.lines).free();
      else book.follow(part.journal);
    }
    return book;
  }

  #keep(part: Part, weight: number): void {
    this.#tail.push(part);
    this.#weight += weight;
    // By doubling, so that all snapshots together cost a share of what the commands did.
    const ground = this.#ground;
    const enough = Math.max(TAIL, ground !== undefined && "snapshot" in ground ? ground.snapshot.length : 0);
    if (this.#weight > enough) this.#settle();
  }

  #settle(): void {
    this.#stand(this.#handle.run((inner) => inner.snapshot()));
  }

  #stand(snapshot: Uint8Array): void {
    this.#ground = { snapshot };
    this.#tail = [];
    this.#weight = 0;
  }

  #ask<T>(op: string, request: object): T {
    return answer(this.callText(JSON.stringify({ ...request, op })));
  }
}

/** How a book comes to be otherwise than new. */
class Made {
  constructor(
    readonly make: () => glue.Book,
    readonly options: BookOptions,
    readonly ground?: Ground,
  ) {}
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function bytesOf(text: string | Uint8Array, name: string): Uint8Array {
  if (typeof text === "string") return encoder.encode(text);
  if (text instanceof Uint8Array) return text;
  throw new WuzhangError("package.argument", `${name} is neither text nor bytes`);
}
