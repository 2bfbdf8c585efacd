// Class mode without a browser: codes as Python makes them, and how a class goes on.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { load } from './sources.mjs';

const { decode, decodeAll, encode } = await load('class/codes.ts');
const { begun, changes, decided, policyOf, stepped, told } = await load('class/standing.ts');
const { lastYear, positions } = await load('class/table.ts');
const { placeOf } = await load('class/place.ts');

const examples = new URL('../experiments/classroom/codes.json', import.meta.url);
const { game, levers, codes } = JSON.parse(readFileSync(examples, 'utf8'));
const start = () => begun('ABCD', 'unicum', 'historic-nl', 64);
const refused = (key) => (error) => error.key === key && error.said.en !== error.said.nl;

test('codes are those of Python, both ways', () => {
  for (const { code, ...decision } of codes) {
    assert.equal(encode(game, levers, decision), code);
    assert.deepEqual(decode(game, levers, code), decision);
    assert.deepEqual(decode(game, levers, ` ${code.toLowerCase().replaceAll('-', ' ')}`), decision);
  }
});

test('every mistyped character and every swap is noticed', () => {
  const word = codes[0].code.replaceAll('-', '');
  for (let k = 0; k < word.length; k++) {
    for (const other of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
      if (other === word[k]) continue;
      const wrong = word.slice(0, k) + other + word.slice(k + 1);
      assert.throws(() => decode(game, levers, wrong), refused('code-check'));
    }
    for (let j = k + 1; j < word.length; j++) {
      if (word[j] === word[k]) continue;
      const letters = [...word];
      [letters[j], letters[k]] = [letters[k], letters[j]];
      assert.throws(() => decode(game, levers, letters.join('')), refused('code-check'));
    }
  }
});

test('what is no code gets a sentence', () => {
  for (const [text, key] of [
    ['', 'code-length'],
    ['1', 'code-length'],
    ['0'.repeat(10_000_000), 'code-length'],
    ['<img src=x onerror=alert(1)>', 'code-letter'],
    ['UUUU-UUUU-UUUU', 'code-letter'],
    ['0000-0000-0000', 'code-format'],
  ]) {
    assert.throws(() => decode(game, levers, text), refused(key));
  }
  const other = { ...game, mark: game.mark ^ 1 };
  assert.throws(() => decode(other, levers, codes[0].code), refused('code-table'));
});

test('several codes are read at once', () => {
  const some = codes.slice(0, 5);
  const text = some.map(({ code }) => code).join('\n');
  const found = decodeAll(game, levers, text);
  assert.deepEqual(found, some.map(({ code, ...decision }) => decision));
  assert.throws(() => decodeAll(game, levers, `${text} 1234`), refused('code-length'));
});

test('positions are decimals as they are written', () => {
  const lever = { kind: 'range', low: 0.063, high: 0.09, step: 0.009, choices: [] };
  assert.deepEqual(positions(lever), [0.063, 0.072, 0.081, 0.09]);
  assert.equal(lastYear(game, 0), 2017);
  assert.equal(lastYear(game, 3), 2030);
});

test('a decision holds until a later one of the same lever, and a group can be left out', () => {
  const made = [
    { round: 0, role: 'insurer', levers: { norm: 10 } },
    { round: 0, role: 'hub', levers: { manager: 0.3 } },
    { round: 1, role: 'insurer', levers: { norm: 10 } },
    { round: 2, role: 'insurer', levers: { norm: 12, threshold: 50_000 } },
  ];
  assert.deepEqual(changes(game, made), [
    { since: 32, levers: { norm: 10, manager: 0.3 } },
    { since: 64, levers: { norm: 12, threshold: 50_000 } },
  ]);
  assert.deepEqual(changes(game, made, ['insurer']), [{ since: 32, levers: { manager: 0.3 } }]);
  assert.deepEqual(changes(game, made, [], 1), [{ since: 32, levers: { norm: 10, manager: 0.3 } }]);
  assert.equal(policyOf(game, start()).dated, undefined);
});

test('a class without a server goes as one with it', () => {
  const step = (state, what, number) => stepped(game, state, what, number);
  let state = decided(game, start(), { round: 0, role: 'hub', levers: { manager: 0.1 } });
  state = decided(game, state, { round: 0, role: 'hub', levers: { manager: 0.3 } });
  assert.deepEqual(state.decided, ['hub']);
  assert.throws(() => decided(game, state, { round: 1, role: 'hub', levers: {} }), refused('round'));
  state = step(state, 'close');
  assert.throws(() => decided(game, state, { round: 0, role: 'hub', levers: {} }), refused('closed'));
  state = step(step(state, 'open'), 'reveal');
  state = step(state, 'open');
  assert.deepEqual([state.round, state.phase, state.decided], [1, 'open', []]);
  state = decided(game, state, { round: 1, role: 'hub', levers: { manager: 0.2 } });
  const branched = decided(game, step(state, 'branch', 1), { round: 1, role: 'hub', levers: {} });
  assert.equal(branched.line, 1);
  assert.deepEqual(branched.lines[0].decisions, state.lines[0].decisions);
  assert.deepEqual(branched.lines[1].parent, 0);
  assert.deepEqual(step(branched, 'line', 0).lines, branched.lines);
  const back = step(state, 'rewind', 0);
  assert.deepEqual([back.round, back.lines[0].decisions], [0, []]);
  assert.equal(step(state, 'rewind', 3), state);
  let last = state;
  for (let k = 0; k < 10; k++) last = step(step(last, 'reveal'), 'open');
  assert.deepEqual([last.round, last.phase], [3, 'revealed']);
});

test('a class is told anew by its codes', () => {
  const made = [
    { round: 0, role: 'hub', levers: { manager: 0.1 } },
    { round: 2, role: 'insurer', levers: { norm: 10 } },
  ];
  const state = told(start(), made);
  assert.deepEqual([state.round, state.phase], [2, 'open']);
  assert.deepEqual(state.lines[0].decisions, made);
});

test('a fragment opens class mode only where it says so', () => {
  assert.equal(placeOf('', true), null);
  assert.equal(placeOf('#r=unicum&a=x', false), null);
  assert.deepEqual(placeOf('#class', false), { kind: 'offline' });
  assert.deepEqual(placeOf('#class', true), { kind: 'door' });
  assert.deepEqual(placeOf('#class=abcd', true), { kind: 'group', code: 'ABCD' });
  const teacher = { kind: 'teacher', token: 'x-_y', code: 'ABCD' };
  assert.deepEqual(placeOf('#teacher=x-_y&class=abcd', true), teacher);
});
