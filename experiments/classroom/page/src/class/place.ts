// Where a page stands: served or from a disk, and what its fragment says of a class.

export type Place =
  | { kind: 'door' }
  | { kind: 'group'; code: string }
  | { kind: 'teacher'; token: string; code: string }
  | { kind: 'offline' };

/** Whether this page came from a server of class mode. */
export function isServed(): boolean {
  return document.querySelector('meta[name="regiosim-class"]') !== null;
}

/** The fragment that opens class mode, whoever one is. */
export const DOOR = '#class';

/** What a fragment says of a class, or null where it says nothing of one. */
export function placeOf(fragment: string, served: boolean): Place | null {
  const text = fragment.replace(/^#/, '');
  const words = new URLSearchParams(text);
  const code = (words.get('class') ?? '').trim().toUpperCase();
  const token = words.get('teacher') ?? '';
  if (!words.has('class') && !words.has('teacher')) return null;
  if (!served) return { kind: 'offline' };
  if (token) return { kind: 'teacher', token, code };
  return code ? { kind: 'group', code } : { kind: 'door' };
}

/** What is kept in this browser from one visit to the next; nothing where it keeps nothing. */
export function kept(key: string): unknown {
  try {
    const text = localStorage.getItem(`regiosim class ${key}`);
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(`regiosim class ${key}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing plays as well, until it is closed.
  }
}
