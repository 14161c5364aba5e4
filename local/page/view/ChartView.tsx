import type { Chart } from '../protocol.ts';
import { px } from './places.ts';

interface ChartViewProps {
  readonly chart: Chart;
  readonly left: number;
  readonly top: number;
}

const WIDTH = 480;
const HEIGHT = 280;
const FLOOR = HEIGHT - 34;
const CEILING = 56;

/** A column chart as plain SVG, each bar with its figure over it. */
export function ChartView({ chart, left, top }: ChartViewProps) {
  const most = Math.max(1, ...chart.bars.map((bar) => bar.value));
  const step = (WIDTH - 32) / Math.max(1, chart.bars.length);
  return (
    <svg
      class="chart"
      role="img"
      aria-label={`${chart.title}: ${chart.bars.map((bar) => `${bar.label} ${figure(bar.value)}`).join(', ')}`}
      style={{ left: px(left), top: px(top) }}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <text x={16} y={28} class="title">
        {chart.title}
      </text>
      <line x1={16} x2={WIDTH - 16} y1={FLOOR} y2={FLOOR} />
      {chart.bars.map((bar, at) => {
        const height = (Math.max(0, bar.value) / most) * (FLOOR - CEILING);
        const middle = 16 + step * (at + 0.5);
        return (
          <g key={bar.label}>
            <rect x={middle - step * 0.3} y={FLOOR - height} width={step * 0.6} height={height} />
            <text x={middle} y={FLOOR - height - 6} text-anchor="middle">
              {figure(bar.value)}
            </text>
            <text x={middle} y={FLOOR + 20} text-anchor="middle">
              {bar.label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
