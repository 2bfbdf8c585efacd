// runs.mjs MODEL KERNEL FOLDER: run the jobs of FOLDER/call.json on the lesson there, write answers.
import fs from 'node:fs';

const [, , modelFile, kernelFile, folder] = process.argv;
const { Model, settingOf } = await import(modelFile);
const read = (name) => JSON.parse(fs.readFileSync(`${folder}/${name}`, 'utf8'));
const { jobs, region, room, history, said } = read('call.json');
const lesson = read('lesson.json');
const model = await Model.make(
  lesson, region, fs.readFileSync(kernelFile), fs.readFileSync(`${folder}/block`), room,
);
const values = [];
const answers = jobs.map(({ policy, seeds }) => {
  try {
    if (said) {
      const found = lesson.levers.filter((lever) => lever.name in policy.levers);
      return found.map((lever) => settingOf(lever, policy.regime, policy.levers[lever.name]));
    }
    if (history) return model.history(policy, seeds[0]);
    const found = model.run(policy, seeds);
    values.push(Buffer.from(found.buffer, found.byteOffset, found.byteLength));
    return '';
  } catch (error) {
    return error.message;
  }
});
fs.writeFileSync(`${folder}/values`, Buffer.concat(values));
fs.writeFileSync(`${folder}/answers.json`, JSON.stringify(answers));
