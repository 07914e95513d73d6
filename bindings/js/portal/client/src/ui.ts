// The parts of Element Plus that the page uses, each with its own style.
import type { App } from "vue";
import { ElAlert } from "element-plus/es/components/alert/index.mjs";
import { ElButton } from "element-plus/es/components/button/index.mjs";
import { ElCheckbox, ElCheckboxGroup } from "element-plus/es/components/checkbox/index.mjs";
import { ElDialog } from "element-plus/es/components/dialog/index.mjs";
import { ElInput } from "element-plus/es/components/input/index.mjs";
import { ElTag } from "element-plus/es/components/tag/index.mjs";
import { ElTimeline, ElTimelineItem } from "element-plus/es/components/timeline/index.mjs";
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

export function install(app: App): void {
  for (const part of [ElAlert, ElButton, ElCheckbox, ElCheckboxGroup, ElDialog, ElInput, ElTag, ElTimeline, ElTimelineItem]) app.component(part.name as string, part);
}
