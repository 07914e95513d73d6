// In Node the module is read from beside this file, at the first use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { provided } from "./core.js";

provided(() => readFileSync(join(__dirname, "wuzhang.wasm")));
