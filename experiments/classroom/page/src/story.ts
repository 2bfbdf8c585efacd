// Where the reader is in the story, what was predicted, and which policies a step compares.

import { useState } from 'preact/hooks';
import { keyOf, tidy } from './policy.ts';
import { FIRST } from './shown.ts';
import type { State } from './state.ts';
import type { Lesson, Step } from './types.ts';

/** The place of the option that was chosen; null: no prediction was made. */
export type Choice = number | null;

export interface Story {
  /** The step in sight; null: free use. */
  at: number | null;
  /** By name of a step; a step that is not in it was not run yet. */
  chosen: Record<string, Choice>;
}

export interface Telling extends Story {
  /** Go to a step; null: to free use. */
  go: (at: number | null) => void;
  /** Predict, or skip that, and run the step in sight. */
  choose: (choice: Choice) => void;
}

/** What the page shows: policies of one's own, a question, or what came of a step. */
export type Phase = 'free' | 'predict' | 'explain';

export function stepAt(lesson: Lesson, { at }: Story): Step | null {
  return at === null ? null : (lesson.story[at] ?? null);
}

/** Levers of a step that do nothing in a region. */
export function idleIn(lesson: Lesson, step: Step, region: number): string[] {
  return step.idle[lesson.regions[region]?.name ?? ''] ?? [];
}

export function phaseOf(lesson: Lesson, story: Story, region: number): Phase {
  const step = stepAt(lesson, story);
  if (!step) return 'free';
  const ready = step.name in story.chosen && !idleIn(lesson, step, region).length;
  return ready ? 'explain' : 'predict';
}

/** What has to be set for a step: its policies, its years, and the outcomes to watch. */
export function settingOfStep(lesson: Lesson, step: Step): Partial<State> {
  return {
    a: tidy(lesson, step.a),
    b: tidy(lesson, step.b),
    edited: 'b',
    told: 'b',
    added: step.watch.filter((name) => !FIRST.includes(name)),
    year: step.years[1],
    party: null,
  };
}

/** Whether these are the policies of a step, and not those of a reader who moved on. */
export function isOfStep(lesson: Lesson, step: Step, policies: Pick<State, 'a' | 'b'>): boolean {
  const mine = settingOfStep(lesson, step);
  return (['a', 'b'] as const).every((side) => {
    const own = mine[side];
    return own !== undefined && keyOf(own) === keyOf(policies[side]);
  });
}

/** The story as the page keeps it: predictions stay while the reader is elsewhere. */
export function useStory(lesson: Lesson, set: (values: Partial<State>) => void): Telling {
  const [story, tell] = useState<Story>({ at: null, chosen: {} });
  const go = (at: number | null): void => {
    const step = at === null ? undefined : lesson.story[at];
    if (step && step.name in story.chosen) set(settingOfStep(lesson, step));
    tell({ ...story, at });
  };
  const choose = (choice: Choice): void => {
    const step = stepAt(lesson, story);
    if (!step) return;
    set(settingOfStep(lesson, step));
    tell({ ...story, chosen: { ...story.chosen, [step.name]: choice } });
  };
  return { ...story, go, choose };
}
