// The page: policies on one side, what comes of them on the other.

import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { DOOR } from './class/place.ts';
import { CLASS_WORDS } from './class/words.ts';
import { Drawings, type Histories } from './drawing.tsx';
import { blockHere } from './embedded.ts';
import { Keep } from './keep.tsx';
import { speech, SpeechContext, useSpeech } from './language.ts';
import { Levers } from './levers.tsx';
import { read, Refusal, write } from './link.ts';
import { Names } from './names.ts';
import { Outcomes } from './outcomes.tsx';
import { keyOf } from './policy.ts';
import type { Pool } from './pool.ts';
import { Report } from './report.tsx';
import { Strip } from './strip.tsx';
import { phaseOf, useStory } from './story.ts';
import { StoryOf } from './story.tsx';
import { after, result, start, type Move, type State } from './state.ts';
import { LADDER, nameOf, Study, type Picture } from './study.ts';
import type { Lesson } from './types.ts';
import { Why } from './why.tsx';

interface Props {
  lesson: Lesson;
  kernel: WebAssembly.Module;
  /** Started workers; `onFailure` hears what goes wrong in them. */
  pool: Pool;
  onFailure: (hear: (reason: string) => void) => void;
}

export function App({ lesson, kernel, pool, onFailure }: Props): JSX.Element {
  const [state, move] = useReducer(
    (before: State, one: Move) => after(lesson, before, one),
    lesson,
    start,
  );
  const [refusal, refuse] = useState<Refusal | null>(null);
  const [failure, fail] = useState<string | null>(null);
  const talk = useMemo(() => speech(state.language), [state.language]);
  onFailure(fail);
  useLink(lesson, state, move, refuse);
  const picture = usePicture(lesson, kernel, pool, state, fail);
  const histories = useHistories(pool, state, picture !== null, fail);
  const same = keyOf(state.a) === keyOf(state.b);
  // Until the first picture of the last move is there, the one before it is shown, and looks so.
  const stale = picture !== null && picture.of !== nameOf(state);
  const story = useStory(lesson, (values) => move({ kind: 'set', values }));
  const phase = phaseOf(lesson, story, state.region);
  const last = story.at === lesson.story.length - 1;
  const levers = phase === 'free' || (phase === 'explain' && last);
  const names = useMemo(() => {
    const region = lesson.regions[state.region];
    return histories && region ? new Names(lesson, region, [histories.a, histories.b]) : null;
  }, [lesson, state.region, histories]);
  useEffect(() => {
    document.documentElement.lang = state.language;
    document.title = `regiosim: ${talk.word('title')}`;
  }, [talk]);
  return (
    <SpeechContext.Provider value={talk}>
      <a class="skip" href="#results" onClick={(event) => jump(event, 'results')}>
        {talk.word('skip')}
      </a>
      <Header lesson={lesson} state={state} move={move} />
      <main class={levers ? '' : 'wide'}>
        {refusal && (
          <p class="notice" role="alert">
            {talk.word('linkRefused', { reason: talk.word(refusal.word, refusal.filled) })}{' '}
            <button type="button" onClick={() => refuse(null)}>
              {talk.word('close')}
            </button>
          </p>
        )}
        {failure && (
          <p class="notice" role="alert">
            {talk.word('stopped', { reason: failure })}
          </p>
        )}
        <StoryOf {...{ lesson, state, story, move }} picture={stale ? null : picture} />
        {picture && levers && <Strip lesson={lesson} picture={picture} same={same} />}
        {levers && <Levers lesson={lesson} state={state} move={move} />}
        <div class="results" hidden={phase === 'predict'}>
          <section aria-labelledby="results">
            <h2 id="results" tabIndex={-1}>
              {talk.word('results')}
            </h2>
            <Progress state={state} picture={stale ? null : picture} same={same} move={move} />
            <div class={stale ? 'stale' : ''} aria-busy={stale}>
              {picture && <Outcomes {...{ lesson, state, picture, same, move }} />}
            </div>
          </section>
          {histories && names && (
            <>
              <Drawings {...{ lesson, state, histories, names, same, move }} />
              <Why {...{ lesson, state, histories, names, same, move }} />
            </>
          )}
          <Keep lesson={lesson} state={state} picture={picture} />
        </div>
        {picture && levers && <Report lesson={lesson} state={state} picture={picture} />}
      </main>
      <footer>{talk.word('noForecast')}</footer>
    </SpeechContext.Provider>
  );
}

