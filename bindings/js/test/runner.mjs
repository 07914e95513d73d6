// Runs the shared vectors through the package, in Node and in a browser alike: `cases` is the text of
// cases.jsonl, the answer the log that `xtask compare` holds against what every face has to answer.

export function run({ Book, Engine, WuzhangError, callText }, cases) {
  const [head, ...rest] = cases.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  const log = [];
  /** What the call answers, or the error answer that it throws. */
  const refusal = (error) => {
    if (!(error instanceof WuzhangError) || error.answer === "") throw error;
    return error.answer;
  };
  const said = (call) => {
    try {
      return call();
    } catch (error) {
      return refusal(error);
    }
  };
  for (const { name, policy, roster, steps } of rest) {
    log.push(`# ${name}`);
    const documents = [head.documents[policy], head.documents[roster]];
    let book;
    let engine;
    try {
      book = new Book(...documents);
    } catch (error) {
      log.push(refusal(error));
      continue;
    }
    const theEngine = () => (engine ??= new Engine(...documents));
    for (const step of steps) log.push(...answers(step));
    book.free();
    engine?.free();

    function answers({ to, text, visits }) {
      switch (to) {
        case "apply":
          return [said(() => book.applyText(text))];
        case "book":
          return [book.callText(text)];
        case "engine":
          return [theEngine().callText(text)];
        case "library":
          return [callText(text)];
        case "lines": {
          const { outcomes, stopped } = book.applyLines(text);
          return [...lines(outcomes), ...(stopped === null ? [] : [refusal(stopped)])];
        }
        case "journal":
          return lines(book.journal(Number(text)));
        case "restore": {
          const restored = Book.restore(book.snapshot());
          book.free();
          book = restored;
          return [book.callText('{"op":"status"}')];
        }
        case "reopen":
          return [
            said(() => {
              const opened = Book.open(...documents, book.journal() + text);
              book.free();
              book = opened;
              return String(opened.dropped);
            }),
          ];
        case "visits":
          return [theEngine().visitDutiesText(visits, text)];
        default:
          throw new Error(`no such step: ${to}`);
      }
    }
  }
  return `${log.join("\n")}\n`;
}

function lines(text) {
  return text.split("\n").filter((line) => line !== "");
}
