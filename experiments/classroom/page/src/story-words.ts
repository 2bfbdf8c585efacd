// The words of the story: what is said around its steps, in both languages.

import type { Said } from './types.ts';

export const STORY_WORDS = {
  story: { en: 'A story of {count} steps', nl: 'Een verhaal in {count} stappen' },
  storyText: {
    en: 'Predict, run, explain: how payment and regions met, from 2014 to a title of your own.',
    nl: 'Voorspel, draai, verklaar: hoe bekostiging en regio’s elkaar vonden, van 2014 tot een eigen betaaltitel.',
  },
  storyBegin: { en: 'Begin the story', nl: 'Begin het verhaal' },
  storyOn: { en: 'Go on with the story', nl: 'Ga verder met het verhaal' },
  storyFree: { en: 'Free use', nl: 'Vrij gebruik' },
  storySteps: { en: 'Steps of the story', nl: 'Stappen van het verhaal' },
  storyDone: { en: 'run', nl: 'gedraaid' },
  storyStep: { en: 'Step {step} of {count}', nl: 'Stap {step} van {count}' },
  storyNext: { en: 'Next step', nl: 'Volgende stap' },
  storyBack: { en: 'Step before', nl: 'Vorige stap' },
  storyChanged: { en: 'What B changes', nl: 'Wat B verandert' },
  storyApart: {
    en: 'Here A and B differ in several things at once: what comes out cannot be put down to one of them.',
    nl: 'Hier verschillen A en B in meer dan één ding tegelijk: de uitkomst is niet aan één ervan toe te schrijven.',
  },
  storyPredict: { en: 'Predict first', nl: 'Voorspel eerst' },
  storyRun: { en: 'Run A and B', nl: 'Draai A en B' },
  storySkip: { en: 'Run without predicting', nl: 'Draai zonder te voorspellen' },
  storyStill: {
    en: 'In this region the step changes nothing, and is left out. What does nothing here: {levers}.',
    nl: 'In deze regio verandert de stap niets; hij wordt overgeslagen. Wat hier niets doet: {levers}.',
  },
  storyPredicted: { en: 'Your prediction', nl: 'Je voorspelling' },
  storyUnpredicted: { en: 'You made no prediction here.', nl: 'Je hebt hier niets voorspeld.' },
  storyBeside: {
    en: 'Lay it beside what came out: what would explain both?',
    nl: 'Leg die naast wat eruit kwam: wat zou beide verklaren?',
  },
  storyCame: { en: 'What came out', nl: 'Wat eruit kwam' },
  storyYears: {
    en: 'Means over {pairs} paired runs, {years}.',
    nl: 'Gemiddelden over {pairs} gepaarde simulaties, {years}.',
  },
  storyYear: { en: 'in {first}', nl: 'in {first}' },
  storySpan: { en: 'and over {first}–{last}', nl: 'en over {first}–{last}' },
  storyRunning: {
    en: '{pairs} of {all} paired runs. What came out is told when all are there.',
    nl: '{pairs} van {all} gepaarde simulaties. Wat eruit kwam staat hier zodra ze er alle zijn.',
  },
  storyTold: {
    en: 'All runs are there: what came out is told below.',
    nl: 'Alle simulaties zijn er: hieronder staat wat eruit kwam.',
  },
  storyTiny: {
    en: 'told from chance, but below what counts as a difference here ({least})',
    nl: 'geen toeval, maar kleiner dan wat hier als verschil telt ({least})',
  },
  storyChance: {
    en: 'may be chance; what counts as a difference here: {least}',
    nl: 'kan toeval zijn; als verschil telt hier: {least}',
  },
  storyPoint: { en: 'percentage point', nl: 'procentpunt' },
  storyPoints: { en: 'percentage points', nl: 'procentpunt' },
  storyMoney: { en: 'And the money', nl: 'En het geld' },
  storyMoneyMoved: {
    en: 'The money moved as well: what came out may come from that.',
    nl: 'Ook het geld bewoog: wat eruit kwam kan daarvan komen.',
  },
  storyMoneyStill: {
    en: 'The money cannot be told apart between A and B.',
    nl: 'Het geld onder A en B is niet te onderscheiden.',
  },
  storyRule: {
    en: 'A sentence follows from the 95% interval of the paired runs and from what counts as a difference. Each finding is judged by itself: of twenty such intervals one leaves out zero by chance. The teacher’s sheet corrects for that. The sentences are our reading of how the model gets there.',
    nl: 'Een zin volgt uit het 95%-interval van de gepaarde simulaties en uit wat als verschil telt. Elke uitkomst wordt op zichzelf beoordeeld: van twintig zulke intervallen laat er één door toeval nul buiten. Het blad van de docent corrigeert daarvoor. De zinnen zijn onze lezing van hoe het model daar komt.',
  },
  storyWhy: { en: 'Look up what decided', nl: 'Zoek op wat de doorslag gaf' },
  storyToParting: { en: 'Where A and B part', nl: 'Waar A en B uiteengaan' },
  storyToEvents: { en: 'The events of one run', nl: 'De gebeurtenissen van één simulatie' },
  storyOther: {
    en: 'A and B are no longer those of this step: what is shown below is of your own policies.',
    nl: 'A en B zijn niet meer die van deze stap: wat hieronder staat is van je eigen beleid.',
  },
  storyAgain: { en: 'Set A and B as in this step', nl: 'Zet A en B zoals in deze stap' },
  storyMove: {
    en: 'Now it is yours: move the levers below and make a title of your own. They change policy B; A stays.',
    nl: 'Nu ben jij aan zet: verschuif hieronder de knoppen en maak je eigen betaaltitel. Ze veranderen beleid B; A blijft.',
  },
} satisfies Record<string, Said>;
