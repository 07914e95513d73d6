// The parts of Element Plus that the page uses, each with its own style. Their code comes after the
// first paint, or when a page shows one: My week does without.
import { defineAsyncComponent, type App } from "vue";
import "element-plus/theme-chalk/base.css";
import "element-plus/theme-chalk/el-alert.css";
import "element-plus/theme-chalk/el-button.css";
import "element-plus/theme-chalk/el-checkbox.css";
import "element-plus/theme-chalk/el-checkbox-group.css";
import "element-plus/theme-chalk/el-dialog.css";
import "element-plus/theme-chalk/el-overlay.css";
import "element-plus/theme-chalk/el-input.css";
import "element-plus/theme-chalk/el-tag.css";
import "element-plus/theme-chalk/el-timeline.css";
import "element-plus/theme-chalk/el-timeline-item.css";

const NAMES = ["ElAlert", "ElButton", "ElCheckbox", "ElCheckboxGroup", "ElDialog", "ElInput", "ElTag", "ElTimeline", "ElTimelineItem"] as const;
export const kit = (): Promise<typeof import("./kit")> => import("./kit");

export function install(app: App): void {
  for (const name of NAMES) app.component(name, defineAsyncComponent(async () => (await kit())[name]));
}
