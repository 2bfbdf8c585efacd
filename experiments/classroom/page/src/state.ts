// What the reader chose, and how each choice changes it.

import type { Result } from './link.ts';
import { moved, under, type Side } from './policy.ts';
import { MOST } from './study.ts';
import type { Language, Lesson, Lever, Policy } from './types.ts';

/** A party of one run. */
export type Party = readonly [kind: string, id: number];

export interface State {
  language: Language;
  region: number;
  a: Policy;
  b: Policy;
  pairs: number;
  /** Which policy the sliders change. */
  edited: Side;
  /** Outcomes that were added to those shown first. */
  added: string[];
  view: 'both' | 'difference';
  year: number;
  seed: number;
  drawing: 'map' | 'network';
  colour: 'organisation' | 'hub';
  /** Whose events are told. */
  told: Side;
  party: Party | null;
}

export type Move =
  | { kind: 'set'; values: Partial<State> }
  | { kind: 'lever'; lever: Lever; value: number }
  | { kind: 'regime'; regime: string }
  | { kind: 'copy' }
  | { kind: 'swap' }
  | { kind: 'restore' }
  | { kind: 'open'; result: Result };

export function start(lesson: Lesson): State {
  const policy: Policy = { regime: lesson.regimes[0]?.name ?? '', levers: {} };
  return {
    language: lesson.language,
    region: 0,
    a: policy,
    b: policy,
    pairs: MOST,
    edited: 'b',
    added: [],
    view: 'both',
    year: lesson.last,
    seed: 1,
    drawing: 'map',
    colour: 'organisation',
    told: 'b',
    party: null,
  };
}

export function otherSide(side: Side): Side {
  return side === 'a' ? 'b' : 'a';
}

/** The state after a move. A party belongs to its runs: other runs, no party. */
export function after(lesson: Lesson, state: State, move: Move): State {
  const mine = state[state.edited];
  const edit = (policy: Policy): State => ({ ...state, [state.edited]: policy, party: null });
  switch (move.kind) {
    case 'set':
      return { ...state, ...move.values };
    case 'lever':
      return edit(moved(lesson, mine, move.lever, move.value));
    case 'regime':
      return edit(under(lesson, mine, move.regime));
    case 'copy':
      return edit(state[otherSide(state.edited)]);
    case 'swap':
      return { ...state, a: state.b, b: state.a, party: null };
    case 'restore': {
      const { a, b } = start(lesson);
      return { ...state, a, b, party: null };
    }
    case 'open': {
      const { region, ...chosen } = move.result;
      const place = lesson.regions.findIndex((one) => one.name === region);
      return { ...state, ...chosen, region: place, party: null };
    }
  }
}

export function result(lesson: Lesson, state: State): Result {
  const region = lesson.regions[state.region]?.name ?? '';
  return { region, pairs: state.pairs, a: state.a, b: state.b };
}
