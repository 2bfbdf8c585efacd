// What a region's description says of its block: written by Python (tables.py, bundle.py).

/** Kind of a cell: a float or a whole number of eight bytes, or a byte that is 0 or 1. */
export type Kind = 'f8' | 'i8' | '?';

/** Table, first byte, distance, how many, kind, and a value or the lever's share. */
export type Cells = [table: number, offset: number, stride: number, count: number, kind: Kind, value: number];

export interface Patch {
  /** Cells that take a share of the lever's value; empty where `at` says what is written. */
  takes: Cells[];
  at: [value: number, cells: Cells[]][];
}

/** Where bytes lie in the block; what is behind them up to a table's end is zero. */
export type Part = [offset: number, bytes: number];

/** A table by quarters: the quarters in which it changes, and its rows there (exclusive or). */
export interface Dated {
  steps: number[];
  part: Part;
}

export interface Start {
  shapes: number[][];
  /** Shapes of the scratch room, eight bytes a place. */
  scratch: number[][];
  parts: (Part | Dated | null)[];
  /** Regimes with the same word here are the same until runs part. */
  past: string;
  /** By lever: patch, where it stands by itself, and whether it acts before runs part. */
  levers: Record<string, [patch: number, value: number, early: boolean]>;
}

/** Where in a row a cell is; of a table by columns, what comes before its column, by row. */
export type Place = [offset: number, kind: Kind];

/** Of a column: the bytes by row of those before it, and of its own. */
export type Column = [before: number, width: number];

export interface Table {
  name: string;
  /** Bytes of a row. */
  size: number;
  role: 'kept' | 'written' | 'buffer';
  /** Where it lies column after column. */
  columns?: Column[];
}

export interface Layout {
  ticks: number;
  first: number;
  /** The quarter before which runs under policies that differ later are the same. */
  fork: number;
  tables: Table[];
  /** Names of the tables with a row or more per quarter. */
  dated: string[];
  batch: Record<'run' | 'since' | 'first' | 'last' | 'yearly' | 'asked', number>;
  anew: number;
  /** Themes of outcomes that are measured, a bit each: all of them. */
  everyTheme: number;
  none: number;
  /** How quarters make a year, per outcome. */
  outcomes: ('sum' | 'mean' | 'last')[];
  fields: Record<string, Record<string, Place>>;
  failures: string[];
  /** Tables of which the counter says how many rows are in use; what lies behind is as at the start. */
  used: string[];
  /** Tables and words of the kinds of party, in the order of their numbers. */
  kinds: string[];
  words: string[];
  id: Record<string, Place>;
  regimes: Record<string, Start>;
  patches: Patch[];
}
