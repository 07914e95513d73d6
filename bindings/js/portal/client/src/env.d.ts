/// <reference types="vite/client" />
declare module "virtual:rules" {
  import type { Both } from "wuzhang";
  const rules: Record<string, { title: Both | null; asks: Both | null }>;
  export default rules;
}
