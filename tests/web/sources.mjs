// Modules of the page, to be tried without a browser.

import { fileURLToPath } from 'node:url';

const PAGE = new URL('../../experiments/classroom/page/', import.meta.url);

export async function load(name) {
  const { build } = await import(new URL('node_modules/esbuild/lib/main.js', PAGE).href);
  const made = await build({
    absWorkingDir: fileURLToPath(PAGE),
    entryPoints: [`src/${name}`],
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    platform: 'node',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const text = Buffer.from(made.outputFiles[0].text).toString('base64');
  return import(`data:text/javascript;base64,${text}`);
}
