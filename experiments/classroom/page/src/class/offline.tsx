// Class mode without a network: groups make codes, and one page takes them in.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useSpeech } from '../language.ts';
import type { Pool } from '../pool.ts';
import type { Lesson } from '../types.ts';
import { Board } from './board.tsx';
import { Decided } from './decided.tsx';
import { Deciding, Join } from './group.tsx';
import { keep, kept } from './place.ts';
import { Reveal } from './reveal.tsx';
import { Setup } from './setup.tsx';
import { begun, decided, stepped, told } from './standing.ts';
import type { ClassState, Decision } from './types.ts';
import { useClassWords } from './words.ts';

export interface RoomProps {
  lesson: Lesson;
  pool: Pool;
  /** Loads the tables of a region into the workers. */
  load: (region: string) => void;
  fail: (reason: string) => void;
}

export function Offline(props: RoomProps): JSX.Element {
  const word = useClassWords();
  const [side, choose] = useState<'group' | 'teacher' | null>(null);
  if (side === 'group') return <OfflineGroup lesson={props.lesson} />;
  if (side === 'teacher') return <OfflineTeacher {...props} />;
  return (
    <section class="door">
      <p>{word('what')}</p>
      <p>{word('noServer')}</p>
      <p class="buttons">
        <button type="button" class="main" onClick={() => choose('group')}>
          {word('asGroup')}
        </button>
        <button type="button" class="main" onClick={() => choose('teacher')}>
          {word('asTeacher')}
        </button>
      </p>
    </section>
  );
}

/** A group with its party and round; what it decided before is where its levers stand. */
function OfflineGroup({ lesson }: { lesson: Lesson }): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const [role, play] = useState<string | null>(null);
  const [round, turn] = useState(0);
  const [decisions, decide] = useState<Decision[]>([]);
  if (role === null) {
    return <Join lesson={lesson} groups={[]} named={false} onJoin={play} />;
  }
  return (
    <>
      <label>
        {word('whichRound')}{' '}
        <select value={round} onChange={(event) => turn(Number(event.currentTarget.value))}>
          {lesson.game.rounds.map((one, k) => (
            <option key={one.first} value={k}>
              {k + 1}: {speech.say(one.label)}
            </option>
          ))}
        </select>
      </label>
      <Deciding
        lesson={lesson}
        regime={lesson.regimes[0]?.name ?? ''}
        role={role}
        round={round}
        decisions={decisions}
        open
        onDecide={null}
        onMoved={(made) =>
          decide((before) => [...before.filter((one) => one.round !== made.round), made])
        }
      />
    </>
  );
}

/** What was kept of a board, if it is of this lesson. */
function keptBoard(lesson: Lesson): ClassState | null {
  const found = kept('board') as { mark?: number; rules?: string; state?: ClassState } | null;
  const state = found?.state;
  if (!state || found.mark !== lesson.game.mark || found.rules !== lesson.rules) return null;
  return lesson.regions.some(({ name }) => name === state.region) ? state : null;
}

function OfflineTeacher({ lesson, pool, load, fail }: RoomProps): JSX.Element {
  const word = useClassWords();
  const [state, show] = useState<ClassState | null>(() => keptBoard(lesson));
  const { game, rules } = lesson;
  useEffect(() => {
    keep('board', { mark: game.mark, rules, state });
  }, [state]);
  // Before what is shown asks for runs.
  useLayoutEffect(() => {
    if (state) load(state.region);
  }, [state?.region]);
  if (!state) {
    return (
      <Setup
        lesson={lesson}
        onMake={({ region, regime, runs }) => show(begun('', region, regime, runs))}
      />
    );
  }
  const take = async (codes: Decision[]): Promise<void> => {
    const [one] = codes;
    show(one && codes.length === 1 ? decided(game, state, one) : told(state, codes));
  };
  return (
    <>
      <Board
        lesson={lesson}
        state={state}
        counted={false}
        onStep={async (step, number) => show(stepped(game, state, step, number))}
        onCodes={take}
      />
      <Decided lesson={lesson} state={state} />
      {state.phase === 'revealed' && (
        <Reveal lesson={lesson} pool={pool} state={state} own={null} fail={fail} />
      )}
      <p>
        <button type="button" class="quiet" onClick={() => show(null)}>
          {word('startAnew')}
        </button>
      </p>
    </>
  );
}
