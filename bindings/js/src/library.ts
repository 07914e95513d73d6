import * as glue from "../glue/wuzhang.js";
import type { CheckRequest, ExplainRequest, Explanation, Verified } from "./answers.js";
import type { PolicySource } from "./engine.js";
import { answer, plainly, textOf } from "./runtime.js";
import type { Finding, FindingCode, PolicyDocument, RuleId } from "./types.js";

const decoder = new TextDecoder();

/** Any request that needs neither engine nor book, text in and text out. */
export function callText(request: string): string {
  return plainly(() => glue.call(request));
}

function ask<T>(request: object): T {
  return answer(callText(JSON.stringify(request)));
}

/** The library's version and that of the journal's format. */
export function version(): { version: string; format: number } {
  return ask({ op: "version" });
}

/** The names of the presets. */
export function presets(): string[] {
  return ask({ op: "presets" });
}

/** A preset's document. */
export function preset(id: string): PolicyDocument {
  return ask({ op: "preset", id });
}

/** Every finding code. */
export function codes(): FindingCode[] {
  return ask({ op: "codes" });
}

/** Every rule's id. */
export function rules(): RuleId[] {
  return ask({ op: "rules" });
}

/** What a code or rule means, under a policy. */
export function explain(code: ExplainRequest, policy?: PolicySource): Explanation {
  return ask({ op: "explain", code, ...(policy === undefined ? {} : { policy: documentOf(policy) }) });
}

/** The names of the JSON Schemas. */
export function schemas(): string[] {
  return ask({ op: "schemas" });
}

/** A JSON Schema. */
export function schema(name: string): { [name: string]: unknown } {
  return ask({ op: "schema", name });
}

/** Verifies a journal's chain. `head` and `count` tell a tail that was cut off. */
export function verify(journal: string | Uint8Array, known: { head?: string; count?: number } = {}): Verified {
  return ask({ op: "verify", journal: typeof journal === "string" ? journal : decoder.decode(journal), ...known });
}

/** What is wrong with a policy, a roster or command lines. */
export function check(request: CheckRequest): Finding[] {
  return ask({ op: "check", ...request });
}

/** A policy as the façade takes it inside a request: a name, or a document. */
function documentOf(policy: PolicySource): unknown {
  const text = textOf(policy, "policy");
  return text.trimStart().startsWith("{") ? JSON.parse(text) : text;
}
