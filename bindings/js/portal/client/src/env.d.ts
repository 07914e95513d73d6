/// <reference types="vite/client" />
declare module "virtual:rules" {
  import type { Both } from "wuzhang";
  const rules: Record<string, Both | null>;
  export default rules;
}
declare module "virtual:fields" {
  export type Known = { name: string; zh: string; en: string; need?: true; type: "text" | "date" | "time" | "id" | "choice" | "check" | "number" | "many" | "list" | "record" | "any"; options?: string[]; fields?: Known[] };
  const fields: Record<string, Known[]>;
  export default fields;
}
