/** A piece of HTML that may be put into another as it is. Anything else is escaped. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = Html | string | number | null | undefined | false | readonly Content[];

/** Template tag: the literal parts are markup, every value is escaped unless it is `Html`. */
export function html(literals: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(literals.map((literal, index) => literal + print(values[index])).join(''));
}

/** Markup from a source that has escaped it already, a renderer's output say. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function print(value: Content): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(print).join('');
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}
