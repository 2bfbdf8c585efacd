// The head of class mode: what it is, in which language, and the way out.
import type { JSX } from 'preact';
import { useSpeech } from '../language.ts';
import type { Language } from '../types.ts';
import { useClassWords } from './words.ts';

interface Props {
  title: string;
  onLanguage: (language: Language) => void;
}

export function ClassHeader({ title, onLanguage }: Props): JSX.Element {
  const speech = useSpeech();
  const word = useClassWords();
  return (
    <header>
      <h1>{title}</h1>
      <div class="row">
        <fieldset class="segments">
          <legend>{speech.word('language')}</legend>
          {(['nl', 'en'] as const).map((language) => (
            <label key={language} lang={language}>
              <input
                type="radio"
                name="language"
                checked={speech.language === language}
                onChange={() => onLanguage(language)}
              />
              {language === 'nl' ? 'Nederlands' : 'English'}
            </label>
          ))}
        </fieldset>
        <a href="#">{word('leave')}</a>
      </div>
    </header>
  );
}
