// Class mode: one of its rooms, by where the page stands.
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { blockHere } from '../embedded.ts';
import { speech, SpeechContext } from '../language.ts';
import type { Pool } from '../pool.ts';
import type { Lesson } from '../types.ts';
import { ClassHeader } from './header.tsx';
import { Offline } from './offline.tsx';
import { isServed, placeOf, type Place } from './place.ts';
import { Door, GroupRoom, TeacherRoom } from './served.tsx';
import { CLASS_WORDS } from './words.ts';

interface Props {
  lesson: Lesson;
  kernel: WebAssembly.Module;
  pool: Pool;
  onFailure: (hear: (reason: string) => void) => void;
}

export function ClassApp({ lesson, kernel, pool, onFailure }: Props): JSX.Element {
  const [language, speak] = useState(lesson.language);
  const [failure, fail] = useState('');
  const place = usePlace();
  const talk = useMemo(() => speech(language), [language]);
  onFailure(fail);
  const load = useCallback(
    (name: string): void => {
      const region = lesson.regions.findIndex((one) => one.name === name);
      pool.drop();
      pool.load({ kind: 'load', lesson, region, kernel, block: blockHere(lesson, region) });
    },
    [lesson, kernel, pool],
  );
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `regiosim: ${CLASS_WORDS.title[language]}`;
  }, [language]);
  const room = { lesson, pool, load, fail };
  return (
    <SpeechContext.Provider value={talk}>
      <ClassHeader title={CLASS_WORDS.title[language]} onLanguage={speak} />
      {failure && (
        <p class="notice" role="alert">
          {talk.word('stopped', { reason: failure })}
        </p>
      )}
      <main class="class">
        {place.kind === 'offline' && <Offline {...room} />}
        {place.kind === 'door' && <Door />}
        {place.kind === 'group' && <GroupRoom key={place.code} {...room} code={place.code} />}
        {place.kind === 'teacher' && (
          <TeacherRoom key={place.code} {...room} token={place.token} code={place.code} />
        )}
      </main>
      <footer>{talk.word('noForecast')}</footer>
    </SpeechContext.Provider>
  );
}

function here(): Place {
  return placeOf(location.hash, isServed()) ?? { kind: isServed() ? 'door' : 'offline' };
}

function usePlace(): Place {
  const [place, move] = useState(here);
  useEffect(() => {
    const look = (): void => move(here());
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  return place;
}
