// A link gives the same numbers; a bad one gives a sentence, and nothing is run by it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, HERE, lacking, launch, open, pairs, press, text, texts } from './browsers.mjs';

for (const name of ['chromium', 'firefox']) {
  describe(`links in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    before(async () => {
      browser = HERE.includes(name) ? await launch(name) : null;
    });
    after(() => browser?.close());

    test('who opens a link sees the same numbers', async () => {
      const { page, end } = await open(browser);
      await pairs(page, 8);
      await press(page, 'economies', 'ArrowRight', 3);
      await press(page, 'threshold', 'ArrowLeft', 4);
      await page.waitForFunction(() => location.hash.includes('threshold='));
      await pairs(page);
      const fragment = await page.evaluate(() => location.hash);
      assert.equal(await page.$eval('.address input', (one) => one.value.split('#')[1]), fragment.slice(1));
      const seen = await texts(page, '.panel .reading');
      await end();
      const again = await open(browser, { fragment });
      await pairs(again.page);
      assert.deepEqual(await texts(again.page, '.panel .reading'), seen);
      await again.end();
    });

    test('bad links are refused in a sentence', async () => {
      const start = await open(browser);
      await pairs(start.page, 8);
      const good = (await start.page.$eval('.address input', (one) => one.value)).split('#')[1];
      await start.end();
      const bad = {
        'cut off': good.slice(0, good.length - 5),
        'other rules': good.replace(/rules=\w+/, 'rules=0123456789abcdef'),
        markup: `${good}&x=<img src=x onerror="document.body.dataset.hurt=1">`,
        'markup in a value': good.replace(/region=[^&]+/, 'region=<script>document.body.dataset.hurt=1</script>'),
        'absurd value': good.replace(/b=[^&]+/, '$&;threshold=1e300'),
        'unknown lever': good.replace(/b=[^&]+/, '$&;gravity=9.8'),
        'future form': good.replace('regiosim=1', 'regiosim=2'),
        'not a link': 'hello',
      };
      for (const [what, fragment] of Object.entries(bad)) {
        const { page, end } = await open(browser, { fragment: `#${fragment}` });
        await page.waitForSelector('.notice');
        const said = await text(page, '.notice');
        assert.ok(said.length > 30 && said.length < 400, `${what}: ${said}`);
        assert.equal(await page.$eval('body', (one) => one.dataset.hurt), undefined, what);
        await pairs(page, 8);
        assert.equal((await page.$$('.theirs')).length, 0, 'A and B are as at the start');
        await click(page, '.notice button', '');
        assert.equal((await page.$$('.notice')).length, 0);
        await end();
      }
    });

    test('ten megabytes are refused as well', async () => {
      const { page, end } = await open(browser);
      await pairs(page, 8);
      await page.evaluate(() => {
        try {
          location.hash = `regiosim=1&rules=${'x'.repeat(10_000_000)}`;
        } catch {
          // Firefox takes no address of this length: the page stays as it is.
        }
      });
      const long = await page.evaluate(() => location.hash.length > 1_000_000);
      if (long) assert.match(await text(page, '.notice'), /100000\d\d/);
      await press(page, 'economies', 'ArrowRight');
      await pairs(page, 8);
      await end();
    });
  });
}
