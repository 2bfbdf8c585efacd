// How reports lie on a page: node reports.mjs WIDTH WIDTH FILE... writes JSON, per file and width.

import { pathToFileURL } from 'node:url';
import { launch } from './browsers.mjs';

const POINTS = 9; // the smallest print of a figure, in points
const WIDE = 5.2; // inches of a figure

const [one, two, ...files] = process.argv.slice(2);
const browser = await launch('chromium');
const found = {};
for (const file of files) {
  found[file] = [];
  for (const width of [one, two].map(Number)) {
    const page = await browser.newPage();
    const asked = [];
    const wrong = [];
    page.on('request', (request) => !/^(file|data):/.test(request.url()) && asked.push(request.url()));
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('console', (said) => ['error', 'warn'].includes(said.type()) && wrong.push(said.text()));
    await page.setViewport({ width, height: 900 });
    await page.goto(pathToFileURL(file).href);
    const said = await page.evaluate((points, wide) => {
      const root = document.documentElement;
      const high = root.scrollHeight;
      const least = [...document.querySelectorAll('figure:not(.broad) img')]
        .map((image) => (image.getBoundingClientRect().width / (72 * wide)) * points);
      const table = document.querySelector('table.sorts');
      const firsts = () => [...table.tBodies[0].rows].map((row) => row.cells[0].textContent);
      const before = firsts();
      table.querySelector('thead button').click();
      const after = firsts();
      const sorted = before.join() !== after.join() && [...before].sort().join() === [...after].sort().join();
      dispatchEvent(new Event('beforeprint'));
      const opened = [...document.querySelectorAll('details')].every((box) => box.open);
      const across = root.scrollWidth; // with all that is folded open
      return { high, across, print: Math.min(99, ...least), sorted, opened };
    }, POINTS, WIDE);
    found[file].push({ width, ...said, asked, wrong });
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify(found));
