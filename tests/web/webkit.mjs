// WebKit, the engine of iPhones' browsers: Debian's MiniBrowser over plain WebDriver.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAMS = ['Xvfb', 'dbus-run-session', 'WebKitWebDriver'].map((name) => `/usr/bin/${name}`);
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const DISPLAY = ':97';
const PORT = 4497;

function miniBrowser() {
  if (!existsSync(LIBRARIES)) return undefined;
  return readdirSync(LIBRARIES)
    .filter((name) => name.startsWith('webkit2gtk-'))
    .map((name) => `${LIBRARIES}/${name}/MiniBrowser`)
    .findLast((path) => existsSync(path));
}

/** What this machine lacks for WebKit. */
export function lacking() {
  const missing = PROGRAMS.filter((path) => !existsSync(path));
  if (!miniBrowser()) missing.push('MiniBrowser');
  return missing;
}

/** A session: `evaluate` runs text in the page, `keys` types into an element, `end` closes all. */
export async function start(address) {
  const environment = {
    ...process.env,
    DISPLAY,
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  const options = { env: environment, stdio: 'ignore', detached: true };
  const screen = spawn(PROGRAMS[0], [DISPLAY, '-screen', '0', '1280x900x24'], options);
  await sleep(1000);
  const driver = spawn(PROGRAMS[1], ['--', PROGRAMS[2], `--port=${PORT}`], options);
  await sleep(2000);
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebDriver: ${JSON.stringify(value).slice(0, 300)}`);
    return value;
  };
  const stop = () => {
    for (const one of [driver, screen]) process.kill(-one.pid);
  };
  try {
    const chosen = { binary: miniBrowser(), args: ['--automation'] };
    const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': chosen } };
    const { sessionId } = await call('POST', '/session', { capabilities });
    const session = `/session/${sessionId}`;
    await call('POST', `${session}/url`, { url: address });
    const evaluate = (script) => call('POST', `${session}/execute/sync`, { script, args: [] });
    return {
      evaluate,
      async until(script, seconds = 60) {
        for (let k = 0; k < seconds * 4; k += 1) {
          if (await evaluate(`return Boolean(${script})`)) return;
          await sleep(250);
        }
        throw new Error(`not within ${seconds} s: ${script}`);
      },
      async keys(selector, text) {
        const found = await call('POST', `${session}/element`, { using: 'css selector', value: selector });
        const element = Object.values(found)[0];
        await call('POST', `${session}/element/${element}/value`, { text });
      },
      async end() {
        await call('DELETE', session).catch(() => undefined);
        stop();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
