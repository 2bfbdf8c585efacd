// lessons.mjs MODEL KERNEL FOLDER: for each line `seed lever value` run once, and say how many
// milliseconds that took on the clock and of the processor; with a fourth word also how many
// outcomes there are, and then these, eight bytes each.
import fs from 'node:fs';
import readline from 'node:readline';

const [, , modelFile, kernelFile, folder] = process.argv;
const { Model } = await import(modelFile);
const lesson = JSON.parse(fs.readFileSync(`${folder}/lesson.json`, 'utf8'));
const block = fs.readFileSync(`${folder}/block`);
const model = await Model.make(lesson, 0, fs.readFileSync(kernelFile), block);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const [seed, lever, value, values] = line.split(' ');
  const levers = lever === '-' ? {} : { [lever]: Number(value) };
  const begun = performance.now();
  const before = process.cpuUsage();
  const outcomes = model.run({ regime: 'historic-nl', levers }, [Number(seed)]);
  const { user, system } = process.cpuUsage(before);
  const taken = [performance.now() - begun, (user + system) / 1000];
  console.log(...taken, ...(values ? [outcomes.length] : []));
  if (values) process.stdout.write(new Uint8Array(Float64Array.from(outcomes).buffer));
}
