// Practices, hubs and organisations of one year as marks, on the map or with lines between them.

import type { JSX } from 'preact';
import { useSpeech } from './language.ts';
import type { Spot } from './layout.ts';
import type { Mark } from './marks.ts';
import { sameParty } from './names.ts';
import type { Party, State as Chosen } from './state.ts';
import type { State } from './types.ts';

export interface Drawn {
  now: State;
  state: Chosen;
  name: (party: Party) => string;
  mark: (organisation: number, hub: number, size: number) => Mark;
  onParty: (party: Party) => void;
}

/** A mark that can be clicked; whoever uses the keyboard finds the same parties in a list. */
function Dot(
  props: Drawn & { party: Party; spot: Spot; mark1: Mark; size?: string; text?: string },
): JSX.Element {
  const { party, spot, mark1, state, name, onParty, size = '', text = '' } = props;
  const chosen = sameParty(state.party, party) ? ' chosen' : '';
  return (
    <g
      class={`dot ${size}${chosen}`}
      transform={`translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)})`}
      data-party={party.join(':')}
      onClick={() => onParty(party)}
    >
      <title>{name(party) + text}</title>
      {chosen && <circle class="ring" r={10} />}
      <path d={mark1.path} fill={mark1.colour} />
    </g>
  );
}

export function Practices(props: Drawn & { spot: (id: number) => Spot | undefined }): JSX.Element {
  const { now, mark, spot } = props;
  const speech = useSpeech();
  return (
    <g>
      {now.practices
        .filter((one) => one.open)
        .map((one) => {
          const at = spot(one.id);
          if (!at) return null;
          const size = Math.min(75, Math.max(26, one.patients / 55));
          const count = speech.word('patients', { count: speech.number(one.patients, 0) });
          return (
            <Dot
              {...props}
              key={one.id}
              party={['practice', one.id]}
              spot={at}
              mark1={mark(one.organisation, one.hub, size)}
              text={`, ${count}`}
            />
          );
        })}
    </g>
  );
}

/** Practices, the hubs they take part in, and organisations, with lines between them. */
export function Network(props: Drawn & { spots: Map<string, Spot> }): JSX.Element {
  const { now, spots, mark } = props;
  const open = now.practices.filter((one) => one.open);
  const hubs = now.hubs.filter((one) => one.members > 0 && spots.has(`hub:${one.id}`));
  const bodies = now.organisations.filter((one) => one.members > 0);
  const lines = [
    ...open.flatMap((one) => [
      [`practice:${one.id}`, `organisation:${one.organisation}`],
      [`practice:${one.id}`, `hub:${one.hub}`],
    ]),
    ...hubs.map((one) => [`hub:${one.id}`, `organisation:${one.organisation}`]),
  ];
  return (
    <g>
      {lines.map(([from = '', to = '']) => {
        const [start, end] = [spots.get(from), spots.get(to)];
        return (
          start &&
          end && (
            <line
              key={`${from} ${to}`}
              class={to.startsWith('hub') ? 'link to-hub' : 'link'}
              x1={start.x}
              y1={start.y}
              x2={end.x}
              y2={end.y}
            />
          )
        );
      })}
      <Practices {...props} spot={(id) => spots.get(`practice:${id}`)} />
      {hubs.map((one) => (
        <Dot
          {...props}
          key={one.id}
          size="hub"
          party={['hub', one.id]}
          spot={spots.get(`hub:${one.id}`) ?? { x: 0, y: 0 }}
          mark1={{ colour: 'var(--surface)', path: 'M-4 -4H4V4H-4Z' }}
        />
      ))}
      {bodies.map((one) => {
        const spot = spots.get(`organisation:${one.id}`);
        return (
          spot && (
            <Dot
              {...props}
              key={one.id}
              size="body"
              party={['organisation', one.id]}
              spot={spot}
              mark1={mark(one.id, -1, 220)}
            />
          )
        );
      })}
    </g>
  );
}
