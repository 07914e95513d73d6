// Chromium, and a server for the folders whose pages it opens.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };
const ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export class Browser {
  #server;
  #folder = "";
  #csp;

  static async start(executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium") {
    const it = new Browser();
    it.chromium = await chromium.launch({ executablePath, args: ARGS });
    it.context = await it.chromium.newContext();
    await it.#listen();
    return it;
  }

  async stop() {
    await this.chromium.close();
    await new Promise((done) => this.#server.close(done));
  }

  /** From now on serves this folder. */
  serve(folder, { csp } = {}) {
    this.#folder = folder;
    this.#csp = csp;
    return this.origin;
  }

  /** Opens the folder's page and answers what it says by its title, or rejects with its error. */
  async run(folder, { csp, timeout = 120_000 } = {}) {
    const origin = this.serve(folder, { csp });
    const page = await this.context.newPage();
    try {
      const problems = [];
      page.on("pageerror", (error) => problems.push(String(error)));
      await page.goto(`${origin}/index.html`);
      await page.waitForFunction(() => document.title !== "", undefined, { timeout }).catch((error) => {
        throw new Error(`${problems.join("\n")}\n${error}`);
      });
      const said = JSON.parse(await page.title());
      if ("error" in said) throw new Error(said.error);
      return said.said;
    } finally {
      await page.close();
    }
  }

  async #listen() {
    this.#server = createServer((request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
      const file = join(this.#folder, path);
      if (!file.startsWith(this.#folder) || !existsSync(file) || !statSync(file).isFile()) {
        response.writeHead(404).end();
        return;
      }
      const headers = { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Cache-Control": "no-store" };
      if (this.#csp !== undefined) headers["Content-Security-Policy"] = this.#csp;
      response.writeHead(200, headers);
      createReadStream(file).pipe(response);
    });
    await new Promise((done) => this.#server.listen(0, "127.0.0.1", done));
    this.origin = `http://127.0.0.1:${this.#server.address().port}`;
  }
}
