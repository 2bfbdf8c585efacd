// A QR code as a drawing.
import qrcode from 'qrcode-generator';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useClassWords } from './words.ts';

const EDGE = 4;

export function Qr({ text }: { text: string }): JSX.Element {
  const word = useClassWords();
  const { side, path } = useMemo(() => drawn(text), [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={word('scan', { text })}>
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawn(text: string): { side: number; path: string } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const cells: string[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) cells.push(`M${column + EDGE} ${row + EDGE}h1v1h-1z`);
    }
  }
  return { side: count + 2 * EDGE, path: cells.join('') };
}
