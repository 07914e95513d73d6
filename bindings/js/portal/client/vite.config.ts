import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";
import { codes, explain, rules, schema } from "wuzhang";
import { texts } from "./src/texts";

/** What each rule and code is called, from the package, so that a page can name it before the engine is loaded. */
function ruleWords(): Plugin {
  const id = "virtual:rules";
  return {
    name: "rule words",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries([...rules(), ...codes()].map((code) => [code, explain(code).title]))))})` : undefined),
  };
}

type Schema = { $ref?: string; $defs?: Record<string, Schema>; description?: string; type?: string; const?: string; enum?: string[]; anyOf?: Schema[]; oneOf?: Schema[]; items?: Schema; properties?: Record<string, Schema>; required?: string[] };

/** The fields of every command, from the package's schema: a form can lack none that the package knows. */
function commandFields(): Plugin {
  const id = "virtual:fields";
  const whole = schema("command") as Schema;
  const at = (one: Schema): Schema => (one.$ref === undefined ? one : { ...whole.$defs?.[one.$ref.slice("#/$defs/".length)], ...(one.description === undefined ? {} : { description: one.description }) });
  const fields = (record: Schema): object[] => Object.entries(record.properties ?? {}).map(([name, given]) => {
    const [zh, en] = (given.description ?? name).split(" · ");
    return { name, zh, en: en ?? zh, ...((record.required ?? []).includes(name) ? { need: true } : {}), ...kind(given) };
  });
  function kind(given: Schema): object {
    if (given.anyOf !== undefined) return kind(given.anyOf.find((one) => one.type !== "null") ?? {});
    const named = given.$ref?.slice("#/$defs/".length), one = at(given);
    if (named === "Date") return { type: "date" };
    if (named === "Instant") return { type: "time" };
    if (named === "Id") return { type: "id" };
    if (one.enum !== undefined) return { type: "choice", options: one.enum };
    if (one.type === "boolean") return { type: "check" };
    if (one.type === "integer") return { type: "number" };
    if (one.type === "array") {
      const item = kind(one.items ?? {}) as { type: string };
      return item.type === "record" ? { ...item, type: "list" } : { ...item, type: "many" };
    }
    if (one.type === "object" && one.properties !== undefined) return { type: "record", fields: fields(one) };
    return { type: one.type === "string" || named !== undefined ? "text" : "any" };
  }
  const own = new Set(["do", "id", "at", "typed_at", "actor"]);
  const commands = Object.fromEntries((whole.$defs?.["Command"]?.oneOf ?? []).map((one) => [one.properties?.["do"]?.const, (fields(one) as { name: string }[]).filter(({ name }) => !own.has(name))]));
  if (Object.keys(commands).length < 20) throw new Error("the package's schema of commands has changed its form");
  return {
    name: "command fields",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export default ${JSON.stringify(commands)}` : undefined),
  };
}

/** The service worker knows every file of the build by name; and each file lies there packed as well. */
function shell(): Plugin {
  return {
    name: "shell",
    apply: "build",
    // The page's code comes while the first frame is drawn.
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle }) {
        const main = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.facadeModuleId?.endsWith("/src/main.ts") === true);
        if (main?.type !== "chunk") throw new Error("the page has no main part");
        return [main.fileName, ...main.imports].filter((file) => !html.includes(`/${file}"`)).map((file) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` }, injectTo: "head" as const }));
      },
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => !name.endsWith(".map"));
        const version = createHash("sha256").update(files.join()).digest("hex").slice(0, 12);
        const names = ["/index.html", "/icon.svg", "/manifest.webmanifest", ...files.filter((name) => name !== "index.html").map((name) => `/${name}`)];
        const worker = readFileSync(new URL("sw.js", import.meta.url), "utf8").replace("__VERSION__", version).replace("[]/* names */", JSON.stringify(names));
        this.emitFile({ type: "asset", fileName: "sw.js", source: worker });
        // The words of My week, for the server that writes it down while the page is on its way.
        const words = (["zh", "en"] as const).map((lang, index) => [lang, {
          ...Object.fromEntries((["week", "weekIntro", "coming", "overdueNow", "overdueBy", "daysLeft", "dueToday", "due", "handbook", "assumed", "nobodyOwes"] as const).map((name) => [name, texts[name][index]])),
          rules: Object.fromEntries(rules().map((rule) => [rule, explain(rule).title?.[lang] ?? rule])),
        }]);
        this.emitFile({ type: "asset", fileName: "first.json", source: JSON.stringify(Object.fromEntries(words)) });
        for (const [name, one] of Object.entries(bundle)) {
          if (!/\.(js|css|wasm|html)$/.test(name)) continue;
          const bytes = one.type === "chunk" ? one.code : one.source;
          this.emitFile({ type: "asset", fileName: `${name}.gz`, source: gzipSync(bytes, { level: 9 }) });
          this.emitFile({ type: "asset", fileName: `${name}.br`, source: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) });
        }
      },
    },
  };
}

export default defineConfig({
  plugins: [vue(), ruleWords(), commandFields(), shell()],
  optimizeDeps: { exclude: ["wuzhang"] },
  server: { proxy: { "/api": "http://127.0.0.1:8014" } },
  build: { target: "es2022", outDir: "dist", assetsInlineLimit: 0, chunkSizeWarningLimit: 700,
    // What every page needs comes in two pieces, not in a dozen: each request costs a slow device some milliseconds.
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: "loader", test: /preload-helper|modulepreload-polyfill/, priority: 9 }, { name: "vue", test: /node_modules\/(@vue|vue|vue-router)\// }, { name: "base", test: /client\/src\/(api|kept|names|rules|sending|texts|words|parts\/(fate|load))\.ts|virtual:rules/ }] } } } },
});
