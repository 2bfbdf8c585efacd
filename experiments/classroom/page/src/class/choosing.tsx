// What a group may turn: the levers of its role, each where it stands now until it is moved.
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Choices, Switch } from '../control.tsx';
import { leverText } from '../figures.ts';
import { useSpeech } from '../language.ts';
import { defaultOf, idle } from '../policy.ts';
import type { Lesson, Lever } from '../types.ts';
import { leversOf, positions, roleOf } from './table.ts';
import type { Decision } from './types.ts';
import { useClassWords } from './words.ts';

/** Where the levers of a role stand when a round begins: as decided last, or as in the regime. */
export function standing(
  lesson: Lesson,
  regime: string,
  role: string,
  decisions: Decision[],
  round: number,
): Record<string, number> {
  const found = roleOf(lesson.game, role);
  const levers = found ? leversOf(found, lesson.levers) : [];
  const stands = Object.fromEntries(levers.map((one) => [one.name, defaultOf(one, regime)]));
  const own = decisions.filter((one) => one.role === role && one.round < round);
  for (const { levers: moved } of own.sort((x, y) => x.round - y.round)) Object.assign(stands, moved);
  return stands;
}

interface Props {
  lesson: Lesson;
  regime: string;
  role: string;
  stands: Record<string, number>;
  moved: Record<string, number>;
  still: boolean;
  onMove: (moved: Record<string, number>) => void;
}

export function Choosing({ lesson, regime, role, stands, moved, still, onMove }: Props): JSX.Element {
  const word = useClassWords();
  const found = roleOf(lesson.game, role);
  const levers = found ? leversOf(found, lesson.levers) : [];
  const move = (lever: Lever, value: number): void => {
    const { [lever.name]: _, ...others } = moved;
    onMove(value === stands[lever.name] ? others : { ...others, [lever.name]: value });
  };
  return (
    <div class="choosing">
      {levers.map((lever) => (
        <Turn
          key={lever.name}
          lever={lever}
          stands={stands[lever.name] ?? lever.value}
          value={moved[lever.name]}
          still={still}
          idle={idle({ regime, levers: {} }, lever)}
          onMove={(value) => move(lever, value)}
        />
      ))}
      {Object.keys(moved).length === 0 && <p class="note">{word('nothing')}</p>}
    </div>
  );
}

interface TurnProps {
  lever: Lever;
  stands: number;
  value: number | undefined;
  still: boolean;
  /** It does nothing under the regime of the class. */
  idle: boolean;
  onMove: (value: number) => void;
}

function Turn({ lever, stands, value, still: held, idle: nothing, onMove }: TurnProps): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const id = useId();
  const at = value ?? stands;
  const still = held || nothing;
  const places = positions(lever);
  const nearest = (sought: number): number =>
    places.reduce((best, one) => (Math.abs(one - sought) < Math.abs(best - sought) ? one : best));
  return (
    <div class="lever" data-lever={lever.name}>
      <div class="lever-head">
        <label for={id}>{speech.say(lever.label)}</label>
        {lever.kind === 'range' && <output for={id}>{leverText(lever, at, speech)}</output>}
        <Switch id={id} lever={lever} value={at} still={still} onMove={onMove} />
      </div>
      <p class="note">{speech.say(lever.text)}</p>
      {lever.kind === 'range' && (
        <input
          id={id}
          type="range"
          min={lever.low}
          max={lever.high}
          step={lever.step}
          value={at}
          disabled={still}
          aria-valuetext={leverText(lever, at, speech)}
          onInput={(event) => onMove(nearest(event.currentTarget.valueAsNumber))}
        />
      )}
      <Choices id={id} lever={lever} value={at} still={still} onMove={onMove} />
      {nothing && <p class="note">{speech.word('idle')}</p>}
      <p class="note">
        {value === undefined
          ? word('asIs')
          : word('now', { value: leverText(lever, stands, speech) })}
      </p>
    </div>
  );
}
