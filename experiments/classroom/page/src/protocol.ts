// What the page and its workers say to each other.

import type { History, Lesson, Policy } from './types.ts';

/** A model of one region is made once in each worker; what is asked after it waits for it. */
export interface Load {
  kind: 'load';
  lesson: Lesson;
  region: number;
  kernel: WebAssembly.Module;
  block: Uint8Array;
}

export interface RunAsked {
  kind: 'run';
  ticket: number;
  policy: Policy;
  seeds: number[];
}

export interface HistoryAsked {
  kind: 'history';
  ticket: number;
  policy: Policy;
  seed: number;
}

export type Asked = Load | RunAsked | HistoryAsked;

export type Answer =
  | { kind: 'run'; ticket: number; values: Float64Array }
  | { kind: 'history'; ticket: number; history: History }
  | { kind: 'failed'; ticket: number | null; reason: string };
