// A reader's way through the lesson, in each browser and both languages: from disk, no request.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { choose, click, HERE, lacking, launch, open, pairs, press, text, texts } from './browsers.mjs';
import { load } from './sources.mjs';

const { WORDS } = await load('words.ts');

for (const name of ['chromium', 'firefox']) {
  describe(`the page in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    before(async () => {
      browser = HERE.includes(name) ? await launch(name) : null;
    });
    after(() => browser?.close());

    for (const language of ['nl', 'en']) {
      const say = (word) => WORDS[word][language];

      test(`it is whole in ${language}`, async () => {
        const { page, end } = await open(browser, { language });
        await pairs(page, 8);
        assert.equal(await page.$eval('html', (one) => one.lang), language);
        const heads = ['policies', 'results', 'who', 'why', 'keep'].map(say);
        await page.waitForSelector('.why');
        assert.deepEqual(await texts(page, 'main h2:not(.report h2)'), heads);
        assert.equal(await text(page, 'footer'), say('noForecast'));
        assert.ok(await page.$eval('footer', (one) => one.getBoundingClientRect().bottom <= innerHeight));
        const all = await text(page, '#page');
        const other = language === 'nl' ? 'en' : 'nl';
        const foreign = Object.values(WORDS)
          .filter((said) => said.en !== said.nl && said[other].length > 12 && !said[other].includes('{'))
          .filter((said) => all.includes(said[other]));
        assert.deepEqual(foreign, [], 'words of the other language');
        assert.doesNotMatch(all, /undefined|NaN|\[object|\{\w+\}/);
        await end();
      });

      test(`a lever moves policy B alone, and pictures get finer (${language})`, async () => {
        const { page, end } = await open(browser, { language, most: 200 });
        await pairs(page, 200);
        assert.match(await text(page, '.progress'), new RegExp(say('same').slice(0, 20)));
        const sliders = await page.$$('.levers > .lever:not([data-lever="regime"])');
        assert.ok(sliders.length >= 1 && sliders.length <= 8, `${sliders.length} levers in sight`);
        const before = await text(page, '.panel .value.a');
        await press(page, 'economies', 'ArrowRight', 3);
        await page.waitForFunction(() => document.querySelector('.panel .value.b'));
        await pairs(page, 200);
        assert.equal(await text(page, '.panel .value.a'), before, 'A stays as it was');
        assert.equal((await texts(page, '.money li')).length, 2);
        assert.match(await text(page, '[data-lever="economies"] .theirs'), /A/);
        assert.match(await page.evaluate(() => location.hash), /economies=/);
        await click(page, '.segments label', say('difference'));
        for (const panel of await page.$$('.panel[data-outcome]')) {
          const [gap, clear] = await panel.$eval('.difference', (one) => [one.textContent, one.matches('.clear')]);
          const [, low, high] = gap.match(/\[(\S+); (\S+)\]/) ?? [];
          const sign = (part) => Math.sign(parseFloat(part.replace('−', '-').replace(',', '.')));
          if (sign(low) * sign(high) < 0) assert.ok(!clear, gap);
          const drawn = await panel.$$eval('.gap', (all) => all.at(-1)?.matches('.clear'));
          assert.equal(drawn, clear, `the last year of the chart: ${gap}`);
        }
        await end();
      });

      test(`the drawer, a design and a lever that does nothing (${language})`, async () => {
        const { page, end } = await open(browser, { language });
        await pairs(page, 8);
        await click(page, '.drawer summary', say('more').split(' (')[0]);
        const drawer = (await page.$$('.drawer .lever')).length;
        assert.ok(drawer >= 15, `${drawer} levers in the drawer`);
        await page.click('[data-lever="mergers"] input');
        await page.waitForFunction(() => location.hash.includes('mergers=0'));
        const route = await page.$eval('[data-lever="route"] select', (one) => one.options[1].value);
        await choose(page, '[data-lever="route"] select', route);
        await page.waitForFunction(() => location.hash.includes('design:'));
        assert.equal(await page.$eval('#regime', (one) => one.selectedOptions[0].textContent), say('own'));
        await pairs(page, 8);
        const idle = await texts(page, '.lever.idle .note');
        for (const note of idle) assert.ok(note.startsWith(say('idle')), note);
        const stuck = await page.$$eval('.lever.idle input, .lever.idle select', (all) => all.every((one) => one.disabled));
        assert.ok(stuck, 'what does nothing cannot be moved');
        await click(page, '.levers button', say('restore'));
        await page.waitForFunction(() => !location.hash.includes('design:'));
        await end();
      });

      test(`outcomes are added and taken away (${language})`, async () => {
        const { page, end } = await open(browser, { language });
        await pairs(page, 8);
        const shown = (await page.$$('.panel[data-outcome]')).length;
        assert.equal((await texts(page, '.criteria li')).length, 8);
        await choose(page, '#adder', 'trust');
        await page.waitForSelector('.panel[data-outcome="trust"] svg');
        await page.click('.panel[data-outcome="trust"] .about summary');
        assert.ok((await text(page, '.panel[data-outcome="trust"] .about p')).length > 10);
        await page.click('.panel[data-outcome="trust"] button:last-of-type');
        assert.equal((await page.$$('.panel[data-outcome]')).length, shown);
        await end();
      });

      test(`who belongs where, through the years (${language})`, async () => {
        const { page, end } = await open(browser, { language });
        await press(page, 'economies', 'ArrowRight', 4);
        await page.waitForFunction(() => document.querySelectorAll('.drawing').length === 2);
        for (const drawing of await page.$$('.drawing')) {
          const label = await drawing.$eval('svg', (one) => one.getAttribute('aria-label'));
          const dots = await drawing.$$eval('[data-party^="practice:"]', (all) => all.length);
          assert.ok(label.includes(`${dots} p`), `${dots} dots: ${label}`);
        }
        await page.focus('.years input');
        await page.keyboard.press('Home');
        const first = Number(await text(page, '.years output'));
        await click(page, '.years button', say('play'));
        await page.waitForFunction((year) => Number(document.querySelector('.years output').textContent) >= year, {}, first + 2);
        await click(page, '.years button', say('pause'));
        await click(page, '.drawings .segments label', say('network'));
        await page.waitForSelector('.drawing .link');
        assert.ok((await page.$$('.drawing [data-party^="organisation:"]')).length > 0);
        await click(page, '.drawings .segments label', say('byHub'));
        await end();
      });

      test(`why it happened: who parts, and a party's history (${language})`, async () => {
        const { page, end } = await open(browser, { language });
        await press(page, 'economies', 'ArrowRight', 5);
        await page.waitForSelector('.parting');
        const told = await texts(page, '.story details h4');
        assert.ok(told.length > 10, `${told.length} years told`);
        assert.match(await text(page, '.story'), new RegExp(say('counts').split(' {')[0]));
        await page.click('.story details[open] button.party');
        const chosen = await page.$eval('.chooser select', (one) => one.value);
        assert.match(chosen, /^[a-z-]+:\d+$/);
        await page.waitForFunction(
          (start) => document.querySelector('.story h3')?.textContent.startsWith(start),
          {},
          say('historyOf').split(' {')[0],
        );
        const every = (await page.$$('.story li')).length;
        const named = (await page.$$('.story li b')).length;
        assert.equal(named, every, 'each event names the party');
        const dot = await page.waitForSelector('.drawing [data-party^="practice:"]');
        await dot.evaluate((one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true })));
        await page.waitForFunction(() => document.querySelector('.chooser select').value.startsWith('practice:'));
        await choose(page, '.chooser select', '');
        await page.waitForFunction(
          (start) => !document.querySelector('.story h3').textContent.startsWith(start),
          {},
          say('historyOf').split(' {')[0],
        );
        await end();
      });
    }

    test('a newer move cancels an older one', async () => {
      const { page, end } = await open(browser, { most: 200 });
      await pairs(page, 8);
      await press(page, 'economies', 'ArrowRight', 3);
      await page.waitForFunction(() => location.hash.includes('economies=1.15'));
      await page.waitForFunction(() => document.querySelector('.panel .value.b'));
      const first = await page.$eval('.progress', (one) => Number(one.dataset.pairs));
      assert.ok(first < 200, `${first} pairs of the last move are the first that is shown of it`);
      await pairs(page, 200);
      await end();
    });

    for (const width of [360, 390, 1920]) {
      test(`nothing is cut off at ${width} pixels`, async () => {
        const { page, end } = await open(browser, { width, height: width < 500 ? 740 : 1080 });
        await pairs(page, 8);
        await press(page, 'economies', 'ArrowRight', 2);
        await page.waitForSelector('.why');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${wide} pixels wide`);
        await end();
      });
    }
  });
}
