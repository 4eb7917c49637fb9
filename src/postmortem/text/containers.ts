/** What a line stands in: quotations, items, footnotes. */
const CONTAINERS = /^(?: *(?:>|\[\^.*?\]:|(?:[-+*]|\d{1,9}[.)])(?: |$)))+/;

/**
 * For each line of Markdown how many lines and containers stand before it, where it opens a container of its own, and
 * 0 for all others: what opens is closed at some time, and then the parser copies all that it has read.
 */
export function containerCosts(lines: readonly string[]): number[] {
  let passed = 0;
  let within = '';
  return lines.map((line) => {
    const containers = CONTAINERS.exec(line)?.[0].replace(/\d+/g, '1') ?? '';
    const cost = opens(containers, within) ? passed : 0;
    passed += 1 + count(containers, /[-+*1>[]/g);
    within = stillWithin(line, containers, within);
    return cost;
  });
}

/** Whether they are more than those of the line before, or than one more item of its list. */
const opens = (containers: string, within: string): boolean =>
  containers !== '' &&
  (containers !== within || containers.includes('[') || count(containers, /[-+*1]/g) > 1);

/** The containers in which the next line may go on. */
function stillWithin(line: string, containers: string, within: string): string {
  if (containers !== '') return containers;
  if (line.trim() === '') return within.includes('>') ? '' : within;
  return line.startsWith(' '.repeat(within.length)) ? within : '';
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
