// What can be taken along: figures, a picture, a page of paper, a command.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { click, HERE, lacking, launch, open, pairs, press, text, texts } from './browsers.mjs';
import { catchFiles } from './saved.mjs';

for (const name of ['chromium', 'firefox']) {
  describe(`keeping in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    before(async () => {
      browser = HERE.includes(name) ? await launch(name) : null;
    });
    after(() => browser?.close());

    test('figures as CSV are those in sight', async () => {
      const { page, end } = await open(browser);
      await page.evaluate(catchFiles);
      await press(page, 'economies', 'ArrowRight', 3);
      await pairs(page);
      await click(page, '.keep button', 'CSV');
      await page.waitForFunction(() => window.saved.length === 1);
      const [file, content] = await page.evaluate(async () => [window.saved[0].name, await window.saved[0].content.text()]);
      assert.match(file, /^regiosim-[\w-]+\.csv$/);
      const rows = content.replace('\uFEFF', '').trim().split('\r\n').map((line) => line.split(','));
      const [head] = rows;
      const at = (row, column) => row[head.indexOf(column)];
      const panels = (await page.$$('.panel[data-outcome]')).length;
      const outcomes = new Set(rows.slice(1).map((row) => at(row, 'outcome')));
      assert.equal(outcomes.size, panels + 8);
      const last = rows.findLast((row) => at(row, 'outcome') === 'organisations');
      const seen = await text(page, '[data-outcome="organisations"] .value.a');
      const shown = Number(seen.replace('A ', '').replace(',', '.'));
      assert.ok(Math.abs(Number(at(last, 'a_median')) - shown) <= 0.06, `${at(last, 'a_median')} is shown as ${seen}`);
      assert.equal(at(last, 'pairs'), '24');
      await end();
    });

    test('a chart as PNG is a picture with something in it', async () => {
      const { page, end } = await open(browser);
      await page.evaluate(catchFiles);
      await pairs(page, 8);
      await click(page, '.panel button', 'PNG');
      await page.waitForFunction(() => window.saved.length === 1);
      const [file, bytes] = await page.evaluate(async () => {
        const { name, content } = window.saved[0];
        return [name, [...new Uint8Array(await content.arrayBuffer())]];
      });
      assert.match(file, /^[\w-]+\.png$/);
      assert.deepEqual(bytes.slice(1, 4), [...Buffer.from('PNG')]);
      assert.ok(bytes.length > 8000, `${bytes.length} bytes`);
      await end();
    });

    test('the report fits on one page', async () => {
      const { page, end } = await open(browser);
      await press(page, 'economies', 'ArrowRight', 3);
      await pairs(page);
      const pdf = Buffer.from(await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
      assert.equal(pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 1, 1);
      await page.emulateMediaType?.('print').catch(() => undefined);
      assert.ok((await texts(page, '.report tbody tr')).length >= 14);
      await end();
    });

    test('the link is copied or selected, and the command is one of regiosim run', async () => {
      const { page, end } = await open(browser);
      await pairs(page, 8);
      await press(page, 'economies', 'ArrowRight', 2);
      // While pictures come in the page grows, and a button may move from under a click.
      await pairs(page);
      await click(page, '.keep button', 'link');
      await page.waitForFunction(() => document.querySelector('.keep [role="status"]').textContent.trim());
      const commands = await texts(page, '.keep pre');
      assert.equal(commands.length, 2);
      for (const one of commands) assert.match(one, /^regiosim run --region [\w-]+ --regime \S+ .*--seed 1 --replicates \d+/);
      assert.match(commands[1], /--set supply\.economies=[\d.]+/);
      await end();
    });

    test('a clipboard that never answers leaves the link selected', async () => {
      const { page, end } = await open(browser);
      await pairs(page);
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => new Promise(() => undefined) } });
      });
      await click(page, '.keep button', 'link');
      await page.waitForFunction(() => document.querySelector('.keep [role="status"]').textContent.trim());
      const chosen = await page.$eval('.address input', (one) => one.value.slice(one.selectionStart, one.selectionEnd));
      assert.match(chosen, /^file:.*#/);
      await end();
    });
  });
}
