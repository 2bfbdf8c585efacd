// The main path in WebKit: open, move a lever, see bands and difference, who parts, the link.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LESSON } from './browsers.mjs';
import { lacking, start } from './webkit.mjs';

const missing = lacking();
const skip = !LESSON
  ? 'no lesson (REGIOSIM_LESSON): run make test-web'
  : missing.length > 0 && `WebKit is not on this machine: ${missing.join(', ')}`;

test('the main path in WebKit', { skip }, async () => {
  const browser = await start(pathToFileURL(LESSON).href);
  try {
    const pairs = (least) => browser.until(`Number(document.querySelector('.progress')?.dataset.pairs) >= ${least}`);
    await browser.evaluate(`
      window.wrong = [];
      addEventListener('error', (event) => wrong.push(event.message));
      addEventListener('securitypolicyviolation', (event) => wrong.push(event.violatedDirective));`);
    await pairs(200);
    await browser.keys('[data-lever="economies"] input', '\uE014\uE014\uE014');
    await browser.until(`location.hash.includes('economies=')`);
    await pairs(200);
    await browser.until(`document.querySelectorAll('.drawing').length === 2`);
    assert.equal(await browser.evaluate(`return document.querySelectorAll('.money li').length`), 2);
    assert.ok((await browser.evaluate(`return document.querySelectorAll('.bands.b .median').length`)) >= 6);
    await browser.until(`document.querySelector('.parting')`);
    await browser.evaluate(`document.querySelector('.story button.party').click()`);
    await browser.until(`/:/.test(document.querySelector('.chooser select').value)`);
    await browser.evaluate(`document.querySelectorAll('[name="language"]')[1].click()`);
    await browser.until(`document.documentElement.lang === 'en'`);
    await browser.evaluate(`location.hash = 'regiosim=1&rules=other'`);
    await browser.until(`document.querySelector('.notice')`);
    assert.deepEqual(await browser.evaluate('return wrong'), []);
    const asked = await browser.evaluate(`return performance.getEntriesByType('resource').map((one) => one.name)`);
    assert.deepEqual(asked.filter((url) => !/^(blob|data):/.test(url)), []);
  } finally {
    await browser.end();
  }
});
