// A book in a worker: `serve()` in the worker's script, `connect()` in the page. Long work then
// does not hold the page up; every call answers a promise.
import { Book, WuzhangError, load, type Applied, type BookOptions, type PolicySource, type RosterSource, type Source } from "./core.js";

/** What two ends of a channel have in common: a worker, its global scope, a message port. */
export type Port = {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  start?(): void;
};

type Asked = { wuzhang: number; book: number; do: string; with: unknown[] };
type Answered = { wuzhang: number; ok?: unknown; error?: { code: WuzhangError["code"]; message: string; answer: string } };

/** Answers what `connect` asks of the other end. The module is loaded from `source`: a URL, bytes, a compiled module. */
export function serve(source: Source | Promise<Source>, port: Port = globalThis as unknown as Port): void {
  const ready = load(source);
  const books = new Map<number, Book>();
  let last = 0;
  const run = ({ book, do: name, with: given }: Asked): unknown => {
    const made = (make: () => Book) => {
      const opened = make();
      books.set((last += 1), opened);
      return { book: last, dropped: opened.dropped };
    };
    const [a, b, c, d] = given as [never, never, never, never];
    if (name === "new") return made(() => new Book(a, b, c));
    if (name === "open") return made(() => Book.open(a, b, c, d));
    if (name === "restore") return made(() => Book.restore(a, b));
    const held = books.get(book);
    if (held === undefined) throw new WuzhangError("package.freed", "it was freed");
    if (name === "free") books.delete(book);
    if (!CALLS.has(name)) throw new WuzhangError("package.argument", `a book does not ${name}`);
    const said = (held[name as keyof Book] as (...given: unknown[]) => unknown).apply(held, given);
    if (name !== "applyLines") return said;
    const { outcomes, stopped } = said as Applied<unknown>;
    return { outcomes, stopped: stopped === null ? null : told(stopped) };
  };
  port.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
    if (typeof data?.wuzhang !== "number") return;
    void ready
      .then(() => run(data))
      .then((ok) => port.postMessage({ wuzhang: data.wuzhang, ok } satisfies Answered, ok instanceof Uint8Array ? [ok.buffer as ArrayBuffer] : []))
      .catch((error: unknown) => port.postMessage({ wuzhang: data.wuzhang, error: told(error) } satisfies Answered, []));
  });
  port.start?.();
}

/** A book's calls, each answering a promise. */
export type RemoteBook = {
  readonly dropped: number;
  applyLines(lines: string): Promise<Applied<string>>;
  applyLines(lines: Uint8Array): Promise<Applied<Uint8Array>>;
  free(): Promise<void>;
} & { readonly [Name in Plain]: (...given: Parameters<Book[Name]>) => Promise<Awaited<ReturnType<Book[Name]>>> };

type Plain = Exclude<{ [Name in keyof Book]: Book[Name] extends (...given: never[]) => unknown ? Name : never }[keyof Book], symbol | "applyLines" | "free">;

/** Every call, which the compiler holds against the class. */
const NAMES: { [Name in Plain | "applyLines" | "free"]: true } = {
  apply: true, applyText: true, applyLines: true, judge: true, follow: true, duties: true, ledger: true, case: true, actions: true, agenda: true, publication: true,
  rates: true, advice: true, myCase: true, policy: true, roster: true, status: true, callText: true, journal: true, journalBytes: true, snapshot: true, free: true,
};
const CALLS: ReadonlySet<string> = new Set(Object.keys(NAMES));

/** The other end of a worker that serves. */
export type Remote = {
  /** A new book there. */
  create(policy: PolicySource, roster: RosterSource, options?: BookOptions): Promise<RemoteBook>;
  /** The book that a journal gives, there. */
  open(policy: PolicySource, roster: RosterSource, journal: string | Uint8Array, options?: BookOptions): Promise<RemoteBook>;
  /** The book that a snapshot holds, there. */
  restore(snapshot: Uint8Array, options?: BookOptions): Promise<RemoteBook>;
};

/** Speaks to a worker whose script has called `serve`. */
export function connect(port: Port): Remote {
  const waiting = new Map<number, { done: (ok: unknown) => void; failed: (error: WuzhangError) => void }>();
  let last = 0;
  port.addEventListener("message", ({ data }: MessageEvent<Answered>) => {
    const waits = waiting.get(data?.wuzhang);
    if (waits === undefined) return;
    waiting.delete(data.wuzhang);
    if (data.error === undefined) waits.done(data.ok);
    else waits.failed(retold(data.error));
  });
  // A worker whose script cannot run answers nothing, ever: whoever waits is told.
  (port as unknown as EventTarget).addEventListener("error", (event) => {
    const message = (event as ErrorEvent).message ?? "the worker failed";
    for (const waits of waiting.values()) waits.failed(new WuzhangError("package.worker", `the worker failed: ${message}`));
    waiting.clear();
  });
  port.start?.();
  const ask = (book: number, name: string, given: unknown[]) =>
    new Promise<unknown>((done, failed) => {
      waiting.set((last += 1), { done, failed });
      port.postMessage({ wuzhang: last, book, do: name, with: given } satisfies Asked, []);
    });
  const made = async (name: string, given: unknown[]): Promise<RemoteBook> => {
    const { book, dropped } = (await ask(0, name, given)) as { book: number; dropped: number };
    const calls = Object.keys(NAMES).map((name) => [name, (...given: unknown[]) => ask(book, name, given)] as const);
    const remote = { dropped, ...Object.fromEntries(calls) } as unknown as RemoteBook;
    const applyLines = async (lines: never) => {
      const { outcomes, stopped } = (await ask(book, "applyLines", [lines])) as { outcomes: never; stopped: NonNullable<Answered["error"]> | null };
      return { outcomes, stopped: stopped === null ? null : retold(stopped) };
    };
    return Object.assign(remote, { applyLines });
  };
  return {
    create: (...given) => made("new", given),
    open: (...given) => made("open", given),
    restore: (...given) => made("restore", given),
  };
}

function told(error: unknown): NonNullable<Answered["error"]> {
  if (error instanceof WuzhangError) return { code: error.code, message: error.message, answer: error.answer };
  return { code: "package.worker", message: String(error), answer: "" };
}

function retold({ code, message, answer }: NonNullable<Answered["error"]>): WuzhangError {
  return answer === "" ? new WuzhangError(code, message) : WuzhangError.of(answer);
}
