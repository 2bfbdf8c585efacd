// Events in sentences, from the lesson's templates, and where two runs part.

import type { Speech } from './language.ts';
import type { Party } from './state.ts';
import type { Happening, History, Lesson, Said } from './types.ts';

/** Text, or a party to be named. */
export type Piece = string | Party;

/**
 * What an event says after its party: `joins[ {other}]`. What stands in brackets is left out where
 * the other party is not known; details such as a stage are known to no history.
 */
export function pieces(said: Said, other: Party | null, speech: Speech): Piece[] {
  const text = speech.say(said).replace(/\[([^\]]*)\]/g, (_, part: string) => {
    const named = [...part.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    return named.every((name) => name === 'other' && other) ? part : '';
  });
  return text.split('{other}').flatMap((part, k) => (k && other ? [other, part] : [part]));
}

/** A whole sentence: party, what it does, and why. */
export function sentence(lesson: Lesson, event: Happening, speech: Speech): Piece[] {
  const said = lesson.words.events[event.event];
  const told = said ? pieces(said, event.other, speech) : [event.event];
  return [event.agent, ' ', ...told];
}

/** Why an event happened; empty where no cause is known. */
export function cause(lesson: Lesson, event: Happening, speech: Speech): string {
  const said = event.cause === 'none' ? undefined : lesson.words.causes[event.cause];
  return said ? speech.word('because', { cause: speech.say(said) }) : '';
}

/** What many events of a year come to: `12 joins, 3 leaves`, in the lesson's order. */
export function counts(lesson: Lesson, events: Happening[], speech: Speech): string {
  return lesson.counted
    .map((name) => ({ name, many: events.filter((one) => one.event === name).length }))
    .filter(({ many }) => many > 0)
    .map(({ name, many }) => {
      const said = lesson.words.events[name];
      const text = said ? pieces(said, null, speech).join('').trim() : name;
      return `${many} × ${text}`;
    })
    .join(' · ');
}

export function concerns(event: Happening, party: Party): boolean {
  const is = (one: Party | null): boolean => one?.[0] === party[0] && one[1] === party[1];
  return is(event.agent) || is(event.other);
}

export interface Parting {
  /** Events that both runs share before. */
  same: number;
  tick: number;
  a: Happening | null;
  b: Happening | null;
}

/** The first events in which two runs with one seed differ; null: they do not. */
export function parting(a: History, b: History): Parting | null {
  const most = Math.max(a.events.length, b.events.length);
  for (let k = 0; k < most; k += 1) {
    const [first = null, second = null] = [a.events[k], b.events[k]];
    if (JSON.stringify(first) === JSON.stringify(second)) continue;
    const tick = Math.min(first?.tick ?? Infinity, second?.tick ?? Infinity);
    const at = (one: Happening | null): Happening | null => (one?.tick === tick ? one : null);
    return { same: k, tick, a: at(first), b: at(second) };
  }
  return null;
}
