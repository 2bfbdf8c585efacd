// Where and under which regime a new class plays, and on how many runs its results rest.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSpeech } from '../language.ts';
import { LADDER } from '../study.ts';
import type { Lesson } from '../types.ts';
import { useClassWords } from './words.ts';

/** Runs of a class unless its teacher asks for others. */
const RUNS = 64;

export interface Setting {
  region: string;
  regime: string;
  runs: number;
}

export function Setup({ lesson, onMake }: { lesson: Lesson; onMake: (made: Setting) => void }): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const regimes = lesson.regimes.filter(({ name }) => name !== 'design');
  const [made, set] = useState<Setting>({
    region: lesson.regions[0]?.name ?? '',
    regime: regimes[0]?.name ?? '',
    runs: RUNS,
  });
  return (
    <form
      class="setup"
      onSubmit={(event) => {
        event.preventDefault();
        onMake(made);
      }}
    >
      <h3>{word('newClass')}</h3>
      <label>
        {speech.word('region')}{' '}
        <select
          value={made.region}
          onChange={(event) => set({ ...made, region: event.currentTarget.value })}
        >
          {lesson.regions.map((one) => (
            <option key={one.name} value={one.name}>
              {speech.say(one.title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {speech.word('regime')}{' '}
        <select
          value={made.regime}
          onChange={(event) => set({ ...made, regime: event.currentTarget.value })}
        >
          {regimes.map((one) => (
            <option key={one.name} value={one.name}>
              {speech.say(one.label)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {word('runs')}{' '}
        <select
          value={made.runs}
          onChange={(event) => set({ ...made, runs: Number(event.currentTarget.value) })}
        >
          {LADDER.map((runs) => (
            <option key={runs}>{runs}</option>
          ))}
        </select>
      </label>
      <button type="submit">{word('newClass')}</button>
    </form>
  );
}
