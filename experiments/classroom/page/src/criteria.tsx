// The eight criteria in one year: for A and B the median with its bands, side by side.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { gapText, valueText } from './figures.ts';
import { useSpeech } from './language.ts';
import { chartYear, CRITERIA, shownOf, type Shown } from './shown.ts';
import type { State } from './state.ts';
import type { Band } from './statistics.ts';
import type { Picture } from './study.ts';
import type { Lesson } from './types.ts';

interface Props {
  lesson: Lesson;
  picture: Picture;
  state: State;
  same: boolean;
}

export function Criteria({ lesson, picture, state, same }: Props): JSX.Element {
  const speech = useSpeech();
  const shown = useMemo(
    () => CRITERIA.flatMap((name) => shownOf(lesson, picture, name) ?? []),
    [lesson, picture],
  );
  const year = chartYear(lesson, state);
  return (
    <figure class="panel criteria">
      <figcaption>
        <h3>{speech.word('criteria')}</h3>
        <span class="unit">{speech.word('inYear', { year })}</span>
      </figcaption>
      <ul>
        {shown.map((one) => (
          <Row key={one.outcome.name} shown={one} year={year} same={same} />
        ))}
      </ul>
    </figure>
  );
}

function Row({ shown, year, same }: { shown: Shown; year: number; same: boolean }): JSX.Element {
  const speech = useSpeech();
  const { outcome, curves } = shown;
  const k = curves.years.indexOf(year);
  const [a, b, gap] = [curves.a[k], curves.b[k], curves.gaps[k]];
  if (!a || !b || !gap) return <></>;
  const value = (band: Band): string => valueText(outcome, band.median, speech);
  const label = same ? `A ${value(a)}` : `A ${value(a)}, B ${value(b)}`;
  return (
    <li>
      <span class="name">{speech.say(outcome.label)}</span>
      <svg viewBox="0 0 100 14" preserveAspectRatio="none" role="img" aria-label={label}>
        <line class="zero" x1={0} x2={100} y1={13.5} y2={13.5} />
        <Bar band={a} side="a" y={same ? 6 : 3} />
        {!same && <Bar band={b} side="b" y={9} />}
      </svg>
      {same ? (
        <span class="difference">{value(a)}</span>
      ) : (
        <span class={gap.clear ? 'difference clear' : 'difference'}>
          {gapText(outcome, gap, speech)}
        </span>
      )}
    </li>
  );
}

function Bar({ band, side, y }: { band: Band; side: 'a' | 'b'; y: number }): JSX.Element {
  if (!Number.isFinite(band.median)) return <g />;
  const bar = (low: number, high: number): { x: number; width: number } => ({
    x: low * 100,
    width: Math.max(0.3, (high - low) * 100),
  });
  return (
    <g class={`bands ${side}`}>
      <rect class="band90" {...bar(band.low90, band.high90)} y={y - 1.5} height={4} />
      <rect class="band50" {...bar(band.low50, band.high50)} y={y - 1.5} height={4} />
      <rect class="mark" x={band.median * 100 - 0.6} width={1.2} y={y - 2.5} height={6} />
    </g>
  );
}
