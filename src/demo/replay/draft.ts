import type { Person } from '../gateway/people/person.ts';
import type { DeclaredIncident } from './declaring.ts';
import { effect, StepError, typeCommand } from './typing.ts';

/** The postmortem draft in all its forms. */
export interface Draft {
  /** Address of its page. */
  link: string;
  markdown: string;
  /** For a terminal. */
  plain: string;
  html: string;
  json: string;
}

/** Closes the incident, waits for the draft in its channel, and fetches it by the link that is given there. */
export async function resolveAndFetch(lead: Person, { name, channel }: DeclaredIncident): Promise<Draft> {
  const line = '/incident resolve';
  await typeCommand(lead, channel, line, new RegExp(`${name}\\b.* is resolved`));
  const link = await effect(line, 'no message with a link to the draft', async () => {
    const seen = await lead.sees(channel);
    return seen.flatMap(({ links }) => links).findLast((url) => url.includes('/postmortems/'));
  });
  await effect(line, 'no Markdown file', async () =>
    (await lead.sees(channel)).find(({ files }) => files.length > 0),
  );
  const [markdown, html, json, plain] = await Promise.all(
    ['md', 'html', 'json', 'txt'].map((form) => fetchForm(link, form)),
  );
  return { link, markdown: markdown ?? '', plain: plain ?? '', html: html ?? '', json: json ?? '' };
}

async function fetchForm(link: string, form: string): Promise<string> {
  const url = new URL(link);
  url.pathname += `.${form}`;
  try {
    const response = await fetch(url);
    const body = await response.text();
    if (response.ok) return body;
    throw new Error(`${response.status} ${body.slice(0, 300)}`);
  } catch (error) {
    throw new StepError(`GET ${url.pathname}`, (error as Error).message);
  }
}
