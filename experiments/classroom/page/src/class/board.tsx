// The teacher's board: who has decided, the steps of the class, codes, and lines of play.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useSpeech } from '../language.ts';
import type { Lesson } from '../types.ts';
import { decodeAll } from './codes.ts';
import { roleOf } from './table.ts';
import { Refused, type ClassState, type Decision, type Step } from './types.ts';
import { useClassWords } from './words.ts';

interface Props {
  lesson: Lesson;
  state: ClassState;
  /** Without a server there are no devices to count. */
  counted: boolean;
  onStep: (step: Step, number?: number) => Promise<void>;
  onCodes: (decisions: Decision[]) => Promise<void>;
}

export function Board(props: Props): JSX.Element {
  const word = useClassWords();
  return (
    <section class="board" aria-labelledby="leading">
      <h2 id="leading">{word('leading')}</h2>
      <Now {...props} />
      <Groups {...props} />
      <Codes {...props} />
      <Past {...props} />
    </section>
  );
}

function Now({ lesson, state, onStep }: Props): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const { rounds } = lesson.game;
  const now = rounds[state.round];
  const last = state.round + 1 >= rounds.length;
  const { phase } = state;
  const words = { open: 'isOpen', closed: 'isClosed', revealed: 'isRevealed' } as const;
  const step = (label: string, what: Step, main = false): JSX.Element => (
    <button type="button" class={main ? 'main' : ''} onClick={() => void onStep(what)}>
      {label}
    </button>
  );
  return (
    <>
      <h3>
        {word('round', { number: state.round + 1, all: rounds.length })}
        {now && `: ${speech.say(now.label)}`}
      </h3>
      <p role="status" data-phase={phase}>
        {word(words[phase])} {phase === 'revealed' && last && word('over')}
      </p>
      <p class="buttons">
        {phase === 'open' && step(word('close'), 'close')}
        {phase === 'closed' && step(word('again'), 'open')}
        {phase !== 'revealed' && step(word('reveal'), 'reveal', true)}
        {phase === 'revealed' && !last && step(word('next'), 'open', true)}
      </p>
    </>
  );
}

function Groups({ lesson, state, counted }: Props): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  return (
    <table class="groups">
      <caption>{word('groups')}</caption>
      <thead>
        <tr>
          <th scope="col">{word('party')}</th>
          {counted && <th scope="col">{word('group')}</th>}
          {counted && <th scope="col">{word('devices')}</th>}
          <th scope="col">{word('hasDecided')}</th>
        </tr>
      </thead>
      <tbody>
        {lesson.game.roles.map((role) => {
          const group = state.groups.find((one) => one.role === role.name);
          const done = state.decided.includes(role.name);
          return (
            <tr key={role.name} data-role={role.name}>
              <th scope="row">{speech.say(role.label)}</th>
              {counted && <td>{group?.name ?? word('agents')}</td>}
              {counted && <td>{group?.members ?? 0}</td>}
              <td>{done ? `✓ ${word('yes')}` : word('notYet')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Where codes of groups are typed, or scanned by a reader that types. */
function Codes({ lesson, onCodes }: Props): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const [text, type] = useState('');
  const [said, say] = useState('');
  const enter = async (): Promise<void> => {
    try {
      const decisions = decodeAll(lesson.game, lesson.levers, text);
      await onCodes(decisions);
      const lines = decisions.map(({ role, round }) => {
        const party = roleOf(lesson.game, role);
        return word('entered', { role: party ? speech.say(party.label) : role, number: round + 1 });
      });
      say(lines.join(' '));
      type('');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(speech.say(error.said));
    }
  };
  return (
    <form
      class="entry"
      onSubmit={(event) => {
        event.preventDefault();
        void enter();
      }}
    >
      <label>
        {word('typed')}{' '}
        <input
          required
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          maxLength={1000}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{word('enter')}</button>
      <p class="note">{word('typedText')}</p>
      <p role="status" class="said">
        {said}
      </p>
    </form>
  );
}

function Past({ lesson, state, onStep }: Props): JSX.Element {
  const word = useClassWords();
  const [number, choose] = useState(0);
  const chosen = Math.min(number, state.round);
  return (
    <details class="past">
      <summary>{word('back')}</summary>
      <p>{word('rewindText')}</p>
      <label>
        {word('whichRound')}{' '}
        <select value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {lesson.game.rounds.slice(0, state.round + 1).map(({ first }, k) => (
            <option key={first} value={k}>
              {k + 1}
            </option>
          ))}
        </select>
      </label>
      <p class="buttons">
        <button type="button" onClick={() => void onStep('rewind', chosen)}>
          {word('rewind', { number: chosen + 1 })}
        </button>
        <button type="button" onClick={() => void onStep('branch', chosen)}>
          {word('branch', { number: chosen + 1 })}
        </button>
      </p>
      {state.lines.length > 1 && (
        <fieldset>
          <legend>{word('lines')}</legend>
          {state.lines.map((line, k) => (
            <label key={k} class="line">
              <input
                type="radio"
                name="line"
                checked={k === state.line}
                onChange={() => void onStep('line', k)}
              />
              {word('line', { number: k + 1 })}{' '}
              {line.parent !== null &&
                word('branchedAt', { parent: line.parent + 1, number: line.branched + 1 })}
            </label>
          ))}
        </fieldset>
      )}
    </details>
  );
}
