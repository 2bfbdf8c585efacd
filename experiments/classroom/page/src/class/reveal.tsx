// What came of a class's decisions: the same seeds without them, up to the end of the round.
import type { JSX } from 'preact';
import { useEffect, useMemo, useReducer, useState } from 'preact/hooks';
import { Drawings, type Histories } from '../drawing.tsx';
import { useSpeech } from '../language.ts';
import { Names } from '../names.ts';
import { Outcomes } from '../outcomes.tsx';
import { keyOf } from '../policy.ts';
import type { Pool } from '../pool.ts';
import { after, start, type Move, type State } from '../state.ts';
import { Study, type Picture } from '../study.ts';
import type { History, Lesson, Policy } from '../types.ts';
import { Why } from '../why.tsx';
import { policyOf } from './standing.ts';
import { lastYear, roleOf } from './table.ts';
import type { ClassState } from './types.ts';
import { useClassWords } from './words.ts';

interface Props {
  lesson: Lesson;
  /** With the region of the class loaded. */
  pool: Pool;
  state: ClassState;
  /** The role whose decisions are left out first; all of them where there is none. */
  own: string | null;
  fail: (reason: string) => void;
}

const ALL = '';

export function Reveal({ lesson, pool, state, own, fail }: Props): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const { game } = lesson;
  const decisions = state.lines[state.line]?.decisions ?? [];
  const parties = game.roles.filter(({ name }) => decisions.some((one) => one.role === name));
  const mine = parties.some(({ name }) => name === own) ? (own ?? ALL) : ALL;
  const [chosen, choose] = useState<string | null>(null);
  const left = chosen ?? mine;
  const without = left === ALL ? game.roles.map(({ name }) => name) : [left];
  const year = lastYear(game, state.round);
  const shown = useMemo(() => ({ ...lesson, last: Math.min(year, lesson.last) }), [lesson, year]);
  const a = policyOf(game, state, without, state.round);
  const b = policyOf(game, state, [], state.round);
  const same = keyOf(a) === keyOf(b);
  const [page, move] = useReducer((before: State, one: Move) => after(shown, before, one), shown, start);
  const told: State = {
    ...page,
    ...{ language: speech.language, a, b, pairs: state.runs, year: Math.min(page.year, shown.last) },
    region: lesson.regions.findIndex((one) => one.name === state.region),
  };
  useEffect(() => move({ kind: 'set', values: { year: shown.last } }), [shown.last]);
  const picture = usePicture(lesson, pool, told, fail);
  const histories = useHistories(pool, told, shown.last, picture !== null, fail);
  const region = lesson.regions[told.region];
  const names = useMemo(
    () => (histories && region ? new Names(lesson, region, [histories.a, histories.b]) : null),
    [lesson, region, histories],
  );
  const labelOf = (name: string): string => {
    const role = roleOf(game, name);
    const group = state.groups.find((one) => one.role === name);
    const said = role ? speech.say(role.label) : name;
    return group ? `${said} (${group.name})` : said;
  };
  const first = left === ALL ? word('nobodyDecided') : word('without', { group: labelOf(left) });
  return (
    <section class="reveal" aria-labelledby="came">
      <h2 id="came" tabIndex={-1}>
        {word('came')}
      </h2>
      <label>
        {word('compared')}{' '}
        <select value={left} onChange={(event) => choose(event.currentTarget.value)}>
          <option value={ALL}>{word('nobodyDecided')}</option>
          {parties.map(({ name }) => (
            <option key={name} value={name}>
              {word('without', { group: labelOf(name) })}
            </option>
          ))}
        </select>
      </label>
      <p>{word('ab', { a: first, year: shown.last })}</p>
      <p role="status" class="note" data-pairs={picture?.pairs ?? 0}>
        {word('runsDone', { pairs: picture?.pairs ?? 0, all: state.runs })}{' '}
        {same && word('sameAB')}
      </p>
      {picture && <Outcomes {...{ lesson: shown, state: told, picture, same, move }} />}
      {histories && names && (
        <>
          <Drawings {...{ lesson: shown, state: told, histories, names, same, move }} />
          <Why {...{ lesson: shown, state: told, histories, names, same, move }} />
        </>
      )}
    </section>
  );
}

function usePicture(
  lesson: Lesson,
  pool: Pool,
  { region, a, b, pairs }: State,
  fail: (reason: string) => void,
): Picture | null {
  const [picture, show] = useState<Picture | null>(null);
  const study = useMemo(() => new Study(pool, lesson.outcomes.length, show, fail), [pool, lesson]);
  useEffect(() => {
    show(null);
    study.ask({ region, a, b, pairs });
  }, [study, region, keyOf(a), keyOf(b), pairs]);
  return picture;
}

/** One run of each, told up to a year: what comes after it has not been decided yet. */
function useHistories(
  pool: Pool,
  { a, b, seed }: State,
  last: number,
  wanted: boolean,
  fail: (reason: string) => void,
): Histories | null {
  const [histories, show] = useState<Histories | null>(null);
  useEffect(() => {
    if (!wanted) return show(null);
    let current = true;
    const ask = (policy: Policy): Promise<History> => pool.history(policy, seed);
    const first = ask(a);
    const second = keyOf(a) === keyOf(b) ? first : ask(b);
    Promise.all([first, second])
      .then(([one, other]) => {
        if (current) show({ a: upTo(one, last), b: upTo(other, last) });
      })
      .catch((error: Error) => fail(error.message));
    return () => {
      current = false;
    };
  }, [pool, wanted, keyOf(a), keyOf(b), seed, last]);
  return histories;
}

function upTo({ states, events }: History, year: number): History {
  return {
    states: states.filter((one) => one.year <= year),
    events: events.filter((one) => 2006 + Math.floor(one.tick / 4) <= year),
  };
}
