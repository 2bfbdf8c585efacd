// The story: all seven steps on a phone, in both languages; what is said agrees with the numbers.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { click, HERE, lacking, LESSON, launch, open, pairs, press, text, texts } from './browsers.mjs';
import { load } from './sources.mjs';

const { source } = createRequire(import.meta.url)('axe-core');
const { WORDS } = await load('words.ts');
const PHONE = { width: 375, height: 740 };

async function axe(page) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`), []);
}

/** The story of the lesson that is open. */
function stepsOf(page) {
  return page.evaluate(() => JSON.parse(document.getElementById('lesson').textContent).story);
}

/** Numbers of a finding as they stand on the page. */
function shownIn(item) {
  return item.evaluate((one) => {
    const read = (part) => Number(part.replace('−', '-').replace('%', '').trim());
    const plain = (text) =>
      document.documentElement.lang === 'nl' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
    const [, mean, low, high] = one.querySelector('.difference').textContent.match(/: (\S+) \[(\S+); (\S+)\]/);
    return {
      way: one.dataset.way,
      outcome: one.dataset.outcome,
      a: read(plain(one.querySelector('.value.a').textContent.slice(2))),
      b: read(plain(one.querySelector('.value.b').textContent.slice(2))),
      mean: read(plain(mean.replace('+', ''))),
      low: read(plain(low)),
      high: read(plain(high)),
      sentence: one.querySelector('.sentence')?.textContent ?? '',
    };
  });
}

/** Whether the direction that is told is that of the numbers beside it, as far as these are rounded. */
function agrees({ way, outcome, mean, low, high }, least) {
  if (way === 'more') assert.ok(low >= 0 && mean > 0 && mean >= least * 0.9, outcome);
  if (way === 'less') assert.ok(high <= 0 && mean < 0 && -mean >= least * 0.9, outcome);
  if (way === 'same') assert.ok(low * high <= 0 || Math.abs(mean) <= least * 1.1, outcome);
}

for (const name of ['chromium', 'firefox']) {
  describe(`the story in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    before(async () => {
      browser = HERE.includes(name) ? await launch(name) : null;
    });
    after(() => browser?.close());

    for (const language of ['nl', 'en']) {
      const say = (word) => WORDS[word][language];

      test(`all its steps on a phone (${language})`, async () => {
        const { page, end } = await open(browser, { ...PHONE, language });
        const steps = await stepsOf(page);
        const shares = await page.evaluate(() => {
          const { outcomes } = JSON.parse(document.getElementById('lesson').textContent);
          return outcomes.filter((one) => one.share).map((one) => one.name);
        });
        assert.equal(steps.length, 7);
        await click(page, '.door button', say('storyBegin'));
        for (const [k, step] of steps.entries()) {
          await page.waitForSelector(`.tale[data-step="${step.name}"][data-phase="predict"]`);
          const before = await page.evaluate(() => location.hash);
          assert.equal(await text(page, '#tale'), step.title[language]);
          assert.ok(await page.$eval('.results', (one) => !one.checkVisibility()), 'predict first');
          const all = await text(page, '.tale');
          for (const said of [step.setting, step.changed, step.question]) {
            assert.ok(all.includes(said[language]), said[language]);
          }
          assert.equal(all.includes(say('storyApart')), step.apart);
          assert.ok(await page.$eval('.question [type="submit"]', (one) => one.disabled));
          if (k === 0) await axe(page);
          if (k % 2) {
            await click(page, '.question button', say('storySkip'));
          } else {
            assert.equal(await page.evaluate(() => location.hash), before, 'nothing runs yet');
            await click(page, '.question label', step.options[1][language]);
            await click(page, '.question button', say('storyRun'));
          }
          await page.waitForSelector('.findings', { timeout: 120_000 });
          const predicted = await text(page, '.predicted');
          assert.ok(predicted.includes(k % 2 ? say('storyUnpredicted') : step.options[1][language]));
          const items = await page.$$('.findings li');
          const shown = await Promise.all(items.map(shownIn));
          const wanted = step.findings.map((one) => one.outcome);
          assert.deepEqual(shown.map((one) => one.outcome), [...wanted, 'oi_per_insured']);
          for (const [at, finding] of step.findings.entries()) {
            const least = finding.least * (shares.includes(finding.outcome) ? 100 : 1);
            agrees(shown[at], least);
            assert.equal(shown[at].sentence, finding[shown[at].way][language]);
          }
          const money = shown.at(-1);
          agrees(money, 0);
          const told = money.way === 'same' ? 'storyMoneyStill' : 'storyMoneyMoved';
          assert.ok((await text(page, '.findings .money')).includes(say(told)));
          assert.ok((await text(page, '.explained')).includes(say('storyRule')));
          assert.ok(await page.$eval('.results', (one) => one.checkVisibility()));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= PHONE.width, `${wide} pixels wide in step ${k + 1}`);
          assert.ok(await page.$eval('footer', (one) => one.getBoundingClientRect().bottom <= innerHeight + 0.5));
          const levers = await page.$('.levers');
          assert.equal(levers !== null, k === steps.length - 1, 'levers come with the last step');
          assert.doesNotMatch(await text(page, '.tale'), /undefined|NaN|\[object|\{\w+\}/);
          if (k === 0 || k === steps.length - 1) await axe(page);
          if (k + 1 < steps.length) await click(page, '.tale .buttons button', say('storyNext'));
        }
        assert.equal((await page.$$('.steps .done')).length, steps.length);
        await end();
      });
    }

    const say = (word) => WORDS[word].nl;

    test('from a step to where two runs part, to free use, and back', async () => {
      const { page, end } = await open(browser, { language: 'nl', most: 8 });
      await click(page, '.door button', say('storyBegin'));
      await click(page, '.question button', say('storySkip'));
      await page.waitForSelector('.findings');
      await page.waitForSelector('.parting');
      await click(page, '.explained button', say('storyToParting'));
      assert.ok(await page.$eval('.parting', (one) => one === document.activeElement));
      await click(page, '.explained button', say('storyToEvents'));
      assert.ok(await page.$eval('.why .story', (one) => one === document.activeElement));
      const fragment = await page.evaluate(() => location.hash);
      assert.match(fragment, /autonomy=/);
      await click(page, '.tale .buttons button', say('storyFree'));
      await page.waitForSelector('.levers');
      assert.equal(await page.$('.tale'), null);
      assert.equal(await page.evaluate(() => location.hash), fragment, 'the levers stay');
      await press(page, 'economies', 'ArrowRight', 2);
      await click(page, '.door button', say('storyOn'));
      // What was predicted stays, and the step sets its own policies again.
      await page.waitForSelector('.tale[data-phase="explain"] .findings');
      assert.equal(await page.evaluate(() => location.hash), fragment);
      await end();
    });

    test('numbers of one’s own policies get no sentence of the step', async () => {
      const { page, end } = await open(browser, { language: 'nl', most: 8 });
      await click(page, '.door button', say('storyBegin'));
      await click(page, '.steps button', '7');
      await click(page, '.question button', say('storySkip'));
      await page.waitForSelector('.findings');
      await pairs(page, 8);
      await press(page, 'economies', 'ArrowRight', 2);
      await page.waitForFunction(() => !document.querySelector('.findings'));
      assert.match(await text(page, '.explained'), new RegExp(say('storyOther').slice(0, 30)));
      await click(page, '.explained button', say('storyAgain'));
      await page.waitForSelector('.findings');
      await end();
    });

    test('a step that changes nothing in a region says why, and runs nothing', async () => {
      const page = await browser.newPage();
      await page.evaluateOnNewDocument(() => {
        const parse = JSON.parse;
        JSON.parse = (said) => {
          const found = parse(said);
          for (const step of found?.story ?? []) step.idle = { unicum: ['autonomy'] };
          return found;
        };
      });
      await page.goto(pathToFileURL(LESSON).href);
      await page.waitForSelector('.door');
      await click(page, '.door button', say('storyBegin'));
      const label = await page.$eval('#lesson', (one) => JSON.parse(one.textContent).levers.find((lever) => lever.name === 'autonomy').label.nl);
      assert.equal(await text(page, '.tale .notice'), say('storyStill').replace('{levers}', label));
      assert.equal(await page.$('.question'), null);
      assert.ok(await page.$eval('.results', (one) => !one.checkVisibility()));
      await click(page, '.tale .buttons button', say('storyNext'));
      await page.waitForSelector('.tale[data-step="titles"]');
      await page.close();
    });

    test('by the keyboard alone', async () => {
      const { page, end } = await open(browser, { language: 'nl', most: 8 });
      await page.focus('.door button');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.tale');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'tale');
      await page.keyboard.press('Tab');
      await page.keyboard.press(' ');
      await page.keyboard.press('ArrowDown');
      assert.equal(await page.$$eval('.question input', (all) => all.findIndex((one) => one.checked)), 1);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForSelector('.findings');
      assert.ok(await page.$eval('.explained', (one) => one === document.activeElement));
      await end();
    });

    test('a step fits on paper, with what came out', async () => {
      const { page, end } = await open(browser, { language: 'nl', most: 8 });
      await click(page, '.door button', say('storyBegin'));
      await click(page, '.question button', say('storySkip'));
      await page.waitForSelector('.findings');
      await pairs(page, 8);
      const pdf = Buffer.from(await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 1, 1);
      assert.ok((await texts(page, '.findings li')).length >= 3);
      await end();
    });
  });
}
