import { DateTime } from 'luxon';

/** `2025-09-23 19:53`, with `:SS` when there are seconds: how a person in `zone` types the instant. */
export function typedTime(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat(
    at % 60_000 < 1000 ? 'yyyy-MM-dd HH:mm' : 'yyyy-MM-dd HH:mm:ss',
  );
}

/** `2025-09-23 19:53 UTC`: how the bot's buttons name the instant. */
export function utcLabel(at: number): string {
  return `${typedTime(at, 'UTC')} UTC`;
}

// Words that could go on with a time that stands before them: "17:18 pm", "17:18 UTC", "17:18 Berlin".
const CONTINUES = new Set(
  'am pm a p at on of in by to for from ago later today yesterday tomorrow tonight noon midnight now about around before until utc gmt z mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october november december summer standard daylight local time the'.split(
    ' ',
  ),
);

/** A time and a text in one line: with a bar between them where the text might be taken for more of the time. */
export function timeThenText(time: string, text: string): string {
  const first = /^[\p{L}\p{M}'’]+(?=\s|$|[,.:;!?])/u.exec(text)?.[0] ?? '';
  const place = first !== '' && PLACES().has(first.toLowerCase());
  const plain =
    first.length > 1 && !CONTINUES.has(first.toLowerCase()) && !place && !/^\p{Lu}{1,5}$/u.test(first);
  return `${time} ${plain ? '' : '| '}${text}`;
}

/** First words of the cities and countries that zones are named after. */
function PLACES(): Set<string> {
  const names = Intl.supportedValuesOf('timeZone').flatMap((zone) => zone.split('/'));
  return new Set(names.map((name) => (name.split('_')[0] ?? '').toLowerCase()));
}
