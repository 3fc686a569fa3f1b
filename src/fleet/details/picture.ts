import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { TimeText } from '../../values/time-text.js';
import type { Measured } from './detail-reader.js';

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The family of the font that comes with pgfleet. */
export const fontFamily = 'DejaVu Sans';

const width = 900;
const rowHeight = 170;
const margin = { top: 72, left: 80, right: 24, bottom: 40 };

export interface PictureOptions {
  title: string;
  series: readonly Measured[];
  from: number;
  to: number;
  timeText: TimeText;
}

/** Series over one span of time as SVG, each unit in a diagram of its own. */
export function pictureOf({ title, series, from, to, timeText }: PictureOptions): string {
  const units = [...new Set(series.map(({ unit }) => unit))];
  const height = margin.top + units.length * rowHeight;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily },
    title: { text: title, left: 12, top: 8, textStyle: { fontFamily, fontSize: 14 } },
    legend: { top: 30, left: 12, textStyle: { fontFamily } },
    grid: units.map((_, index) => ({
      left: margin.left,
      right: margin.right,
      top: margin.top + 14 + index * rowHeight,
      height: rowHeight - margin.bottom - 14,
    })),
    xAxis: units.map((_, index) => ({
      type: 'time',
      gridIndex: index,
      min: from,
      max: to,
      axisLabel: { fontFamily, hideOverlap: true, formatter: (time: number) => timeText(time).slice(5, 16) },
    })),
    yAxis: units.map((unit, index) => ({
      type: 'value',
      gridIndex: index,
      name: unit,
      min: 0,
      ...(unit === '%' && { max: 100 }),
      splitNumber: 4,
      axisLabel: { fontFamily },
    })),
    series: series.map(({ metric, unit, points }) => ({
      type: 'line',
      name: metric,
      xAxisIndex: units.indexOf(unit),
      yAxisIndex: units.indexOf(unit),
      showSymbol: points.length < 3,
      lineStyle: { width: 1.5 },
      data: points.map(([time, value]) => [time, value]),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
