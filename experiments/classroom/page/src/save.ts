// What can be taken along: figures as CSV, a chart as PNG.

import type { Speech } from './language.ts';
import type { Shown } from './shown.ts';
import type { Result } from './link.ts';

/** Pixels of a PNG for each of the chart's own. */
const SHARP = 3;
const TITLE = 26;
const FOOT = 20;

/** Style that a chart takes from the page, and has to take along. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linecap',
  'font-size',
  'font-family',
  'font-weight',
  'opacity',
];

function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name that any system takes for a file. */
function fileName(text: string, ending: string): string {
  const plain = text.normalize('NFD').replace(/[^\w]+/g, '-').replace(/^-+|-+$/g, '');
  return `${plain.toLowerCase()}.${ending}`;
}

const COLUMNS = ['median', 'low50', 'high50', 'low90', 'high90'] as const;

/** A row per outcome and year: quantiles of A and B, mean of B - A with its interval. */
export function csv(shown: Shown[], result: Result, rules: string, speech: Speech): string {
  const head = [
    'region',
    'rules',
    'pairs',
    'outcome',
    'label',
    'unit',
    'year',
    ...COLUMNS.map((name) => `a_${name}`),
    ...COLUMNS.map((name) => `b_${name}`),
    'difference',
    'difference_low',
    'difference_high',
  ];
  const rows = shown.flatMap(({ outcome, curves }) =>
    curves.years.map((year, k) => {
      const [a, b, gap] = [curves.a[k], curves.b[k], curves.gaps[k]];
      return [
        result.region,
        rules,
        result.pairs,
        outcome.name,
        speech.say(outcome.label),
        speech.say(outcome.unit),
        year,
        ...COLUMNS.map((name) => a?.[name]),
        ...COLUMNS.map((name) => b?.[name]),
        gap?.mean,
        gap?.low,
        gap?.high,
      ];
    }),
  );
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

/** With an apostrophe before what a spreadsheet would take for a formula. */
function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  const text = (value ?? '').replace(/^(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function saveCsv(text: string, name: string): void {
  // With a byte order mark, so that spreadsheets read it as UTF-8.
  download(new Blob(['\uFEFF', text], { type: 'text/csv' }), fileName(name, 'csv'));
}

/** A chart with its title, and that it is no forecast, as a picture. */
export function savePng(chart: SVGSVGElement, name: string, speech: Speech): void {
  const { width, height } = chart.viewBox.baseVal;
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const [originals, copies] = [chart.querySelectorAll('*'), copy.querySelectorAll('*')];
  originals.forEach((original, k) => {
    const style = getComputedStyle(original);
    const own = STYLES.map((property) => `${property}:${style.getPropertyValue(property)}`);
    copies[k]?.setAttribute('style', own.join(';'));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width * SHARP));
  copy.setAttribute('height', String(height * SHARP));
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = width * SHARP;
    canvas.height = (height + TITLE + FOOT) * SHARP;
    const pen = canvas.getContext('2d');
    if (!pen) return;
    const style = getComputedStyle(document.body);
    pen.fillStyle = style.backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = style.color;
    pen.font = `bold ${13 * SHARP}px sans-serif`;
    pen.fillText(name, 8 * SHARP, 18 * SHARP, (width - 16) * SHARP);
    pen.font = `${9 * SHARP}px sans-serif`;
    pen.fillText(speech.word('noForecast'), 8 * SHARP, (height + TITLE + 12) * SHARP);
    pen.drawImage(picture, 0, TITLE * SHARP);
    canvas.toBlob((made) => {
      if (made) download(made, fileName(name, 'png'));
    });
  };
  const text = new XMLSerializer().serializeToString(copy);
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}
