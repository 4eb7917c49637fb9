import { describe, expect, it } from 'vitest';
import { looksAlike, similarity } from '../../src/incident/similar.ts';

const kind = { services: [], test: false, retrospective: false };

describe('titles', () => {
  it.each([
    ['Checkout fails', 'Checkout fails for some customers'],
    ['Sign-in is broken in EU', 'EU: broken sign in'],
    ['Login errors', 'errors on login'],
    ['Résumé upload failing', 'resume uploads fail'],
    ['結帳失敗', '結帳失敗了'],
    ['Outage', 'an outage'],
  ])('%s, %s are alike', (one, other) => {
    expect(looksAlike({ ...kind, title: one }, { ...kind, title: other })).toBe(true);
  });

  it.each([
    ['Search is down', 'Checkout is down'],
    ['Mail is late', 'Payroll leak'],
    ['Checkout fails in EU', 'Search fails in EU region'],
    ['Outage', 'Checkout outage'],
    ['', ''],
    ['🔥', '🔥'],
  ])('%s, %s are not', (one, other) => {
    expect(looksAlike({ ...kind, title: one }, { ...kind, title: other })).toBe(false);
  });

  it('are as like one way as the other, and wholly like themselves', () => {
    expect(similarity('Queue stuck', 'Stuck payments queue')).toBe(
      similarity('Stuck payments queue', 'Queue stuck'),
    );
    expect(similarity('Queue stuck', 'queue STUCK')).toBe(1);
  });
});

describe('kinds', () => {
  const one = { ...kind, title: 'Checkout fails', services: ['Checkout'] };
  it('the same service is enough, whatever its case', () => {
    expect(looksAlike(one, { ...kind, title: 'Cards declined', services: ['checkout'] })).toBe(true);
    expect(looksAlike(one, { ...kind, title: 'Cards declined', services: ['Cards'] })).toBe(false);
  });

  it('a drill is never a real one, nor one that is over a live one', () => {
    expect(looksAlike(one, { ...one, test: true })).toBe(false);
    expect(looksAlike(one, { ...one, retrospective: true })).toBe(false);
    expect(looksAlike({ ...one, test: true }, { ...one, test: true })).toBe(true);
  });
});
