// A lever in the words of `regiosim run`.
import type { Lever } from './types.ts';

/** What to add to `regiosim run` for a lever at a value under a regime; empty for words of a design. */
export function settingOf(lever: Lever, regime: string, value: number): string {
  const setting = lever.settings[regime] ?? lever.setting;
  if (typeof setting !== 'string') return setting[String(value)] ?? '';
  return setting.replace(/\{value(?:\*([\d.]+))?\}/g, (_, share?: string) =>
    String(share === undefined ? value : value * Number(share)),
  );
}
