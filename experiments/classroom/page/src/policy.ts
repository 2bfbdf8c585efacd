// Policies: a regime or a design of one's own, and levers that differ from the model's defaults.

import { settingOf } from './setting.ts';
import type { Lesson, Lever, Policy } from './types.ts';

export type Side = 'a' | 'b';

/** Levers that are words of a design's name, in the order of that name. */
const PARTS: readonly string[] = ['bundling', 'route', 'unit'];
const HEAD = 'design:';
const TAIL = 'conditions';

/** The choice `as in the regime` of these levers. */
const AS_IN_REGIME = 0;

export function isDesign(regime: string): boolean {
  return regime.startsWith(HEAD);
}

/** The words of a design that these levers choose. */
function wordsOf(regime: string): string[] {
  return regime.slice(HEAD.length).split('/').slice(0, PARTS.length);
}

function designOf(words: string[]): string {
  return `${HEAD}${[...words, TAIL].join('/')}`;
}

/** Whether the lesson offers this regime: a shipped one, or a design of words that it has. */
export function offers(lesson: Lesson, regime: string): boolean {
  const name = isDesign(regime) ? 'design' : regime;
  if (!lesson.regimes.some((one) => one.name === name)) return false;
  if (!isDesign(regime)) return name !== 'design';
  const words = wordsOf(regime);
  const known = PARTS.every((part, k) => {
    const lever = lesson.levers.find((one) => one.name === part);
    return lever?.choices.some(({ value, word }) => value !== AS_IN_REGIME && word === words[k]);
  });
  return known && designOf(words) === regime;
}

/** Where a lever stands in a regime by itself. */
export function defaultOf(lever: Lever, regime: string): number {
  return lever.values[regime] ?? lever.value;
}

export function valueOf(policy: Policy, lever: Lever): number {
  if (!PARTS.includes(lever.name)) {
    return policy.levers[lever.name] ?? defaultOf(lever, policy.regime);
  }
  if (!isDesign(policy.regime)) return AS_IN_REGIME;
  const word = wordsOf(policy.regime)[PARTS.indexOf(lever.name)];
  return lever.choices.find((one) => one.word === word)?.value ?? AS_IN_REGIME;
}

/** The policy with one lever moved; without a design the lesson's first regime holds. */
export function moved(lesson: Lesson, policy: Policy, lever: Lever, value: number): Policy {
  if (!PARTS.includes(lever.name)) {
    return tidy(lesson, { ...policy, levers: { ...policy.levers, [lever.name]: value } });
  }
  const { word } = lever.choices.find((one) => one.value === value) ?? {};
  if (!word) return under(lesson, policy, lesson.regimes[0]?.name ?? '');
  const words = isDesign(policy.regime) ? wordsOf(policy.regime) : firstDesign(lesson);
  words[PARTS.indexOf(lever.name)] = word;
  return under(lesson, policy, designOf(words));
}

/** The first choice of each part of a design. */
function firstDesign(lesson: Lesson): string[] {
  return PARTS.map((part) => {
    const choices = lesson.levers.find((one) => one.name === part)?.choices ?? [];
    return choices.find((one) => one.value !== AS_IN_REGIME)?.word ?? '';
  });
}

/** The policy under another regime. */
export function under(lesson: Lesson, policy: Policy, regime: string): Policy {
  return tidy(lesson, { ...policy, regime });
}

/** Without levers that stand where they do by themselves, or do nothing under the regime. */
export function tidy(lesson: Lesson, policy: Policy): Policy {
  const levers = lesson.levers
    .filter((lever) => lever.name in policy.levers && !idle(policy, lever))
    .map((lever) => [lever.name, policy.levers[lever.name] ?? lever.value] as const)
    .filter(([name, value]) => {
      const lever = lesson.levers.find((one) => one.name === name);
      return lever && value !== defaultOf(lever, policy.regime);
    });
  return { ...policy, levers: Object.fromEntries(levers) };
}

/** The position of a lever that is nearest to a value: steps from its low end. */
export function position(lever: Lever, value: number): number {
  if (lever.kind !== 'range') return value;
  const [, fraction = ''] = String(lever.step).split('.');
  const [, start = ''] = String(lever.low).split('.');
  const digits = Math.max(fraction.length, start.length);
  const steps = Math.round((value - lever.low) / lever.step);
  return Number((lever.low + steps * lever.step).toFixed(digits));
}

/** Whether a lever can stand at a value under a regime. */
export function allowed(lever: Lever, value: number, regime: string): boolean {
  if (value === defaultOf(lever, regime)) return true;
  if (lever.kind === 'switch') return value === 0 || value === 1;
  if (lever.kind === 'choice') return lever.choices.some((one) => one.value === value);
  return value >= lever.low && value <= lever.high && position(lever, value) === value;
}

/** The same text for the same policy. */
export function keyOf(policy: Policy): string {
  const levers = Object.entries(policy.levers).sort(([x], [y]) => (x < y ? -1 : 1));
  const dated = (policy.dated ?? []).map(({ since, levers }) => `@${since} ${JSON.stringify(levers)}`);
  return [policy.regime, ...levers.map(([name, value]) => `${name}=${value}`), ...dated].join(';');
}

/** Whether a lever does nothing under the regime of a policy. */
export function idle(policy: Policy, lever: Lever): boolean {
  return lever.regimes !== null && !lever.regimes.includes(policy.regime);
}

/**
 * Which designs a lever does something in: words that all of these share, as choices of the levers
 * that say them; null: it does nothing in any.
 */
export function designsOf(lesson: Lesson, lever: Lever): [Lever, Lever['choices'][number]][] | null {
  const designs = (lever.regimes ?? []).filter((name) => name !== 'design' && isDesign(name));
  if (!designs.length) return null;
  return PARTS.flatMap((name, k) => {
    const part = lesson.levers.find((one) => one.name === name);
    const [word, ...others] = new Set(designs.map((design) => wordsOf(design)[k]));
    const choice = part?.choices.find((one) => one.word === word);
    return part && choice && !others.length ? [[part, choice] as [Lever, typeof choice]] : [];
  });
}

/** Levers of a policy that stand elsewhere than in the model. */
export function movedLevers(lesson: Lesson, policy: Policy): Lever[] {
  return lesson.levers.filter((lever) => lever.name in policy.levers);
}

/** What `regiosim run` is told to give the numbers of a policy. */
export function command(lesson: Lesson, region: string, policy: Policy, pairs: number): string {
  const settings = movedLevers(lesson, policy)
    .map((lever) => settingOf(lever, policy.regime, valueOf(policy, lever)));
  const asked = [
    'regiosim run',
    `--region ${region}`,
    `--regime ${policy.regime}`,
    ...settings,
    `--from ${lesson.first}Q1 --to ${lesson.last}Q4`,
    `--seed 1 --replicates ${pairs} --record yearly`,
  ];
  return asked.join(' ');
}
