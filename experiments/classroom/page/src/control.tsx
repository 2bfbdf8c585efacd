// The parts of a lever that a lesson and a class share: a switch, and a list to choose from.

import type { JSX } from 'preact';
import { useSpeech } from './language.ts';
import type { Lever } from './types.ts';

interface Props {
  id: string;
  lever: Lever;
  value: number;
  still: boolean;
  onMove: (value: number) => void;
}

export function Switch({ id, lever, value, still, onMove }: Props): JSX.Element | null {
  if (lever.kind !== 'switch') return null;
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      checked={value === 1}
      disabled={still}
      onChange={(event) => onMove(event.currentTarget.checked ? 1 : 0)}
    />
  );
}

export function Choices({ id, lever, value, still, onMove }: Props): JSX.Element | null {
  const speech = useSpeech();
  if (lever.kind !== 'choice') return null;
  return (
    <select id={id} value={value} disabled={still} onChange={(event) => onMove(Number(event.currentTarget.value))}>
      {lever.choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {speech.say(choice.label)}
        </option>
      ))}
    </select>
  );
}
