// How long a run takes in a browser: `node runs.mjs chromium|firefox [ROUNDS]`, with REGIOSIM_LESSON.
// Median of whole runs of one seed each, on the page's main thread; beside it the same run in Node and
// natively: python -m benchmarks.lessons, in the same hour.

import { readFileSync } from 'node:fs';
import { LESSON, launch, open, pairs } from './browsers.mjs';

const [, , name = 'chromium', rounds = '30'] = process.argv;
const WARM = 40;

/** The model of `make classroom` as a function that returns it: a page from disk loads no module. */
function modelText() {
  const text = readFileSync(new URL('../../experiments/classroom/built/model.mjs', import.meta.url), 'utf8');
  return text.replace(/export\s*\{([\s\S]*?)\};?\s*$/, (_, names) => `return {${names.replace(/ as /g, ': ')}};`);
}

/** Runs in the page: times of runs, each of another seed. */
async function timed(warm, rounds) {
  const element = (id) => document.getElementById(id).textContent;
  const bytes = (id) => Uint8Array.from(atob(element(id)), (one) => one.charCodeAt(0));
  const inflated = async (id) => {
    const stream = new Response(bytes(id)).body.pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  const { Model } = globalThis.tried;
  const lesson = JSON.parse(element('lesson'));
  const model = await Model.make(lesson, 0, await inflated('kernel'), bytes(lesson.regions[0].block));
  const times = [];
  for (let seed = 1; seed <= warm + rounds; seed += 1) {
    const begun = performance.now();
    model.run({ regime: 'historic-nl', levers: {} }, [1000 + seed]);
    times.push(performance.now() - begun);
  }
  return times.slice(warm);
}

if (!LESSON) throw new Error('REGIOSIM_LESSON names no lesson');
const browser = await launch(name);
const { page, end } = await open(browser, { query: '?workers=1', most: 8 });
await pairs(page, 8);
await page.evaluate(`globalThis.tried = (() => {${modelText()}})(); 0`);
const times = (await page.evaluate(timed, WARM, Number(rounds))).sort((x, y) => x - y);
await end();
await browser.close();
console.log(`${name}: median of ${rounds} runs ${times[Math.floor(times.length / 2)].toFixed(1)} ms, least ${times[0].toFixed(1)}`);
