// Build the page: `node build.mjs FOLDER` writes page.js and page.css there.
//
// The worker is bundled first and goes as text into the page, which starts it from a blob: one
// file opened from disk has nothing else to load it from.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = process.argv[2] ?? 'built';
const common = {
  absWorkingDir: here,
  bundle: true,
  charset: 'utf8',
  format: 'iife',
  legalComments: 'none',
  logLevel: 'warning',
  minify: true,
  target: 'es2022',
};

const worker = await build({ ...common, entryPoints: ['src/worker.ts'], write: false });
const code = worker.outputFiles[0].text;

/** What `import code from 'worker-code'` finds. */
const workerCode = {
  name: 'worker-code',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^worker-code$/ }, ({ path }) => ({ path, namespace: 'made' }));
    onLoad({ filter: /.*/, namespace: 'made' }, () => ({ contents: code, loader: 'text' }));
  },
};

await build({
  ...common,
  entryPoints: { page: 'src/main.tsx' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
  outdir: folder,
  plugins: [workerCode],
});
await build({ ...common, entryPoints: { page: 'src/page.css' }, outdir: folder });
