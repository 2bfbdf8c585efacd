// A chart over years: bands of A and B, or their difference.

import { extent } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { JSX } from 'preact';
import { scaled } from './figures.ts';
import { useSpeech } from './language.ts';
import type { Side } from './policy.ts';
import type { Band, Gap } from './statistics.ts';
import type { Outcome } from './types.ts';

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 46;
const RIGHT = 20;
const TOP = 10;
const BOTTOM = 24;
/** Least distance between the letters at the ends of two lines. */
const APART = 12;

type Scale = ScaleLinear<number, number>;

export interface Curves {
  years: number[];
  a: Band[];
  b: Band[];
  gaps: Gap[];
}

interface Props {
  outcome: Outcome;
  curves: Curves;
  view: 'both' | 'difference';
  year: number;
  /** What the picture says, in words. */
  label: string;
}

export function Chart({ outcome, curves, view, year, label }: Props): JSX.Element {
  const speech = useSpeech();
  const { years } = curves;
  const seen = view === 'both' ? [...curves.a, ...curves.b].flatMap(ends) : curves.gaps.flatMap(ends);
  const [low = 0, high = 1] = extent(
    [...seen, view === 'both' ? NaN : 0].map((value) => scaled(outcome, value)).filter(Number.isFinite),
  ) as [number?, number?];
  const room = high > low ? (high - low) * 0.04 : Math.abs(high) * 0.1 || 0.5;
  const lowest = low >= 0 ? Math.max(0, low - room) : low - room;
  const x = scaleLinear([years[0] ?? 0, years.at(-1) ?? 1], [LEFT, WIDTH - RIGHT]);
  const y = scaleLinear([lowest, high + room], [HEIGHT - BOTTOM, TOP]).nice(4);
  const ticks = y.ticks(4);
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const digits = Math.max(0, Math.min(5, -Math.floor(Math.log10(step) + 1e-9)));
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <g key={tick} class="tick">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {speech.number(tick, digits)}
          </text>
        </g>
      ))}
      {x.ticks(5).map((tick) => (
        <text key={tick} class="axis" x={x(tick)} y={HEIGHT - 7} text-anchor="middle">
          {tick}
        </text>
      ))}
      {year >= (years[0] ?? 0) && (
        <line class="cursor" x1={x(year)} x2={x(year)} y1={TOP} y2={HEIGHT - BOTTOM} />
      )}
      {view === 'both' ? (
        <Bands outcome={outcome} curves={curves} x={x} y={y} />
      ) : (
        <Difference outcome={outcome} curves={curves} x={x} y={y} />
      )}
    </svg>
  );
}

function ends(one: Band | Gap): number[] {
  return 'median' in one ? [one.low90, one.high90] : [one.low, one.high];
}

interface Drawn {
  outcome: Outcome;
  curves: Curves;
  x: Scale;
  y: Scale;
}

/** Both policies: a band of nine in ten runs, one of half of them, and the median. */
function Bands({ outcome, curves, x, y }: Drawn): JSX.Element {
  const { years } = curves;
  const at = (k: number): number => x(years[k] ?? 0);
  const height = (value: number): number => y(scaled(outcome, value));
  const whole = (one: Band): boolean => Number.isFinite(one.median);
  const band = (low: 'low90' | 'low50', high: 'high90' | 'high50', rows: Band[]): string =>
    area<Band>()
      .defined(whole)
      .x((_, k) => at(k))
      .y0((one) => height(one[low]))
      .y1((one) => height(one[high]))(rows) ?? '';
  const median = (rows: Band[]): string =>
    line<Band>()
      .defined(whole)
      .x((_, k) => at(k))
      .y((one) => height(one.median))(rows) ?? '';
  const sides: readonly [Side, Band[]][] = [
    ['a', curves.a],
    ['b', curves.b],
  ];
  const tips = sides.map(([, rows]) => height(rows.at(-1)?.median ?? NaN));
  const [first = NaN, second = NaN] = tips;
  const close = Math.abs(first - second) < APART ? (APART - Math.abs(first - second)) / 2 : 0;
  const up = first <= second ? -close : close;
  return (
    <g>
      {sides.map(([side, rows]) => (
        <g key={side} class={`bands ${side}`}>
          <path class="band90" d={band('low90', 'high90', rows)} />
          <path class="band50" d={band('low50', 'high50', rows)} />
        </g>
      ))}
      {sides.map(([side, rows], k) => (
        <g key={side} class={`bands ${side}`}>
          <path class="median" d={median(rows)} />
          {Number.isFinite(tips[k]) && (
            <text class="tip" x={WIDTH - RIGHT + 5} y={(tips[k] ?? 0) + 4 + (k === 0 ? up : -up)}>
              {side.toUpperCase()}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Mean difference of pairs with its interval: in colour only where that does not hold zero. */
function Difference({ outcome, curves, x, y }: Drawn): JSX.Element {
  const { years, gaps } = curves;
  const height = (value: number): number => y(scaled(outcome, value));
  const rows = gaps.map((one, k) => ({ one, at: x(years[k] ?? 0) }));
  const half = ((years.length > 1 ? x(years[1] ?? 0) - x(years[0] ?? 0) : 10) * 0.6) / 2;
  const shape = line<(typeof rows)[number]>()
    .defined(({ one }) => Number.isFinite(one.mean))
    .x(({ at }) => at)
    .y(({ one }) => height(one.mean));
  return (
    <g>
      <line class="zero" x1={LEFT} x2={WIDTH - RIGHT} y1={y(0)} y2={y(0)} />
      <path class="gap-line" d={shape(rows) ?? ''} />
      {rows
        .filter(({ one }) => Number.isFinite(one.mean))
        .map(({ one, at }) => (
          <g key={at} class={one.clear ? 'gap clear' : 'gap'}>
            <rect
              x={at - half}
              width={2 * half}
              y={height(one.high)}
              height={Math.max(0, height(one.low) - height(one.high))}
            />
            <line x1={at - half} x2={at + half} y1={height(one.mean)} y2={height(one.mean)} />
          </g>
        ))}
    </g>
  );
}
