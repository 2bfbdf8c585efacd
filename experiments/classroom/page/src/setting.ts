// A lever in the words of `regiosim run`.
import type { Lever } from './types.ts';

/** What to add to `regiosim run` for a lever at a value under a regime; empty for words of a design. */
export function settingOf(lever: Lever, regime: string, value: number): string {
  const setting = lever.settings[regime] ?? lever.setting;
  return typeof setting === 'string'
    ? setting.replaceAll('{value}', String(value))
    : (setting[String(value)] ?? '');
}
