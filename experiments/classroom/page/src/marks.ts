// Colour and shape of a body: a palette that the colour-blind can read, and shapes besides.

import {
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import type { History } from './types.ts';

/** Okabe and Ito without black and yellow; in the style sheet as `--mark-1` to `--mark-6`. */
const COLOURS = 6;
const SHAPES = [
  symbolCircle,
  symbolSquare,
  symbolTriangle,
  symbolDiamond,
  symbolCross,
  symbolStar,
  symbolWye,
];

export interface Mark {
  colour: string;
  path: string;
}

/** The mark of the body at a place in a list; each place up to 42 has one of its own. */
export function markOf(place: number, size: number): Mark {
  const turn = Math.floor(place / COLOURS);
  const shape = SHAPES[(place + turn) % SHAPES.length] ?? symbolCircle;
  return {
    colour: `var(--mark-${(place % COLOURS) + 1})`,
    path: symbol(shape, size)() ?? '',
  };
}

/** A practice on its own: an empty circle. */
export function aloneMark(size: number): Mark {
  return { colour: 'none', path: symbol(symbolCircle, size * 0.7)() ?? '' };
}

/** Organisations of both runs, the largest first: their places give their marks. */
export function organisationPlaces(histories: History[]): Map<number, number> {
  const size = new Map<number, number>();
  for (const state of histories.flatMap((one) => one.states)) {
    for (const one of state.organisations) {
      size.set(one.id, Math.max(size.get(one.id) ?? 0, one.insured));
    }
  }
  const order = [...size].sort(([x, few], [y, many]) => many - few || x - y);
  return new Map(order.map(([id], place) => [id, place]));
}

/** Hubs by their place within their municipality, so that neighbours differ. */
export function hubPlaces(histories: History[]): Map<number, number> {
  const towns = new Map<number, Set<number>>();
  for (const one of histories.flatMap((all) => all.states).flatMap((state) => state.hubs)) {
    towns.set(one.municipality, (towns.get(one.municipality) ?? new Set()).add(one.id));
  }
  const places = [...towns.values()].flatMap((ids) =>
    [...ids].sort((x, y) => x - y).map((id, place) => [id, place] as const),
  );
  return new Map(places);
}
