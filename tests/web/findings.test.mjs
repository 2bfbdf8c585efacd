// Which sentence of the story is said: by the same vectors as in Python.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './sources.mjs';

const { foundIn, foundInYears, means, wayOf } = await load('finding.ts');
const { idleIn, isOfStep, phaseOf, settingOfStep } = await load('story.ts');
const WAYS = new URL('../experiments/classroom/ways.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(WAYS, 'utf8'));

for (const { name, a, b, least, way } of vectors) {
  test(`what is said of two policies: ${name}`, () => {
    const found = foundIn(a, b, least);
    assert.equal(found.way, way);
    assert.ok(Math.abs(found.b - found.a - found.gap.mean) < 1e-12);
  });
}

test('vectors try each sentence', () => {
  assert.deepEqual(new Set(vectors.map(({ way }) => way)), new Set(['more', 'less', 'same']));
});

test('a difference that is nowhere is the same', () => {
  assert.equal(wayOf({ mean: NaN, low: NaN, high: NaN, clear: false }, 0.1), 'same');
  assert.equal(foundIn([NaN, NaN], [1, 2], 0.1).way, 'same');
});

test('means are over the years of a step, and a year without a value has none', () => {
  assert.deepEqual(means([[1, 2, 6], [4, NaN, 2]], 1, 2), [4, NaN]);
  const tables = { a: [[0, 1, 3], [0, 2, 4]], b: [[9, 2, 4], [9, 3, 5]] };
  const found = foundInYears({ years: [2012, 2013] }, tables, 2011, 0.5);
  assert.equal(found.a, 2.5);
  assert.equal(found.b, 3.5);
  assert.equal(found.way, 'more');
});

test('pairs of which one has no value are left out of both means', () => {
  const found = foundIn([1, 2, 30, 3], [2, 3, NaN, 4], 0.5);
  assert.deepEqual([found.a, found.b, found.gap.mean], [2, 3, 1]);
});

const lever = (name) => ({
  name, kind: 'range', low: 0, high: 1, step: 0.1, value: 0.5, values: {}, regimes: null,
});
const STEP = {
  name: 'one',
  years: [2014, 2014],
  a: { regime: 'historic', levers: {} },
  b: { regime: 'historic', levers: { trust: 0.9 } },
  watch: ['coverage', 'trust'],
  idle: { elsewhere: ['trust'] },
};
const LESSON = { regions: [{ name: 'here' }, { name: 'elsewhere' }], levers: [lever('trust')], story: [STEP] };

test('a step shows its question first, and nothing where its lever does nothing', () => {
  assert.equal(phaseOf(LESSON, { at: null, chosen: {} }, 0), 'free');
  assert.equal(phaseOf(LESSON, { at: 0, chosen: {} }, 0), 'predict');
  assert.equal(phaseOf(LESSON, { at: 0, chosen: { one: null } }, 0), 'explain');
  assert.equal(phaseOf(LESSON, { at: 0, chosen: { one: 2 } }, 1), 'predict');
  assert.deepEqual(idleIn(LESSON, STEP, 1), ['trust']);
});

test('what came out is told of the policies of the step alone', () => {
  const set = settingOfStep(LESSON, STEP);
  assert.deepEqual(set.added, ['trust']);
  assert.ok(isOfStep(LESSON, STEP, set));
  assert.ok(!isOfStep(LESSON, STEP, { ...set, b: { regime: 'historic', levers: { trust: 0.8 } } }));
});
