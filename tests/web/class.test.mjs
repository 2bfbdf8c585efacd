// Class mode in real browsers: served to several devices, and from disk without any network.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { click as clickIn, HERE, lacking, launch, LESSON, text, texts } from './browsers.mjs';

const TREE = fileURLToPath(new URL('../..', import.meta.url));
const PYTHON = process.env.REGIOSIM_PYTHON ?? 'python3';
const axe = fileURLToPath(new URL('node_modules/axe-core/axe.min.js', import.meta.url));

/** A server of class mode with the lesson: its address, first class, and the teacher's token. */
async function served() {
  const data = join(mkdtempSync(join(tmpdir(), 'class-')), 'class.sqlite');
  const paths = [TREE, join(TREE, 'tests'), process.env.PYTHONPATH ?? ''].join(':');
  const run = spawn(PYTHON, ['-m', 'tests.web.desk', data, LESSON], {
    cwd: TREE,
    env: { ...process.env, PYTHONPATH: paths, PYTHONIOENCODING: 'utf-8' },
  });
  let said = '';
  await new Promise((begun, failed) => {
    run.stdout.on('data', (more) => {
      said += more;
      if (said.includes('Ctrl-C')) begun();
    });
    run.stderr.on('data', (more) => (said += more));
    run.on('exit', () => failed(new Error(said)));
  });
  const [, address, code] = /(http:\/\/127\.0\.0\.1:\d+\/)#class=([A-Z]{4})/.exec(said);
  const [, token] = /#teacher=(\S+)/.exec(said);
  return { run, data, address, code, token };
}

/** A device of its own: served ones share nothing with the others but the server. */
async function device(browser, url, width = 390) {
  const disk = url.startsWith('file:');
  const context = disk ? null : await browser.createBrowserContext();
  const page = await (context ?? browser).newPage();
  const wrong = [];
  const asked = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (said) => ['error', 'warn'].includes(said.type()) && wrong.push(said.text()));
  page.on('request', (request) => asked.push(request.url()));
  await page.setViewport({ width, height: 800 });
  await page.goto(url);
  await page.waitForSelector('main.class');
  const end = async () => {
    const [whole, own] = [url.split('#')[0], new URL(url).origin];
    const ours = (one) => one.split('#')[0] === whole || (own !== 'null' && new URL(one).origin === own);
    const foreign = asked.filter((one) => !/^(blob|data):/.test(one) && !ours(one));
    await (context ?? page).close();
    assert.deepEqual(foreign, [], 'requests to elsewhere');
    assert.deepEqual(wrong, [], 'errors and warnings on the console');
  };
  return { page, end };
}

async function joined(browser, { address, code }, role, name) {
  const found = await device(browser, `${address}#class=${code}`);
  const { page } = found;
  await page.waitForSelector('.join');
  await click(page, 'header label', 'English');
  await pick(page, `.join input[value="${role}"]`);
  if (name) await page.type('.join input:not([type])', name);
  await pick(page, '.join button');
  await page.waitForSelector('.deciding');
  return found;
}

// A page behind others draws nothing, and is told of nothing that waits for drawing: to the front.
async function click(page, selector, what = '') {
  await page.bringToFront();
  await clickIn(page, selector, what);
}

/** The same by selector alone: in the middle of the screen, where no footer lies over it. */
async function pick(page, selector) {
  await page.bringToFront();
  await page.$eval(selector, (one) => one.scrollIntoView({ block: 'center' }));
  await page.click(selector);
}

async function turn(page, lever, key, times) {
  await page.bringToFront();
  await page.focus(`[data-lever="${lever}"] input`);
  for (let k = 0; k < times; k += 1) await page.keyboard.press(key);
}

/** Asked again and again: a page behind others has no frames in which to look. */
const patient = { timeout: 120_000, polling: 250 };

const said = (page, what) =>
  page.waitForFunction((part) => document.body.textContent.includes(part), patient, what);

const pairs = (page, least) =>
  page.waitForFunction(
    (n) => Number(document.querySelector('[data-pairs]')?.dataset.pairs) >= n,
    patient,
    least,
  );

