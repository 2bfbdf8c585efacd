// One lever: a slider, a choice or a switch, with what it means on demand.

import { useId, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Choices, Switch } from './control.tsx';
import { leverText } from './figures.ts';
import { useSpeech } from './language.ts';
import { defaultOf, designsOf, idle, position, valueOf, type Side } from './policy.ts';
import type { Lesson, Lever, Policy } from './types.ts';

interface Props {
  lesson: Lesson;
  lever: Lever;
  policy: Policy;
  other: Policy;
  otherSide: Side;
  onMove: (value: number) => void;
}

export function LeverControl(props: Props): JSX.Element {
  const { lesson, lever, policy, other, otherSide, onMove } = props;
  const speech = useSpeech();
  const id = useId();
  const value = valueOf(policy, lever);
  // While it is dragged it stands where the policy does not yet.
  const [dragged, drag] = useState<number | null>(null);
  const held = dragged ?? value;
  const still = idle(policy, lever);
  const theirs = valueOf(other, lever);
  const marker = { side: otherSide.toUpperCase(), value: leverText(lever, theirs, speech) };
  return (
    <div class={still ? 'lever idle' : 'lever'} data-lever={lever.name}>
      <div class="lever-head">
        <label for={id}>{speech.say(lever.label)}</label>
        <About lever={lever} regime={policy.regime} />
        {lever.kind === 'range' && <output for={id}>{leverText(lever, held, speech)}</output>}
        <Switch id={id} lever={lever} value={value} still={still} onMove={onMove} />
      </div>
      {lever.kind === 'range' && (
        <div class="track">
          <span class={`ghost ${otherSide}`} style={{ left: `${share(lever, theirs)}%` }} />
          <input
            id={id}
            type="range"
            min={lever.low}
            max={lever.high}
            step={lever.step}
            value={held}
            disabled={still}
            aria-valuetext={leverText(lever, held, speech)}
            onInput={(event) => drag(event.currentTarget.valueAsNumber)}
            onChange={(event) => {
              drag(null);
              onMove(position(lever, event.currentTarget.valueAsNumber));
            }}
          />
        </div>
      )}
      <Choices id={id} lever={lever} value={value} still={still} onMove={onMove} />
      {theirs !== value && <p class={`theirs ${otherSide}`}>{speech.word('otherIs', marker)}</p>}
      {still && <Idle lesson={lesson} lever={lever} />}
    </div>
  );
}

/** Where a value lies on its slider, in per cent. */
function share(lever: Lever, value: number): number {
  const span = lever.high - lever.low || 1;
  return Math.min(100, Math.max(0, ((value - lever.low) / span) * 100));
}

/** What a lever means, what is plausible, and who says so. */
function About({ lever, regime }: { lever: Lever; regime: string }): JSX.Element {
  const speech = useSpeech();
  const source = lever.source === 'assumed' ? speech.word('assumed') : lever.source;
  const ends = {
    low: leverText(lever, lever.low, speech),
    high: leverText(lever, lever.high, speech),
  };
  const parts = [
    speech.say(lever.text),
    lever.kind === 'range' ? speech.word('range', ends) : '',
    speech.word('default', { value: leverText(lever, defaultOf(lever, regime), speech) }),
    lever.since === null ? '' : speech.word('since', { quarter: speech.quarter(lever.since) }),
    speech.word('source', { source }),
  ];
  return (
    <details class="about">
      <summary aria-label={speech.word('about', { name: speech.say(lever.label) })}>?</summary>
      <p>{parts.filter(Boolean).join(' ')}</p>
    </details>
  );
}

/** Where a lever would do something. */
function Idle({ lesson, lever }: { lesson: Lesson; lever: Lever }): JSX.Element {
  const speech = useSpeech();
  const names = lesson.regimes
    .filter((regime) => regime.name !== 'design' && lever.regimes?.includes(regime.name))
    .map((regime) => speech.say(regime.label));
  const designs = designsOf(lesson, lever)?.map(
    ([part, choice]) => `${speech.say(part.label).toLowerCase()}: ${speech.say(choice.label)}`,
  );
  if (designs) names.push([speech.word('own'), ...designs].join(', '));
  const where = names.length ? speech.word('idleFor', { regimes: names.join('; ') }) : '';
  return (
    <p class="note">
      {speech.word('idle')} {where}
    </p>
  );
}
