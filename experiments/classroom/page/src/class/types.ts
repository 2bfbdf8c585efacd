// The game of class mode as a lesson carries it, and a class as its server or its teacher's page
// tells it. Python has the same in game/table.py (exported) and server/classes.py (seen_by).
import type { Said } from '../types.ts';

export interface Round {
  first: string;
  /** First quarter, as a tick. */
  since: number;
  label: Said;
  text: Said;
}

export interface Role {
  name: string;
  /** Names of levers, two or three. */
  levers: string[];
  label: Said;
  text: Said;
}

export interface Game {
  /** Of short codes. */
  format: number;
  /** What the digits of a short code hang on, as a number below 1024. */
  mark: number;
  /** Last quarter of the game, as a tick. */
  last: number;
  rounds: Round[];
  roles: Role[];
  /** What is said where something is refused, by key. */
  said: Record<string, Said>;
}

export interface Decision {
  /** From 0 on. */
  round: number;
  role: string;
  /** Only levers that were turned; the others are left to the agents. */
  levers: Record<string, number>;
}

export interface Line {
  /** The line that it branched off from, and the first round that it plays anew. */
  parent: number | null;
  branched: number;
  decisions: Decision[];
}

export type Phase = 'open' | 'closed' | 'revealed';

export interface ClassState {
  format: 1;
  code: string;
  /** Grows with every change. */
  version: number;
  region: string;
  regime: string;
  runs: number;
  groups: { role: string; name: string; members: number }[];
  lines: Line[];
  line: number;
  round: number;
  phase: Phase;
  /** Roles that have decided in the open round. */
  decided: string[];
  you: { role: string | null; teacher: boolean };
}

export type Step = 'close' | 'reveal' | 'open' | 'rewind' | 'branch' | 'line';

/** Something that was not taken: a sentence in both languages. */
export class Refused extends Error {
  constructor(
    readonly key: string,
    readonly said: Said,
  ) {
    super(said.en);
    this.name = 'Refused';
  }
}
