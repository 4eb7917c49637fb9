import { describe, expect, it } from 'vitest';
import type { ChangedFigure } from '../../src/postmortem/changed-figures.ts';
import type { SectionKey } from '../../src/postmortem/document-types.ts';
import { buildPostmortem, markdownOf } from '../../src/postmortem/postmortem.ts';
import { createRetention } from '../../src/storage/data/retention.ts';
import { editSection, restoreSection } from '../../src/usecases/editSection.ts';
import { openSection } from '../../src/usecases/openSection.ts';
import { restoreText } from '../../src/usecases/restoreText.ts';
import { retime } from '../../src/usecases/retime.ts';
import { writeSection } from '../../src/usecases/writeSection.ts';
import { useDatabase } from '../support/database.ts';
import { makeWorld, noted, opened, refused } from '../support/makers.ts';

const database = useDatabase();
const world = makeWorld(database);
const ana = world.person('U1ANA');
const bo = world.person('U2BO');

/** Two hours of impact, with a draft. */
async function drafted() {
  world.clock.set('2026-03-10T12:00:00Z');
  const incident = await opened(ana);
  await noted(ana, incident, 'Errors', { milestones: ['impact_started'] });
  world.clock.forward(120);
  const { entry } = await noted(ana, incident, 'Rolled back', { milestones: ['resolved'] });
  await ana(async ({ tx, now }) => {
    await tx.updateIncident(incident.id, { status: 'resolved', closedAt: now });
    await tx.addDraft(incident.id, now, { markdown: '', data: {}, facts: {} as never, reason: 'resolved' });
  });
  world.clock.forward(60);
  const found = await world.read((tx) => tx.postmortem({ incidentId: incident.id }));
  const id = found?.id ?? '';
  const standing = async () => {
    const source = await world.read((tx) => tx.postmortem({ id }));
    if (!source) throw new Error('no draft');
    return { source, ...buildPostmortem(source, world.clock.now()) };
  };
  const text = async (key: SectionKey) => markdownOf(await standing(), key) ?? '';
  const conflicts = async (key: SectionKey) =>
    (await standing()).draft.sections.find((one) => one.key === key)?.conflicts ?? [];
  return {
    id,
    standing,
    text,
    conflicts,
    open: async (section: SectionKey) => {
      const { source } = await standing();
      return { began: await ana((scope) => openSection(scope, source, section)), text: await text(section) };
    },
    save: (section: SectionKey, wanted: string | null, seen: number, began?: string) =>
      ana((scope) =>
        editSection(scope, { postmortemId: id, section, text: wanted, seen, ...(began && { began }) }),
      ),
    correct: (time: string) =>
      bo((scope) => retime(scope, { ref: { id: incident.id }, number: entry.number, text: time })),
    summary: (words: string) =>
      bo((scope) => writeSection(scope, { ref: { id: incident.id }, name: 'summary', text: words })),
  };
}

const figures = (changed: ChangedFigure[]) => changed.map(({ from, to }) => `${from} → ${to}`);

describe('what came while somebody wrote', () => {
  it('moves the figures that they left alone, keeps their words, and is named', async () => {
    const draft = await drafted();
    const { began, text } = await draft.open('impact');
    expect(text).toContain('**2 h**');
    await draft.correct('14:32 UTC');
    await draft.save('impact', `An estimate.\n\n${text}`, 0, began);
    const stands = await draft.text('impact');
    expect(stands).toMatch(/^An estimate\.\n\n\*\*2 h 32 min\*\*/);
    expect(figures((await draft.standing()).changed)).toContain('2 h → 2 h 32 min');
  });

  it('is a conflict that both see, where it is the same line', async () => {
    const draft = await drafted();
    await draft.summary('First summary.');
    const { began } = await draft.open('summary');
    await draft.summary('Corrected summary.');
    await draft.save('summary', 'First summary, and more.', 0, began);
    expect(await draft.text('summary')).toContain('First summary, and more.');
    expect(await draft.conflicts('summary')).toEqual([
      { base: 'First summary.', generated: 'Corrected summary.', theirs: 'First summary, and more.' },
    ]);
  });

  it('is not looked for where nobody says what they began with, or a month has passed', async () => {
    const draft = await drafted();
    const { began, text } = await draft.open('impact');
    await draft.correct('14:32 UTC');
    const later = world.clock.now() + 1;
    await createRetention(database.prisma).pruneDone({ outboxBefore: 0, choicesBefore: later });
    expect(await draft.save('impact', `An estimate.\n\n${text}`, 0, began)).toMatchObject({ kind: 'saved' });
    expect(await draft.text('impact')).toContain('**2 h**');
  });
});

it('opened twice in one state, what an editor begins with is kept once', async () => {
  const draft = await drafted();
  const one = await draft.open('impact');
  expect((await draft.open('impact')).began).toBe(one.began);
  await draft.correct('14:32 UTC');
  expect((await draft.open('impact')).began).not.toBe(one.began);
});

it('a version that is brought back goes on following the timeline', async () => {
  const draft = await drafted();
  const { began, text } = await draft.open('impact');
  await draft.save('impact', `${text}\n\nMost of it in the EU.`, 0, began);
  await draft.correct('14:32 UTC');
  await draft.save('impact', null, 1);
  await ana((scope) =>
    restoreSection(scope, { postmortemId: draft.id, section: 'impact', version: 1, seen: 2 }),
  );
  const stands = await draft.text('impact');
  expect(stands).toContain('**2 h 32 min**');
  expect(stands).toContain('Most of it in the EU.');
  expect(figures((await draft.standing()).changed)).toContain('2 h → 2 h 32 min');
});

it('a text that was written by command is brought back, as a new version', async () => {
  const draft = await drafted();
  await draft.summary('First summary.');
  await draft.summary('Second summary.');
  const back = (version: number) =>
    ana((scope) => restoreText(scope, { postmortemId: draft.id, name: 'summary', version }));
  await back(1);
  expect((await draft.text('summary')).trim()).toBe('First summary.');
  const { source } = await draft.standing();
  const texts = await world.read((tx) => tx.sectionTexts(source.record.incident.id, 9));
  expect(texts.map(({ version, beginning }) => [version, beginning])).toEqual([
    [3, 'First summary.'],
    [2, 'Second summary.'],
    [1, 'First summary.'],
  ]);
  expect(await refused(back(9))).toMatchObject({ code: 'unknown', word: '9' });
});
