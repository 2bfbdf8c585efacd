// The year that is looked at: a slider, and a button that plays through the years.

import type { JSX } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { useSpeech } from './language.ts';

/** Milliseconds a year; longer for who asked for little motion. */
const PACE = 700;
const CALM_PACE = 1800;

interface Props {
  years: number[];
  year: number;
  onYear: (year: number) => void;
}

export function Years({ years, year, onYear }: Props): JSX.Element {
  const speech = useSpeech();
  const id = useId();
  const [playing, play] = useState(false);
  const [first = 0, last = 0] = [years[0], years.at(-1)];
  useEffect(() => {
    if (!playing) return undefined;
    if (year >= last) {
      play(false);
      return undefined;
    }
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const timer = setTimeout(() => onYear(year + 1), calm ? CALM_PACE : PACE);
    return () => clearTimeout(timer);
  }, [playing, year, last, onYear]);
  const toggle = (): void => {
    if (!playing && year >= last) onYear(first);
    play(!playing);
  };
  return (
    <div class="years">
      <button type="button" class="play" aria-pressed={playing} onClick={toggle}>
        <span aria-hidden="true">{playing ? '❚❚' : '▶'}</span>{' '}
        {speech.word(playing ? 'pause' : 'play')}
      </button>
      <label for={id}>{speech.word('year')}</label>
      <input
        id={id}
        type="range"
        min={first}
        max={last}
        step={1}
        value={year}
        onInput={(event) => {
          play(false);
          onYear(event.currentTarget.valueAsNumber);
        }}
      />
      <output for={id}>{year}</output>
    </div>
  );
}
