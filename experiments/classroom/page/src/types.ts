// The contract between Python, which makes a lesson, and the page, which runs it.
// A lesson is JSON in the element `lesson`; the kernel and each region's tables lie beside it,
// deflated and in base64. docs/classroom.md says it in words.

import type { Game } from './class/types.ts';

export type Language = 'nl' | 'en';
export type Said = Record<Language, string>;

export interface Lesson {
  format: 1;
  version: string;
  /** Hash of the rules, as manifests have it. */
  rules: string;
  language: Language;
  /** First and last year that is measured. */
  first: number;
  last: number;
  /** In the order of the kernel's columns. */
  outcomes: Outcome[];
  /** What groups of levers and of outcomes are called. */
  groups: Record<string, Said>;
  regions: Region[];
  levers: Lever[];
  /** Shipped regimes that a lesson offers, and `design`: route x bundling x unit, on conditions. */
  regimes: { name: string; label: Said; text: Said }[];
  /** Sentence templates by name, with [..{other}..] for a part that needs the other party. */
  words: {
    events: Record<string, Said>;
    causes: Record<string, Said>;
    stages: Said[];
    kinds: Record<string, Said>;
  };
  /** Names by code. */
  codes: { events: string[]; causes: string[]; kinds: string[] };
  /** Events that are told as numbers a year. */
  counted: string[];
  /** The game of class mode: its levers are among those above. */
  game: Game;
  /** In order: predict, run, explain. */
  story: Step[];
}

export interface Outcome {
  name: string;
  label: Said;
  unit: Said;
  yearly: 'sum' | 'mean' | 'last';
  share: boolean;
  definition: Said | null;
  group: string;
}

export interface Region {
  name: string;
  title: Said;
  source: string;
  insured: number;
  /** Kilometres, y to the north. */
  municipalities: {
    row: number;
    id: number;
    name: string;
    x: number;
    y: number;
    insured: number;
  }[];
  insurers: { row: number; name: string }[];
  /** The id of the script element that holds the region's block. */
  block: string;
  /** Where what lies in the block: only `model.ts` reads it. */
  layout: unknown;
}

/** `--set NAME={value}` or `{value*SHARE}`, one or more; or what is said for each value. */
export type Setting = string | Record<string, string>;

export interface Lever {
  name: string;
  label: Said;
  unit: Said;
  text: Said;
  /** F..., S..., or `assumed`. */
  source: string;
  place: 'front' | 'drawer';
  group: string;
  kind: 'range' | 'choice' | 'switch';
  /** Plausible range, and the default of the shipped model. */
  low: number;
  high: number;
  step: number;
  value: number;
  /** The default in regimes where it is another. */
  values: Record<string, number>;
  /** For the kind `choice`: 0 is "as in the regime", the others are words of a design's name. */
  choices: { value: number; label: Said; word: string }[];
  /** What `regiosim run` would be told to the same end; `settingOf` (setting.ts) says it. */
  setting: Setting;
  /** The same in regimes where it is another. */
  settings: Record<string, Setting>;
  /** Quarter (tick) from which it differs; null: from the start. */
  since: number | null;
  /**
   * Regimes in which it does something; null: all. `design` stands for designs as a whole: it is here
   * where the lever does something in one of them, beside the full names of those.
   */
  regimes: string[] | null;
}

/**
 * A regime of the lesson, or `design:BUNDLING/ROUTE/UNIT/conditions`. The levers `bundling`, `route`
 * and `unit` are said by that name, and never among the levers of a policy.
 */
export interface Policy {
  regime: string;
  /** Only those that differ from their default. */
  levers: Record<string, number>;
  /** Levers that are moved while the run goes on, in order of time. */
  dated?: Change[];
}

/** Levers that stand elsewhere from a quarter on, until a later change of the same. */
export interface Change {
  since: number;
  levers: Record<string, number>;
}

/** A step of the story: a question to predict, two policies, and what is said of what comes out. */
export interface Step {
  name: string;
  source: string;
  /** First and last year that its findings read. */
  years: [first: number, last: number];
  title: Said;
  setting: Said;
  /** What B changes. */
  changed: Said;
  question: Said;
  /** Predictions to choose from. */
  options: Said[];
  a: Policy;
  b: Policy;
  /** Outcomes to show. */
  watch: string[];
  findings: Finding[];
  /** A and B differ in several things at once. */
  apart: boolean;
  /** By region: levers of the step that do nothing there, so that it is left out. */
  idle: Record<string, string[]>;
}

/** What is said of an outcome where B is higher, lower, or not told from A. */
export interface Finding {
  outcome: string;
  /** In the unit of the outcome: a difference below it counts as none. */
  least: number;
  more: Said;
  less: Said;
  same: Said;
}

export interface History {
  states: State[];
  events: Happening[];
}

/** The end of a year. */
export interface State {
  year: number;
  /** `hub` and `organisation` are ids, or -1. */
  practices: {
    id: number;
    municipality: number;
    patients: number;
    hub: number;
    organisation: number;
    open: boolean;
  }[];
  hubs: {
    id: number;
    municipality: number;
    stage: number;
    organisation: number;
    members: number;
  }[];
  organisations: {
    id: number;
    municipality: number;
    members: number;
    insured: number;
    contract: boolean;
  }[];
}

export interface Happening {
  tick: number;
  event: string;
  cause: string;
  agent: [kind: string, id: number];
  other: [kind: string, id: number] | null;
}

/**
 * What `model.ts` exports as `Model`; it runs in a worker or in Node.
 *
 *   static make(lesson, region, kernel, block): Promise<Model>
 *
 * `kernel` is the inflated kernel.wasm or its module, `block` the region's block as it stands in
 * the page, decoded but still deflated. A run that fails throws a `RunFailed` with seed and tick.
 */
export interface Runs {
  readonly years: number[];
  /** [seed][year][outcome]: a year's values of the whole region, as `--record yearly` has them. */
  run(policy: Policy, seeds: number[]): Float64Array;
  /** One run: its state at the end of each year from 2006 on, and its events. */
  history(policy: Policy, seed: number): History;
}
