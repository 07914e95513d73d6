// Lets what the server has written be seen first; then the page's code, which is loaded meanwhile, takes over.
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
import "./style.css";

let begun = false;
function begin(): void {
  if (begun) return;
  begun = true;
  void import("./main");
}
// After the first frame. Nobody waits for one where none is drawn.
requestAnimationFrame(() => setTimeout(begin));
setTimeout(begin, document.visibilityState === "visible" ? 1000 : 0);
