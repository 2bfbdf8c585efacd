// What came out of an outcome in a step of the story, and which of its three sentences is said.

import { gap, type Gap, type Table } from './statistics.ts';
import type { Step } from './types.ts';

/** Of B against A: higher, lower, or no difference that is told from chance and counts. */
export type Way = 'more' | 'less' | 'same';

export interface Found {
  /** Means over runs, of those pairs in which both have a value. */
  a: number;
  b: number;
  gap: Gap;
  way: Way;
}

/**
 * Which sentence is said: as `direction_of` of experiments/classroom/lessons/answers.py, but by the
 * paired interval of each finding alone. Sheets correct for the number of findings, a page does not.
 */
export function wayOf(found: Gap, least: number): Way {
  if (!found.clear || Math.abs(found.mean) < least) return 'same';
  return found.mean > 0 ? 'more' : 'less';
}

/** Each run's mean over years, counted from the first of the table: `NaN` where a year has none. */
export function means(table: Table, first: number, last: number): number[] {
  return table.map((run) => {
    const years = run.slice(first, last + 1);
    return years.reduce((sum, one) => sum + one, 0) / years.length;
  });
}

/** What pairs of runs say of an outcome; `least` is what counts as a difference. */
export function foundIn(a: number[], b: number[], least: number): Found {
  const both = a
    .map((value, k): [number, number] => [value, b[k] ?? NaN])
    .filter((pair) => pair.every(Number.isFinite));
  const mean = (side: 0 | 1): number =>
    both.reduce((sum, pair) => sum + pair[side], 0) / both.length;
  const found = gap(a, b);
  return { a: mean(0), b: mean(1), gap: found, way: wayOf(found, least) };
}

/** The same in the years of a step, from tables that begin in `first`. */
export function foundInYears(
  step: Step,
  tables: { a: Table; b: Table },
  first: number,
  least: number,
): Found {
  const [from, to] = step.years;
  const of = (table: Table): number[] => means(table, from - first, to - first);
  return foundIn(of(tables.a), of(tables.b), least);
}
