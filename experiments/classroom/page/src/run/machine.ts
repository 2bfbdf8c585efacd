// The kernel with its memory: tables laid out as it reads them, and its one function called.
// A table is known by its address and how many rows it has (agents/compiled/rows.py), a bundle is
// one after the other (agents/compiled/bundle.py). What heads an array by itself is two owners
// (none), count, size of an item, address, shape and steps.
import type { Layout, Place, Start } from './layout.ts';
import { rowOf, type Stretch } from './stretches.ts';
import { sizeOf, write, type Contents } from './tables.ts';
import type { Cells } from './layout.ts';

const PAGE = 65536;

interface Exports {
  memory: WebAssembly.Memory;
  __heap_base: WebAssembly.Global;
  run_batch: (...given: (number | bigint)[]) => number;
}

/** A stretch of memory. */
interface Room {
  at: number;
  bytes: number;
}

/** Rooms of a table that a run writes into. */
interface Written {
  table: number;
  run: Room;
  start: Room;
  shape: number[];
}

/** How a call of the kernel ended: the quarter in which it failed, or -1, and why. */
export interface Ended {
  failed: number;
  reason: string;
}

export class Machine {
  private readonly exports: Exports;
  private readonly base: number;
  private free = 0;
  private start: Start | null = null;
  private rooms: { run: Room; start: Room; shape: number[] }[] = [];
  private arguments: (number | bigint)[] = [];
  private placed: { contents: Contents; cells: Cells[] } = { contents: [], cells: [] };
  private returned = 0;
  private seeds = 0;
  private batch = 0;
  private out: Room = { at: 0, bytes: 0 };

  static async make(layout: Layout, kernel: BufferSource | WebAssembly.Module): Promise<Machine> {
    const module = kernel instanceof WebAssembly.Module ? kernel : await WebAssembly.compile(kernel);
    const instance = await WebAssembly.instantiate(module, {});
    return new Machine(layout, instance.exports as unknown as Exports);
  }

  private constructor(
    private readonly layout: Layout,
    exports: Exports,
  ) {
    this.exports = exports;
    this.base = Number(exports.__heap_base.value);
  }

  /** All bytes, anew after each growth. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer);
  }

  get view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }

  private take(bytes: number): number {
    const at = Math.ceil(this.free / 64) * 64;
    this.free = at + bytes;
    const missing = this.free - this.exports.memory.buffer.byteLength;
    if (missing > 0) this.exports.memory.grow(Math.ceil(missing / PAGE));
    return at;
  }

  private room(bytes: number): Room {
    return { at: this.take(bytes), bytes };
  }

  /** Lay out the tables of a regime, and write what they hold at the start of a run. */
  place(start: Start, contents: Contents, cells: Cells[]): void {
    if (start !== this.start) this.layOut(start);
    this.placed = { contents, cells };
    this.fill(() => true);
  }

  /** Put back what changes handed over to the run before. */
  turnBack(): void {
    this.fill((k) => this.layout.tables[k]!.role === 'kept');
  }

  /** Hand over what holds from a quarter on; rows of quarters before it stay as they were. */
  turn({ since, contents }: Stretch): void {
    const bytes = this.bytes;
    for (const [k, content] of contents) {
      const from = rowOf(this.layout, k, this.rooms[k]!, since);
      bytes.set(content.subarray(from), this.rooms[k]!.run.at + from);
    }
  }

  private fill(which: (table: number) => boolean): void {
    const { contents, cells } = this.placed;
    const bytes = this.bytes;
    contents.forEach((content, k) => {
      if (!which(k)) return;
      const room = this.rooms[k]!.start;
      if (content === null) return;
      bytes.set(content, room.at);
      bytes.fill(0, room.at + content.length, room.at + room.bytes);
    });
    const view = this.view;
    for (const one of cells) if (which(one[0])) write(view, this.rooms[one[0]]!.start.at, one);
  }

  private layOut(start: Start): void {
    this.free = this.base;
    this.returned = this.take(8);
    const raised = this.take(64);
    this.rooms = this.layout.tables.map((table, k) => {
      const shape = start.shapes[k]!;
      const run = this.room(sizeOf(shape, table.size));
      return { run, start: table.role === 'written' ? this.room(run.bytes) : run, shape };
    });
    const scratch = this.bundle(
      start.scratch.map((shape) => [this.take(sizeOf(shape, 8)), ...shape]),
    );
    const tables = (which: 'run' | 'start') =>
      this.bundle([
        ...this.rooms.map((room) => [room[which].at, ...room.shape]),
        [scratch],
      ]);
    this.arguments = [this.returned, raised, tables('run'), tables('start')];
    const cells = Object.keys(this.layout.batch).length;
    const practices = start.shapes[this.layout.tables.findIndex((t) => t.name === 'practices')]![0]!;
    const quarters = this.layout.ticks - this.layout.first;
    this.seeds = this.array([1, 2]);
    this.batch = this.array([cells]);
    this.array([practices]);
    const shape = [1, quarters, 1, this.layout.outcomes.length];
    this.out = { at: this.array(shape), bytes: sizeOf(shape, 8) };
    this.start = start;
  }

