// A class on a server: asked, told of changes, and asked again after a break.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Said } from '../types.ts';
import { Refused, type ClassState } from './types.ts';
import { CLASS_WORDS } from './words.ts';

/** Milliseconds after which a class that did not answer is asked again. */
const AGAIN = 2000;

/** Ask a server; throws `Refused` with its sentence, or with ours where it does not answer. */
export async function ask<T>(path: string, token: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/api/classes${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Refused('gone', CLASS_WORDS.gone);
  }
  const found = (await answer.json()) as T & { refused?: string; said?: Said };
  if (!answer.ok) throw new Refused(found.refused ?? '', found.said ?? CLASS_WORDS.gone);
  return found;
}

export interface Remote {
  state: ClassState | null;
  /** Why there is none, or why it may be old. */
  refused: Refused | null;
  /** Post to the class; the answer is its new state. */
  post: (what: string, body: unknown) => Promise<void>;
}

/** A class by its code, as the holder of a token sees it, kept up to date. */
export function useRemote(code: string, token: string): Remote {
  const [state, show] = useState<ClassState | null>(null);
  const [refused, refuse] = useState<Refused | null>(null);
  const newest = useRef(0);
  const take = useCallback((found: ClassState): void => {
    if (found.version < newest.current) return;
    newest.current = found.version;
    show(found);
    refuse(null);
  }, []);
  useEffect(() => {
    if (!code) return undefined;
    let current = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    newest.current = 0;
    const look = async (): Promise<void> => {
      clearTimeout(waiting);
      try {
        const found = await ask<ClassState>(`/${code}`, token);
        if (current) take(found);
      } catch (error) {
        if (!current || !(error instanceof Refused)) return;
        refuse(error);
        if (error.key === 'gone') waiting = setTimeout(() => void look(), AGAIN);
      }
    };
    void look();
    const changes = new EventSource(`/api/classes/${code}/changes`);
    // After a break the browser comes back by itself, and the first thing told is the version.
    changes.onmessage = ({ data }) => {
      if (Number(data) !== newest.current) void look();
      else refuse(null);
    };
    changes.onerror = () => refuse(new Refused('gone', CLASS_WORDS.gone));
    return () => {
      current = false;
      clearTimeout(waiting);
      changes.close();
    };
  }, [code, token]);
  const post = useCallback(
    async (what: string, body: unknown): Promise<void> => {
      take(await ask<ClassState>(`/${code}/${what}`, token, body));
    },
    [code, token],
  );
  return { state, refused, post };
}
