// A group: it joins as a party, turns its levers in each round, and sees what came of it.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSpeech } from '../language.ts';
import type { Lesson } from '../types.ts';
import { Choosing, standing } from './choosing.tsx';
import { encode } from './codes.ts';
import { Qr } from './qr.tsx';
import { roleOf } from './table.ts';
import type { ClassState, Decision } from './types.ts';
import { useClassWords } from './words.ts';

interface JoinProps {
  lesson: Lesson;
  groups: ClassState['groups'];
  /** Without a server a group needs no name. */
  named: boolean;
  onJoin: (role: string, name: string) => void;
}

export function Join({ lesson, groups, named, onJoin }: JoinProps): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const [role, choose] = useState(lesson.game.roles[0]?.name ?? '');
  const [name, call] = useState('');
  const taken = groups.find((one) => one.role === role);
  return (
    <form
      class="join"
      onSubmit={(event) => {
        event.preventDefault();
        onJoin(role, name);
      }}
    >
      <fieldset>
        <legend>{word('whoAreYou')}</legend>
        {lesson.game.roles.map((one) => {
          const group = groups.find(({ role: other }) => other === one.name);
          return (
            <label key={one.name} class="role">
              <input
                type="radio"
                name="role"
                value={one.name}
                checked={role === one.name}
                onChange={() => choose(one.name)}
              />
              <span>
                <b>{speech.say(one.label)}</b>
                {group && <i> {word('playedBy', { name: group.name })}</i>}
                <br />
                {speech.say(one.text)}
              </span>
            </label>
          );
        })}
      </fieldset>
      {named && !taken && (
        <label>
          {word('nameOfGroup')}{' '}
          <input
            required
            maxLength={40}
            autocomplete="off"
            value={name}
            onInput={(event) => call(event.currentTarget.value)}
          />
        </label>
      )}
      <button type="submit">{word('join')}</button>
    </form>
  );
}

interface Props {
  lesson: Lesson;
  regime: string;
  role: string;
  round: number;
  /** What the group decided so far, in this round too. */
  decisions: Decision[];
  /** Whether the round is open. */
  open: boolean;
  /** Sends a decision; null where a code is all there is. */
  onDecide: ((decision: Decision) => Promise<void>) | null;
  /** Hears of every move, where a code is all there is. */
  onMoved?: (decision: Decision) => void;
}

/** The round of a group: its levers, and the decision as a message to a server or as a code. */
export function Deciding(props: Props): JSX.Element {
  const { lesson, regime, role, round, decisions, open, onDecide, onMoved } = props;
  const speech = useSpeech();
  const word = useClassWords();
  const { game } = lesson;
  const sent = decisions.find((one) => one.role === role && one.round === round);
  const [moved, turn] = useState(sent?.levers ?? {});
  const [busy, work] = useState(false);
  const known = JSON.stringify(sent?.levers ?? null);
  useEffect(() => turn(sent?.levers ?? {}), [round, role, known]);
  const [party, now] = [roleOf(game, role), game.rounds[round]];
  if (!party || !now) return <></>;
  const decision: Decision = { round, role, levers: moved };
  const code = encode(game, lesson.levers, decision);
  const decide = async (): Promise<void> => {
    work(true);
    try {
      await onDecide?.(decision);
    } finally {
      work(false);
    }
  };
  return (
    <section class="deciding" aria-labelledby="role">
      <h2 id="role">{word('youAre', { role: speech.say(party.label) })}</h2>
      <p>{speech.say(party.text)}</p>
      <h3>{speech.say(now.label)}</h3>
      <p>{speech.say(now.text)}</p>
      <Choosing
        lesson={lesson}
        regime={regime}
        role={role}
        stands={standing(lesson, regime, role, decisions, round)}
        moved={moved}
        still={!open || busy}
        onMove={(levers) => {
          turn(levers);
          onMoved?.({ round, role, levers });
        }}
      />
      {onDecide && (
        <p>
          <button type="button" class="main" disabled={!open || busy} onClick={() => void decide()}>
            {word(sent ? 'decideAgain' : 'decide')}
          </button>
        </p>
      )}
      <p role="status" class="note">
        {!open ? word('closed') : sent && known === JSON.stringify(moved) ? word('sent') : ''}
      </p>
      <details class="own-code" open={!onDecide}>
        <summary>{word('yourCode')}</summary>
        <p class="code">{code}</p>
        <p>{word('codeText')}</p>
        <Qr text={code} />
      </details>
    </section>
  );
}
