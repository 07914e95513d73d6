// The part of ECharts that the county's page uses.
import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
use([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);
export type { EChartsType };
export function draw(element: HTMLElement, option: EChartsCoreOption, before?: EChartsType): EChartsType {
  const chart = before ?? init(element, undefined, { renderer: "svg" });
  chart.setOption(option, true);
  return chart;
}
