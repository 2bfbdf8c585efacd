// Which outcomes are in sight, and their curves.

import type { Curves } from './chart.tsx';
import type { State } from './state.ts';
import { bands, gaps } from './statistics.ts';
import type { Picture } from './study.ts';
import type { Lesson, Outcome } from './types.ts';

/** Outcomes that are shown first: money before all else. */
export const FIRST = [
  'oi_per_insured',
  'transaction_cost_per_insured',
  'organisations',
  'effective_organisations',
  'hubs_running',
  'coverage',
];
/** What a policy costs per insured: what is paid, and the work of dealing with each other. */
export const MONEY = ['oi_per_insured', 'transaction_cost_per_insured'];
export const CRITERIA = Array.from({ length: 8 }, (_, k) => `criterion_${k + 1}`);

export interface Shown {
  outcome: Outcome;
  curves: Curves;
}

/** An outcome by name, with its curves; null where the lesson has no such outcome. */
export function shownOf(lesson: Lesson, picture: Picture, name: string): Shown | null {
  const column = lesson.outcomes.findIndex((one) => one.name === name);
  const outcome = lesson.outcomes[column];
  if (!outcome) return null;
  const { first, last } = lesson;
  const years = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  const { a, b } = picture.tables(column);
  const many = years.length;
  return {
    outcome,
    curves: { years, a: bands(a, many), b: bands(b, many), gaps: gaps(a, b, many) },
  };
}

/** The outcomes in sight, in their order. */
export function namesShown(state: State): string[] {
  return [...FIRST, ...state.added];
}

/** The year in which charts are read: the one chosen, or the first that is measured. */
export function chartYear(lesson: Lesson, state: State): number {
  return Math.max(state.year, lesson.first);
}
