// One page for paper: what A and B are, and what their figures say. Only print shows it.

import type { JSX } from 'preact';
import { Chart } from './chart.tsx';
import { gapText, leverText, unitOf, valueText } from './figures.ts';
import { useSpeech } from './language.ts';
import { addressOf, version } from './keep.tsx';
import { chartYear, CRITERIA, FIRST, shownOf } from './shown.ts';
import { isDesign, movedLevers, type Side } from './policy.ts';
import type { State } from './state.ts';
import type { Picture } from './study.ts';
import type { Lesson } from './types.ts';

interface Props {
  lesson: Lesson;
  state: State;
  picture: Picture;
}

export function Report({ lesson, state, picture }: Props): JSX.Element {
  const speech = useSpeech();
  const place = lesson.regions[state.region];
  const region = place ? speech.say(place.title) : '';
  const year = chartYear(lesson, state);
  const names = [...new Set([...FIRST, ...state.added, ...CRITERIA])];
  const shown = names.flatMap((name) => shownOf(lesson, picture, name) ?? []);
  const pairs = speech.word('ready', { pairs: picture.pairs });
  return (
    <section class="report">
      <h2>{speech.word('reportTitle', { region })}</h2>
      <p>
        {speech.word('inYear', { year })}. {pairs} {speech.word('legendGap')}
      </p>
      <p>
        <b>{speech.word('noForecast')}</b>
      </p>
      <Policies lesson={lesson} state={state} />
      <table>
        <thead>
          <tr>
            <th scope="col">{speech.word('outcome')}</th>
            <th scope="col">{speech.word('unit')}</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
            <th scope="col">B − A</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ outcome, curves }) => {
            const k = curves.years.indexOf(year);
            const [a, b, gap] = [curves.a[k], curves.b[k], curves.gaps[k]];
            if (!a || !b || !gap) return null;
            return (
              <tr key={outcome.name} class={gap.clear ? '' : 'unclear'}>
                <th scope="row">{speech.say(outcome.label)}</th>
                <td>{unitOf(outcome, speech)}</td>
                <td>{valueText(outcome, a.median, speech)}</td>
                <td>{valueText(outcome, b.median, speech)}</td>
                <td>{gapText(outcome, gap, speech).replace('B − A: ', '')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div class="figures">
        {shown.slice(0, FIRST.length).map(({ outcome, curves }) => (
          <figure key={outcome.name}>
            <figcaption>
              <b>{speech.say(outcome.label)}</b> {unitOf(outcome, speech)}
            </figcaption>
            <Chart outcome={outcome} curves={curves} view="both" year={year} label="" />
          </figure>
        ))}
      </div>
      <p class="small">{speech.word('legend')}</p>
      <p class="small">{version(lesson, speech.word)}</p>
      <p class="small address">{addressOf(lesson, state)}</p>
    </section>
  );
}

/** What each policy is: its regime, and the levers that stand elsewhere than in the model. */
function Policies({ lesson, state }: Omit<Props, 'picture'>): JSX.Element {
  const speech = useSpeech();
  const regimeOf = (side: Side): string => {
    const { regime } = state[side];
    const found = lesson.regimes.find((one) => one.name === regime);
    if (found) return speech.say(found.label);
    return isDesign(regime) ? `${speech.word('own')}: ${regime.slice('design:'.length)}` : regime;
  };
  return (
    <ul>
      {(['a', 'b'] as const).map((side) => (
        <li key={side}>
          <b>{speech.word(side === 'a' ? 'policyA' : 'policyB')}</b>: {regimeOf(side)}
          {movedLevers(lesson, state[side]).map((lever) => {
            const value = state[side].levers[lever.name] ?? lever.value;
            return `; ${speech.say(lever.label)}: ${leverText(lever, value, speech)}`;
          })}
        </li>
      ))}
    </ul>
  );
}
