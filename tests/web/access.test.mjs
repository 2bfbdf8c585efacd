// For everybody: what axe-core finds, and the keyboard alone.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { click, HERE, lacking, launch, open, pairs, press } from './browsers.mjs';

const { source } = createRequire(import.meta.url)('axe-core');

async function axe(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(found, []);
}

for (const name of ['chromium', 'firefox']) {
  describe(`for everybody in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    before(async () => {
      browser = HERE.includes(name) ? await launch(name) : null;
    });
    after(() => browser?.close());

    for (const [width, dark] of [
      [1280, false],
      [1280, true],
      [375, false],
      [375, true],
    ]) {
      test(`axe-core finds nothing at ${width} pixels, ${dark ? 'dark' : 'light'}`, async () => {
        const own = await launch(name, { dark });
        const { page, end } = await open(own, { width, height: 800, language: 'nl' });
        const scheme = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
        assert.equal(scheme, dark);
        await pairs(page);
        await axe(page);
        await press(page, 'economies', 'ArrowRight', 4);
        await pairs(page);
        await page.waitForSelector('.why');
        await page.$$eval('details', (all) => all.forEach((one) => (one.open = true)));
        await axe(page);
        await click(page, '.drawings .segments label', width > 500 ? 'Netwerk' : 'hub');
        await page.click('.story details[open] button.party');
        await page.evaluate(() => (location.hash = 'nonsense'));
        await page.waitForSelector('.notice');
        await axe(page);
        await end();
        await own.close();
      });
    }

    test('every control is reached and seen by the keyboard alone', async () => {
      const { page, end } = await open(browser);
      await pairs(page);
      await press(page, 'economies', 'ArrowRight', 2);
      await page.waitForSelector('.why');
      await page.$eval('.drawer', (one) => (one.open = true));
      const wanted = await page.evaluate(() => {
        const own = 'button, select, input, summary, a[href], [tabindex="0"]';
        const all = [...document.querySelectorAll(own)].filter((one) => !one.disabled && one.checkVisibility());
        const groups = new Set();
        return all.filter((one) => {
          if (one.type !== 'radio') return true;
          const first = !groups.has(one.name);
          groups.add(one.name);
          return first;
        }).length;
      });
      assert.ok(wanted < 300, `${wanted} controls: too many to step through`);
      // From the beginning of the page, wherever the focus was.
      await page.evaluate(() => {
        document.body.tabIndex = -1;
        document.body.focus();
        window.reached = new Set();
      });
      for (let k = 0; k < wanted + 80; k += 1) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(() => {
          const one = document.activeElement;
          // Between the last control and the first the browser's own bar has the focus.
          if (!one || one === document.body || !document.hasFocus()) return true;
          window.reached.add(one.type === 'radio' ? one.name : one);
          const ring = [one, one.closest('label')].some((e) => e && getComputedStyle(e).outlineStyle !== 'none');
          return ring || one.outerHTML.slice(0, 120);
        });
        assert.equal(seen, true, 'focus is seen');
        const done = await page.evaluate(() => window.reached.size);
        if (done >= wanted) break;
      }
      const reached = await page.evaluate(() => window.reached.size);
      assert.ok(reached >= wanted, `${reached} of ${wanted} controls`);
      await end();
    });

    test('who asked for little motion sees none', async () => {
      const own = await launch(name, { calm: true });
      const { page, end } = await open(own);
      await page.waitForSelector('.dot path');
      assert.ok(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches));
      const moves = await page.$eval('.dot path', (one) => getComputedStyle(one).transitionDuration);
      assert.equal(moves, '0s');
      await end();
      await own.close();
    });
  });
}
