// Why did this happen? The events of one run in sentences, and where two runs part.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Histories } from './drawing.tsx';
import { useSpeech, yearOf } from './language.ts';
import { sameParty, type Names } from './names.ts';
import { cause, concerns, counts, parting, sentence, type Piece } from './sentences.ts';
import { otherSide, type Move, type Party, type State } from './state.ts';
import type { Happening, History, Lesson } from './types.ts';
import type { Word } from './words.ts';

interface Props {
  lesson: Lesson;
  state: State;
  histories: Histories;
  names: Names;
  same: boolean;
  move: (move: Move) => void;
}

export function Why({ lesson, state, histories, names, same, move }: Props): JSX.Element {
  const speech = useSpeech();
  const side = same ? 'a' : state.told;
  const history = histories[side];
  const told = { lesson, names, history, party: state.party };
  const onParty = (party: Party | null): void => move({ kind: 'set', values: { party } });
  return (
    <section class="why" aria-labelledby="why">
      <h2 id="why">{speech.word('why')}</h2>
      {!same && <Parted {...{ lesson, state, histories, names, move }} />}
      <div class="row choices">
        {!same && (
          <fieldset class="segments">
            <legend>{speech.word('eventsOf')}</legend>
            {(['a', 'b'] as const).map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="told"
                  checked={side === one}
                  onChange={() => move({ kind: 'set', values: { told: one } })}
                />
                {one.toUpperCase()}
              </label>
            ))}
          </fieldset>
        )}
        <Chooser {...told} onParty={onParty} />
      </div>
      <Story {...told} year={state.year} onParty={onParty} />
      {!same && state.party && (
        <p class="note">
          <button
            type="button"
            onClick={() => move({ kind: 'set', values: { told: otherSide(side) } })}
          >
            {speech.word('eventsOf')} {otherSide(side).toUpperCase()}
          </button>
        </p>
      )}
    </section>
  );
}

interface Told {
  lesson: Lesson;
  names: Names;
  history: History;
  party: Party | null;
}

type OnParty = (party: Party | null) => void;

