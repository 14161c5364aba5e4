import { guardClass } from '../guard.ts';
import type { Range } from './range.ts';

/** A chart as the host keeps it, its ranges aside. */
export interface ChartData {
  readonly id: number;
  readonly type: string;
  readonly position: readonly [row: number, column: number, offsetX: number, offsetY: number];
  readonly options: Readonly<Record<string, unknown>>;
  readonly headers: number;
}

/** Google's EmbeddedChart. */
export class EmbeddedChart {
  readonly data: ChartData;
  readonly ranges: readonly Range[];

  constructor(data: ChartData, ranges: readonly Range[]) {
    this.data = data;
    this.ranges = ranges;
  }

  getChartId(): number {
    return this.data.id;
  }

  getRanges(): Range[] {
    return [...this.ranges];
  }

  modify(): EmbeddedChartBuilder {
    return new EmbeddedChartBuilder(this.data, this.ranges);
  }
}
guardClass(EmbeddedChart, 'EmbeddedChart');

/** Google's EmbeddedChartBuilder, with its column, bar, line and pie forms in one. */
export class EmbeddedChartBuilder {
  data: ChartData;
  ranges: readonly Range[];

  constructor(data?: ChartData, ranges: readonly Range[] = []) {
    this.data = data ?? { id: 0, type: 'COLUMN', position: [1, 1, 0, 0], options: {}, headers: 0 };
    this.ranges = ranges;
  }

  addRange(range: Range): this {
    this.ranges = [...this.ranges, range];
    return this;
  }

  clearRanges(): this {
    this.ranges = [];
    return this;
  }

  setPosition(row: number, column: number, offsetX: number, offsetY: number): this {
    return this.with({ position: [row, column, offsetX, offsetY] });
  }

  setOption(name: string, value: unknown): this {
    return this.with({ options: { ...this.data.options, [name]: value } });
  }

  setChartType(type: unknown): this {
    return this.with({ type: String(type) });
  }

  setNumHeaders(headers: number): this {
    return this.with({ headers });
  }

  setTitle(title: string): this {
    return this.setOption('title', title);
  }

  setStacked(): this {
    return this.setOption('isStacked', true);
  }

  setColors(colors: readonly string[]): this {
    return this.setOption('colors', [...colors]);
  }

  setXAxisTitle(title: string): this {
    return this.setOption('hAxis.title', title);
  }

  setYAxisTitle(title: string): this {
    return this.setOption('vAxis.title', title);
  }

  asColumnChart(): this {
    return this.setChartType('COLUMN');
  }

  asBarChart(): this {
    return this.setChartType('BAR');
  }

  asPieChart(): this {
    return this.setChartType('PIE');
  }

  asLineChart(): this {
    return this.setChartType('LINE');
  }

  build(): EmbeddedChart {
    return new EmbeddedChart(this.data, this.ranges);
  }

  with(change: Partial<ChartData>): this {
    this.data = { ...this.data, ...change };
    return this;
  }
}
guardClass(EmbeddedChartBuilder, 'EmbeddedChartBuilder');
