// Policies that change while a run goes on: from which quarter, and what the tables hold then.
import type { Lever, Policy } from '../types.ts';
import type { Layout } from './layout.ts';
import { sizeOf, write, writtenBy, type Contents } from './tables.ts';

/** From `since` on these tables hold these bytes; of one by quarters, the rows from then on. */
export interface Stretch {
  since: number;
  contents: Map<number, Uint8Array>;
}

/** Tables that a change may hand over: parameters, and what stands by quarters. */
function turned(layout: Layout): number[] {
  const names = ['params', ...layout.dated];
  return layout.tables.flatMap(({ name }, k) => (names.includes(name) ? [k] : []));
}

/** Where the rows of a quarter begin in a table; that of parameters has none. */
export function rowOf(layout: Layout, table: number, { run, shape }: { run: { bytes: number }; shape: number[] }, tick: number): number {
  const { name } = layout.tables[table]!;
  return layout.dated.includes(name) ? (run.bytes / shape[0]!) * tick : 0;
}

/**
 * What the changes of a policy hand over, and when. Throws where they are not in order of time, or
 * where a lever acts on the start of a run.
 */
export function stretchesOf(layout: Layout, levers: Lever[], policy: Policy, contents: Contents): Stretch[] {
  const start = layout.regimes[policy.regime]!;
  const tables = turned(layout);
  const stands = { ...policy.levers };
  let before = 0;
  return (policy.dated ?? []).map((change) => {
    if (!Number.isInteger(change.since) || change.since <= before || change.since >= layout.ticks) {
      throw new Error(`a change at ${change.since} is out of order, or outside the run`);
    }
    before = change.since;
    Object.assign(stands, change.levers);
    const whole = new Map(
      tables.map((k) => {
        const bytes = new Uint8Array(sizeOf(start.shapes[k]!, layout.tables[k]!.size));
        bytes.set(contents[k] ?? []);
        return [k, bytes] as const;
      }),
    );
    for (const cells of writtenBy(layout, levers, { ...policy, levers: stands })) {
      const bytes = whole.get(cells[0]);
      if (bytes) write(new DataView(bytes.buffer), 0, cells);
      else refuseStart(layout, levers, policy, change.levers, cells[0]);
    }
    return { since: change.since, contents: whole };
  });
}

/** A lever of the whole run may write anywhere; one that moves in it may not. */
function refuseStart(
  layout: Layout,
  levers: Lever[],
  policy: Policy,
  moved: Record<string, number>,
  table: number,
): void {
  const own = writtenBy(layout, levers, { ...policy, levers: moved });
  if (own.some((cells) => cells[0] === table)) {
    const names = Object.keys(moved).join(', ');
    throw new Error(`one of ${names} acts on the start of a run`);
  }
}
