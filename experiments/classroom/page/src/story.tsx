// The story on the page: its door, its steps, and of the step in sight the question first.

import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useSpeech } from './language.ts';
import { idleIn, phaseOf, stepAt, type Choice, type Telling } from './story.ts';
import { Explained } from './story-explain.tsx';
import type { Move, State } from './state.ts';
import type { Picture } from './study.ts';
import type { Lesson, Step } from './types.ts';

interface Props {
  lesson: Lesson;
  state: State;
  /** Of the policies that are chosen now. */
  picture: Picture | null;
  story: Telling;
  move: (move: Move) => void;
}

export function StoryOf(props: Props): JSX.Element | null {
  const { lesson, story } = props;
  const step = stepAt(lesson, story);
  const [seen, see] = useState(0);
  if (!lesson.story.length) return null;
  if (!step) return <Door lesson={lesson} story={story} last={seen} onOpen={see} />;
  return <Opened {...props} step={step} onStep={see} />;
}

interface DoorProps {
  lesson: Lesson;
  story: Telling;
  /** Where the reader was last. */
  last: number;
  onOpen: (at: number) => void;
}

/** In free use: one line that leads into the story, or back to where the reader was. */
function Door({ lesson, story, last }: DoorProps): JSX.Element {
  const { word } = useSpeech();
  const begun = last > 0 || Object.keys(story.chosen).length > 0;
  return (
    <section class="door" aria-labelledby="door">
      <p>
        <b id="door">{word('story', { count: lesson.story.length })}</b> {word('storyText')}
      </p>
      <button type="button" class="first" onClick={() => story.go(last)}>
        {word(begun ? 'storyOn' : 'storyBegin')}
      </button>
    </section>
  );
}

function Opened(props: Props & { step: Step; onStep: (at: number) => void }): JSX.Element {
  const { lesson, state, picture, story, step, move, onStep } = props;
  const { word, say } = useSpeech();
  const head = useRef<HTMLHeadingElement>(null);
  const at = story.at ?? 0;
  const count = lesson.story.length;
  const idle = idleIn(lesson, step, state.region);
  const phase = phaseOf(lesson, story, state.region);
  useEffect(() => {
    onStep(at);
    head.current?.focus();
    head.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const labels = idle.map((name) => {
    const lever = lesson.levers.find((one) => one.name === name);
    return lever ? say(lever.label) : name;
  });
  return (
    <section class="tale" aria-labelledby="tale" data-step={step.name} data-phase={phase}>
      <Steps lesson={lesson} story={story} />
      <p class="note">{word('storyStep', { step: at + 1, count })}</p>
      <h2 id="tale" ref={head} tabIndex={-1}>
        {say(step.title)}
      </h2>
      <p>
        {say(step.setting)} <span class="note">({step.source})</span>
      </p>
      <p class="changed">
        <b>{word('storyChanged')}:</b> {say(step.changed)} {step.apart && word('storyApart')}
      </p>
      {idle.length > 0 && (
        <p class="notice">{word('storyStill', { levers: labels.join(', ') })}</p>
      )}
      {!idle.length && phase === 'predict' && (
        <Question key={step.name} step={step} onChoose={story.choose} />
      )}
      {phase === 'explain' && (
        <Explained {...{ lesson, state, picture, step, move }} choice={story.chosen[step.name]} />
      )}
      <p class="on-paper">{word('noForecast')}</p>
      <div class="buttons">
        <button type="button" disabled={at === 0} onClick={() => story.go(at - 1)}>
          {word('storyBack')}
        </button>
        {at + 1 < count && (
          <button
            type="button"
            class={phase === 'explain' || idle.length ? 'first' : ''}
            onClick={() => story.go(at + 1)}
          >
            {word('storyNext')}
          </button>
        )}
        <button type="button" onClick={() => story.go(null)}>
          {word('storyFree')}
        </button>
      </div>
      {phase === 'explain' && at + 1 === count && <p class="move">{word('storyMove')}</p>}
    </section>
  );
}

/** All steps by number; their titles too where there is room. */
function Steps({ lesson, story }: { lesson: Lesson; story: Telling }): JSX.Element {
  const { word, say } = useSpeech();
  return (
    <nav aria-label={word('storySteps')}>
      <ol class="steps">
        {lesson.story.map((step, k) => {
          const done = step.name in story.chosen;
          return (
            <li key={step.name}>
              <button
                type="button"
                class={done ? 'done' : ''}
                aria-current={story.at === k ? 'step' : undefined}
                onClick={() => story.go(k)}
              >
                <span class="count">{k + 1}</span> <span class="title">{say(step.title)}</span>
                {done && <span class="told"> ({word('storyDone')})</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface QuestionProps {
  step: Step;
  onChoose: (choice: Choice) => void;
}

/** A question with its options: nothing runs before one is chosen, or choosing is skipped. */
function Question({ step, onChoose }: QuestionProps): JSX.Element {
  const { word, say } = useSpeech();
  const [option, take] = useState<Choice>(null);
  const name = useId();
  return (
    <form
      class="question"
      onSubmit={(event) => {
        event.preventDefault();
        if (option !== null) onChoose(option);
      }}
    >
      <fieldset>
        <legend>
          <b>{word('storyPredict')}.</b> {say(step.question)}
        </legend>
        {step.options.map((one, k) => (
          <label key={k}>
            <input type="radio" name={name} checked={option === k} onChange={() => take(k)} />
            <span>{say(one)}</span>
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <button type="submit" class="first" disabled={option === null}>
          {word('storyRun')}
        </button>
        <button type="button" onClick={() => onChoose(null)}>
          {word('storySkip')}
        </button>
      </div>
    </form>
  );
}
