// What needs no browser: statistics, links, policies, the order of runs, sentences.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './sources.mjs';

const { bands, gap, student } = await load('statistics.ts');
const { read, write, Refusal } = await load('link.ts');
const policies = await load('policy.ts');
const { LADDER, Study } = await load('study.ts');
const { pieces, parting } = await load('sentences.ts');
const { speech } = await load('language.ts');
const { WORDS } = await load('words.ts');

const both = (en, nl = en) => ({ en, nl });
const lever = (name, more = {}) => ({
  name,
  label: both(name),
  unit: both(''),
  text: both(''),
  source: 'assumed',
  place: 'front',
  group: 'policy',
  kind: 'range',
  low: 0,
  high: 1,
  step: 0.1,
  value: 0.5,
  values: {},
  choices: [],
  setting: `--set ${name}={value}`,
  since: null,
  regimes: null,
  ...more,
});
const choices = (...words) =>
  ['', ...words].map((word, value) => ({ value, word, label: both(word) }));
const LESSON = {
  rules: 'abc123',
  first: 2011,
  last: 2012,
  regions: [{ name: 'unicum' }],
  regimes: [{ name: 'historic' }, { name: 'other' }, { name: 'design' }],
  levers: [
    lever('trust'),
    lever('norm', { values: { other: 0.7 }, regimes: ['historic', 'other'] }),
    lever('merge', { kind: 'switch', value: 1 }),
    lever('bundling', { kind: 'choice', choices: choices('bundled', 'component') }),
    lever('route', { kind: 'choice', choices: choices('organisation', 'practice') }),
    lever('unit', { kind: 'choice', choices: choices('insured', 'lump-sum') }),
  ],
};
const named = (name) => LESSON.levers.find((one) => one.name === name);
const plain = { regime: 'historic', levers: {} };

test('the quantile of Student is that of scipy.special.stdtrit', () => {
  const known = { 7: 2.364624, 23: 2.068658, 63: 1.998341, 199: 1.971957 };
  for (const [freedom, value] of Object.entries(known)) {
    assert.ok(Math.abs(student(Number(freedom)) - value) < 5e-4, freedom);
  }
});

test('a difference of pairs has the interval of regiosim compare', () => {
  // mean 1, standard deviation sqrt(10 / 7), half width 2.364624 * sd / sqrt(8)
  const gaps = [0, 2, 1, 1, 3, -1, 1, 1];
  const a = gaps.map((_, k) => 10 + k);
  const found = gap(a, a.map((value, k) => value + gaps[k]));
  assert.equal(found.mean, 1);
  assert.ok(Math.abs(found.high - 1 - 2.364624 * Math.sqrt(10 / 7 / 8)) < 1e-3);
  assert.equal(found.clear, found.low > 0);
});

test('a difference without spread has no width, and one without pairs is none', () => {
  assert.deepEqual(gap([1, 2, 3], [1, 2, 3]), { mean: 0, low: 0, high: 0, clear: false });
  assert.deepEqual(gap([1, 2, 3], [2, 3, 4]), { mean: 1, low: 1, high: 1, clear: true });
  assert.equal(gap([NaN, 1], [1, 2]).clear, false);
  assert.ok(Number.isNaN(gap([NaN, 1], [1, 2]).mean));
});

test('bands are quantiles over runs, and leave out what is no number', () => {
  const [band] = bands([[0], [1], [2], [3], [4], [NaN]], 1);
  assert.deepEqual(band, { low90: 0.2, low50: 1, median: 2, high50: 3, high90: 3.8 });
});

test('a link that was written is read as the same result', () => {
  const a = { regime: 'design:component/practice/lump-sum/conditions', levers: { trust: 0.3 } };
  const b = { regime: 'other', levers: { merge: 0, trust: 0.9 } };
  const result = { region: 'unicum', pairs: 64, a, b };
  assert.deepEqual(read(LESSON, write(LESSON, result)), result);
});

test('a link is refused with what is wrong in it', () => {
  const good = write(LESSON, { region: 'unicum', pairs: 8, a: plain, b: plain });
  const set = (levers) => good.replace('b=historic', `b=historic;${levers}`);
  const long = `regiosim=1&rules=${'x'.repeat(10_000_000)}`;
  const cases = [
    [good.slice(0, -9), 'linkLacks'],
    ['regiosim=1', 'linkLacks'],
    [long, 'linkLong'],
    ['<img src=x onerror=alert(1)>', 'linkStrange'],
    [`${good}&x=1`, 'linkStrange'],
    [`${good}&a=historic`, 'linkTwice'],
    [good.replace('regiosim=1', 'regiosim=2'), 'linkFormat'],
    [good.replace('abc123', 'fff'), 'linkRules'],
    [good.replace('unicum', '%E0%A4%A'), 'linkStrange'],
    [good.replace('unicum', 'mars'), 'linkRegion'],
    [good.replace('pairs=8', 'pairs=1e9'), 'linkPairs'],
    [good.replace('a=historic', 'a=__proto__'), 'linkRegime'],
    [good.replace('a=historic', 'a=design'), 'linkRegime'],
    [good.replace('a=historic', 'a=design:bundled/practice/gold/conditions'), 'linkRegime'],
    [set('trust=0.3;trust=0.4'), 'linkTwice'],
    [set('__proto__=1'), 'linkLever'],
    [set('constructor=1'), 'linkLever'],
    [set('trust=1e308'), 'linkValue'],
    [set('trust=NaN'), 'linkValue'],
    [set('trust=0.31'), 'linkValue'],
    [set('trust=-0.1'), 'linkValue'],
    [set('trust='), 'linkValue'],
    [set('merge=2'), 'linkValue'],
  ];
  for (const [link, word] of cases) {
    assert.throws(
      () => read(LESSON, link),
      (error) => {
        assert.ok(error instanceof Refusal, `${link.slice(0, 80)}: ${error}`);
        assert.equal(error.word, word, link.slice(0, 80));
        for (const language of ['en', 'nl']) {
          const said = speech(language).word(error.word, error.filled);
          assert.ok(said.length < 250 && !said.includes('{'), said);
        }
        return true;
      },
    );
  }
});

