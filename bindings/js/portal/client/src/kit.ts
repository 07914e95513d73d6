// The parts of Element Plus that the page uses.
export { ElAlert } from "element-plus/es/components/alert/index.mjs";
export { ElButton } from "element-plus/es/components/button/index.mjs";
export { ElCheckbox, ElCheckboxGroup } from "element-plus/es/components/checkbox/index.mjs";
export { ElDialog } from "element-plus/es/components/dialog/index.mjs";
export { ElInput } from "element-plus/es/components/input/index.mjs";
export { ElTag } from "element-plus/es/components/tag/index.mjs";
export { ElTimeline, ElTimelineItem } from "element-plus/es/components/timeline/index.mjs";
