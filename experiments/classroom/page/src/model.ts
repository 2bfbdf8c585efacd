// Runs of the model: the same kernel, tables and sums as in Python, so the same values to the bit.
import { happenings, stateOf } from './run/history.ts';
import type { Layout } from './run/layout.ts';
import { Machine } from './run/machine.ts';
import { Pasts, fingerprint } from './run/pasts.ts';
import { stretchesOf, type Stretch } from './run/stretches.ts';
import { contentsOf, pastOf, writtenBy, type Contents } from './run/tables.ts';
import type { Happening, History, Lesson, Policy, Runs, State } from './types.ts';

export { settingOf } from './setting.ts';

/** A run that stopped: with its seed, quarter and reason. */
export class RunFailed extends Error {
  constructor(
    readonly seed: number,
    readonly tick: number,
    reason: string,
  ) {
    const quarter = `${2006 + Math.floor(tick / 4)}Q${(tick % 4) + 1}`;
    super(`run with seed ${seed} failed in ${quarter}: ${reason}`);
    this.name = 'RunFailed';
  }
}

export class Model implements Runs {
  readonly years: number[];
  private readonly contents = new Map<string, Contents>();
  private readonly pasts: Pasts;

  /** `room` is how many bytes the states may take that runs of other policies can go on from. */
  static async make(
    lesson: Lesson,
    region: number,
    kernel: BufferSource | WebAssembly.Module,
    block: Uint8Array,
    room = 96 << 20,
  ): Promise<Model> {
    const one = lesson.regions[region];
    if (one === undefined) throw new Error(`region ${region}: the lesson does not hold it`);
    const layout = one.layout as Layout;
    return new Model(lesson, layout, await Machine.make(layout, kernel), await inflated(block), room);
  }

  private constructor(
    private readonly lesson: Lesson,
    private readonly layout: Layout,
    private readonly machine: Machine,
    private readonly block: Uint8Array,
    room: number,
  ) {
    this.pasts = new Pasts(room);
    this.years = Array.from({ length: lesson.last - lesson.first + 1 }, (_, k) => lesson.first + k);
  }

  run(policy: Policy, seeds: number[]): Float64Array {
    const outcomes = this.layout.outcomes.length;
    const out = new Float64Array(seeds.length * this.years.length * outcomes);
    const stretches = this.place(policy);
    const past = pastOf(this.layout, policy);
    seeds.forEach((seed, k) => {
      if (stretches.length > 0) this.inStretches(stretches, checked(seed));
      else this.once(past, checked(seed));
      this.reduce(out.subarray(k * this.years.length * outcomes, (k + 1) * this.years.length * outcomes));
    });
    return out;
  }

  history(policy: Policy, seed: number): History {
    const stretches = this.place(policy);
    this.step(checked(seed), this.layout.anew, 0, -1);
    const states: State[] = [];
    const events: Happening[] = [];
    for (let tick = 0; tick < this.layout.ticks; tick++) {
      const turned = stretches.find((one) => one.since === tick);
      if (turned) this.machine.turn(turned);
      this.step(seed, tick, this.layout.ticks, tick);
      happenings(this.machine, this.layout, this.lesson, events);
      if (tick % 4 === 3) states.push(stateOf(this.machine, this.layout, 2006 + (tick - 3) / 4));
    }
    return { states, events };
  }

  /** Lay out the start of a policy; what changes while a run goes on is returned. */
  private place(policy: Policy): Stretch[] {
    const cells = writtenBy(this.layout, this.lesson.levers, policy);
    const start = this.layout.regimes[policy.regime]!;
    let contents = this.contents.get(policy.regime);
    if (contents === undefined) {
      contents = contentsOf(this.block, this.layout, start);
      this.contents.set(policy.regime, contents);
    }
    this.machine.place(start, contents, cells);
    return stretchesOf(this.layout, this.lesson.levers, policy, contents);
  }

  private step(seed: number, since: number, first: number, last: number): void {
    const { failed, reason } = this.machine.call(seed, since, first, last);
    if (failed >= 0 || reason !== '') throw new RunFailed(seed, failed, reason);
  }

  /** Run once, and hand over what changes at its quarter (game/play.py does the same). */
  private inStretches(stretches: Stretch[], seed: number): void {
    const { anew, first, ticks } = this.layout;
    this.machine.turnBack();
    let since = anew;
    for (const stretch of stretches) {
      this.step(seed, since, first, stretch.since - 1);
      this.machine.turn(stretch);
      since = stretch.since;
    }
    this.step(seed, since, first, ticks - 1);
  }

  /** Run once, from where an earlier run of the same past stood if there was one. */
  private once(past: string, seed: number): void {
    const { anew, first, fork, ticks } = this.layout;
    if (fork <= 0) {
      this.step(seed, anew, first, ticks - 1);
      return;
    }
    // Drawing a population is quick, and shows whether the two began alike.
    this.step(seed, anew, first, -1);
    const drawn = fingerprint(this.machine.state());
    const known = this.pasts.find(`${past} ${seed}`, drawn);
    if (known !== undefined) {
      this.machine.restore(known.state);
      this.machine.measured.set(known.measured);
    } else {
      this.step(seed, 0, first, fork - 1);
      const outcomes = this.layout.outcomes.length;
      const measured = this.machine.measured.slice(0, Math.max(0, fork - first) * outcomes);
      this.pasts.keep(`${past} ${seed}`, { drawn, state: this.machine.state(), measured });
    }
    this.step(seed, fork, first, ticks - 1);
  }

  /** Make years of quarters, in the order of adding that Python has. */
  private reduce(out: Float64Array): void {
    const { first, outcomes } = this.layout;
    const quarters = this.machine.measured;
    const wide = outcomes.length;
    const skip = (4 - (first % 4)) % 4;
    for (let year = 0; year < this.years.length; year++) {
      for (let column = 0; column < wide; column++) {
        const at = (skip + 4 * year) * wide + column;
        const q = (k: number) => quarters[at + k * wide]!;
        const how = outcomes[column];
        let value = q(3);
        if (how !== 'last') value = q(0) + q(1) + q(2) + q(3);
        out[year * wide + column] = how === 'mean' ? value / 4 : value;
      }
    }
  }
}

function checked(seed: number): number {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`seed ${seed}: a whole number from 0 on`);
  return seed;
}

/** Inflate a zlib stream, in a browser or in Node. */
export async function inflated(block: Uint8Array): Promise<Uint8Array> {
  // No blob: in a worker of a page from disk WebKit cannot read one.
  const plain = new Response(block as BodyInit).body ?? new ReadableStream();
  const stream = plain.pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
