// The page's own words, in both languages. What belongs to the model (outcomes, levers, events)
// comes with the lesson.

import { STORY_WORDS } from './story-words.ts';
import type { Said } from './types.ts';

export const WORDS = {
  ...STORY_WORDS,
  title: { en: 'Regionalisation of primary care', nl: 'Regionalisering van de eerste lijn' },
  noForecast: {
    en: 'This illustrates what rules lead to in a model. It does not forecast.',
    nl: 'Dit laat zien waar regels in een model toe leiden. Het is geen voorspelling.',
  },
  language: { en: 'Language', nl: 'Taal' },
  region: { en: 'Region', nl: 'Regio' },
  skip: { en: 'Skip to the results', nl: 'Naar de uitkomsten' },

  policies: { en: 'Two policies', nl: 'Twee soorten beleid' },
  policyA: { en: 'Policy A', nl: 'Beleid A' },
  policyB: { en: 'Policy B', nl: 'Beleid B' },
  change: { en: 'What the sliders change', nl: 'Wat de schuiven veranderen' },
  otherIs: { en: 'under {side}: {value}', nl: 'bij {side}: {value}' },
  copyOver: { en: 'Make {to} equal to {from}', nl: 'Maak {to} gelijk aan {from}' },
  swap: { en: 'Swap A and B', nl: 'Wissel A en B' },
  restore: { en: 'Back to the start', nl: 'Terug naar het begin' },
  regime: { en: 'Regime', nl: 'Stelsel' },
  own: { en: 'own design', nl: 'eigen ontwerp' },
  more: { en: 'More settings ({count})', nl: 'Meer instellingen ({count})' },
  moved: { en: '{count} changed', nl: '{count} gewijzigd' },
  about: { en: 'About: {name}', nl: 'Over: {name}' },
  range: { en: 'Plausible: {low} to {high}.', nl: 'Aannemelijk: {low} tot {high}.' },
  default: { en: 'The model has {value}.', nl: 'In het model: {value}.' },
  source: { en: 'Source: {source}.', nl: 'Bron: {source}.' },
  assumed: { en: 'assumed, no figure is known', nl: 'aangenomen, er is geen cijfer bekend' },
  since: { en: 'Differs from {quarter} on.', nl: 'Geldt vanaf {quarter}.' },
  idle: {
    en: 'Does nothing under this regime.',
    nl: 'Doet niets onder dit stelsel.',
  },
  idleFor: { en: 'It does under: {regimes}.', nl: 'Wel onder: {regimes}.' },
  on: { en: 'on', nl: 'aan' },
  off: { en: 'off', nl: 'uit' },

  results: { en: 'What comes of it', nl: 'Wat ervan komt' },
  running: {
    en: '{pairs} of {all} paired runs so far …',
    nl: '{pairs} van {all} gepaarde simulaties tot nu toe …',
  },
  ready: {
    en: '{pairs} paired runs: A and B meet the same chance events.',
    nl: '{pairs} gepaarde simulaties: A en B treffen hetzelfde toeval.',
  },
  same: {
    en: 'A and B are the same now. Move a slider: that makes policy B.',
    nl: 'A en B zijn nu gelijk. Verschuif iets: dat wordt beleid B.',
  },
  pairs: { en: 'Paired runs', nl: 'Gepaarde simulaties' },
  view: { en: 'Show', nl: 'Toon' },
  both: { en: 'A and B', nl: 'A en B' },
  difference: { en: 'the difference, B − A', nl: 'het verschil, B − A' },
  legend: {
    en: 'Line: median. Dark band: half of all runs. Light band: nine in ten.',
    nl: 'Lijn: mediaan. Donkere band: de helft van de simulaties. Lichte band: negen van de tien.',
  },
  legendGap: {
    en: 'Mean of B − A over pairs with its 95% interval; grey where it holds zero: then chance alone may do it.',
    nl: 'Gemiddelde van B − A over paren met 95%-interval; grijs waar dat nul bevat: dan kan het toeval zijn.',
  },
  median: { en: 'median', nl: 'mediaan' },
  inYear: { en: 'in {year}', nl: 'in {year}' },
  gap: { en: 'B − A: {mean} [{low}; {high}]', nl: 'B − A: {mean} [{low}; {high}]' },
  noGap: { en: 'B − A: nothing to compare', nl: 'B − A: niets te vergelijken' },
  unclear: { en: 'may be chance', nl: 'kan toeval zijn' },
  moneyMore: {
    en: 'in {year} {amount} more per insured under B than under A ({low} to {high}).',
    nl: 'in {year} onder B {amount} meer per verzekerde dan onder A ({low} tot {high}).',
  },
  moneyLess: {
    en: 'in {year} {amount} less per insured under B than under A ({low} to {high}).',
    nl: 'in {year} onder B {amount} minder per verzekerde dan onder A ({low} tot {high}).',
  },
  moneySame: {
    en: 'in {year} A and B cannot be told apart ({low} to {high} per insured).',
    nl: 'in {year} zijn A en B niet te onderscheiden ({low} tot {high} per verzekerde).',
  },
  criteria: { en: 'The eight criteria', nl: 'De acht criteria' },
  moreOutcomes: { en: 'Add an outcome', nl: 'Voeg een uitkomst toe' },
  choose: { en: 'choose …', nl: 'kies …' },
  remove: { en: 'Remove {name}', nl: 'Verwijder {name}' },
  year: { en: 'Year', nl: 'Jaar' },
  png: { en: 'PNG', nl: 'PNG' },
  pngOf: { en: 'Save {name} as PNG', nl: 'Bewaar {name} als PNG' },

  who: { en: 'Who belongs where', nl: 'Wie hoort bij wie' },
  oneRun: {
    en: 'One run of each, with the same seed: an example, not the average.',
    nl: 'Van elk één simulatie, met hetzelfde toeval: een voorbeeld, niet het gemiddelde.',
  },
  seed: { en: 'Seed', nl: 'Toevalsgetal' },
  colour: { en: 'Colour by', nl: 'Kleur naar' },
  map: { en: 'Map', nl: 'Kaart' },
  network: { en: 'Network', nl: 'Netwerk' },
  byOrganisation: { en: 'organisation', nl: 'organisatie' },
  byHub: { en: 'hub', nl: 'hub' },
  alone: { en: 'on its own', nl: 'zelfstandig' },
  others: { en: 'others ({count})', nl: 'overige ({count})' },
  play: { en: 'Play', nl: 'Speel af' },
  pause: { en: 'Pause', nl: 'Pauze' },
  mapOf: {
    en: 'Map of {side} in {year}: {practices} practices, {organisations} organisations, {hubs} hubs.',
    nl: 'Kaart van {side} in {year}: {practices} praktijken, {organisations} organisaties, {hubs} hubs.',
  },
  networkOf: {
    en: 'Network of {side} in {year}: {practices} practices, {organisations} organisations, {hubs} hubs.',
    nl: 'Netwerk van {side} in {year}: {practices} praktijken, {organisations} organisaties, {hubs} hubs.',
  },
  patients: { en: '{count} patients', nl: '{count} patiënten' },
  members: { en: '{count} practices', nl: '{count} praktijken' },

  why: { en: 'Why did this happen?', nl: 'Waarom gebeurde dit?' },
  parting: { en: 'Where A and B part', nl: 'Waar A en B uiteengaan' },
  partingText: {
    en: 'With seed {seed} both runs are the same for {count} events. In {quarter} they part:',
    nl: 'Met toevalsgetal {seed} zijn beide simulaties {count} gebeurtenissen lang gelijk. In {quarter} gaan ze uiteen:',
  },
  never: {
    en: 'With seed {seed} nothing happens in one that does not happen in the other.',
    nl: 'Met toevalsgetal {seed} gebeurt in de ene niets wat niet ook in de andere gebeurt.',
  },
  nothingMore: { en: 'nothing more happens', nl: 'gebeurt er niets meer' },
  eventsOf: { en: 'Events of', nl: 'Gebeurtenissen van' },
  aboutParty: { en: 'About', nl: 'Over' },
  everybody: { en: 'everybody', nl: 'iedereen' },
  historyOf: { en: 'History of {name}', nl: 'Geschiedenis van {name}' },
  events: { en: '{count} events', nl: '{count} gebeurtenissen' },
  nothingHappened: { en: 'Nothing happens.', nl: 'Er gebeurt niets.' },
  because: { en: 'because of: {cause}', nl: 'door: {cause}' },
  counts: { en: 'Also: {counts}', nl: 'Verder: {counts}' },
  practices: { en: 'Practices', nl: 'Praktijken' },
  hubs: { en: 'Hubs', nl: 'Hubs' },
  organisations: { en: 'Organisations', nl: 'Organisaties' },
  municipalities: { en: 'Municipalities', nl: 'Gemeenten' },
  insurers: { en: 'Insurers', nl: 'Zorgverzekeraars' },
  rest: { en: 'Other parties', nl: 'Andere partijen' },

  keep: { en: 'Keep and share', nl: 'Bewaren en delen' },
  keepText: {
    en: 'A link holds both policies, not the numbers: whoever opens it with this lesson gets the same numbers.',
    nl: 'Een link bevat beide soorten beleid, niet de cijfers: wie hem met deze les opent, krijgt dezelfde cijfers.',
  },
  link: { en: 'Link to this result', nl: 'Link naar dit resultaat' },
  copyLink: { en: 'Copy the link', nl: 'Kopieer de link' },
  copied: { en: 'The link was copied.', nl: 'De link is gekopieerd.' },
  copyByHand: {
    en: 'The browser does not copy for you: the link is selected, copy it by hand.',
    nl: 'De browser kopieert niet zelf: de link is geselecteerd, kopieer hem met de hand.',
  },
  csv: { en: 'Figures as CSV', nl: 'Cijfers als CSV' },
  report: { en: 'Print a page', nl: 'Druk een pagina af' },
  native: {
    en: 'The same numbers without a browser:',
    nl: 'Dezelfde cijfers zonder browser:',
  },
  version: {
    en: 'regiosim {version}, rules {rules}. Years {first}–{last}.',
    nl: 'regiosim {version}, regels {rules}. Jaren {first}–{last}.',
  },
  reportTitle: {
    en: '{region}: policies A and B compared',
    nl: '{region}: beleid A en B vergeleken',
  },
  outcome: { en: 'Outcome', nl: 'Uitkomst' },
  unit: { en: 'Unit', nl: 'Eenheid' },

  linkRefused: {
    en: 'The link was not used: {reason}. What you see is the start of this lesson.',
    nl: 'De link is niet gebruikt: {reason}. Je ziet het begin van deze les.',
  },
  close: { en: 'Close', nl: 'Sluit' },
  linkLong: {
    en: 'it is {length} characters long, at most {most} are allowed',
    nl: 'hij is {length} tekens lang, hoogstens {most} mag',
  },
  linkStrange: {
    en: '{part} is nothing that a link of a lesson holds',
    nl: '{part} hoort niet in een link van een les',
  },
  linkTwice: { en: '{part} stands in it twice', nl: '{part} staat er twee keer in' },
  linkLacks: {
    en: 'it is not whole, {part} is missing',
    nl: 'hij is niet volledig, {part} ontbreekt',
  },
  linkFormat: {
    en: 'it has form {found}, this lesson reads form {known}',
    nl: 'hij heeft vorm {found}, deze les leest vorm {known}',
  },
  linkRules: {
    en: 'it was made with other rules ({found}, here {known}), so that its numbers would differ',
    nl: 'hij is met andere regels gemaakt ({found}, hier {known}), zodat de cijfers anders zouden zijn',
  },
  linkRegion: {
    en: 'region {found} is not in this lesson, which has {known}',
    nl: 'regio {found} zit niet in deze les, wel {known}',
  },
  linkPairs: {
    en: '{found} is no number of paired runs that this lesson makes ({known})',
    nl: '{found} is geen aantal gepaarde simulaties dat deze les maakt ({known})',
  },
  linkRegime: {
    en: 'policy {side} names a regime that is not in this lesson: {found}',
    nl: 'beleid {side} noemt een stelsel dat niet in deze les zit: {found}',
  },
  linkLever: {
    en: 'policy {side} sets something that this lesson does not know: {found}',
    nl: 'beleid {side} stelt iets in dat deze les niet kent: {found}',
  },
  linkValue: {
    en: 'policy {side} sets {lever} to {found}, allowed is {known}',
    nl: 'beleid {side} zet {lever} op {found}, mogelijk is {known}',
  },

  stopped: {
    en: 'The model stopped: {reason}',
    nl: 'Het model is gestopt: {reason}',
  },
  cannot: {
    en: 'This browser cannot run the lesson ({reason}). A recent Chrome, Edge, Firefox or Safari can.',
    nl: 'Deze browser kan de les niet draaien ({reason}). Een recente Chrome, Edge, Firefox of Safari wel.',
  },
} satisfies Record<string, Said>;

export type Word = keyof typeof WORDS;
