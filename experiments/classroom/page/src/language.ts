// Words and numbers in the language of the reader.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language, Said } from './types.ts';
import { WORDS, type Word } from './words.ts';

export interface Speech {
  language: Language;
  /** One of the page's own sentences; `{name}` is filled in. */
  word: (name: Word, filled?: Record<string, string | number>) => string;
  /** Something of the lesson that is said in both languages. */
  say: (said: Said) => string;
  /** A number with about three figures that matter; a dash where there is none. */
  number: (value: number, digits?: number) => string;
  /** A year and quarter, from the quarter's number since 2006. */
  quarter: (tick: number) => string;
}

const LOCALES: Record<Language, string> = { en: 'en-GB', nl: 'nl-NL' };
const MINUS = '\u2212';
const FIRST_YEAR = 2006;

export function yearOf(tick: number): number {
  return FIRST_YEAR + Math.floor(tick / 4);
}

/** Digits behind the point, so that a value of this size shows three that matter. */
function digitsOf(value: number): number {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return 0;
  if (size >= 10) return 1;
  return size >= 0.1 ? 2 : 3;
}

export function fill(text: string, filled: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(filled[name] ?? whole));
}

export function speech(language: Language): Speech {
  const number = (value: number, digits = digitsOf(value)): string => {
    if (!Number.isFinite(value)) return '–';
    const format = new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    const text = format.format(value);
    // What rounds to zero has no sign.
    return /[1-9]/.test(text) ? text.replace('-', MINUS) : text.replace('-', '');
  };
  return {
    language,
    number,
    say: (said) => said[language],
    word: (name, filled = {}) => fill(WORDS[name][language], filled),
    quarter: (tick) => {
      const within = (tick % 4) + 1;
      return language === 'nl' ? `${yearOf(tick)}, kwartaal ${within}` : `${yearOf(tick)} Q${within}`;
    },
  };
}

export const SpeechContext = createContext(speech('en'));

export function useSpeech(): Speech {
  return useContext(SpeechContext);
}
