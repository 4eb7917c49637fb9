import { createHash } from 'node:crypto';
import { PAGE_STYLE } from './style.ts';

/**
 * The Content-Security-Policy under which the page works: its one style (by nonce, or else by its hash), nothing
 * that runs, nothing from elsewhere. For the response header; the file export carries it itself.
 */
export function pagePolicy(nonce?: string): string {
  const style = nonce
    ? `'nonce-${nonce}'`
    : `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
  // `default-src` does not cover frames; in a file's own element the directive would only be warned about.
  const frames = nonce ? "; frame-ancestors 'none'" : '';
  return `default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'self'${frames}`;
}
