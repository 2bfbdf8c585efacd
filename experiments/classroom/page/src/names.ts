// What parties are called: a municipality and an insurer by name, others by kind and place, and by
// number where a place has several: `praktijk Zeist 3`.

import type { Speech } from './language.ts';
import type { Party } from './state.ts';
import type { History, Lesson, Region } from './types.ts';

const TABLES = [
  ['practice', 'practices'],
  ['hub', 'hubs'],
  ['organisation', 'organisations'],
] as const;

export function sameParty(one: Party | null, other: Party | null): boolean {
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}

interface Known {
  place: string;
  /** Null where it is the only one of its kind there. */
  number: number | null;
}

/** Names of the parties of some runs of one region: the same name in each of them. */
export class Names {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly lesson: Lesson,
    private readonly region: Region,
    histories: History[],
  ) {
    const towns = new Map(region.municipalities.map((one) => [one.id, one.name]));
    const states = histories.flatMap((one) => one.states);
    for (const [kind, table] of TABLES) {
      const seats = new Map<number, number>();
      for (const state of states) for (const one of state[table]) seats.set(one.id, one.municipality);
      const counted = new Map<number, number[]>();
      for (const [id, town] of seats) counted.set(town, [...(counted.get(town) ?? []), id]);
      for (const [town, ids] of counted) {
        ids
          .sort((x, y) => x - y)
          .forEach((id, k) => {
            const number = ids.length > 1 ? k + 1 : null;
            this.known.set(`${kind}:${id}`, { place: towns.get(town) ?? '', number });
          });
      }
    }
  }

  of(party: Party, speech: Speech): string {
    const [kind, id] = party;
    const own =
      kind === 'municipality'
        ? this.region.municipalities.find((one) => one.id === id)?.name
        : kind === 'insurer'
          ? this.region.insurers.find((one) => one.row + 1 === id)?.name
          : undefined;
    if (own) return own;
    const said = this.lesson.words.kinds[kind];
    const { place, number } = this.known.get(party.join(':')) ?? { place: '', number: id };
    return [said ? speech.say(said) : kind, place, number ?? ''].filter((part) => part !== '').join(' ');
  }
}
