// How a class goes on: the same steps as game/standing.py, and what decisions make of policy.
import type { Change, Policy } from '../types.ts';
import { Refused, type ClassState, type Decision, type Game, type Line, type Step } from './types.ts';

/** Branches of one class. */
const MOST_LINES = 50;

/** What decisions make of policy: a change per round in which a lever moves. */
export function changes(
  game: Game,
  decisions: Decision[],
  without: readonly string[] = [],
  upTo = game.rounds.length - 1,
): Change[] {
  const stands: Record<string, number> = {};
  return game.rounds.slice(0, upTo + 1).flatMap(({ since }, round) => {
    const levers: Record<string, number> = {};
    for (const { name } of game.roles) {
      if (without.includes(name)) continue;
      const made = decisions.find((one) => one.round === round && one.role === name);
      for (const [lever, value] of Object.entries(made?.levers ?? {})) {
        if (stands[lever] !== value) levers[lever] = value;
        stands[lever] = value;
      }
    }
    return Object.keys(levers).length > 0 ? [{ since, levers }] : [];
  });
}

/** The policy that a class made up to a round, perhaps without some roles. */
export function policyOf(
  game: Game,
  state: ClassState,
  without: readonly string[] = [],
  upTo?: number,
): Policy {
  const decisions = state.lines[state.line]?.decisions ?? [];
  const dated = changes(game, decisions, without, upTo);
  return { regime: state.regime, levers: {}, ...(dated.length > 0 ? { dated } : {}) };
}

/** A class that begins. */
export function begun(code: string, region: string, regime: string, runs: number): ClassState {
  return {
    format: 1,
    code,
    version: 1,
    region,
    regime,
    runs,
    groups: [],
    lines: [{ parent: null, branched: 0, decisions: [] }],
    line: 0,
    round: 0,
    phase: 'open',
    decided: [],
    you: { role: null, teacher: true },
  };
}

function renewed(state: ClassState, more: Partial<ClassState>): ClassState {
  const now = { ...state, ...more, version: state.version + 1 };
  const made = now.lines[now.line]?.decisions ?? [];
  const sent = made.filter((one) => one.round === now.round).map((one) => one.role);
  return { ...now, decided: sent.sort() };
}

function withLine(state: ClassState, decisions: Decision[]): Line[] {
  return state.lines.map((line, k) => (k === state.line ? { ...line, decisions } : line));
}

/** The class with a decision in it; a later one of the same role and round takes its place. */
export function decided(game: Game, state: ClassState, decision: Decision): ClassState {
  if (decision.round !== state.round) {
    const filled = { given: decision.round + 1, open: state.round + 1 };
    throw refusal(game, 'round', filled);
  }
  if (state.phase !== 'open') throw refusal(game, 'closed', {});
  const before = state.lines[state.line]?.decisions ?? [];
  const others = before.filter((one) => one.round !== decision.round || one.role !== decision.role);
  return renewed(state, { lines: withLine(state, [...others, decision]) });
}

/** Several decisions at once, of any round that has been played: a class told anew by its codes. */
export function told(state: ClassState, decisions: Decision[]): ClassState {
  const before = state.lines[state.line]?.decisions ?? [];
  const is = (one: Decision) => `${one.round} ${one.role}`;
  const known = new Set(decisions.map(is));
  const kept = before.filter((one) => !known.has(is(one)));
  const round = Math.max(state.round, ...decisions.map((one) => one.round));
  const phase = round > state.round ? 'open' : state.phase;
  return renewed(state, { lines: withLine(state, [...kept, ...decisions]), round, phase });
}

/** The class after a step of its teacher; what cannot be done now changes nothing. */
export function stepped(game: Game, state: ClassState, step: Step, number = 0): ClassState {
  const { phase, round } = state;
  const made = state.lines[state.line]?.decisions ?? [];
  const past = number <= round;
  switch (step) {
    case 'close':
      return phase === 'open' ? renewed(state, { phase: 'closed' }) : state;
    case 'reveal':
      return renewed(state, { phase: 'revealed' });
    case 'open':
      if (phase === 'closed') return renewed(state, { phase: 'open' });
      if (phase === 'open' || round + 1 >= game.rounds.length) return state;
      return renewed(state, { phase: 'open', round: round + 1 });
    case 'rewind': {
      if (!past) return state;
      const kept = made.filter((one) => one.round < number);
      return renewed(state, { lines: withLine(state, kept), round: number, phase: 'open' });
    }
    case 'branch': {
      if (!past || state.lines.length >= MOST_LINES) return state;
      const kept = made.filter((one) => one.round < number);
      const lines = [...state.lines, { parent: state.line, branched: number, decisions: kept }];
      return renewed(state, { lines, line: lines.length - 1, round: number, phase: 'open' });
    }
    case 'line': {
      const line = state.lines[number];
      if (!line) return state;
      const last = Math.max(line.branched, ...line.decisions.map((one) => one.round));
      return renewed(state, { line: number, round: last, phase: 'revealed' });
    }
  }
}

export function refusal(game: Game, key: string, filled: Record<string, string | number>): Refused {
  const said = game.said[key] ?? { en: key, nl: key };
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole));
  return new Refused(key, { en: fill(said.en), nl: fill(said.nl) });
}
