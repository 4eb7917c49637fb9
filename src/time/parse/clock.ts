import { DAY, HOUR, MINUTE } from '../duration.ts';
import { notATimeOfDay } from '../refusals.ts';
import type { Source } from './atoms.ts';
import type { Clock, Mode, Part } from './form.ts';

/**
 * A time of day at atom `at`: `14:05`, `14:05:07`, `2:05pm`, `9 am`, `12.56`, `noon`, `midnight`; and `9`, where
 * `afterAt` says that `at` stands before it. `H:MM` is 24-hour. Undefined if there is none; a refusal for `25:61`.
 */
export function parseClock(
  source: Source,
  at: number,
  { afterAt, mode }: { afterAt: boolean; mode: Mode },
): Part<Clock> | undefined {
  const atom = source.atoms[at];
  if (!atom) return undefined;
  if (atom.text === 'noon') return found(12 * HOUR, at + 1);
  if (atom.text === 'midnight') return found(0, at + 1, { midnight: true });
  if (!/^(clock|dotted|number)$/.test(atom.kind) || atom.text.length > 20) return undefined;

  const [hour = 0, minute = 0, second = 0] = atom.text
    .split(atom.kind === 'dotted' ? '.' : ':')
    .map(toNumber);
  const meridiem = meridiemAt(source, at + 1);
  const isHour = meridiem !== undefined || (afterAt && atom.closes);
  if (atom.kind === 'number' && (atom.text.length > 2 || !isHour)) return undefined;

  const next = meridiem ? at + 2 : at + 1;
  const text = atom.text + (meridiem ?? '');
  const bare = atom.kind !== 'clock' && meridiem === undefined;
  const time = hour * HOUR + minute * MINUTE + Math.round(second * 1e6) / 1e3;
  if (minute > 59 || second >= 60 || time > DAY) {
    return bare && mode !== 'whole' ? undefined : { refusal: notATimeOfDay(text), next };
  }
  if (meridiem) {
    if (hour < 1 || hour > 12) return { refusal: notATimeOfDay(text), next };
    return found((time % (12 * HOUR)) + (meridiem === 'pm' ? 12 * HOUR : 0), next);
  }
  if (!bare || hour < 1 || hour > 12) return found(time, next, { bare });
  return found(time % (12 * HOUR), next, { half: true, bare });
}

function meridiemAt(source: Source, at: number): 'am' | 'pm' | undefined {
  const atom = source.atoms[at];
  if (atom?.kind !== 'letters' || !atom.closes) return undefined;
  const letters = atom.text.replaceAll('.', '');
  return letters === 'am' || letters === 'pm' ? letters : undefined;
}

function toNumber(text: string): number {
  return Number(text.replace(',', '.'));
}

function found(time: number, next: number, more: Partial<Clock> = {}): Part<Clock> {
  return { value: { kind: 'clock', time, half: false, bare: false, midnight: false, ...more }, next };
}