async function clean(page) {
  await page.bringToFront();
  await page.evaluate(readFileSync(axe, 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html).join(' ')}`);
  assert.deepEqual(found, []);
}

for (const name of HERE) {
  describe(`class mode in ${name}`, { skip: lacking(name) }, () => {
    let browser;
    let desk;
    before(async () => {
      browser = await launch(name);
      desk = await served();
    });
    after(async () => {
      await browser?.close();
      desk?.run.removeAllListeners('exit');
      desk?.run.kill('SIGKILL');
    });

    test('two classes play at once: decide, reveal, see what a group did, rewind, branch', async () => {
      const lead = `${desk.address}#teacher=${desk.token}`;
      const teacher = await device(browser, `${lead}&class=${desk.code}`, 1280);
      await teacher.page.waitForSelector('.board');
      await click(teacher.page, 'header label', 'English');
      const other = await device(browser, lead, 1280);
      await other.page.waitForSelector('.setup');
      await click(other.page, 'header label', 'English');
      await click(other.page, '.setup button', 'New class');
      await other.page.waitForSelector('.board');
      const second = await text(other.page, '.students .code');
      assert.notEqual(second, desk.code);

      const insurer = await joined(browser, desk, 'insurer', 'R&D');
      const practices = await joined(browser, desk, 'practices', 'Practices');
      const stranger = await joined(browser, { ...desk, code: second }, 'insurer', 'Others');
      await turn(insurer.page, 'mandate', 'ArrowLeft', 6);
      await click(insurer.page, '.deciding button', 'Decide');
      await said(insurer.page, 'Your decision is in');
      await turn(practices.page, 'autonomy', 'ArrowLeft', 15);
      await click(practices.page, '.deciding button', 'Decide');
      await said(practices.page, 'Your decision is in');
      await said(teacher.page, 'R&D');
      await teacher.page.waitForFunction(() =>
        ['insurer', 'practices'].every((role) =>
          document.querySelector(`[data-role="${role}"]`).textContent.includes('✓')), patient);
      assert.ok(!(await text(other.page, '.groups')).includes('R&D'));
      assert.ok((await text(stranger.page, '.where')).includes('Others'));

      // A group that loads its page anew is still the group, with its decision.
      await insurer.page.reload();
      await insurer.page.waitForSelector('.deciding');
      await click(insurer.page, 'header label', 'English');
      await said(insurer.page, 'Your decision is in');
      await clean(insurer.page);
      await clean(teacher.page);

      await click(teacher.page, 'button', 'Reveal');
      await pairs(practices.page, 8);
      const chosen = await practices.page.$eval('.reveal select', (one) => one.value);
      assert.equal(chosen, 'practices');
      await said(practices.page, 'up to the end of 2017');
      assert.ok((await texts(practices.page, '.decided li')).length === 2);
      await practices.page.waitForSelector('.money');
      await pairs(practices.page, 64);
      const over = await practices.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} pixels too wide for a phone`);
      await clean(practices.page);
      await said(stranger.page, 'Round 1 of 4');
      assert.ok(await stranger.page.$('.deciding'));

      await click(teacher.page, 'button', 'Next round');
      await said(insurer.page, 'Round 2 of 4');
      const norm = await text(insurer.page, '[data-lever="mandate"]');
      assert.ok(norm.includes('0.50'), norm);
      await click(teacher.page, 'summary', 'Back to a round');
      await click(teacher.page, 'button', 'Branch at round 1');
      await said(insurer.page, 'Round 1 of 4');
      await said(teacher.page, 'from line 1 at round 1');
      await click(teacher.page, '.past label', 'Line 1');
      await said(teacher.page, 'Revealed');
      await click(teacher.page, 'button', 'Rewind to round 1');
      await said(insurer.page, 'Round 1 of 4');
      for (const one of [teacher, other, insurer, practices, stranger]) await one.end();
    });

    test('a code typed by the teacher counts, a mistyped one is a sentence', async () => {
      const teacher = await device(browser, `${desk.address}#teacher=${desk.token}`, 1280);
      await teacher.page.waitForSelector('.setup');
      await click(teacher.page, 'header label', 'English');
      await click(teacher.page, '.setup button', 'New class');
      await teacher.page.waitForSelector('.board');
      const code = await text(teacher.page, '.students .code');
      const hub = await joined(browser, { ...desk, code }, 'hub', 'Hub');
      await turn(hub.page, 'manager', 'ArrowRight', 3);
      await click(hub.page, 'summary', 'Your code');
      const short = await text(hub.page, '.own-code .code');
      assert.match(short, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
      const entry = '.entry input';
      const wrong = (short.startsWith('1') ? '2' : '1') + short.slice(1);
      await teacher.page.type(entry, wrong);
      await click(teacher.page, '.entry button', 'Enter');
      await said(teacher.page, 'This code holds a typing mistake');
      await teacher.page.$eval(entry, (one) => one.select());
      await teacher.page.type(entry, short.toLowerCase().replaceAll('-', ' '));
      await click(teacher.page, '.entry button', 'Enter');
      await said(teacher.page, 'Taken: gemeentehub, round 1');
      await said(hub.page, 'Your decision is in');
      await hub.end();
      await teacher.end();
    });

    test('without a network: codes of groups make a class, from disk', async () => {
      const place = `${pathToFileURL(LESSON).href}#class`;
      const group = await device(browser, place);
      await click(group.page, 'header label', 'English');
      await click(group.page, 'button', 'We are a group');
      await pick(group.page, 'input[value="practices"]');
      await pick(group.page, '.join button');
      await group.page.waitForSelector('.deciding');
      await turn(group.page, 'autonomy', 'ArrowLeft', 15);
      const first = await text(group.page, '.own-code .code');
      await group.page.select('main.class select', '1');
      await turn(group.page, 'trust', 'ArrowRight', 10);
      const second = await text(group.page, '.own-code .code');
      await clean(group.page);
      await group.end();
      assert.notEqual(first, second);

      const board = await device(browser, place, 1280);
      const { page } = board;
      await click(page, 'header label', 'Nederlands');
      await click(page, 'button', 'Ik leid de klas');
      await pick(page, '.setup button');
      await page.waitForSelector('.board');
      await page.type('.entry input', second);
      await click(page, '.entry button', 'Voer in');
      await said(page, 'Ronde 2 is niet open: de klas is in ronde 1');
      await page.$eval('.entry input', (one) => one.select());
      await page.type('.entry input', first);
      await click(page, '.entry button', 'Voer in');
      await said(page, 'Ontvangen: huisartsenpraktijken, ronde 1');
      await click(page, 'button', 'Onthul');
      await pairs(page, 8);
      await click(page, 'button', 'Volgende ronde');
      await page.type('.entry input', second);
      await click(page, '.entry button', 'Voer in');
      await said(page, 'Ontvangen: huisartsenpraktijken, ronde 2');
      await click(page, 'button', 'Onthul');
      await said(page, 'tot eind 2021');
      await pairs(page, 64);
      await clean(page);
      await board.end();
    });
  });
}
