// Who belongs where in one run of each policy: on the map, or as a network, year by year.

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Network, Practices, type Drawn } from './dots.tsx';
import { useSpeech } from './language.ts';
import { HEIGHT, mapLayout, networkLayout, WIDTH, type MapLayout } from './layout.ts';
import { Legend } from './legend.tsx';
import { aloneMark, hubPlaces, markOf, organisationPlaces, type Mark } from './marks.ts';
import type { Names } from './names.ts';
import type { Side } from './policy.ts';
import type { Move, Party, State as Chosen } from './state.ts';
import type { History, Lesson } from './types.ts';
import { Years } from './years.tsx';

export interface Histories {
  a: History;
  b: History;
}

interface Props {
  lesson: Lesson;
  state: Chosen;
  histories: Histories;
  names: Names;
  same: boolean;
  move: (move: Move) => void;
}

export function Drawings({ lesson, state, histories, names, same, move }: Props): JSX.Element {
  const speech = useSpeech();
  const region = lesson.regions[state.region];
  const both = useMemo(() => [histories.a, histories.b], [histories]);
  const layout = useMemo(() => region && mapLayout(region, both), [region, both]);
  const places = useMemo(
    () => ({ organisation: organisationPlaces(both), hub: hubPlaces(both) }),
    [both],
  );
  if (!region || !layout) return <></>;
  const years = histories.a.states.map((one) => one.year);
  const sides: Side[] = same ? ['a'] : ['a', 'b'];
  return (
    <section class="drawings" aria-labelledby="who">
      <h2 id="who">{speech.word('who')}</h2>
      <p class="note">{speech.word('oneRun')}</p>
      <Years
        years={years}
        year={state.year}
        onYear={(year) => move({ kind: 'set', values: { year } })}
      />
      <Choices state={state} move={move} />
      <div class="pair">
        {sides.map((side) => (
          <Drawing
            key={side}
            names={names}
            state={state}
            side={side}
            history={histories[side]}
            layout={layout}
            places={places}
            onParty={(party) => move({ kind: 'set', values: { party, told: side } })}
          />
        ))}
      </div>
    </section>
  );
}

/** Map or network, by organisation or hub, and which run. */
function Choices({ state, move }: Pick<Props, 'state' | 'move'>): JSX.Element {
  const speech = useSpeech();
  const options = [
    { name: 'drawing', legend: 'view', words: { map: 'map', network: 'network' } },
    { name: 'colour', legend: 'colour', words: { organisation: 'byOrganisation', hub: 'byHub' } },
  ] as const;
  return (
    <div class="row choices">
      {options.map(({ name, legend, words }) => (
        <fieldset key={name} class="segments">
          <legend>{speech.word(legend)}</legend>
          {Object.entries(words).map(([value, word]) => (
            <label key={value}>
              <input
                type="radio"
                name={name}
                checked={state[name] === value}
                onChange={() => move({ kind: 'set', values: { [name]: value } })}
              />
              {speech.word(word)}
            </label>
          ))}
        </fieldset>
      ))}
      <label class="seed">
        {speech.word('seed')}{' '}
        <input
          type="number"
          min={1}
          max={state.pairs}
          step={1}
          value={state.seed}
          onChange={(event) => {
            const seed = Math.round(event.currentTarget.valueAsNumber);
            if (seed >= 1 && seed <= state.pairs) {
              move({ kind: 'set', values: { seed, party: null } });
            } else event.currentTarget.value = String(state.seed);
          }}
        />
      </label>
    </div>
  );
}

interface DrawingProps {
  names: Names;
  state: Chosen;
  side: Side;
  history: History;
  layout: MapLayout;
  places: Record<'organisation' | 'hub', Map<number, number>>;
  onParty: (party: Party) => void;
}

function Drawing(props: DrawingProps): JSX.Element {
  const { names, state, side, history, layout, places, onParty } = props;
  const speech = useSpeech();
  const network = state.drawing === 'network';
  const spots = useMemo(
    () => (network ? networkLayout(history, layout) : null),
    [network, history, layout],
  );
  const now = history.states.find((one) => one.year === state.year) ?? history.states.at(-1);
  if (!now) return <></>;
  const name = (party: Party): string => names.of(party, speech);
  const mark = (organisation: number, hub: number, size: number): Mark => {
    const id = state.colour === 'hub' ? hub : organisation;
    return id < 0 ? aloneMark(size) : markOf(places[state.colour].get(id) ?? 0, size);
  };
  const label = speech.word(network ? 'networkOf' : 'mapOf', {
    side: side.toUpperCase(),
    year: now.year,
    practices: now.practices.filter((one) => one.open).length,
    organisations: now.organisations.filter((one) => one.members > 0).length,
    hubs: now.hubs.filter((one) => one.members > 0).length,
  });
  const drawn: Drawn = { now, state, name, mark, onParty };
  return (
    <figure class="drawing">
      <figcaption>
        <h3 class={`value ${side}`}>{speech.word(side === 'a' ? 'policyA' : 'policyB')}</h3>
        <span class="unit">{now.year}</span>
      </figcaption>
      <svg
        viewBox={network ? `0 0 ${WIDTH} ${HEIGHT}` : layout.box.join(' ')}
        role="img"
        aria-label={label}
      >
        {spots ? (
          <Network {...drawn} spots={spots} />
        ) : (
          <>
            {layout.towns.map((town) => (
              <circle key={town.id} class="town" cx={town.x} cy={town.y} r={town.radius} />
            ))}
            <Practices {...drawn} spot={(id) => layout.practices.get(id)} />
            {layout.towns.map((town) => (
              <text
                key={town.id}
                class="town-name"
                x={town.x}
                y={town.y - town.radius - 3}
                text-anchor="middle"
              >
                {town.name}
              </text>
            ))}
          </>
        )}
      </svg>
      {state.colour === 'organisation' && <Legend {...drawn} />}
    </figure>
  );
}
