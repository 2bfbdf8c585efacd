// Roles, rounds and positions of levers: as game/table.py has them.
import type { Lever } from '../types.ts';
import type { Game, Role } from './types.ts';

/** Digits behind the point: a position is the number nearest to a decimal of so many. */
const DIGITS = 9;

/** The values at which a lever can stand, the least first; choices as they are listed. */
export function positions(lever: Pick<Lever, 'kind' | 'low' | 'high' | 'step'> & { choices: { value: number }[] }): number[] {
  if (lever.kind === 'choice') return lever.choices.map((one) => one.value);
  if (lever.kind === 'switch') return [0, 1];
  const count = Math.round((lever.high - lever.low) / lever.step);
  return Array.from({ length: count + 1 }, (_, k) => Number((lever.low + k * lever.step).toFixed(DIGITS)));
}

export function roleOf(game: Game, name: string): Role | undefined {
  return game.roles.find((role) => role.name === name);
}

/** The levers of a role, in its order. */
export function leversOf<L extends { name: string }>(role: Role, levers: L[]): L[] {
  return role.levers.flatMap((name) => levers.find((lever) => lever.name === name) ?? []);
}

/** The last quarter that a round decides alone. */
export function until(game: Game, round: number): number {
  const next = game.rounds[round + 1];
  return next ? next.since - 1 : game.last;
}

/** The last whole year that a round decides alone. */
export function lastYear(game: Game, round: number): number {
  return 2006 + Math.floor((until(game, round) + 1) / 4) - 1;
}
