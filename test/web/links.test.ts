import { describe, expect, it } from 'vitest';
import { createLinks } from '../../src/web/links.ts';

const ID = '5f0c2a3e-0000-4000-8000-000000000001';
const OTHER = '5f0c2a3e-0000-4000-8000-000000000002';
const NOW = Date.parse('2026-03-10T23:59:00Z');
const DAY = 24 * 3_600_000;
const links = createLinks('https://debrief.example.com', 'a secret of more than 32 characters', 7);
const queryOf = (url: string) => new URL(url).searchParams;
const changed = (url: string, name: string, value: string | null) => {
  const query = queryOf(url);
  if (value === null) query.delete(name);
  else query.set(name, value);
  return query;
};

describe('a link', () => {
  const page = links.page(ID, NOW);
  const outside = links.publicPage(ID, NOW, 'html');
  const own = links.personal(ID, 'U1ANA', NOW);

  it('says who follows it, until its time is over', () => {
    expect(links.visitor(ID, queryOf(page), NOW)).toEqual({ kind: 'reader' });
    expect(links.visitor(ID, queryOf(own), NOW + 7 * DAY)).toEqual({ kind: 'editor', userId: 'U1ANA' });
    expect(links.visitor(ID, queryOf(outside), NOW)).toEqual({ kind: 'outsider' });
    for (const url of [page, own, outside, links.page(ID, NOW, 'md')])
      expect(links.visitor(ID, queryOf(url), NOW + 8 * DAY)).toEqual({ kind: 'late' });
  });

  it('of a person’s own ends after thirty days at the latest', () => {
    const long = createLinks('https://debrief.example.com', 'a secret of more than 32 characters', 90);
    const later = NOW + 32 * DAY;
    expect(long.visitor(ID, queryOf(long.personal(ID, 'U1ANA', NOW)), later)).toEqual({ kind: 'late' });
    expect(long.visitor(ID, queryOf(long.page(ID, NOW)), later)).toEqual({ kind: 'reader' });
  });

  it('is good for one draft, one person and one end only', () => {
    const forged = [
      changed(page, 'e', String(NOW)),
      changed(page, 'e', null),
      changed(page, 's', null),
      changed(page, 's', ''),
      changed(page, 's', 'é'.repeat(16)),
      changed(page, 'u', 'U1ANA'),
      changed(own, 'u', 'U2BEN'),
      changed(own, 'u', null),
      changed(own, 'e', '99999999999'),
      changed(outside, 'u', 'public form'),
      changed(outside, 'u', 'U1ANA'),
      changed(outside, 'e', '99999999999'),
      changed(own, 'e', 'Infinity'),
      // What is signed is not the parts one after the other: moving a letter from one to the next changes it.
      changed(
        changed(own, 'u', 'U1AN').toString().replace(/^/, 'https://x/?'),
        'e',
        `A${queryOf(own).get('e')}`,
      ),
    ];
    for (const query of forged) expect(links.visitor(ID, query, NOW), String(query)).toBeNull();
    expect(links.visitor(OTHER, queryOf(page), NOW)).toBeNull();
    expect(links.visitor(OTHER, queryOf(own), NOW)).toBeNull();
    const elsewhere = createLinks('https://debrief.example.com', 'another secret of over 32 characters', 7);
    expect(elsewhere.visitor(ID, queryOf(own), NOW)).toBeNull();
  });

  it('to what is published has no end of its own, and is good for nothing else', () => {
    const published = links.published(ID);
    const later = NOW + 4000 * DAY;
    expect(links.visitor(ID, queryOf(published), later)).toEqual({ kind: 'workspace' });
    expect(links.visitor(ID, queryOf(links.published(ID, 'json')), later)).toEqual({ kind: 'workspace' });
    expect(links.visitor(OTHER, queryOf(published), NOW)).toBeNull();
    expect(links.visitor(ID, changed(published, 'u', 'U1ANA'), NOW)).toEqual({ kind: 'workspace' });
    expect(links.visitor(ID, changed(page, 'p', '1'), NOW)).toBeNull();
    expect(links.visitor(ID, changed(own, 'p', '1'), NOW)).toBeNull();
    const without = changed(published, 'e', '99999999999');
    without.delete('p');
    expect(links.visitor(ID, without, NOW)).toBeNull();
  });

  it('stays the same for a day, so that what shows it need not be written anew', () => {
    expect(links.page(ID, NOW)).toBe(links.page(ID, NOW - 3_600_000));
  });
});
