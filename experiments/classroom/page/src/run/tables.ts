// Starting tables of a policy: those of its regime out of the block, with its levers written in.
import type { Cells, Dated, Kind, Layout, Start } from './layout.ts';
import type { Lever, Policy } from '../types.ts';

/** Each table's bytes up to the last that is not zero; null for a table that starts empty. */
export type Contents = (Uint8Array | null)[];

const GIVEN = 'the lesson does not hold it';

export function sizeOf(shape: number[], size: number): number {
  return shape.reduce((product, n) => product * n, size);
}

/** Return the tables of a regime as shipped. */
export function contentsOf(block: Uint8Array, layout: Layout, start: Start): Contents {
  return start.parts.map((part, k) => {
    const table = layout.tables[k];
    const shape = start.shapes[k];
    if (part === null || table === undefined || shape === undefined) return null;
    if (Array.isArray(part)) return block.slice(part[0], part[0] + part[1]);
    return byQuarters(block, part, sizeOf(shape, table.size), shape[0] ?? 0);
  });
}

function byQuarters(block: Uint8Array, dated: Dated, bytes: number, ticks: number): Uint8Array {
  const wide = bytes / ticks;
  const rows = new Uint8Array(dated.steps.length * wide);
  rows.set(block.subarray(dated.part[0], dated.part[0] + dated.part[1]));
  for (let at = wide; at < rows.length; at++) rows[at]! ^= rows[at - wide]!;
  const out = new Uint8Array(bytes);
  dated.steps.forEach((tick, k) => {
    const row = rows.subarray(k * wide, (k + 1) * wide);
    const until = dated.steps[k + 1] ?? ticks;
    for (let at = tick; at < until; at++) out.set(row, at * wide);
  });
  return out;
}

/** Return how a policy is written into the tables of its regime: cells with values. */
export function writtenBy(layout: Layout, levers: Lever[], policy: Policy): Cells[] {
  const start = layout.regimes[policy.regime];
  if (start === undefined) throw new Error(`regime ${policy.regime}: ${GIVEN}`);
  return Object.entries(policy.levers).flatMap(([name, value]) => {
    if (!levers.some((lever) => lever.name === name)) throw new Error(`lever ${name}: ${GIVEN}`);
    if (!Number.isFinite(value)) throw new Error(`lever ${name}: ${value} is no number`);
    const offered = start.levers[name];
    if (offered === undefined || offered[1] === value) return [];
    const patch = layout.patches[offered[0]]!;
    if (patch.takes.length > 0) {
      return patch.takes.map((cells): Cells => {
        const share = cells[5];
        return [cells[0], cells[1], cells[2], cells[3], cells[4], share === 1 ? value : value * share];
      });
    }
    const found = patch.at.find(([position]) => position === value);
    if (found === undefined) throw new Error(`lever ${name}: ${value} is no position of it`);
    return found[1];
  });
}

/** Return what runs under a policy have in common until they part: its regime and early levers. */
export function pastOf(layout: Layout, policy: Policy): string {
  const start = layout.regimes[policy.regime]!;
  const early = Object.entries(policy.levers)
    .filter(([name, value]) => {
      const offered = start.levers[name];
      return offered !== undefined && offered[2] && offered[1] !== value;
    })
    .map(([name, value]) => `${name}=${value}`);
  return [start.past, ...early.sort()].join(' ');
}

/** Write one value into cells that begin at `base` in a memory. */
export function write(view: DataView, base: number, cells: Cells): void {
  const [, offset, stride, count, kind, value] = cells;
  for (let k = 0; k < count; k++) put(view, base + offset + k * stride, kind, value);
}

function put(view: DataView, at: number, kind: Kind, value: number): void {
  if (kind === 'f8') view.setFloat64(at, value, true);
  else if (kind === 'i8') view.setBigInt64(at, BigInt(value), true);
  else view.setUint8(at, value ? 1 : 0);
}
