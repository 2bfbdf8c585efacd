// How values of outcomes and levers are written.

import type { Speech } from './language.ts';
import type { Gap } from './statistics.ts';
import type { Lesson, Lever, Outcome } from './types.ts';

/** A share is written in per cent. */
export function scaled(outcome: Outcome, value: number): number {
  return outcome.share ? value * 100 : value;
}

export function unitOf(outcome: Outcome, speech: Speech): string {
  return outcome.share ? '%' : speech.say(outcome.unit);
}

export function valueText(outcome: Outcome, value: number, speech: Speech): string {
  const text = speech.number(scaled(outcome, value), outcome.share ? 1 : undefined);
  return outcome.share ? `${text}%` : text;
}

/** Mean and interval with as many digits as the interval's width is worth. */
export function gapParts(outcome: Outcome, gap: Gap, speech: Speech): Record<string, string> {
  const width = scaled(outcome, gap.high - gap.low);
  const digits = width > 0 ? Math.min(4, Math.max(0, Math.ceil(1 - Math.log10(width)))) : 1;
  const text = (value: number): string => speech.number(scaled(outcome, value), digits);
  const mean = text(gap.mean);
  const sign = gap.mean > 0 && /[1-9]/.test(mean) ? '+' : '';
  return { mean: sign + mean, low: text(gap.low), high: text(gap.high) };
}

export function gapText(outcome: Outcome, gap: Gap, speech: Speech): string {
  if (!Number.isFinite(gap.mean)) return speech.word('noGap');
  return speech.word('gap', gapParts(outcome, gap, speech));
}

/** Digits behind the point of a lever's steps. */
function digitsOf(lever: Lever): number {
  const [, fraction = ''] = String(lever.step).split('.');
  return fraction.length;
}

export function leverText(lever: Lever, value: number, speech: Speech): string {
  if (lever.kind === 'switch') return speech.word(value ? 'on' : 'off');
  if (lever.kind === 'choice') {
    const choice = lever.choices.find((one) => one.value === value);
    return choice ? speech.say(choice.label) : String(value);
  }
  const unit = speech.say(lever.unit);
  const text = speech.number(value, digitsOf(lever));
  return unit ? `${text} ${unit}` : text;
}

export function nameOfGroup(lesson: Lesson, group: string, speech: Speech): string {
  const said = lesson.groups[group];
  return said ? speech.say(said) : group;
}
