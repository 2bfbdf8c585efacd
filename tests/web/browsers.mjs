// Real browsers, where the machine has them, and a lesson that they open from disk.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const PROGRAMS = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

/** The first version of each that Puppeteer drives: Firefox 140 lacks commands of WebDriver BiDi. */
const OLDEST = { chromium: 0, firefox: 144 };

/** The lesson that is tried: tests/web/test_web.py makes it. */
export const LESSON = process.env.REGIOSIM_LESSON ?? '';

/** How long anything may take on a busy machine, in ms: what never comes is found all the same. */
const PATIENCE = 120_000;

/** Programs of browsers that are here and can be driven. */
const FOUND = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, find(name)]));

/** Names of browsers that are here. */
export const HERE = Object.keys(PROGRAMS).filter((name) => programOf(name));

function find(name) {
  return PROGRAMS[name].find((path) => existsSync(path) && versionOf(path, OLDEST[name]) >= OLDEST[name]);
}

/** The first number of what a program says of its version; it is asked only where one is needed. */
function versionOf(path, needed) {
  if (!needed) return needed;
  const said = execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(/\d+/.exec(said)?.[0] ?? 0);
}

export function programOf(name) {
  return FOUND[name];
}

/** That a browser is not here, as far as tests can use it. */
function notHere(name) {
  const oldest = OLDEST[name] ? `, ${OLDEST[name]} or newer` : '';
  return `${name} is not on this machine (${PROGRAMS[name].join(', ')}${oldest})`;
}

/** Why a test is left out: what this machine lacks; false: nothing. */
export function lacking(name) {
  if (!LESSON) return 'no lesson (REGIOSIM_LESSON): run make test-web';
  return programOf(name) ? false : notHere(name);
}

/** A browser; `dark` and `calm` (little motion) are what its user likes. */
export async function launch(name, { dark = false, calm = false } = {}) {
  if (!programOf(name)) throw new Error(notHere(name));
  const chosen = { executablePath: programOf(name), headless: true };
  if (name === 'firefox') {
    const extraPrefsFirefox = {
      'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      'ui.prefersReducedMotion': Number(calm),
    };
    return puppeteer.launch({ ...chosen, browser: 'firefox', extraPrefsFirefox });
  }
  const args = ['--no-sandbox', `--blink-settings=preferredColorScheme=${dark ? 0 : 1}`];
  if (calm) args.push('--force-prefers-reduced-motion');
  return puppeteer.launch({ ...chosen, browser: 'chrome', args });
}

/**
 * A page with the lesson open, with `most` paired runs; `end` closes it and says whether anything
 * was asked from elsewhere or went wrong.
 */
export async function open(browser, options = {}) {
  const { fragment = '', query = '', language = '', width = 1280, height = 900, most = 24 } = options;
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  const asked = [];
  const wrong = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (said) => ['error', 'warn'].includes(said.type()) && wrong.push(said.text()));
  await page.setViewport({ width, height });
  const address = pathToFileURL(LESSON).href + query + fragment;
  await page.goto(address);
  await page.waitForSelector('.progress select');
  if (most !== 200 && !fragment) await page.select('.progress select', String(most));
  if (language) await click(page, 'header label', language === 'nl' ? 'Nederlands' : 'English');
  const end = async () => {
    const own = address.split(/[?#]/)[0];
    const foreign = asked.filter((url) => !/^(blob|data):/.test(url) && url.split(/[?#]/)[0] !== own);
    await page.close();
    assert.deepEqual(foreign, [], 'requests to elsewhere');
    assert.deepEqual(wrong, [], 'errors and warnings on the console');
  };
  return { page, end };
}

/** Wait until a picture of so many pairs is there. */
export async function pairs(page, least = 24) {
  await page.waitForFunction(
    (n) => Number(document.querySelector('.progress')?.dataset.pairs) >= n,
    {},
    least,
  );
}

/** Use a slider as the keyboard does. */
export async function press(page, lever, key, times = 1) {
  await page.focus(`[data-lever="${lever}"] input`);
  for (let k = 0; k < times; k += 1) await page.keyboard.press(key);
}

export async function choose(page, selector, value) {
  await page.waitForSelector(selector);
  await page.select(selector, value);
}

/** Press a button or an option by what it says. */
export async function click(page, selector, text) {
  const found = await page.evaluateHandle(
    (where, what) => [...document.querySelectorAll(where)].find((one) => one.textContent.trim().includes(what)),
    selector,
    text,
  );
  const element = found.asElement();
  assert.ok(element, `no ${selector} says ${text}`);
  await element.evaluate((one) => one.scrollIntoView({ block: 'center' }));
  await element.click();
}

export function text(page, selector) {
  return page.$eval(selector, (one) => one.textContent.trim());
}

export function texts(page, selector) {
  return page.$$eval(selector, (all) => all.map((one) => one.textContent.trim()));
}