  /** Make room for an array of eight bytes an item, and add it to the kernel's arguments. */
  private array(shape: number[]): number {
    const bytes = sizeOf(shape, 8);
    const at = this.take(bytes);
    const head = this.head(at, shape, 8);
    this.arguments.push(0, 0, head[1]!, head[2]!, at, ...head.subarray(4));
    return at;
  }

  private head(at: number, shape: number[], size: number): BigUint64Array {
    const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1), size));
    const count = sizeOf(shape, 1);
    // Two owners of four bytes each are one word.
    return BigUint64Array.from([0, count, size, at, ...shape, ...steps].map(BigInt));
  }

  private bundle(heads: number[][]): number {
    const words = heads.flat();
    const at = this.take(8 * words.length);
    const view = this.view;
    words.forEach((word, k) => view.setBigUint64(at + 8 * k, BigInt(word), true));
    return at;
  }

  /**
   * Run quarters `since` to `last`; from `first` on each is measured, stocks at the ends of years.
   * With `since` ANEW the run begins: tables are those of the start, and its population is drawn.
   */
  call(seed: number, since: number, first: number, last: number): Ended {
    const { batch } = this.layout;
    const view = this.view;
    const cell = (name: keyof typeof batch, value: number) =>
      view.setBigInt64(this.batch + 8 * batch[name], BigInt(value), true);
    view.setBigInt64(this.seeds, BigInt(seed), true);
    view.setBigInt64(this.seeds + 8, BigInt(seed), true);
    cell('run', 0);
    cell('since', since);
    cell('first', first);
    cell('last', last);
    cell('yearly', 1);
    cell('asked', this.layout.everyTheme);
    const status = this.exports.run_batch(...this.arguments);
    if (status !== 0) {
      return { failed: this.number('counter', 'quarter', 0), reason: 'a value is out of all bounds' };
    }
    const failed = Number(this.view.getBigInt64(this.returned, true));
    const code = failed < 0 ? 0 : this.number('counter', 'failure', 0);
    return { failed, reason: this.layout.failures[code] ?? `failure ${code}` };
  }

  /** What was measured: [quarter from the first one][outcome]. */
  get measured(): Float64Array {
    return new Float64Array(this.exports.memory.buffer, this.out.at, this.out.bytes / 8);
  }

  /** How many rows a table has. */
  rows(table: string): number {
    return this.rooms[this.index(table)]!.shape[0]!;
  }

  private index(table: string): number {
    return this.layout.tables.findIndex((one) => one.name === table);
  }

  /** The address of a cell of a row of the run. */
  private cell(table: string, [offset, kind]: Place, row: number): number {
    const k = this.index(table);
    const { run, shape } = this.rooms[k]!;
    const { size, columns } = this.layout.tables[k]!;
    if (columns === undefined) return run.at + row * size + offset;
    return run.at + shape[0]! * offset + row * (kind === '?' ? 1 : 8);
  }

  /** One cell of a table of the run. */
  number(table: string, column: string, row: number): number {
    const place = this.layout.fields[table]![column]!;
    const at = this.cell(table, place, row);
    const kind = place[1];
    if (kind === 'f8') return this.view.getFloat64(at, true);
    return kind === 'i8' ? Number(this.view.getBigInt64(at, true)) : this.view.getUint8(at);
  }

  /** The id of a row, for any kind of party. */
  idOf(table: string, row: number): number {
    return Number(this.view.getBigInt64(this.cell(table, this.layout.id[table]!, row), true));
  }

  /** Return all that a run has written, of the rows that it uses. */
  state(): Uint8Array {
    const bytes = this.bytes;
    const rooms = this.written();
    const used = Float64Array.from(rooms, ({ table, shape }) => {
      const { name } = this.layout.tables[table]!;
      return this.layout.used.includes(name) ? this.number('counter', name, 0) : shape[0]!;
    });
    const parts = rooms.flatMap((room, k) =>
      this.stretches(room).map(([before, width]) => {
        const from = room.run.at + before;
        return bytes.subarray(from, from + used[k]! * width);
      }),
    );
    const out = new Uint8Array(used.byteLength + parts.reduce((sum, part) => sum + part.length, 0));
    out.set(new Uint8Array(used.buffer));
    let at = used.byteLength;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }

  /** Put a run back into a state; the tables of the start must be as they were. */
  restore(state: Uint8Array): void {
    const bytes = this.bytes;
    const rooms = this.written();
    const used = new Float64Array(state.slice(0, 8 * rooms.length).buffer);
    let at = 8 * rooms.length;
    rooms.forEach((room, k) => {
      const { run, start, shape } = room;
      for (const [before, width] of this.stretches(room)) {
        const length = used[k]! * width;
        const behind = start.at + before + length;
        bytes.set(state.subarray(at, at + length), run.at + before);
        bytes.copyWithin(run.at + before + length, behind, start.at + before + shape[0]! * width);
        at += length;
      }
    });
  }

  /** Stretches of a table in which rows follow one another: its columns, or all of it. */
  private stretches({ table, run, shape }: Written): [before: number, width: number][] {
    const { columns } = this.layout.tables[table]!;
    if (columns === undefined) return [[0, run.bytes / shape[0]!]];
    return columns.map(([before, width]) => [shape[0]! * before, width]);
  }

  private written(): Written[] {
    return this.rooms
      .map((room, table) => ({ ...room, table }))
      .filter(({ table }) => this.layout.tables[table]!.role === 'written');
  }
}
