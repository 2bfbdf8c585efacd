// Short codes: what a group decided in a round, as twelve characters that can be read aloud.
// The same as game/codes.py, which says how a code is made; both are held to one file of examples.
import type { Lever } from '../types.ts';
import { leversOf, positions } from './table.ts';
import { Refused, type Decision, type Game } from './types.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LOOKALIKES: Record<string, string> = { O: '0', I: '1', L: '1' };
const MOST_ROLES = 8;
const CHOSEN = 6;
export const LENGTH = 12;
const GENERATOR = 0b100101;
/** What is typed is cut here: no code is so long. */
const LONGEST = 200;

type Turned = Pick<Lever, 'name' | 'kind' | 'low' | 'high' | 'step'> & { choices: { value: number }[] };

/** The product of two elements of GF(32). */
function multiply(a: number, b: number): number {
  let product = 0;
  for (let left = a, right = b; right > 0; right >>= 1) {
    if (right & 1) product ^= left;
    left <<= 1;
    if (left & 32) left ^= GENERATOR;
  }
  return product;
}

const POWERS = Array.from({ length: LENGTH }, (_, k) => {
  let power = 1;
  for (let j = 0; j < k; j++) power = multiply(power, 2);
  return power;
});

/** The plain sum of digits and the one weighted by powers of 2: 0 and 0 in a code. */
function sums(digits: number[]): [number, number] {
  return digits.reduce<[number, number]>(
    ([plain, weighted], digit, k) => [plain ^ digit, weighted ^ multiply(digit, POWERS[k] ?? 0)],
    [0, 0],
  );
}

/** The digits of a code with its two check digits behind them: one pair of 1,024 fits. */
function checked(digits: number[]): number[] {
  for (let pair = 0; pair < 1 << 10; pair++) {
    const word = [...digits, pair >> 5, pair & 31];
    const [plain, weighted] = sums(word);
    if (plain === 0 && weighted === 0) return word;
  }
  throw new Error('a code of this length always has its check digits');
}

export function encode(game: Game, levers: Turned[], decision: Decision): string {
  const party = game.roles.findIndex((role) => role.name === decision.role);
  const role = game.roles[party];
  if (!role) throw new Error(`role ${decision.role}: the lesson does not hold it`);
  let chosen = 0;
  for (const lever of leversOf(role, levers)) {
    const stands = positions(lever);
    const value = decision.levers[lever.name];
    const place = value === undefined ? 0 : stands.indexOf(value) + 1;
    if (value !== undefined && place === 0) throw new Error(`${lever.name}: ${value} is no position`);
    chosen = chosen * (stands.length + 1) + place;
  }
  const digits = [game.format, game.mark >> 5, game.mark & 31, decision.round * MOST_ROLES + party];
  for (let k = CHOSEN - 1; k >= 0; k--) digits.push((chosen >> (5 * k)) & 31);
  const text = checked(digits).map((digit) => ALPHABET[digit]).join('');
  return text.replace(/(.{4})(?=.)/g, '$1-');
}

/** What was typed without spaces and hyphens, in capitals, lookalikes put right. */
function normal(text: string): string {
  const typed = text.toUpperCase().replace(/[\s\-–_.]/g, '');
  return typed.replace(/[OIL]/g, (letter) => LOOKALIKES[letter] ?? letter);
}

function refuse(game: Game, key: string): never {
  throw new Refused(key, game.said[key] ?? { en: key, nl: key });
}

/** Read a code; throws `Refused` with a sentence where it cannot be one. */
export function decode(game: Game, levers: Turned[], text: string): Decision {
  const typed = [...normal(text.slice(0, LONGEST))];
  const digits = typed.map((letter) => ALPHABET.indexOf(letter));
  if (digits.includes(-1)) refuse(game, 'code-letter');
  if (digits.length !== LENGTH) refuse(game, 'code-length');
  const [plain, weighted] = sums(digits);
  if (plain !== 0 || weighted !== 0) refuse(game, 'code-check');
  const [format = 0, high = 0, low = 0, who = 0, ...rest] = digits;
  if (format !== game.format) refuse(game, 'code-format');
  if (high * 32 + low !== game.mark) refuse(game, 'code-table');
  const round = Math.floor(who / MOST_ROLES);
  const role = game.roles[who % MOST_ROLES];
  if (round >= game.rounds.length || !role) refuse(game, 'code-absurd');
  let chosen = rest.slice(0, CHOSEN).reduce((sum, digit) => sum * 32 + digit, 0);
  const found: [string, number][] = [];
  for (const lever of leversOf(role, levers).reverse()) {
    const stands = positions(lever);
    const place = chosen % (stands.length + 1);
    chosen = Math.floor(chosen / (stands.length + 1));
    const value = stands[place - 1];
    if (value !== undefined) found.push([lever.name, value]);
  }
  if (chosen > 0) refuse(game, 'code-absurd');
  return { round, role: role.name, levers: Object.fromEntries(found.reverse()) };
}

/** Read all codes in a text, one a line or with spaces between; stops at the first that is none. */
export function decodeAll(game: Game, levers: Turned[], text: string): Decision[] {
  const whole = text.slice(0, 100 * LONGEST).trim();
  if (normal(whole).length <= LENGTH) return [decode(game, levers, whole)];
  return whole
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((code) => decode(game, levers, code));
}
