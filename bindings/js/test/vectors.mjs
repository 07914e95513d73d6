// node test/vectors.mjs DIR LOG: runs the cases of DIR through the package as Node finds it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as wuzhang from "wuzhang";
import { run } from "./runner.mjs";

const [dir, log] = process.argv.slice(2);
writeFileSync(log, run(wuzhang, readFileSync(join(dir, "cases.jsonl"), "utf8")));
