// What comes of two policies: money first, then chosen outcomes, then the eight criteria.

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { Chart } from './chart.tsx';
import { Criteria } from './criteria.tsx';
import { gapText, nameOfGroup, unitOf, valueText } from './figures.ts';
import { useSpeech } from './language.ts';
import { savePng } from './save.ts';
import { chartYear, MONEY, namesShown, shownOf, type Shown } from './shown.ts';
import type { Move, State } from './state.ts';
import type { Picture } from './study.ts';
import type { Lesson } from './types.ts';

interface Told {
  lesson: Lesson;
  state: State;
  same: boolean;
}

interface Props extends Told {
  picture: Picture;
  move: (move: Move) => void;
}

export function Outcomes({ lesson, state, picture, same, move }: Props): JSX.Element {
  const speech = useSpeech();
  const names = namesShown(state);
  const shown = useMemo(
    () => names.flatMap((name) => shownOf(lesson, picture, name) ?? []),
    [lesson, picture, names.join()],
  );
  const drop = (name: string): void =>
    move({ kind: 'set', values: { added: state.added.filter((one) => one !== name) } });
  return (
    <>
      {!same && <Money lesson={lesson} shown={shown} state={state} />}
      <div class="row choices">
        <fieldset class="segments">
          <legend>{speech.word('view')}</legend>
          {(['both', 'difference'] as const).map((view) => (
            <label key={view}>
              <input
                type="radio"
                name="view"
                checked={state.view === view}
                onChange={() => move({ kind: 'set', values: { view } })}
              />
              {speech.word(view)}
            </label>
          ))}
        </fieldset>
        <p class="legend">{speech.word(state.view === 'both' ? 'legend' : 'legendGap')}</p>
      </div>
      <div class="panels">
        {shown.map((one) => (
          <Panel
            key={one.outcome.name}
            lesson={lesson}
            shown={one}
            state={state}
            same={same}
            {...(state.added.includes(one.outcome.name)
              ? { onRemove: () => drop(one.outcome.name) }
              : {})}
          />
        ))}
        <Criteria lesson={lesson} picture={picture} state={state} same={same} />
      </div>
      <Adder lesson={lesson} state={state} move={move} />
    </>
  );
}

/** In a sentence, for each kind of money: what B costs more or less than A. */
function Money({ lesson, shown, state }: Omit<Told, 'same'> & { shown: Shown[] }): JSX.Element {
  const speech = useSpeech();
  const lines = shown.filter(({ outcome }) => MONEY.includes(outcome.name));
  return (
    <ul class="money">
      {lines.map(({ outcome, curves }) => {
        const gap = curves.gaps[curves.years.indexOf(chartYear(lesson, state))];
        if (!gap) return null;
        const amount = `€ ${speech.number(Math.abs(gap.mean), 2)}`;
        const [low, high] = [speech.number(gap.low, 2), speech.number(gap.high, 2)];
        const word = !gap.clear ? 'moneySame' : gap.mean > 0 ? 'moneyMore' : 'moneyLess';
        const filled = { year: chartYear(lesson, state), amount, low, high };
        return (
          <li key={outcome.name} class={gap.clear ? 'clear' : 'unclear'}>
            <b>{speech.say(outcome.label)}:</b> {speech.word(word, filled)}
          </li>
        );
      })}
    </ul>
  );
}

interface PanelProps extends Told {
  shown: Shown;
  onRemove?: () => void;
}

function Panel({ lesson, shown, state, same, onRemove }: PanelProps): JSX.Element {
  const speech = useSpeech();
  const box = useRef<HTMLElement>(null);
  const { outcome, curves } = shown;
  const name = speech.say(outcome.label);
  const year = chartYear(lesson, state);
  const k = curves.years.indexOf(year);
  const [a, b, gap] = [curves.a[k], curves.b[k], curves.gaps[k]];
  if (!a || !b || !gap) return <></>;
  const values = {
    a: valueText(outcome, a.median, speech),
    b: valueText(outcome, b.median, speech),
    gap: gapText(outcome, gap, speech),
  };
  const at = speech.word('inYear', { year });
  const label = same
    ? `${name}, ${speech.word('median')} ${at}: ${values.a}`
    : `${name}, ${speech.word('median')} ${at}: A ${values.a}, B ${values.b}. ${values.gap}`;
  return (
    <figure class="panel" ref={box} data-outcome={outcome.name}>
      <figcaption>
        <h3>{name}</h3>
        <span class="unit">{unitOf(outcome, speech)}</span>
        {outcome.definition && (
          <details class="about">
            <summary aria-label={speech.word('about', { name })}>?</summary>
            <p>{speech.say(outcome.definition)}</p>
          </details>
        )}
        <button
          type="button"
          class="quiet"
          aria-label={speech.word('pngOf', { name })}
          onClick={() => {
            const svg = box.current?.querySelector('svg');
            if (svg) savePng(svg, `${name} (${unitOf(outcome, speech)})`, speech);
          }}
        >
          {speech.word('png')}
        </button>
        {onRemove && (
          <button
            type="button"
            class="quiet"
            aria-label={speech.word('remove', { name })}
            onClick={onRemove}
          >
            ×
          </button>
        )}
      </figcaption>
      <Chart outcome={outcome} curves={curves} view={state.view} year={year} label={label} />
      <p class="reading">
        <span class="when">{at}</span> <span class="value a">A {values.a}</span>{' '}
        {!same && <span class="value b">B {values.b}</span>}{' '}
        {!same && (
          <span class={gap.clear ? 'difference clear' : 'difference'}>
            {values.gap}
            {!gap.clear && Number.isFinite(gap.mean) && ` (${speech.word('unclear')})`}
          </span>
        )}
      </p>
    </figure>
  );
}

/** Outcomes that can still be added, in their groups. */
function Adder({ lesson, state, move }: Pick<Props, 'lesson' | 'state' | 'move'>): JSX.Element {
  const speech = useSpeech();
  const shown = namesShown(state);
  const left = lesson.outcomes.filter((one) => !shown.includes(one.name));
  const groups = [...new Set(left.map((one) => one.group))];
  return (
    <p class="adder">
      <label for="adder">{speech.word('moreOutcomes')}</label>{' '}
      <select
        id="adder"
        value=""
        onChange={(event) => {
          const name = event.currentTarget.value;
          event.currentTarget.value = '';
          if (name) move({ kind: 'set', values: { added: [...state.added, name] } });
        }}
      >
        <option value="">{speech.word('choose')}</option>
        {groups.map((group) => (
          <optgroup key={group} label={nameOfGroup(lesson, group, speech)}>
            {left
              .filter((one) => one.group === group)
              .map((one) => (
                <option key={one.name} value={one.name}>
                  {speech.say(one.label)}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </p>
  );
}