/** All parties of a run in one list: what can be clicked, for the keyboard. */
function Chooser({ names, history, party, onParty }: Told & { onParty: OnParty }): JSX.Element {
  const speech = useSpeech();
  const groups = useMemo(() => partiesOf(history), [history]);
  return (
    <label class="chooser">
      {speech.word('aboutParty')}{' '}
      <select
        value={party?.join(':') ?? ''}
        onChange={(event) => {
          const [kind = '', id = ''] = event.currentTarget.value.split(':');
          onParty(kind ? [kind, Number(id)] : null);
        }}
      >
        <option value="">{speech.word('everybody')}</option>
        {groups.map(([word, parties]) => (
          <optgroup key={word} label={speech.word(word)}>
            {parties.map((one) => (
              <option key={one.join(':')} value={one.join(':')}>
                {names.of(one, speech)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

const GROUPS: readonly [string, Word][] = [
  ['organisation', 'organisations'],
  ['hub', 'hubs'],
  ['practice', 'practices'],
  ['municipality', 'municipalities'],
  ['insurer', 'insurers'],
];

/** Who occurs in the events of a run, by kind. */
function partiesOf(history: History): [Word, Party[]][] {
  const found = new Map<string, Party>();
  for (const event of history.events) {
    for (const one of [event.agent, event.other]) if (one) found.set(one.join(':'), one);
  }
  const parties = [...found.values()].sort(([, x], [, y]) => x - y);
  const known = GROUPS.map(([kind]) => kind);
  const groups = GROUPS.map(([kind, word]): [Word, Party[]] => [
    word,
    parties.filter(([one]) => one === kind),
  ]);
  groups.push(['rest', parties.filter(([kind]) => !known.includes(kind))]);
  return groups.filter(([, members]) => members.length > 0);
}

/**
 * Year by year who did what and why: the year of the map is open, and all years of a chosen party. What
 * happens often is counted, but told of a chosen party.
 */
function Story(props: Told & { year: number; onParty: OnParty }): JSX.Element {
  const { lesson, names, history, party, year: chosen, onParty } = props;
  const speech = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const opened = box.current?.querySelector<HTMLElement>('details[open]');
    if (box.current && opened) box.current.scrollTop = opened.offsetTop;
  }, [chosen, party?.join()]);
  const years = useMemo(() => {
    const found = new Map<number, Happening[]>();
    for (const event of history.events) {
      if (party && !concerns(event, party)) continue;
      const year = yearOf(event.tick);
      found.set(year, [...(found.get(year) ?? []), event]);
    }
    return [...found];
  }, [history, party?.join()]);
  const title = party
    ? speech.word('historyOf', { name: names.of(party, speech) })
    : speech.word('eventsOf').concat(' ', speech.word('everybody'));
  return (
    <div class="story" ref={box} tabIndex={0} role="region" aria-label={title}>
      <h3>{title}</h3>
      {years.length === 0 && <p>{speech.word('nothingHappened')}</p>}
      {years.map(([year, events]) => {
        const often = party ? [] : events.filter((one) => lesson.counted.includes(one.event));
        const single = events.filter((one) => !often.includes(one));
        return (
          <details key={year} open={party !== null || year === chosen}>
            <summary>
              <h4>{year}</h4> {speech.word('events', { count: events.length })}
            </summary>
            <ul>
              {single.map((event, k) => (
                <li key={k}>
                  <Sentence
                    lesson={lesson}
                    names={names}
                    party={party}
                    event={event}
                    onParty={onParty}
                  />
                </li>
              ))}
            </ul>
            {often.length > 0 && (
              <p class="counts">
                {speech.word('counts', { counts: counts(lesson, often, speech) })}
              </p>
            )}
          </details>
        );
      })}
    </div>
  );
}

/** One event in words; each party in it is a button that tells its history. */
function Sentence(props: Omit<Told, 'history'> & { event: Happening; onParty: OnParty }): JSX.Element {
  const { lesson, names, party, event, onParty } = props;
  const speech = useSpeech();
  const show = (piece: Piece, k: number): JSX.Element | string => {
    if (typeof piece === 'string') return piece;
    const name = names.of(piece, speech);
    if (sameParty(piece, party)) return <b key={k}>{name}</b>;
    return (
      <button key={k} type="button" class="party" onClick={() => onParty(piece)}>
        {name}
      </button>
    );
  };
  const why = cause(lesson, event, speech);
  return (
    <>
      <span class="quarter">{speech.quarter(event.tick)}</span>{' '}
      {sentence(lesson, event, speech).map(show)}
      {why && <span class="cause"> ({why})</span>}
    </>
  );
}

/** The first events in which the two runs differ, and whose they are. */
function Parted(props: Omit<Props, 'same'>): JSX.Element {
  const { lesson, state, histories, names, move } = props;
  const speech = useSpeech();
  const found = useMemo(() => parting(histories.a, histories.b), [histories]);
  const { seed } = state;
  if (!found) return <p class="parting">{speech.word('never', { seed })}</p>;
  const filled = { seed, count: speech.number(found.same, 0), quarter: speech.quarter(found.tick) };
  return (
    <div class="parting">
      <h3>{speech.word('parting')}</h3>
      <p>{speech.word('partingText', filled)}</p>
      <ul>
        {(['a', 'b'] as const).map((side) => {
          const event = found[side];
          return (
            <li key={side} class={`value ${side}`}>
              <b>{side.toUpperCase()}:</b>{' '}
              {event ? (
                <Sentence
                  lesson={lesson}
                  names={names}
                  party={null}
                  event={event}
                  onParty={(party) => move({ kind: 'set', values: { party, told: side } })}
                />
              ) : (
                speech.word('nothingMore')
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
