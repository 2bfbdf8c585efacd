// node.mjs KERNEL.wasm CALL.json MEMORY: call the kernel on this memory, and write the memory back.
import fs from 'node:fs';

const [, , kernel, described, memoryFile] = process.argv;
const { base, call } = JSON.parse(fs.readFileSync(described, 'utf8'));
const content = fs.readFileSync(memoryFile);
const module = await WebAssembly.compile(fs.readFileSync(kernel));
const wanted = WebAssembly.Module.imports(module);
if (wanted.length > 0) {
  throw new Error(`the kernel calls something from outside: ${wanted.map((one) => one.name)}`);
}
const { exports } = await WebAssembly.instantiate(module, {});
if (exports.__heap_base.value > base) throw new Error('the program reaches into its data');
const missing = base + content.length - exports.memory.buffer.byteLength;
if (missing > 0) exports.memory.grow(Math.ceil(missing / 65536));
new Uint8Array(exports.memory.buffer, base, content.length).set(content);
const status = exports.run_batch(...call.map(([kind, n]) => (kind === 'p' ? n : BigInt(n))));
if (status !== 0) throw new Error(`the kernel returned ${status}`);
fs.writeFileSync(memoryFile, new Uint8Array(exports.memory.buffer, base, content.length));
