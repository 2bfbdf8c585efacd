// What one run left: its living rows at the end of a year, and the events of a quarter.
import type { Layout } from './layout.ts';
import type { Machine } from './machine.ts';
import type { Happening, Lesson, State } from '../types.ts';

const NOBODY = -1;

export function stateOf(machine: Machine, layout: Layout, year: number): State {
  const get = (table: string, column: string, row: number) => machine.number(table, column, row);
  const living = (table: string) =>
    Array.from({ length: machine.rows(table) }, (_, row) => row).filter((row) => get(table, 'alive', row) === 1);
  const idOf = (table: string, row: number) => (row === layout.none ? NOBODY : machine.idOf(table, row));
  const members = new Map<number, number>();
  const practices = living('practices').map((row) => {
    const hub = get('practices', 'hub', row);
    const active = get('practices', 'active', row) === 1;
    if (active) members.set(hub, (members.get(hub) ?? 0) + 1);
    return {
      id: get('practices', 'id', row),
      municipality: idOf('municipalities', get('practices', 'municipality', row)),
      patients: get('practices', 'patients', row),
      hub: active ? idOf('hubs', hub) : NOBODY,
      organisation: idOf('organisations', get('practices', 'organisation', row)),
      open: true,
    };
  });
  const hubs = living('hubs').map((row) => ({
    id: get('hubs', 'id', row),
    municipality: idOf('municipalities', get('hubs', 'municipality', row)),
    stage: get('hubs', 'stage', row),
    organisation: idOf('organisations', get('hubs', 'agreement', row)),
    members: members.get(row) ?? 0,
  }));
  const organisations = living('organisations').map((row) => ({
    id: get('organisations', 'id', row),
    municipality: idOf('municipalities', get('organisations', 'municipality', row)),
    members: get('organisations', 'members', row),
    insured: get('organisations', 'insured', row),
    contract: get('organisations', 'contracts', row) > 0,
  }));
  return { year, practices, hubs, organisations };
}

/** Add the events of the quarter that was run last. */
export function happenings(machine: Machine, layout: Layout, lesson: Lesson, out: Happening[]): void {
  const count = machine.number('counter', 'event_lines', 0);
  const get = (column: string, row: number) => machine.number('events', column, row);
  for (let row = 0; row < count; row++) {
    const other = get('other', row);
    out.push({
      tick: get('tick', row),
      event: lesson.codes.events[get('what', row)] ?? '',
      cause: lesson.codes.causes[get('cause', row)] ?? '',
      agent: party(machine, layout, get('party', row)),
      other: other === layout.none ? null : party(machine, layout, other),
    });
  }
}

/** Return kind and id of a party by its number: the world outside, then each kind in turn. */
function party(machine: Machine, layout: Layout, number: number): [string, number] {
  let first = 1;
  for (let kind = 0; kind < layout.kinds.length; kind++) {
    const table = layout.kinds[kind]!;
    const rows = machine.rows(table);
    if (number >= first && number < first + rows) {
      return [layout.words[kind]!, machine.idOf(table, number - first)];
    }
    first += rows;
  }
  return ['outside', 0];
}
