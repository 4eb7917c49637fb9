import type { Precision } from '../types.ts';
import type { Source } from './atoms.ts';
import { type Mode, type Parsed, parsePrecision } from './form.ts';
import { parseSingle } from './single.ts';
import { parseWall } from './wall.ts';

/**
 * The longest time that begins at atom `start`; undefined if none does. `mode` says what may
 * stand around it. A time ends where a word ends, and has a time of day in it.
 */
export function parseTime(source: Source, start: number, mode: Mode): Parsed | undefined {
  let precision: Precision = 'exact';
  let afterAt = false;
  let next = start;
  for (; ; next++) {
    const text = source.atoms[next]?.text ?? '';
    if (text === 'at' || text === '@') afterAt = true;
    else if (precision === 'exact' && parsePrecision(text)) precision = parsePrecision(text) ?? precision;
    else if (text !== 'on') break;
  }
  const single = parseSingle(source, next);
  if (!single) return parseWall(source, next, { precision, afterAt, mode });
  if (!source.atoms[single.next - 1]?.closes) return undefined;
  return { form: single.form, precision, end: single.next };
}
