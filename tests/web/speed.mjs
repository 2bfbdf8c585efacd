// How long a reader waits: `node speed.mjs chromium|firefox WORKERS [LEVER] [MOVES]`, with
// REGIOSIM_LESSON. LEVER is one that differs from 2018 on (threshold) or from the start (economies).
//
// From letting go of a slider to the first picture on the screen and to that of 200 pairs: medians
// over moves of policy B to places where it was not before, after one move that is not counted.

import { LESSON, launch, open, pairs } from './browsers.mjs';

const [, , name = 'chromium', workers = '2', lever = 'threshold', moves = '7'] = process.argv;

/** Runs in the page: move a slider, and tell when pictures were there. */
async function once(lever, steps) {
  const slider = document.querySelector(`[data-lever="${lever}"] input`);
  const progress = document.querySelector('.progress');
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const reached = (right) =>
    new Promise((done) => {
      const look = () => {
        if (!right(Number(progress.dataset.pairs))) return;
        watcher.disconnect();
        done(painted());
      };
      const watcher = new MutationObserver(look);
      watcher.observe(progress, { attributes: true });
    });
  slider.value = String(Number(slider.min) + steps * Number(slider.step));
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  const first = reached((n) => n >= 8);
  const begun = performance.now();
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  const firstAt = await first;
  const lastAt = Number(progress.dataset.pairs) < 200 ? await reached((n) => n >= 200) : firstAt;
  return [firstAt - begun, lastAt - begun];
}

const median = (values) => values.sort((x, y) => x - y)[Math.floor(values.length / 2)];

if (!LESSON) throw new Error('REGIOSIM_LESSON names no lesson');
const browser = await launch(name);
const { page, end } = await open(browser, { query: `?workers=${workers}`, most: 200 });
await pairs(page, 200);
const found = [];
for (let k = 0; k <= Number(moves); k += 1) {
  found.push(await page.evaluate(once, lever, k + 1));
  await page.waitForSelector('.why');
  await new Promise((done) => setTimeout(done, 500));
}
await end();
await browser.close();
const [firsts, lasts] = [0, 1].map((which) => found.slice(1).map((one) => one[which]));
console.log(
  `${name}, ${workers} workers, ${moves} moves of ${lever}: first picture ${median(firsts).toFixed(0)} ms, ` +
    `200 pairs ${(median(lasts) / 1000).toFixed(2)} s`,
);
