// Which mark is whose.

import type { JSX } from 'preact';
import type { Drawn } from './dots.tsx';
import { useSpeech } from './language.ts';
import { aloneMark, type Mark } from './marks.ts';
import { sameParty } from './names.ts';

/** Bodies that are named; the others are counted. */
const NAMED = 8;

/** Organisations by number of members: a button each, which tells its history. */
export function Legend(props: Drawn): JSX.Element {
  const { now, name, mark, onParty, state } = props;
  const speech = useSpeech();
  const bodies = now.organisations
    .filter((one) => one.members > 0)
    .sort((x, y) => y.members - x.members || x.id - y.id);
  const alone = now.practices.filter((one) => one.open && one.organisation < 0).length;
  const rest = bodies.slice(NAMED);
  const sign = (one: Mark): JSX.Element => (
    <svg class="sign" viewBox="-8 -8 16 16" aria-hidden="true">
      <path d={one.path} fill={one.colour} />
    </svg>
  );
  return (
    <ul class="bodies">
      {bodies.slice(0, NAMED).map((one) => (
        <li key={one.id}>
          <button
            type="button"
            class="quiet"
            aria-pressed={sameParty(state.party, ['organisation', one.id])}
            onClick={() => onParty(['organisation', one.id])}
          >
            {sign(mark(one.id, -1, 60))} {name(['organisation', one.id])}:{' '}
            {speech.word('members', { count: one.members })}
          </button>
        </li>
      ))}
      {rest.length > 0 && <li>{speech.word('others', { count: rest.length })}</li>}
      {alone > 0 && (
        <li>
          {sign(aloneMark(60))} {speech.word('alone')}: {speech.word('members', { count: alone })}
        </li>
      )}
    </ul>
  );
}
