import { html } from '../page/html.ts';
import { shell } from '../page/shell.ts';

/** What became of an installation, in words. */
export interface Told {
  status: number;
  title: string;
  words: string;
}

export const installedTold = (teamName: string): Told => ({
  status: 200,
  title: `Debrief is installed in ${teamName}`,
  words:
    'In Slack, type /incident help to see what there is, and /incident settings for where incidents are announced.',
});

export const organizationTold: Told = {
  status: 403,
  title: 'Nothing was installed',
  words:
    'Debrief is installed workspace by workspace, not for a whole organization at once. Start again and choose one workspace.',
};

/** One text for every state that does not count: which one it was is in the log. */
export const staleTold: Told = {
  status: 403,
  title: 'Nothing was installed',
  words:
    'This link was used before, is older than ten minutes, or belongs to another browser. Start again in this one.',
};

export const deniedTold: Told = {
  status: 403,
  title: 'Nothing was installed',
  words:
    'Slack did not confirm the installation: it was called off, or its code no longer counts. Start again to install.',
};

export const brokenTold: Told = {
  status: 502,
  title: 'Nothing was installed',
  words: 'Slack or our database did not answer. Start again in a minute.',
};

/** Works under `pagePolicy(nonce)`. */
export const toldPage = ({ title, words }: Told, nonce: string, startUrl: string): string =>
  shell({
    title,
    nonce,
    back: { href: startUrl, words: 'Install Debrief' },
    body: html`<h1>${title}</h1>
<p>${words}</p>`,
  });
