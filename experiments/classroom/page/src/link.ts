// A link is a result: what stands behind `#` says which numbers, not the numbers themselves.
//
//   #regiosim=1&rules=HASH&region=NAME&a=POLICY&b=POLICY&pairs=N
//
// A policy is `REGIME` or `REGIME;LEVER=VALUE;...`, percent-encoded like every value. Anything
// else, and anything twice, is refused with what is wrong. `pairs` comes last, and no number of pairs
// begins with another one, so that a link that was cut off anywhere is never taken for a whole one.

import { allowed, keyOf, offers, tidy, type Side } from './policy.ts';
import { LADDER } from './study.ts';
import type { Lesson, Lever, Policy } from './types.ts';
import type { Word } from './words.ts';

export const FORMAT = 1;
const LONGEST = 4000;
const KEYS = ['regiosim', 'rules', 'region', 'a', 'b', 'pairs'] as const;
type Key = (typeof KEYS)[number];

/** What a link names. */
export interface Result {
  region: string;
  pairs: number;
  a: Policy;
  b: Policy;
}

/** Why a link is refused: a sentence of the page, and what fills it. */
export class Refusal extends Error {
  constructor(
    readonly word: Word,
    readonly filled: Record<string, string | number>,
  ) {
    super(word);
  }
}

/** The fragment of a result, without `#`. */
export function write(lesson: Lesson, result: Result): string {
  const parts: Record<Key, string> = {
    regiosim: String(FORMAT),
    rules: lesson.rules,
    region: result.region,
    a: keyOf(result.a),
    b: keyOf(result.b),
    pairs: String(result.pairs),
  };
  return KEYS.map((key) => `${key}=${readable(parts[key])}`).join('&');
}

/** Percent-encoded but for what may stand plainly in a fragment. */
function readable(text: string): string {
  return encodeURIComponent(text).replace(/%3A|%2F|%3B|%3D/g, decodeURIComponent);
}

/** At most forty characters of what a link says, to be shown as text. */
function clipped(text: string): string {
  return text.length > 40 ? `“${text.slice(0, 40)}…”` : `“${text}”`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal('linkStrange', { part: clipped(text) });
  }
}

/**
 * Read a fragment without `#`.
 *
 * @throws {Refusal} It is no link of this lesson: it is cut off, too long, of another form, made
 *   with other rules, or names what the lesson does not have.
 */
export function read(lesson: Lesson, fragment: string): Result {
  if (fragment.length > LONGEST) {
    throw new Refusal('linkLong', { length: fragment.length, most: LONGEST });
  }
  const parts = new Map<Key, string>();
  for (const piece of fragment.split('&')) {
    const [key = '', ...value] = piece.split('=');
    const known = KEYS.find((one) => one === key);
    if (!known) throw new Refusal('linkStrange', { part: clipped(piece) });
    if (parts.has(known)) throw new Refusal('linkTwice', { part: known });
    parts.set(known, decoded(value.join('=')));
  }
  const take = (key: Key): string => {
    const found = parts.get(key);
    if (!found) throw new Refusal('linkLacks', { part: key });
    return found;
  };
  const format = take('regiosim');
  if (format !== String(FORMAT)) {
    throw new Refusal('linkFormat', { found: clipped(format), known: FORMAT });
  }
  const rules = take('rules');
  if (rules !== lesson.rules) {
    throw new Refusal('linkRules', { found: clipped(rules), known: lesson.rules });
  }
  const region = take('region');
  if (!lesson.regions.some((one) => one.name === region)) {
    const known = lesson.regions.map((one) => one.name).join(', ');
    throw new Refusal('linkRegion', { found: clipped(region), known });
  }
  const pairs = LADDER.find((one) => String(one) === take('pairs'));
  if (!pairs) {
    const known = LADDER.join(', ');
    throw new Refusal('linkPairs', { found: clipped(take('pairs')), known });
  }
  const policy = (side: Side): Policy => policyOf(lesson, side, take(side));
  return { region, pairs, a: policy('a'), b: policy('b') };
}

function policyOf(lesson: Lesson, side: Side, text: string): Policy {
  const [regime = '', ...settings] = text.split(';');
  const name = side.toUpperCase();
  if (!offers(lesson, regime)) {
    throw new Refusal('linkRegime', { side: name, found: clipped(regime) });
  }
  const levers: Record<string, number> = {};
  for (const setting of settings) {
    const [key = '', value = '', ...rest] = setting.split('=');
    const lever = lesson.levers.find((one) => one.name === key);
    if (!lever || rest.length) {
      throw new Refusal('linkLever', { side: name, found: clipped(setting) });
    }
    if (key in levers) throw new Refusal('linkTwice', { part: key });
    const number = /^-?\d{1,15}(\.\d{1,15})?(e-?\d{1,2})?$/.test(value) ? Number(value) : NaN;
    if (!allowed(lever, number, regime)) {
      const known = allowedText(lever);
      throw new Refusal('linkValue', { side: name, lever: key, found: clipped(value), known });
    }
    levers[key] = number;
  }
  return tidy(lesson, { regime, levers });
}

function allowedText(lever: Lever): string {
  if (lever.kind === 'switch') return '0, 1';
  if (lever.kind === 'choice') return lever.choices.map((one) => one.value).join(', ');
  return `${lever.low} … ${lever.high} (${lever.step})`;
}
