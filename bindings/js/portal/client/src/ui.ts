// The parts of Element Plus that the page uses, Their styles stand in boot.ts; their code comes after the
// first paint, or when a page shows one: My week does without.
import { defineAsyncComponent, type App } from "vue";

const NAMES = ["ElAlert", "ElButton", "ElCheckbox", "ElCheckboxGroup", "ElDialog", "ElInput", "ElTag", "ElTimeline", "ElTimelineItem"] as const;
export const kit = (): Promise<typeof import("./kit")> => import("./kit");

export function install(app: App): void {
  for (const name of NAMES) app.component(name, defineAsyncComponent(async () => (await kit())[name]));
}
