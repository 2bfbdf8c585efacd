// The two policies: which of them the levers change, at most eight in sight, a drawer with more.

import type { JSX } from 'preact';
import { nameOfGroup } from './figures.ts';
import { useSpeech } from './language.ts';
import { LeverControl } from './lever.tsx';
import { isDesign, movedLevers, type Side } from './policy.ts';
import { otherSide, type Move, type State } from './state.ts';
import type { Lesson, Lever } from './types.ts';

interface Props {
  lesson: Lesson;
  state: State;
  move: (move: Move) => void;
}

export function Levers({ lesson, state, move }: Props): JSX.Element {
  const speech = useSpeech();
  const drawer = lesson.levers.filter((lever) => lever.place === 'drawer');
  const edited = movedLevers(lesson, state[state.edited]);
  const inside = edited.filter((lever) => lever.place === 'drawer').length;
  const control = (lever: Lever): JSX.Element => (
    <LeverControl
      key={lever.name}
      lesson={lesson}
      lever={lever}
      policy={state[state.edited]}
      other={state[otherSide(state.edited)]}
      otherSide={otherSide(state.edited)}
      onMove={(value) => move({ kind: 'lever', lever, value })}
    />
  );
  const groups = [...new Set(drawer.map((lever) => lever.group))];
  return (
    <section class={`levers ${state.edited}`} aria-labelledby="policies">
      <h2 id="policies">{speech.word('policies')}</h2>
      <Sides state={state} move={move} />
      <Regime lesson={lesson} state={state} move={move} />
      {lesson.levers.filter((lever) => lever.place === 'front').map(control)}
      <details class="drawer">
        <summary>
          {speech.word('more', { count: drawer.length })}
          {inside > 0 && <span class="badge">{speech.word('moved', { count: inside })}</span>}
        </summary>
        {groups.map((group) => (
          <fieldset key={group}>
            <legend>{nameOfGroup(lesson, group, speech)}</legend>
            {drawer.filter((lever) => lever.group === group).map(control)}
          </fieldset>
        ))}
      </details>
      <div class="buttons">
        <button type="button" onClick={() => move({ kind: 'copy' })}>
          {speech.word('copyOver', {
            to: state.edited.toUpperCase(),
            from: otherSide(state.edited).toUpperCase(),
          })}
        </button>
        <button type="button" onClick={() => move({ kind: 'swap' })}>
          {speech.word('swap')}
        </button>
        <button type="button" onClick={() => move({ kind: 'restore' })}>
          {speech.word('restore')}
        </button>
      </div>
    </section>
  );
}

/** Which policy the sliders change. */
function Sides({ state, move }: Omit<Props, 'lesson'>): JSX.Element {
  const speech = useSpeech();
  const sides: readonly [Side, string][] = [
    ['a', speech.word('policyA')],
    ['b', speech.word('policyB')],
  ];
  return (
    <fieldset class="sides">
      <legend>{speech.word('change')}</legend>
      {sides.map(([side, label]) => (
        <label key={side} class={`side ${side}`}>
          <input
            type="radio"
            name="edited"
            checked={state.edited === side}
            onChange={() => move({ kind: 'set', values: { edited: side } })}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Regime({ lesson, state, move }: Props): JSX.Element {
  const speech = useSpeech();
  const { regime } = state[state.edited];
  const design = isDesign(regime);
  const text = lesson.regimes.find((one) => one.name === (design ? 'design' : regime))?.text;
  return (
    <div class="lever" data-lever="regime">
      <div class="lever-head">
        <label for="regime">{speech.word('regime')}</label>
      </div>
      <select
        id="regime"
        value={regime}
        onChange={(event) => move({ kind: 'regime', regime: event.currentTarget.value })}
      >
        {lesson.regimes
          .filter((one) => one.name !== 'design')
          .map((one) => (
            <option key={one.name} value={one.name}>
              {speech.say(one.label)}
            </option>
          ))}
        {design && <option value={regime}>{speech.word('own')}</option>}
      </select>
      {text && <p class="note">{speech.say(text)}</p>}
    </div>
  );
}
