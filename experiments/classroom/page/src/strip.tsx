// On a phone: what the last move did, always in sight above the sliders.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { unitOf, valueText } from './figures.ts';
import { useSpeech } from './language.ts';
import { shownOf } from './shown.ts';
import type { Picture } from './study.ts';
import type { Lesson } from './types.ts';

const NAMES = ['oi_per_insured', 'transaction_cost_per_insured', 'organisations', 'coverage'];

interface Props {
  lesson: Lesson;
  picture: Picture;
  same: boolean;
}

export function Strip({ lesson, picture, same }: Props): JSX.Element {
  const speech = useSpeech();
  const shown = useMemo(
    () => NAMES.flatMap((name) => shownOf(lesson, picture, name) ?? []),
    [lesson, picture],
  );
  return (
    <ul class="strip" aria-label={speech.word('inYear', { year: lesson.last })}>
      {shown.map(({ outcome, curves }) => {
        const [a, b, gap] = [curves.a.at(-1), curves.b.at(-1), curves.gaps.at(-1)];
        if (!a || !b || !gap) return null;
        return (
          <li key={outcome.name} title={unitOf(outcome, speech)}>
            <span class="name">{speech.say(outcome.label)}</span>
            <span class="value a">{valueText(outcome, a.median, speech)}</span>
            {!same && (
              <span class={gap.clear ? 'value b' : 'difference'}>
                {valueText(outcome, b.median, speech)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
