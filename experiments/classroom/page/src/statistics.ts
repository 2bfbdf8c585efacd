// What many runs say of one outcome: bands over seeds, and differences of pairs with one seed.

import { quantileSorted } from 'd3-array';

/** Values of one outcome: [run][year]. */
export type Table = number[][];

/** Quantiles over runs in one year; `NaN` where no run has a value. */
export interface Band {
  low90: number;
  low50: number;
  median: number;
  high50: number;
  high90: number;
}

/** Mean of b - a over pairs in one year, with its 95% interval. */
export interface Gap {
  mean: number;
  low: number;
  high: number;
  /** The interval does not hold zero. */
  clear: boolean;
}

const NOTHING: Gap = { mean: NaN, low: NaN, high: NaN, clear: false };

/** The values of a year that are numbers, from low to high. */
function ordered(values: number[]): number[] {
  return values.filter(Number.isFinite).sort((x, y) => x - y);
}

/** 50% and 90% bands and the median of each year. */
export function bands(table: Table, years: number): Band[] {
  return Array.from({ length: years }, (_, year) => {
    const values = ordered(table.map((run) => run[year] ?? NaN));
    const at = (share: number): number => quantileSorted(values, share) ?? NaN;
    return {
      low90: at(0.05),
      low50: at(0.25),
      median: at(0.5),
      high50: at(0.75),
      high90: at(0.95),
    };
  });
}

/**
 * 97.5% quantile of Student's t, by the expansion of Cornish and Fisher (Abramowitz and Stegun
 * 26.7.5): within 0.0005 from 7 degrees of freedom on, the fewest that the page asks for.
 */
export function student(freedom: number): number {
  const z = 1.959963984540054;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  const fourth = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3 + fourth / freedom ** 4;
}

/** The difference of pairs, as `regiosim compare` has it: mean of b - a, 95% t-interval. */
export function gap(a: number[], b: number[]): Gap {
  const pairs = a.map((value, k) => [value, b[k] ?? NaN] as const);
  const both = pairs.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const n = both.length;
  if (n < 2) return NOTHING;
  const gaps = both.map(([x, y]) => y - x);
  const mean = gaps.reduce((sum, one) => sum + one, 0) / n;
  const squares = gaps.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const largest = Math.max(...both.map(([x, y]) => Math.max(Math.abs(x), Math.abs(y))));
  const deviation = Math.sqrt(squares / (n - 1));
  const half = deviation <= 1e-12 * largest ? 0 : (student(n - 1) * deviation) / Math.sqrt(n);
  const [low, high] = [mean - half, mean + half];
  return { mean, low, high, clear: low > 0 || high < 0 };
}

/** The same for each year. */
export function gaps(a: Table, b: Table, years: number): Gap[] {
  const column = (table: Table, year: number): number[] => table.map((run) => run[year] ?? NaN);
  return Array.from({ length: years }, (_, year) => gap(column(a, year), column(b, year)));
}
