// Where practices stand on the map and in the network: once for all years, so that what moves is
// who belongs where.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import { scaleLinear } from 'd3-scale';
import type { History, Region, State } from './types.ts';

export const WIDTH = 420;
export const HEIGHT = 380;
const MARGIN = 34;
/** Distance of practices of one municipality. */
const STEP = 8.5;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
const TURNS = 240;
/** Width of a letter in the name of a municipality, about. */
const LETTER = 6.5;

export interface Spot {
  x: number;
  y: number;
}

export interface Town extends Spot {
  id: number;
  name: string;
  radius: number;
}

export interface MapLayout {
  /** Left, top, width and height of what is drawn, names included. */
  box: readonly [number, number, number, number];
  towns: Town[];
  practices: Map<number, Spot>;
}

function all<K extends 'practices' | 'hubs' | 'organisations'>(
  histories: History[],
  kind: K,
): State[K] {
  return histories.flatMap((one) => one.states).flatMap((one) => one[kind] as never[]) as State[K];
}

/** Practices of both runs by municipality, in the order of their ids. */
function byTown(histories: History[]): Map<number, number[]> {
  const found = new Map<number, Set<number>>();
  for (const { id, municipality } of all(histories, 'practices')) {
    found.set(municipality, (found.get(municipality) ?? new Set()).add(id));
  }
  return new Map([...found].map(([town, ids]) => [town, [...ids].sort((x, y) => x - y)]));
}

/** Municipalities near their real places, pushed apart; their practices in a spiral around. */
export function mapLayout(region: Region, histories: History[]): MapLayout {
  const ids = byTown(histories);
  const [xs, ys] = [region.municipalities.map((m) => m.x), region.municipalities.map((m) => m.y)];
  const [west, east, south, north] = [
    Math.min(...xs),
    Math.max(...xs),
    Math.min(...ys),
    Math.max(...ys),
  ];
  const span = Math.max((east - west) / (WIDTH - 2 * MARGIN), (north - south) / (HEIGHT - 2 * MARGIN));
  const unit = 1 / (span || 1);
  const x = scaleLinear([(west + east) / 2, (west + east) / 2 + 1], [WIDTH / 2, WIDTH / 2 + unit]);
  const y = scaleLinear([(south + north) / 2, (south + north) / 2 + 1], [HEIGHT / 2, HEIGHT / 2 - unit]);
  const towns = region.municipalities.map((one) => ({
    id: one.id,
    name: one.name,
    x: x(one.x),
    y: y(one.y),
    home: { x: x(one.x), y: y(one.y) },
    radius: STEP * Math.sqrt(ids.get(one.id)?.length ?? 1) + 5,
  }));
  forceSimulation(towns)
    .force('x', forceX<(typeof towns)[number]>((town) => town.home.x).strength(0.3))
    .force('y', forceY<(typeof towns)[number]>((town) => town.home.y).strength(0.3))
    .force('apart', forceCollide<(typeof towns)[number]>((town) => town.radius + 9).iterations(3))
    .stop()
    .tick(TURNS);
  const practices = new Map<number, Spot>();
  for (const town of towns) {
    ids.get(town.id)?.forEach((id, k) => {
      const [far, angle] = [STEP * Math.sqrt(k + 0.4), k * GOLDEN_ANGLE];
      practices.set(id, { x: town.x + far * Math.cos(angle), y: town.y + far * Math.sin(angle) });
    });
  }
  return { box: boxOf(towns), towns, practices };
}

/** Around all municipalities and their names. */
function boxOf(towns: Town[]): MapLayout['box'] {
  const wide = (town: Town): number => Math.max(town.radius, (town.name.length * LETTER) / 2);
  const left = Math.min(...towns.map((town) => town.x - wide(town))) - 4;
  const right = Math.max(...towns.map((town) => town.x + wide(town))) + 4;
  const top = Math.min(...towns.map((town) => town.y - town.radius)) - 18;
  const bottom = Math.max(...towns.map((town) => town.y + town.radius)) + 4;
  return [left, top, right - left, bottom - top];
}

interface Node extends SimulationNodeDatum {
  key: string;
}

/** Places of practices, hubs and organisations, by `kind:id`: who were long together lie close. */
export function networkLayout(history: History, start: MapLayout): Map<string, Spot> {
  const nodes = new Map<string, Node>();
  const links = new Map<string, { source: string; target: string; years: number }>();
  const node = (key: string, at?: Spot): string => {
    if (!nodes.has(key)) nodes.set(key, { key, ...(at ?? {}) });
    return key;
  };
  const link = (source: string, target: string): void => {
    const key = `${source} ${target}`;
    const known = links.get(key) ?? { source, target, years: 0 };
    known.years += 1;
    links.set(key, known);
  };
  for (const state of history.states) {
    for (const one of state.practices.filter((practice) => practice.open)) {
      const from = node(`practice:${one.id}`, start.practices.get(one.id));
      if (one.hub >= 0) link(from, node(`hub:${one.hub}`, start.practices.get(one.id)));
      if (one.organisation >= 0) link(from, node(`organisation:${one.organisation}`));
    }
    for (const one of state.hubs) {
      if (one.organisation < 0 || !nodes.has(`hub:${one.id}`)) continue;
      link(`hub:${one.id}`, node(`organisation:${one.organisation}`));
    }
  }
  const most = Math.max(1, history.states.length);
  const points = [...nodes.values()];
  forceSimulation(points)
    .force('apart', forceManyBody().strength(-14))
    .force('touch', forceCollide(6))
    .force('x', forceX(WIDTH / 2).strength(0.07))
    .force('y', forceY(HEIGHT / 2).strength(0.08))
    .force(
      'links',
      forceLink<Node, { source: string; target: string; years: number }>([...links.values()])
        .id((one) => one.key)
        .distance(16)
        .strength(({ years }) => 0.5 * (years / most)),
    )
    .stop()
    .tick(TURNS);
  return fitted(points);
}

/** Scaled so that all lie within the drawing. */
function fitted(points: Node[]): Map<string, Spot> {
  const [xs, ys] = [points.map((one) => one.x ?? 0), points.map((one) => one.y ?? 0)];
  const x = scaleLinear([Math.min(...xs), Math.max(...xs)], [12, WIDTH - 12]);
  const y = scaleLinear([Math.min(...ys), Math.max(...ys)], [12, HEIGHT - 12]);
  return new Map(points.map((one) => [one.key, { x: x(one.x ?? 0), y: y(one.y ?? 0) }]));
}
