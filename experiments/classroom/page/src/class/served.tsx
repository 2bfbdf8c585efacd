// Class mode with a server: the door, a group's device, and the teacher's.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useSpeech } from '../language.ts';
import { Board } from './board.tsx';
import { Decided } from './decided.tsx';
import { Deciding, Join } from './group.tsx';
import type { RoomProps } from './offline.tsx';
import { keep, kept } from './place.ts';
import { Qr } from './qr.tsx';
import { ask, useRemote, type Remote } from './remote.ts';
import { Reveal } from './reveal.tsx';
import { Setup, type Setting } from './setup.tsx';
import { Refused, type ClassState, type Decision } from './types.ts';
import { useClassWords } from './words.ts';

function go(fragment: Record<string, string>): void {
  location.hash = new URLSearchParams(fragment).toString();
}

/** Show why something was refused, where it was. */
function useTold(): [string, (work: () => Promise<void>) => Promise<void>] {
  const speech = useSpeech();
  const [said, say] = useState('');
  const tell = async (work: () => Promise<void>): Promise<void> => {
    try {
      say('');
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(speech.say(error.said));
    }
  };
  return [said, tell];
}

function Notice({ remote, said }: { remote: Remote; said: string }): JSX.Element {
  const speech = useSpeech();
  const text = said || (remote.refused ? speech.say(remote.refused.said) : '');
  return text ? (
    <p class="notice" role="alert">
      {text}
    </p>
  ) : (
    <></>
  );
}

export function Door(): JSX.Element {
  const word = useClassWords();
  const [code, type] = useState('');
  return (
    <form
      class="door"
      onSubmit={(event) => {
        event.preventDefault();
        go({ class: code.trim().toUpperCase() });
      }}
    >
      <p>{word('what')}</p>
      <label>
        {word('codeOfClass')}{' '}
        <input
          required
          autocomplete="off"
          autocapitalize="characters"
          maxLength={8}
          value={code}
          onInput={(event) => type(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{word('goIn')}</button>
    </form>
  );
}

export function GroupRoom({ code, ...props }: RoomProps & { code: string }): JSX.Element {
  const { lesson, pool, load, fail } = props;
  const word = useClassWords();
  const [token, hold] = useState(() => String(kept(`token ${code}`) ?? ''));
  const remote = useRemote(code, token);
  const [said, tell] = useTold();
  const { state } = remote;
  // Before what is shown asks for runs.
  useLayoutEffect(() => {
    if (state) load(state.region);
  }, [state?.region]);
  if (!state) return <Notice remote={remote} said={said} />;
  const { role } = state.you;
  const join = (chosen: string, name: string): Promise<void> =>
    tell(async () => {
      const body = { role: chosen, name };
      const found = await ask<{ token: string }>(`/${code}/join`, '', body);
      keep(`token ${code}`, found.token);
      hold(found.token);
    });
  if (role === null) {
    return (
      <>
        <Notice remote={remote} said={said} />
        <Join lesson={lesson} groups={state.groups} named onJoin={(...given) => void join(...given)} />
      </>
    );
  }
  const group = state.groups.find((one) => one.role === role);
  const number = { number: state.round + 1, all: lesson.game.rounds.length };
  const decide = (decision: Decision): Promise<void> =>
    tell(() => remote.post('decide', body(lesson.rules, state, decision)));
  return (
    <>
      <Notice remote={remote} said={said} />
      <p class="where">
        <b>{group?.name}</b>, {word('title')} {state.code}. {word('round', number)}
      </p>
      {state.phase === 'revealed' ? (
        <>
          <Decided lesson={lesson} state={state} />
          <Reveal lesson={lesson} pool={pool} state={state} own={role} fail={fail} />
        </>
      ) : (
        <Deciding
          lesson={lesson}
          regime={state.regime}
          role={role}
          round={state.round}
          decisions={state.lines[state.line]?.decisions ?? []}
          open={state.phase === 'open'}
          onDecide={decide}
        />
      )}
    </>
  );
}

function body(rules: string, state: ClassState, { round, levers }: Decision): object {
  return { rules, line: state.line, round, levers };
}

interface TeacherProps extends RoomProps {
  token: string;
  code: string;
}

export function TeacherRoom(props: TeacherProps): JSX.Element {
  const { lesson, pool, load, fail, token, code } = props;
  const remote = useRemote(code, token);
  const [said, tell] = useTold();
  const { state } = remote;
  // Before what is shown asks for runs.
  useLayoutEffect(() => {
    if (state) load(state.region);
  }, [state?.region]);
  if (!code) return <Classes lesson={lesson} token={token} />;
  if (!state) return <Notice remote={remote} said={said} />;
  const codes = async (decisions: Decision[]): Promise<void> => {
    for (const one of decisions) {
      await remote.post('decide-for', { ...body(lesson.rules, state, one), role: one.role });
    }
  };
  return (
    <>
      <Notice remote={remote} said={said} />
      <Students code={state.code} />
      <Board
        lesson={lesson}
        state={state}
        counted
        onStep={(step, number = 0) => tell(() => remote.post('step', { do: step, number }))}
        onCodes={codes}
      />
      <Decided lesson={lesson} state={state} />
      {state.phase === 'revealed' && (
        <Reveal lesson={lesson} pool={pool} state={state} own={null} fail={fail} />
      )}
      <Classes lesson={lesson} token={token} />
    </>
  );
}

/** Where groups go, to be read from the beamer. */
function Students({ code }: { code: string }): JSX.Element {
  const word = useClassWords();
  const address = `${location.origin}/#class=${code}`;
  return (
    <section class="students" aria-labelledby="students">
      <h2 id="students">{word('students')}</h2>
      <Qr text={address} />
      <p>
        <b class="address">{address}</b>
        <br />
        {word('codeOfClass')}: <b class="code">{code}</b>
      </p>
    </section>
  );
}

interface Listed extends Setting {
  code: string;
}

function Classes({ lesson, token }: { lesson: RoomProps['lesson']; token: string }): JSX.Element {
  const word = useClassWords();
  const [list, show] = useState<Listed[]>([]);
  const [said, tell] = useTold();
  useEffect(() => {
    void tell(async () => show((await ask<{ classes: Listed[] }>('', token)).classes));
  }, [token]);
  const make = (made: Setting): Promise<void> =>
    tell(async () => {
      const { code } = await ask<ClassState>('', token, made);
      go({ teacher: token, class: code });
    });
  return (
    <section class="classes" aria-labelledby="classes">
      <h2 id="classes">{word('classes')}</h2>
      {said && (
        <p class="notice" role="alert">
          {said}
        </p>
      )}
      <ul>
        {list.map(({ code, region, regime, runs }) => (
          <li key={code}>
            <a href={`#${new URLSearchParams({ teacher: token, class: code }).toString()}`}>{code}</a>:{' '}
            {region}, {regime}, {runs}
          </li>
        ))}
      </ul>
      <Setup lesson={lesson} onMake={(made) => void make(made)} />
    </section>
  );
}
