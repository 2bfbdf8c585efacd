// The page starts: a lesson, a kernel and workers, or a sentence that says what this browser lacks.

import { render } from 'preact';
import code from 'worker-code';
import { App } from './app.tsx';
import { isServed, placeOf } from './class/place.ts';
import { ClassApp } from './class/room.tsx';
import { kernelHere, lessonHere } from './embedded.ts';
import { speech } from './language.ts';
import { Pool } from './pool.ts';
import type { Lesson } from './types.ts';

/** More workers than this give no speed, and each holds a region's tables. */
const MOST_WORKERS = 8;

/** As many workers as cores; `?workers=N` for measuring. */
function workers(): number {
  const asked = Number(new URLSearchParams(location.search).get('workers'));
  const cores = asked >= 1 ? asked : navigator.hardwareConcurrency || 2;
  return Math.max(1, Math.min(MOST_WORKERS, Math.floor(cores)));
}

async function begin(lesson: Lesson, place: HTMLElement): Promise<void> {
  const kernel = await kernelHere();
  let hear: (reason: string) => void = () => undefined;
  const pool = new Pool(code, workers(), (reason) => hear(reason));
  place.replaceChildren();
  const inClass = (): boolean => placeOf(location.hash, isServed()) !== null;
  const [began, Shown] = [inClass(), inClass() ? ClassApp : App];
  // One page, two programs: from one to the other it is loaded anew.
  addEventListener('hashchange', () => inClass() !== began && location.reload());
  render(
    <Shown lesson={lesson} kernel={kernel} pool={pool} onFailure={(one) => (hear = one)} />,
    place,
  );
}

const place = document.getElementById('page') ?? document.body;
const lesson = lessonHere();
begin(lesson, place).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  place.textContent = speech(lesson.language).word('cannot', { reason });
});
