// What came out of a step: numbers of both policies, a sentence for each, and the money beside it.

import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { gapText, unitOf, valueText } from './figures.ts';
import { foundInYears, type Found } from './finding.ts';
import { useSpeech, type Speech } from './language.ts';
import { isOfStep, settingOfStep, type Choice } from './story.ts';
import type { Move, State } from './state.ts';
import type { Picture } from './study.ts';
import type { Finding, Lesson, Outcome, Step } from './types.ts';

/** Shown beside whatever came out: it may come from the money. */
const MONEY = 'oi_per_insured';

interface Props {
  lesson: Lesson;
  state: State;
  /** Of the policies that are chosen now. */
  picture: Picture | null;
  step: Step;
  choice: Choice | undefined;
  move: (move: Move) => void;
}

export function Explained(props: Props): JSX.Element {
  const { lesson, state, picture, step, choice, move } = props;
  const { word } = useSpeech();
  const box = useRef<HTMLDivElement>(null);
  // What was chosen is gone from the page: the keyboard goes on here.
  useEffect(() => box.current?.focus({ preventScroll: true }), []);
  if (!isOfStep(lesson, step, state)) {
    return (
      <div class="explained" data-way="other">
        <p>{word('storyOther')}</p>
        <button
          type="button"
          onClick={() => move({ kind: 'set', values: settingOfStep(lesson, step) })}
        >
          {word('storyAgain')}
        </button>
      </div>
    );
  }
  const pairs = picture?.pairs ?? 0;
  const whole = picture !== null && pairs >= state.pairs;
  return (
    <div class="explained" ref={box} tabIndex={-1}>
      <Predicted step={step} choice={choice} />
      <p role="status" class="note">
        {whole ? word('storyTold') : word('storyRunning', { pairs, all: state.pairs })}
      </p>
      {whole && <Findings lesson={lesson} picture={picture} step={step} />}
    </div>
  );
}

function Predicted({ step, choice }: Pick<Props, 'step' | 'choice'>): JSX.Element {
  const { word, say } = useSpeech();
  const option = step.options[choice ?? -1];
  return (
    <>
      <p>
        <b>{say(step.question)}</b>
      </p>
      <p class="predicted">
        {option ? (
          <>
            <b>{word('storyPredicted')}:</b> “{say(option)}”. {word('storyBeside')}
          </>
        ) : (
          word('storyUnpredicted')
        )}
      </p>
    </>
  );
}

interface Told {
  lesson: Lesson;
  picture: Picture;
  step: Step;
}

interface Row {
  outcome: Outcome;
  found: Found;
  finding: Finding | null;
}

/** An outcome in the years of a step; null where the lesson has no such outcome. */
function rowOf({ lesson, picture, step }: Told, finding: Finding | null): Row | null {
  const column = lesson.outcomes.findIndex((one) => one.name === (finding?.outcome ?? MONEY));
  const outcome = lesson.outcomes[column];
  if (!outcome) return null;
  const tables = picture.tables(column);
  const found = foundInYears(step, tables, lesson.first, finding?.least ?? 0);
  return { outcome, found, finding };
}

function Findings({ lesson, picture, step }: Told): JSX.Element {
  const speech = useSpeech();
  const { word } = speech;
  const rows = useMemo(
    () => [...step.findings, null].map((one) => rowOf({ lesson, picture, step }, one)),
    [lesson, picture, step],
  );
  const [first, last] = step.years;
  const years = word(first === last ? 'storyYear' : 'storySpan', { first, last });
  const money = rows.at(-1);
  return (
    <>
      <h3>{word('storyCame')}</h3>
      <p class="note">{word('storyYears', { pairs: picture.pairs, years })}</p>
      <ul class="findings">
        {rows.slice(0, -1).map((row) => row && <FoundIn key={row.outcome.name} row={row} />)}
        {money && (
          <li class="money" data-outcome={MONEY} data-way={money.found.way}>
            <h4>
              {word('storyMoney')}: {headOf(money.outcome, speech)}
            </h4>
            <Numbers row={money} />
            <p>{word(money.found.way === 'same' ? 'storyMoneyStill' : 'storyMoneyMoved')}</p>
          </li>
        )}
      </ul>
      <p class="note">{word('storyRule')}</p>
      <div class="look-up">
        <h3>{word('storyWhy')}</h3>
        <div class="buttons">
          <button type="button" onClick={() => lead('.parting')}>
            {word('storyToParting')}
          </button>
          <button type="button" onClick={() => lead('.why .story')}>
            {word('storyToEvents')}
          </button>
        </div>
      </div>
    </>
  );
}

/** Go to a part of the page, where the keyboard goes on. */
function lead(where: string): void {
  const part = document.querySelector<HTMLElement>(where);
  if (!part) return;
  part.tabIndex = Math.max(part.tabIndex, -1);
  part.focus({ preventScroll: true });
  part.scrollIntoView({ block: 'start' });
}

function FoundIn({ row }: { row: Row }): JSX.Element {
  const speech = useSpeech();
  const { outcome, found, finding } = row;
  if (!finding) return <></>;
  const least = { least: leastText(outcome, finding.least, speech) };
  return (
    <li data-outcome={outcome.name} data-way={found.way}>
      <h4>{headOf(outcome, speech)}</h4>
      <Numbers row={row} />
      {found.way === 'same' && (
        <p class="note">{speech.word(found.gap.clear ? 'storyTiny' : 'storyChance', least)}</p>
      )}
      <p class="sentence">{speech.say(finding[found.way])}</p>
    </li>
  );
}

function Numbers({ row }: { row: Row }): JSX.Element {
  const speech = useSpeech();
  const { outcome, found } = row;
  return (
    <p class="reading">
      <span class="value a">A {valueText(outcome, found.a, speech)}</span>{' '}
      <span class="value b">B {valueText(outcome, found.b, speech)}</span>{' '}
      <span class={found.way === 'same' ? 'difference' : 'difference clear'}>
        {gapText(outcome, found.gap, speech)}
      </span>
    </p>
  );
}

function headOf(outcome: Outcome, speech: Speech): string {
  const unit = unitOf(outcome, speech);
  const label = speech.say(outcome.label);
  return unit && !label.toLowerCase().includes(unit.toLowerCase()) ? `${label} (${unit})` : label;
}

/** What counts as a difference, with its unit. */
function leastText(outcome: Outcome, least: number, speech: Speech): string {
  const value = outcome.share ? least * 100 : least;
  const text = speech.number(value, Number.isInteger(value) ? 0 : undefined);
  if (!outcome.share) return `${text} ${unitOf(outcome, speech)}`.trim();
  return `${text} ${speech.word(value === 1 ? 'storyPoint' : 'storyPoints')}`;
}
