/// <reference types="vite/client" />
declare module "virtual:rules" {
  import type { Both } from "wuzhang";
  const rules: Record<string, Both | null>;
  export default rules;
}
