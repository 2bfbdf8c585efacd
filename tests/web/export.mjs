// What the page shows of two policies, for test_native.py: `node export.mjs BROWSER`, with
// REGIOSIM_LESSON. Prints JSON: the commands that the page names, and its figures as CSV.

import { choose, click, launch, open, pairs, press, texts } from './browsers.mjs';
import { catchFiles } from './saved.mjs';

const browser = await launch(process.argv[2] ?? 'chromium');
const { page, end } = await open(browser, { most: 8 });
await page.evaluate(catchFiles);
await pairs(page, 8);
// A keeps the regime, with a lever of the drawer; B is a design with one that is in sight.
await press(page, 'norm', 'ArrowLeft', 10);
await click(page, '.levers button', 'Wissel');
await page.click('.drawer summary');
await choose(page, '[data-lever="route"] select', '2');
await press(page, 'autonomy', 'ArrowRight', 2);
await press(page, 'economies', 'ArrowLeft', 3);
await page.waitForFunction(() => /autonomy=.*economies=|economies=.*autonomy=/.test(location.hash));
await page.waitForFunction(() => document.querySelectorAll('.keep pre').length === 2);
await page.waitForFunction(() => !document.querySelector('.progress p').textContent.includes('…'));
await new Promise((done) => setTimeout(done, 3000));
await click(page, '.keep button', 'CSV');
await page.waitForFunction(() => window.saved.length === 1);
const csv = await page.evaluate(() => window.saved[0].content.text());
const commands = await texts(page, '.keep pre');
await end();
await browser.close();
console.log(JSON.stringify({ commands, csv: csv.replace('\uFEFF', '') }));
