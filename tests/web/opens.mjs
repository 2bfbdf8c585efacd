// Whether each browser that is here opens the lesson and draws it, with REGIOSIM_LESSON: `node
// opens.mjs`. Where one cannot, no other test need wait for what never comes.

import { HERE, launch, open, pairs } from './browsers.mjs';

for (const name of HERE) {
  let browser;
  try {
    browser = await launch(name);
    const { page, end } = await open(browser, { most: 8 });
    await pairs(page, 8);
    await end();
  } catch (error) {
    console.error(`${name} (${(await browser?.version()) ?? 'does not start'}) opens no lesson: ${error}`);
    process.exitCode = 1;
  } finally {
    await browser?.close();
  }
}
