// Paired runs of two policies: a first picture after a few pairs, then finer ones. What was run
// once is kept, so that a move of one policy runs that policy alone.

import type { Pool } from './pool.ts';
import { keyOf } from './policy.ts';
import type { Table } from './statistics.ts';
import type { Policy } from './types.ts';

/** Pairs after which a picture is shown. */
export const LADDER = [8, 24, 64, 200] as const;
export const MOST = LADDER[LADDER.length - 1] ?? 200;

/** Runs of one question to a worker: few, so that a newer move need not wait. */
const BATCH = 4;
const FIRST_BATCH = 2;

/** Policies whose runs are kept: 2.7 MB each. */
const KEPT = 16;

/** Runs of one policy by seed: seed 1 is the first row. */
class Runs {
  /** Seeds from 1 on that are there without a gap. */
  ready = 0;
  private readonly rows: (Float64Array | undefined)[] = [];

  constructor(private readonly outcomes: number) {}

  has(seed: number): boolean {
    return this.rows[seed - 1] !== undefined;
  }

  put(seed: number, row: Float64Array): void {
    this.rows[seed - 1] = row;
    while (this.rows[this.ready]) this.ready += 1;
  }

  /** One outcome of the first `pairs` seeds: [run][year]. */
  table(outcome: number, pairs: number): Table {
    return this.rows.slice(0, pairs).map((row = new Float64Array()) => {
      const years = row.length / this.outcomes;
      return Array.from({ length: years }, (_, k) => row[k * this.outcomes + outcome] ?? NaN);
    });
  }
}

/** What is known of two policies at some moment. */
export interface Picture {
  /** Of which policies it is, see `nameOf`. */
  of: string;
  pairs: number;
  /** Milliseconds since the question. */
  after: number;
  /** One outcome of both: [run][year] each, runs of one place have one seed. */
  tables: (outcome: number) => { a: Table; b: Table };
}

export interface Question {
  region: number;
  a: Policy;
  b: Policy;
  pairs: number;
}

/** The same text for the same two policies in the same region. */
export function nameOf({ region, a, b }: Omit<Question, 'pairs'>): string {
  return [region, keyOf(a), keyOf(b)].join(' ');
}

export class Study {
  private readonly kept = new Map<string, Runs>();
  private question = 0;

  constructor(
    private readonly pool: Pool,
    private readonly outcomes: number,
    private readonly shown: (picture: Picture) => void,
    private readonly failed: (reason: string) => void,
  ) {}

  /** Ask for a picture; what an earlier question still waited for is dropped at once. */
  ask({ region, a, b, pairs }: Question): void {
    const question = ++this.question;
    const begun = performance.now();
    const of = nameOf({ region, a, b });
    const [first, second] = [this.runsOf(region, a), this.runsOf(region, b)];
    let reached = 0;
    const look = (): void => {
      if (question !== this.question) return;
      const ready = Math.min(first.ready, second.ready, pairs);
      const step = LADDER.filter((one) => one <= ready).at(-1) ?? 0;
      if (step <= reached) return;
      reached = step;
      const tables: Picture['tables'] = (outcome) => ({
        a: first.table(outcome, step),
        b: second.table(outcome, step),
      });
      this.shown({ of, pairs: step, after: performance.now() - begun, tables });
    };
    this.pool.drop();
    look();
    const sides = first === second ? [[a, first] as const] : [[a, first], [b, second]] as const;
    for (let seed = 1; seed <= pairs; ) {
      const many = seed <= LADDER[0] ? FIRST_BATCH : BATCH;
      const seeds = Array.from({ length: Math.min(many, pairs - seed + 1) }, (_, k) => seed + k);
      for (const [policy, runs] of sides) this.run(policy, runs, seeds, look);
      seed += seeds.length;
    }
  }

  private run(policy: Policy, runs: Runs, wanted: number[], look: () => void): void {
    const seeds = wanted.filter((seed) => !runs.has(seed));
    if (!seeds.length) return;
    this.pool.run(policy, seeds, (answer) => {
      if (answer.kind === 'failed') this.failed(answer.reason);
      if (answer.kind !== 'run') return;
      const width = answer.values.length / seeds.length;
      seeds.forEach((seed, k) => {
        runs.put(seed, answer.values.slice(k * width, (k + 1) * width));
      });
      look();
    });
  }

  private runsOf(region: number, policy: Policy): Runs {
    const key = `${region} ${keyOf(policy)}`;
    const runs = this.kept.get(key) ?? new Runs(this.outcomes);
    this.kept.delete(key);
    this.kept.set(key, runs);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(oldest);
    }
    return runs;
  }
}