test('a link that was cut off anywhere is refused', () => {
  for (const pairs of LADDER) {
    const b = { regime: 'other', levers: { trust: 0.9 } };
    const whole = write(LESSON, { region: 'unicum', pairs, a: plain, b });
    for (let length = 1; length < whole.length; length += 1) {
      assert.throws(() => read(LESSON, whole.slice(0, length)), Refusal, whole.slice(0, length));
    }
  }
});

test('three levers are words of a design, the others positions in steps', () => {
  const once = policies.moved(LESSON, plain, named('route'), 2);
  assert.equal(once.regime, 'design:bundled/practice/insured/conditions');
  const twice = policies.moved(LESSON, once, named('unit'), 2);
  assert.equal(twice.regime, 'design:bundled/practice/lump-sum/conditions');
  assert.equal(policies.valueOf(twice, named('unit')), 2);
  assert.deepEqual(policies.moved(LESSON, twice, named('bundling'), 0), plain);
  assert.equal(policies.position(named('trust'), 0.30000000000000004), 0.3);
});

test('a policy names only levers that differ and do something', () => {
  const moved = policies.moved(LESSON, plain, named('norm'), 0.7);
  assert.deepEqual(moved.levers, { norm: 0.7 });
  assert.deepEqual(policies.under(LESSON, moved, 'other').levers, {});
  const design = policies.moved(LESSON, moved, named('route'), 1);
  assert.deepEqual(design.levers, {});
  assert.ok(policies.idle(design, named('norm')));
});

/** A pool that keeps what it is asked, to be answered when the test says so. */
class Waiting {
  queue = [];
  asked = 0;
  run(policy, seeds, done) {
    this.asked += seeds.length;
    this.queue.push({ policy, seeds, done });
  }
  drop() {
    this.queue = [];
  }
  answer(many = Infinity) {
    for (const { policy, seeds, done } of this.queue.splice(0, many)) {
      const values = Float64Array.from(seeds, (seed) => seed + (policy.levers.trust ?? 0));
      done({ kind: 'run', ticket: 0, values });
    }
  }
}

test('pictures come at every step, and a newer move drops what waits', () => {
  const pool = new Waiting();
  const seen = [];
  const study = new Study(pool, 1, (picture) => seen.push(picture), assert.fail);
  const moved = { ...plain, levers: { trust: 0.25 } };
  study.ask({ region: 0, a: plain, b: moved, pairs: 200 });
  pool.answer(8);
  assert.deepEqual(seen.map((one) => one.pairs), [8]);
  const { a, b } = seen[0].tables(0);
  assert.deepEqual(a, [[1], [2], [3], [4], [5], [6], [7], [8]]);
  assert.deepEqual(b, a.map(([value]) => [value + 0.25]));
  const newer = { ...plain, levers: { trust: 0.5 } };
  study.ask({ region: 0, a: plain, b: newer, pairs: 200 });
  assert.ok(pool.queue.every(({ policy }) => policy !== moved), 'the older move is forgotten');
  const asked = pool.queue.flatMap(({ policy, seeds }) => (policy === plain ? seeds : []));
  assert.ok(Math.min(...asked) > 8, 'what was run once is not run again');
  pool.answer();
  assert.deepEqual(seen.map((one) => one.pairs), [8, ...LADDER]);
  const before = pool.asked;
  study.ask({ region: 0, a: moved, b: plain, pairs: 8 });
  assert.equal(pool.asked, before, 'going back runs nothing anew');
  assert.equal(seen.at(-1).pairs, 8);
});

test('sentences leave out what is not known', () => {
  const said = both('gets a contract[ for {detail}][ with {other}]');
  assert.deepEqual(pieces(said, null, speech('en')), ['gets a contract']);
  const other = ['insurer', 1];
  assert.deepEqual(pieces(said, other, speech('en')), ['gets a contract with ', other, '']);
});

test('two runs part at the first event that differs', () => {
  const event = (tick, id) => ({ tick, event: 'joined', cause: 'money', agent: ['practice', id], other: null });
  const a = { states: [], events: [event(1, 1), event(2, 2)] };
  const b = { states: [], events: [event(1, 1), event(5, 3)] };
  assert.deepEqual(parting(a, b), { same: 1, tick: 2, a: event(2, 2), b: null });
  assert.equal(parting(a, a), null);
});

test('every word is there in both languages, with the same gaps', () => {
  const gaps = (said) => [...said.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [name, { en, nl }] of Object.entries(WORDS)) {
    assert.ok(en && nl, name);
    assert.deepEqual(gaps(en), gaps(nl), name);
  }
});

test('numbers are written as the language does', () => {
  assert.equal(speech('nl').number(1234567, 0), '1.234.567');
  assert.equal(speech('en').number(-1234.5, 1), '−1,234.5');
  assert.equal(speech('nl').number(0.512), '0,51');
  assert.equal(speech('nl').number(NaN), '–');
});
