// Keep and share: a link, figures, a printed page, and the same run without a browser.

import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useSpeech } from './language.ts';
import { write } from './link.ts';
import { CRITERIA, namesShown, shownOf } from './shown.ts';
import { command, keyOf } from './policy.ts';
import { csv, saveCsv } from './save.ts';
import { result, type State } from './state.ts';
import type { Picture } from './study.ts';
import type { Lesson } from './types.ts';
import type { Word } from './words.ts';

/** How long the clipboard may take to answer, in ms. */
const PATIENCE = 1000;

interface Props {
  lesson: Lesson;
  state: State;
  picture: Picture | null;
}

export function addressOf(lesson: Lesson, state: State): string {
  return `${location.href.split('#')[0]}#${write(lesson, result(lesson, state))}`;
}

export function Keep({ lesson, state, picture }: Props): JSX.Element {
  const speech = useSpeech();
  const field = useRef<HTMLInputElement>(null);
  const [said, say] = useState<Word | null>(null);
  const address = addressOf(lesson, state);
  const named = result(lesson, state);
  const copy = async (): Promise<void> => {
    // A browser may refuse, or never answer: the link is then selected, to be copied by hand.
    const silence = new Promise<boolean>((answer) => setTimeout(() => answer(false), PATIENCE));
    const copying = navigator.clipboard?.writeText(address).then(
      () => true,
      () => false,
    );
    const copied = (await Promise.race([copying, silence])) ?? false;
    if (!copied) field.current?.select();
    say(copied ? 'copied' : 'copyByHand');
  };
  const saveFigures = (): void => {
    if (!picture) return;
    const names = [...namesShown(state), ...CRITERIA];
    const shown = names.flatMap((name) => shownOf(lesson, picture, name) ?? []);
    const done = { ...named, pairs: picture.pairs };
    saveCsv(csv(shown, done, lesson.rules, speech), `regiosim ${named.region}`);
  };
  const sides = keyOf(state.a) === keyOf(state.b) ? (['a'] as const) : (['a', 'b'] as const);
  return (
    <section class="keep" aria-labelledby="keep">
      <h2 id="keep">{speech.word('keep')}</h2>
      <p>{speech.word('keepText')}</p>
      <div class="row">
        <label class="address">
          {speech.word('link')} <input ref={field} readOnly value={address} />
        </label>
        <button type="button" onClick={() => void copy()}>
          {speech.word('copyLink')}
        </button>
      </div>
      <p role="status" class="note">
        {said && speech.word(said)}
      </p>
      <div class="buttons">
        <button type="button" disabled={!picture} onClick={saveFigures}>
          {speech.word('csv')}
        </button>
        <button type="button" onClick={() => print()}>
          {speech.word('report')}
        </button>
      </div>
      <p>{speech.word('native')}</p>
      {sides.map((side) => (
        <pre key={side} tabIndex={0} aria-label={side.toUpperCase()}>
          <code>{command(lesson, named.region, state[side], state.pairs)}</code>
        </pre>
      ))}
      <p class="note">{version(lesson, speech.word)}</p>
    </section>
  );
}

export function version(
  lesson: Lesson,
  word: (name: Word, filled: Record<string, string | number>) => string,
): string {
  const { version: number, rules, first, last } = lesson;
  return word('version', { version: number, rules: rules.slice(0, 12), first, last });
}