/** Go to a heading without touching the fragment, which is a result. */
function jump(event: Event, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

function Header({ lesson, state, move }: { lesson: Lesson; state: State; move: (move: Move) => void }): JSX.Element {
  const { word, say } = useSpeech();
  const only = lesson.regions.length === 1 ? lesson.regions[0] : null;
  return (
    <header>
      <h1>{word('title')}</h1>
      <div class="row">
        {lesson.regions.length > 1 && (
          <label>
            {word('region')}{' '}
            <select
              value={state.region}
              onChange={(event) => {
                const region = Number(event.currentTarget.value);
                move({ kind: 'set', values: { region, party: null } });
              }}
            >
              {lesson.regions.map((one, k) => (
                <option key={one.name} value={k}>
                  {say(one.title)}
                </option>
              ))}
            </select>
          </label>
        )}
        {only && <p class="region">{say(only.title)}</p>}
        <fieldset class="segments">
          <legend>{word('language')}</legend>
          {(['nl', 'en'] as const).map((language) => (
            <label key={language} lang={language}>
              <input
                type="radio"
                name="language"
                checked={state.language === language}
                onChange={() => move({ kind: 'set', values: { language } })}
              />
              {language === 'nl' ? 'Nederlands' : 'English'}
            </label>
          ))}
        </fieldset>
        <a href={DOOR}>{CLASS_WORDS.mode[state.language]}</a>
      </div>
    </header>
  );
}

interface ProgressProps {
  state: State;
  picture: Picture | null;
  same: boolean;
  move: (move: Move) => void;
}

function Progress({ state, picture, same, move }: ProgressProps): JSX.Element {
  const { word } = useSpeech();
  const done = picture?.pairs ?? 0;
  const whole = done >= state.pairs;
  const text = !picture
    ? word('running', { pairs: 0, all: state.pairs })
    : whole
      ? word('ready', { pairs: done })
      : word('running', { pairs: done, all: state.pairs });
  return (
    <div class="progress" data-pairs={done} data-after={picture?.after.toFixed(0)}>
      <progress max={state.pairs} value={done} aria-label={word('pairs')} />
      <p role="status">
        {text} {picture && same && word('same')}
      </p>
      <label>
        {word('pairs')}{' '}
        <select
          value={state.pairs}
          onChange={(event) => {
            const pairs = Number(event.currentTarget.value);
            move({ kind: 'set', values: { pairs, seed: Math.min(state.seed, pairs) } });
          }}
        >
          {LADDER.map((pairs) => (
            <option key={pairs}>{pairs}</option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** The address says what is shown, and what stands in it is shown. */
function useLink(
  lesson: Lesson,
  state: State,
  move: (move: Move) => void,
  refuse: (refusal: Refusal | null) => void,
): void {
  const written = useRef('');
  const open = useCallback(() => {
    const fragment = location.hash.slice(1);
    if (!fragment || fragment === written.current) return;
    try {
      move({ kind: 'open', result: read(lesson, fragment) });
      refuse(null);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(error);
      move({ kind: 'restore' });
    }
  }, [lesson]);
  useEffect(() => {
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, [open]);
  const fragment = write(lesson, result(lesson, state));
  const first = useRef(true);
  useEffect(() => {
    // The first address is the reader's own: it was read, and stays until something is moved.
    if (!first.current) {
      written.current = fragment;
      history.replaceState(null, '', `#${fragment}`);
    }
    first.current = false;
  }, [fragment]);
}

/** Paired runs of both policies, as far as they are. */
function usePicture(
  lesson: Lesson,
  kernel: WebAssembly.Module,
  pool: Pool,
  state: State,
  fail: (reason: string) => void,
): Picture | null {
  const [picture, show] = useState<Picture | null>(null);
  const study = useMemo(() => new Study(pool, lesson.outcomes.length, show, fail), [pool, lesson]);
  const { region, a, b, pairs } = state;
  useEffect(() => {
    const block = blockHere(lesson, region);
    show(null);
    pool.drop();
    pool.load({ kind: 'load', lesson, region, kernel, block });
  }, [lesson, kernel, pool, region]);
  useEffect(() => {
    fail('');
    study.ask({ region, a, b, pairs });
  }, [study, region, keyOf(a), keyOf(b), pairs]);
  return picture;
}

/** One run of each policy with what happened in it, once a first picture is there. */
function useHistories(
  pool: Pool,
  state: State,
  wanted: boolean,
  fail: (reason: string) => void,
): Histories | null {
  const [histories, show] = useState<Histories | null>(null);
  const { region, a, b, seed } = state;
  useEffect(() => {
    if (!wanted) return show(null);
    let current = true;
    const first = pool.history(a, seed);
    const second = keyOf(a) === keyOf(b) ? first : pool.history(b, seed);
    Promise.all([first, second])
      .then(([one, other]) => current && show({ a: one, b: other }))
      .catch((error: Error) => fail(error.message));
    return () => {
      current = false;
    };
  }, [pool, wanted, region, keyOf(a), keyOf(b), seed]);
  return histories;
}
