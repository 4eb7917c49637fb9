import type { Incident } from '../../incident/types.ts';
import { type Message, message } from './blocks.ts';

/** Addresses of a draft's public form. */
export interface PublicLinks {
  /** The person's own, to read it over. */
  readOver: string;
  /** For anybody; null: nobody else may open it. */
  page: string | null;
  downloads: { form: 'md' | 'html' | 'json' | 'txt'; url: string }[];
}

const FORM_WORDS = { md: 'Markdown', html: 'HTML', json: 'JSON', txt: 'Text' };

/** Where the draft is without names and internal links; `links` null: there is no draft yet. */
export function publicFormReply(
  { number, private: closed }: Pick<Incident, 'number' | 'private'>,
  links: PublicLinks | null,
): Message {
  if (links === null)
    return message(
      `There is no draft of INC-${number} yet. \`/incident postmortem\` makes one; then ask again.`,
    );
  const { readOver, page, downloads } = links;
  const all = [
    ...(page ? [`<${page}|Page>`] : []),
    ...downloads.map(({ form, url }) => `<${url}|${FORM_WORDS[form]}>`),
  ].join(' · ');
  return message(
    [
      `*Public form of INC-${number}*, without names, mentions and internal links.`,
      `<${readOver}|Read it over> before passing it on: names that I do not know stay in the text.`,
      closed
        ? `The incident is private: these links are yours alone. Pass on a file, no link. ${all}`
        : `To pass on: ${all}`,
    ].join('\n'),
  );
}
