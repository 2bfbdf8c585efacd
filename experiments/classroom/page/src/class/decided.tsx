// What was decided in a line of play, round by round.
import type { JSX } from 'preact';
import { leverText } from '../figures.ts';
import { useSpeech } from '../language.ts';
import type { Lesson } from '../types.ts';
import { encode } from './codes.ts';
import { roleOf } from './table.ts';
import type { ClassState } from './types.ts';
import { useClassWords } from './words.ts';

export function Decided({ lesson, state }: { lesson: Lesson; state: ClassState }): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  const { game } = lesson;
  const decisions = state.lines[state.line]?.decisions ?? [];
  const rounds = game.rounds.flatMap((round, number) => {
    const made = decisions.filter((one) => one.round === number);
    return made.length > 0 ? [{ round, number, made }] : [];
  });
  const leverOf = (name: string) => lesson.levers.find((one) => one.name === name);
  return (
    <section class="decided" aria-labelledby="made">
      <h2 id="made">{word('made')}</h2>
      {rounds.length === 0 && <p>{word('nobody')}</p>}
      {rounds.map(({ round, number, made }) => (
        <div key={number}>
          <h3>{speech.say(round.label)}</h3>
          <ul>
            {made.map(({ role, levers }) => {
              const party = roleOf(game, role);
              const moved = Object.entries(levers).map(([name, value]) => {
                const lever = leverOf(name);
                return lever ? `${speech.say(lever.label)}: ${leverText(lever, value, speech)}` : name;
              });
              return (
                <li key={role}>
                  <b>{party ? speech.say(party.label) : role}:</b> {moved.join('; ') || word('asIs')}
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      {decisions.length > 0 && (
        <details>
          <summary>{word('allCodes')}</summary>
          <pre class="codes" tabIndex={0}>
            {decisions.map((one) => encode(game, lesson.levers, one)).join('\n')}
          </pre>
        </details>
      )}
    </section>
  );
}
