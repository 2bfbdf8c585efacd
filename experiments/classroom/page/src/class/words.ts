// Words of class mode, in both languages. Roles, rounds and refusals come with the lesson.
import { fill, useSpeech } from '../language.ts';
import type { Said } from '../types.ts';

export const CLASS_WORDS = {
  mode: { en: 'Play it with a class', nl: 'Speel het met een klas' },
  title: { en: 'Class', nl: 'Klas' },
  leave: { en: 'Out of the class', nl: 'Uit de klas' },
  what: {
    en: 'Groups play the parties of a region and decide in rounds; agents play the rest.',
    nl: 'Groepen spelen de partijen van een regio en besluiten in rondes; agents spelen de rest.',
  },
  codeOfClass: { en: 'Code of the class', nl: 'Code van de klas' },
  goIn: { en: 'Go in', nl: 'Ga naar binnen' },
  asGroup: { en: 'We are a group', nl: 'Wij zijn een groep' },
  asTeacher: { en: 'I lead the class', nl: 'Ik leid de klas' },
  noServer: {
    en: 'Without a network: each group shows a short code, and who leads the class types it in.',
    nl: 'Zonder netwerk: elke groep toont een korte code, en wie de klas leidt typt hem in.',
  },
  join: { en: 'Join', nl: 'Doe mee' },
  whoAreYou: { en: 'Which party do you play?', nl: 'Welke partij speelt u?' },
  nameOfGroup: { en: 'Name of your group', nl: 'Naam van uw groep' },
  playedBy: { en: 'played by {name}', nl: 'gespeeld door {name}' },
  round: { en: 'Round {number} of {all}', nl: 'Ronde {number} van {all}' },
  whichRound: { en: 'Round', nl: 'Ronde' },
  youAre: { en: 'You play: {role}', nl: 'U speelt: {role}' },
  decide: { en: 'Decide', nl: 'Besluit' },
  decideAgain: { en: 'Change the decision', nl: 'Wijzig het besluit' },
  sent: {
    en: 'Your decision is in. Until the round closes you can change it.',
    nl: 'Uw besluit is binnen. Tot de ronde sluit kunt u het wijzigen.',
  },
  asIs: { en: 'as it is', nl: 'zoals het is' },
  now: { en: 'now: {value}', nl: 'nu: {value}' },
  nothing: {
    en: 'Nothing is changed yet: then everything stays as it is.',
    nl: 'Er is nog niets veranderd: dan blijft alles zoals het is.',
  },
  closed: {
    en: 'The round is closed. The results come when the class is ready.',
    nl: 'De ronde is gesloten. De uitkomsten komen als de klas zover is.',
  },
  yourCode: { en: 'Your code', nl: 'Uw code' },
  codeText: {
    en: 'Say it to who leads the class, or let it be scanned.',
    nl: 'Zeg hem aan wie de klas leidt, of laat hem scannen.',
  },
  typed: { en: 'Codes of groups', nl: 'Codes van groepen' },
  typedText: {
    en: 'One code, or all codes of a class with spaces between.',
    nl: 'Eén code, of alle codes van een klas met spaties ertussen.',
  },
  enter: { en: 'Enter', nl: 'Voer in' },
  entered: { en: 'Taken: {role}, round {number}.', nl: 'Ontvangen: {role}, ronde {number}.' },
  allCodes: { en: 'All codes of this line', nl: 'Alle codes van deze lijn' },
  groups: { en: 'Groups', nl: 'Groepen' },
  party: { en: 'Party', nl: 'Partij' },
  group: { en: 'Group', nl: 'Groep' },
  devices: { en: 'Devices', nl: 'Apparaten' },
  hasDecided: { en: 'Decided', nl: 'Besloten' },
  yes: { en: 'yes', nl: 'ja' },
  notYet: { en: 'not yet', nl: 'nog niet' },
  agents: { en: 'agents', nl: 'agents' },
  leading: { en: 'Leading the class', nl: 'De klas leiden' },
  close: { en: 'Close the round', nl: 'Sluit de ronde' },
  again: { en: 'Open it again', nl: 'Open haar opnieuw' },
  reveal: { en: 'Reveal', nl: 'Onthul' },
  next: { en: 'Next round', nl: 'Volgende ronde' },
  over: { en: 'The game is over: look back, or branch.', nl: 'Het spel is uit: kijk terug, of vertak.' },
  isOpen: { en: 'Open: groups decide.', nl: 'Open: groepen besluiten.' },
  isClosed: { en: 'Closed.', nl: 'Gesloten.' },
  isRevealed: { en: 'Revealed.', nl: 'Onthuld.' },
  back: { en: 'Back to a round', nl: 'Terug naar een ronde' },
  rewind: { en: 'Rewind to round {number}', nl: 'Spoel terug naar ronde {number}' },
  rewindText: {
    en: 'Rewinding drops what was decided from there on; a branch keeps it beside the new line.',
    nl: 'Terugspoelen laat vallen wat daarna besloten is; een vertakking bewaart het naast de nieuwe lijn.',
  },
  branch: { en: 'Branch at round {number}', nl: 'Vertak bij ronde {number}' },
  lines: { en: 'Lines of play', nl: 'Spellijnen' },
  line: { en: 'Line {number}', nl: 'Lijn {number}' },
  branchedAt: { en: 'from line {parent} at round {number}', nl: 'uit lijn {parent} bij ronde {number}' },
  made: { en: 'What was decided', nl: 'Wat is besloten' },
  nobody: { en: 'Nobody has decided anything yet.', nl: 'Nog niemand heeft iets besloten.' },
  students: { en: 'For the groups', nl: 'Voor de groepen' },
  classes: { en: 'Classes', nl: 'Klassen' },
  newClass: { en: 'New class', nl: 'Nieuwe klas' },
  startAnew: { en: 'Start anew', nl: 'Begin opnieuw' },
  runs: { en: 'Runs', nl: 'Simulaties' },
  came: { en: 'What came of it', nl: 'Wat ervan kwam' },
  compared: { en: 'Compare with', nl: 'Vergelijk met' },
  nobodyDecided: { en: 'nobody had decided anything', nl: 'niemand had iets besloten' },
  without: { en: 'without {group}', nl: 'zonder {group}' },
  ab: {
    en: 'A: {a}. B: as the class decided. Both meet the same chance events, up to the end of {year}.',
    nl: 'A: {a}. B: zoals de klas besloot. Beide treffen hetzelfde toeval, tot eind {year}.',
  },
  sameAB: {
    en: 'No decision sets A and B apart: nothing to compare.',
    nl: 'Geen besluit maakt A en B verschillend: niets te vergelijken.',
  },
  runsDone: { en: '{pairs} of {all} paired runs', nl: '{pairs} van {all} gepaarde simulaties' },
  gone: {
    en: 'No connection with the class. It is tried again by itself.',
    nl: 'Geen verbinding met de klas. Het wordt vanzelf opnieuw geprobeerd.',
  },
  scan: { en: 'QR code: {text}', nl: 'QR-code: {text}' },
} satisfies Record<string, Said>;

export type ClassWord = keyof typeof CLASS_WORDS;
export type ClassSpeech = (name: ClassWord, filled?: Record<string, string | number>) => string;

/** Words of class mode in the language of the reader. */
export function useClassWords(): ClassSpeech {
  const { language } = useSpeech();
  return (name, filled = {}) => fill(CLASS_WORDS[name][language], filled);
}
