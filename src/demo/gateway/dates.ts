import { DateTime } from 'luxon';

/**
 * A date in a message as each reader's client shows it: the braces of `<!date^SECONDS^FORMAT|…>` filled in for
 * their zone. `now` in milliseconds decides what is today or yesterday.
 */
export function shownDate(seconds: number, format: string, zone: string, now: number): string {
  const at = DateTime.fromSeconds(seconds, { zone }).setLocale('en-US');
  const days = Math.round(
    at.startOf('day').diff(DateTime.fromMillis(now, { zone }).startOf('day'), 'days').days,
  );
  const near = { 0: 'today', [-1]: 'yesterday', 1: 'tomorrow' }[days];
  const forms: Record<string, string> = {
    date_num: at.toFormat('yyyy-MM-dd'),
    date: at.toFormat('MMMM d, yyyy'),
    date_short: at.toFormat('MMM d, yyyy'),
    date_long: at.toFormat('cccc, MMMM d, yyyy'),
    time: at.toFormat('HH:mm'),
    time_secs: at.toFormat('HH:mm:ss'),
  };
  return format.replace(
    /\{(\w+?)(_pretty)?\}/g,
    (whole, name: string, pretty?: string) => (pretty && near) || forms[name] || whole,
  );
}
