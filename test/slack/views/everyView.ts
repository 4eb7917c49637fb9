import type { KnownBlock, View } from '@slack/types';
import { SECTION_KEYS, SECTION_TITLES } from '../../../src/incident/draftSections.ts';
import { MILESTONES } from '../../../src/incident/milestones.ts';
import { DEFAULT_NAMES, DEFAULT_SETTINGS } from '../../../src/incident/settings.ts';
import { SEVERITIES } from '../../../src/incident/types.ts';
import { buildPostmortem } from '../../../src/postmortem/postmortem.ts';
import { plain, safe } from '../../../src/slack/mrkdwn.ts';
import * as actions from '../../../src/slack/views/actions.ts';
import * as archive from '../../../src/slack/views/archive.ts';
import * as blocks from '../../../src/slack/views/blocks.ts';
import * as canvas from '../../../src/slack/views/canvas.ts';
import * as changes from '../../../src/slack/views/changes.ts';
import * as choice from '../../../src/slack/views/choice.ts';
import * as declaring from '../../../src/slack/views/declaring.ts';
import * as draft from '../../../src/slack/views/draft.ts';
import * as entries from '../../../src/slack/views/entries.ts';
import * as headline from '../../../src/slack/views/headline.ts';
import * as help from '../../../src/slack/views/help.ts';
import * as inputs from '../../../src/slack/views/inputs.ts';
import * as late from '../../../src/slack/views/late.ts';
import * as modals from '../../../src/slack/views/modals.ts';
import * as nudge from '../../../src/slack/views/nudge.ts';
import * as publicForm from '../../../src/slack/views/publicForm.ts';
import * as published from '../../../src/slack/views/published.ts';
import * as refused from '../../../src/slack/views/refused.ts';
import * as responding from '../../../src/slack/views/responding.ts';
import * as retention from '../../../src/slack/views/retention.ts';
import * as state from '../../../src/slack/views/state.ts';
import * as updates from '../../../src/slack/views/updates.ts';
import * as words from '../../../src/slack/views/words.ts';
import type { Suspected } from '../../../src/usecases/alike.ts';
import type { Declared } from '../../../src/usecases/declare.ts';
import type { DeclarePreview } from '../../../src/usecases/previewDeclare.ts';
import type { Resolved } from '../../../src/usecases/resolve.ts';
import type { Nudge, PublishedTo } from '../../../src/usecases/types.ts';
import { makeAction, makeMark } from '../../postmortem/makers.ts';
import { NOW, type World } from './worlds.ts';

/** What a view makes of a world: messages, modals and topics, each with what it was made from. */
export type Shown = { message: blocks.Message } | { view: View } | { topic: string };

export type Case = (world: World) => Shown[];

const readerOf = ({ record }: Pick<World, 'record'>) => ({
  zone: 'America/Argentina/ComodRivadavia',
  now: NOW,
  names: record.names,
});
const nobody = { zone: null, now: NOW, names: DEFAULT_NAMES };
const shownIn = (...list: KnownBlock[]): Shown[] => [
  { message: { text: 'part of a message', blocks: list } },
];
const message = (one: blocks.Message): Shown => ({ message: one });
const URL = `https://debrief.example.com/postmortems/5f0c2a3e?sig=${'a'.repeat(64)}&v=1`;
/** As many and as long as the settings allow. */
const MOST_ROLES = Array.from({ length: 20 }, (_, index) => `${'🧪'.repeat(15)} & <b> ${index}`);
const held = ({ many }: World) =>
  MILESTONES.slice(0, many).map((key) => makeMark(key, 1, { markedBy: 'U0123456789' }));

/** One case for each function that a file of src/slack/views exports. */
export const EVERY_VIEW: Record<string, Record<string, Case>> = {
  'actions.ts': {
    actionReply: ({ record, text }) =>
      [true, false].map((ended) =>
        message(actions.actionReply({ incident: record.incident, action: item(text) }, 'is done', ended)),
      ),
    actionsReply: ({ record, text, many }) =>
      [many * 20, 0].map((count) =>
        message(
          actions.actionsReply(
            Array.from({ length: count }, () => ({ incident: record.incident, action: item(text) })),
            count > 0,
          ),
        ),
      ),
    partMessage: ({ text }) =>
      [999_999_999, null].map((number) => message(actions.partMessage(ID, number, text || '-'))),
    actionAdded: ({ text }) =>
      [null, '2026-03-11'].map((due) =>
        message(
          actions.actionAdded({
            incidentId: ID,
            number: 999_999_999,
            text: text || '-',
            ownerId: 'U0123456789',
            due,
          }),
        ),
      ),
    actionModal: ({ record, text }) =>
      [null, item(text)].map((action) => ({ view: actions.actionModal(record.incident, action) })),
    actionReminder: ({ record, text }) =>
      [true, false].map((toOwner) => message(actions.actionReminder(record.incident, item(text), toOwner))),
    leftMessage: ({ record, text, many }) => [
      message(
        actions.leftMessage(
          record.incident,
          Array.from({ length: many * 3 }, (_, n) => ({ ...item(text), number: n + 1 })),
        ),
      ),
    ],
  },
  'blocks.ts': {
    section: ({ text }) => shownIn(blocks.section(safe(text) || '-')),
    header: () => shownIn(blocks.header('🧪'.repeat(100))),
    context: ({ text }) => shownIn(blocks.context(text ? 'x'.repeat(4000) : '-')),
    fields: ({ text }) => shownIn(blocks.fields(Array(30).fill(text ? 'x'.repeat(4000) : '-'))),
    button: ({ text }) =>
      shownIn({ type: 'actions', elements: [blocks.button('a', text ? '🧪'.repeat(80) : '-', 'v')] }),
    buttons: ({ many }) =>
      shownIn(
        blocks.section('-'),
        ...blocks.buttons(Array.from({ length: many }, (_, n) => blocks.button(`a_${n}`, 'b', 'c'))),
      ),
    message: ({ text }) => [message(blocks.message(text ? 'x'.repeat(5000) : '-'))],
    pack: () => blocks.pack(['-', 'x'.repeat(2900), '-']).map((one) => message(blocks.message(one))),
  },
  'archive.ts': {
    archiveNotice: ({ record }) => [message(archive.archiveNotice(record.incident, NOW))],
    channelKeptText: ({ record }) => [message(blocks.message(archive.channelKeptText(record.incident)))],
    notArchivedText: () => [message(blocks.message(archive.notArchivedText('restricted_action')))],
    stillArchivedText: ({ record }) => [
      message(blocks.message(archive.stillArchivedText(record.incident, 'C0123456789', 'not_in_channel'))),
    ],
  },
  'canvas.ts': { canvasNote: () => shownIn(blocks.section(canvas.canvasNote(URL))) },
  'changes.ts': {
    statusReply: ({ record }) => [message(changes.statusReply(record.incident))],
    severityReply: ({ record }) => [message(changes.severityReply(record.incident, record.names))],
    roleReply: ({ record, many }) => [
      message(changes.roleReply(record.incident, many > 1 ? (MOST_ROLES[0] ?? '') : 'scribe', 'U0123456789')),
    ],
    leadReply: ({ record }) => [message(changes.leadReply({ ...record.incident, leadId: 'U0123456789' }))],
    titleReply: ({ record }) => [message(changes.titleReply(record.incident))],
    trackerReply: ({ record }) =>
      [record.incident, { ...record.incident, tracker: null }].flatMap((incident) =>
        [true, false].map((changed) => message(changes.trackerReply(incident, changed))),
      ),
    servicesReply: ({ record }) => [message(changes.servicesReply(record.incident))],
    regionsReply: ({ record }) => [message(changes.regionsReply(record.incident))],
    customersReply: ({ text }) =>
      [true, false].map((hidden) => message(changes.customersReply({ service: '', text }, hidden))),
    reopenedReply: ({ record }) => [message(changes.reopenedReply(record.incident))],
    canceledReply: ({ record }) => [message(changes.canceledReply(record.incident))],
    mergedReply: ({ record, many }) => [
      message(
        changes.mergedReply(
          {
            from: record.incident,
            into: record.incident,
            moved: 5000,
            collided: MILESTONES.slice(0, many),
          },
          record.names,
        ),
      ),
    ],
    relatedReply: ({ record }) => [message(changes.relatedReply(record.incident, record.incident))],
    editedReply: ({ entry, text }) => [message(changes.editedReply({ ...entry, text }, entry))],
    retractedReply: ({ entry }) => [message(changes.retractedReply(entry))],
    restoredReply: ({ entry }) => [message(changes.restoredReply(entry))],
  },
  'choice.ts': {
    askedReply: ({ record, asked, text }) =>
      [asked, { ...asked, anotherTime: false }].map((one) =>
        message(choice.askedReply(one, readerOf({ record }), text)),
      ),
    readingModal: ({ record, asked }) => [{ view: choice.readingModal(asked, readerOf({ record })) }],
  },
  'declaring.ts': {
    declareModal: (world) => [
      { view: declaring.declareModal({ metadata: '{}', preview: preview(world) }) },
      {
        view: declaring.declareModal({
          metadata: '{}',
          preview: { ...preview(world), announceChannel: null, managers: [], alike: [] },
          title: plain(world.text),
          fromMessage: world.text,
        }),
      },
    ],
    previewBlock: (world) => shownIn(declaring.previewBlock(preview(world))),
    suspectedReply: (world) => [message(declaring.suspectedReply(suspected(world), world.record.names))],
    joinedReply: ({ record }) => [
      message(declaring.joinedReply({ ...record.incident, channelId: 'C0123456789' })),
    ],
    suspectedModal: (world) => [{ view: declaring.suspectedModal(suspected(world), world.record.names) }],
  },
  'draft.ts': {
    draftMessage: (world) =>
      (['draft', 'in_review', 'published'] as const).map((one) =>
        message(
          draft.draftMessage(
            postmortem(world),
            ID,
            one,
            one === 'draft' ? null : URL,
            'It went to nobody else.',
          ),
        ),
      ),
    stateReply: (world) =>
      (['draft', 'published'] as const).map((one) =>
        message(
          draft.stateReply(one, ID, {
            left: world.record.actions,
            to: one === 'published' ? { kind: 'nowhere' } : null,
            approvals: ' with 1 of 2 approvals',
          }),
        ),
      ),
    draftLines: (world) => shownIn(blocks.section(draft.draftLines(postmortem(world)).join('\n'))),
    sectionChoiceModal: (world) => [{ view: draft.sectionChoiceModal(ID, postmortem(world).draft.sections) }],
    sectionModal: ({ text }) =>
      [undefined, draft.staleText('U0123456789', text)].map((above) => ({
        view: draft.sectionModal(
          {
            postmortemId: ID,
            section: 'what-happened',
            title: text.slice(0, 200),
            markdown: plain(text),
            seen: 3,
          },
          above,
        ),
      })),
    leftOutText: () => SECTION_KEYS.map((key) => message(blocks.message(draft.leftOutText(key)))),
    summaryReply: ({ text }) => [true, false].map((hidden) => message(draft.summaryReply(text, hidden))),
    sectionReply: ({ text }) => [message(draft.sectionReply('root-cause', 'root-cause', text, true))],
    factorReply: ({ text }) => [message(draft.factorReply(text, true))],
    draftOrderedReply: () => [message(draft.draftOrderedReply(42))],
    savedLeftOutText: () => SECTION_KEYS.map((key) => message(blocks.message(draft.savedLeftOutText(key)))),
    tooLongText: () =>
      SECTION_KEYS.map((key) => message(blocks.message(draft.tooLongText(SECTION_TITLES[key], URL)))),
    ownLinkReply: () => [message(draft.ownLinkReply(URL, 30))],
    staleText: ({ text }) => shownIn(blocks.section(draft.staleText('U0123456789', text))),
  },
  'publicForm.ts': {
    publicFormReply: ({ record: { incident } }) =>
      [URL, null].map((page) => {
        const downloads = (['md', 'html', 'json', 'txt'] as const).map((form) => ({ form, url: URL }));
        const links = { readOver: URL, page, downloads };
        return message(publicForm.publicFormReply({ ...incident, private: page === null }, links));
      }),
  },
  'entries.ts': {
    notedReply: (world) => [message(entries.notedReply(noted(world), readerOf(world)))],
    retimedReply: ({ entry, record, text }) => [
      message(
        entries.retimedReply(
          {
            kind: 'retimed',
            incident: record.incident,
            entry,
            before: entry,
            notes: [text.slice(0, 200)].filter(plainEnough),
          },
          readerOf({ record }),
        ),
      ),
    ],
    capturedMessage: (world) => [
      message(
        entries.capturedMessage(world.entry, held(world), held(world), readerOf(world), {
          offer: true,
          incident: 999_999_999,
          elsewhere: true,
        }),
      ),
      message(
        entries.capturedMessage(world.entry, [], [], nobody, { offer: false, incident: 1, elsewhere: false }),
      ),
    ],
    notedModal: (world) => {
      const open = { ...world.record.incident, status: 'monitoring' as const };
      const one = { ...noted(world), incident: open, marked: ['resolved' as const] };
      return [held(world).slice(0, 20), held({ ...world, many: 1 })].flatMap((some) => {
        const view = entries.notedModal({ ...one, held: some }, world.record.names);
        return view ? [{ view }] : [];
      });
    },
    entryLine: (world) => [
      message(entries.entryLine(world.entry, held(world), world.record.names)),
      message(
        entries.entryLine({ ...world.entry, movedFrom: 'INC-7 #3' }, [], world.record.names, 999_999_999),
      ),
      message(
        entries.entryLine(
          { ...world.entry, authorId: null, retractedAt: NOW },
          held(world).map((mark) => ({ ...mark, provenance: 'inferred' })),
          world.record.names,
        ),
      ),
    ],
  },
  'headline.ts': {
    headline: ({ many, record, facts }) =>
      [
        headline.headline(
          record,
          facts,
          { url: URL, published: true },
          { ...DEFAULT_SETTINGS, roles: many > 1 ? MOST_ROLES : DEFAULT_SETTINGS.roles },
        ),
        headline.headline(record, facts, null, { ...DEFAULT_SETTINGS, roles: [] }),
      ].map(message),
    topic: ({ record }) => [{ topic: headline.topic(record) }],
    announcement: ({ record }) => [message(headline.announcement(record))],
  },
  'inputs.ts': {
    words: () => [{ view: select({ text: inputs.words('🧪'.repeat(100)), value: 'v' }) }],
    heading: () => [
      {
        view: {
          ...inputs.modal('c', 't', 's', '', [blocks.section('-')]),
          title: inputs.heading('🧪'.repeat(100)),
        },
      },
    ],
    option: () => [{ view: select(inputs.option('v', '🧪'.repeat(100))) }],
    textInput: ({ text }) => [
      {
        view: inputs.modal('c', 't', 's', '', [
          inputs.textInput({
            id: 'a',
            label: 'W'.repeat(3000),
            hint: 'W'.repeat(3000),
            placeholder: 'W'.repeat(3000),
            initial: plain(text),
            longest: 200,
          }),
        ]),
      },
    ],
    modal: () => [{ view: inputs.modal('c', 'W'.repeat(30), 'W'.repeat(30), '', [blocks.section('-')]) }],
  },
  'help.ts': {
    helpReply: ({ record }) =>
      [null, record.incident.number].map((here) =>
        message(help.helpReply(here, DEFAULT_SETTINGS.emoji, record.names)),
      ),
  },
  'late.ts': {
    lateMessage: (world) =>
      [
        { response_action: 'errors' as const, errors: { time: plain(world.text) || '-' } },
        { response_action: 'update' as const, view: choice.readingModal(world.asked, readerOf(world)) },
        {
          response_action: 'push' as const,
          view: declaring.suspectedModal(suspected(world), world.record.names),
        },
        { response_action: 'update' as const, view: responding.noteModal(world.record.incident) },
      ]
        .flatMap((answer) => late.lateMessage('Note on INC-42', answer, world.text) ?? [])
        .map(message),
  },
  'modals.ts': {
    addToTimelineModal: ({ record, text }) =>
      [null, 7].map((number) => ({
        view: modals.addToTimelineModal(plain(text), '{}', number, record.names),
      })),
    retimeModal: ({ record }) => [{ view: modals.retimeModal(record.incident.number, '14:05 UTC', 'id') }],
    editModal: ({ record, text }) => [{ view: modals.editModal(record.incident.number, plain(text), 'id') }],
    otherTimeModal: () => [{ view: modals.otherTimeModal('id') }],
    wordsModal: () => [
      { view: modals.wordsModal('A title of more than twenty-four characters', 'x'.repeat(4000)) },
    ],
    replyModal: (world) => [
      { view: modals.replyModal('Debrief', entries.notedReply(noted(world), readerOf(world))) },
    ],
  },
  'retention.ts': {
    deletionNotice: ({ record }) =>
      (['channel', 'person'] as const).flatMap((to) =>
        [[], ['C0123456789', 'C1123456789']].flatMap((posted) =>
          shownIn(blocks.section(retention.deletionNotice(record.incident, NOW, posted, to))),
        ),
      ),
  },
  'nudge.ts': {
    nudgeMessage: (world) => {
      const milestones = world.many > 1 ? MILESTONES : ['root_cause_identified' as const];
      const keys = ['lead' as const, 'update' as const, ...milestones];
      const { incident } = world.record;
      const open = { ...incident, title: world.text || incident.title };
      const base = {
        id: ID,
        incidentId: ID,
        keys,
        stage: 'escalation' as Nudge['stage'],
        to: 'C1',
        at: NOW,
        message: null,
      };
      const policy = DEFAULT_SETTINGS.severities.SEV1.policy;
      const escalation = Array(Math.min(20, world.many)).fill('U0123456789');
      const unknown = Array.from({ length: Math.min(20, world.many) }, (_, n) => ({
        usergroup: `S01234567${n}`,
        code: n === 1 ? 'missing_scope' : `no_such_subteam_${n}`,
      }));
      const barred = Array(Math.min(30, world.many)).fill('U1234567890');
      const contacts = { called: [], barred, unknown, left: world.many };
      return [null, { kind: 'dismissed' as const, by: 'U0123456789', at: NOW }]
        .flatMap((answer) => [keys, []].map((missing) => ({ nudge: { ...base, answer }, missing })))
        .concat({ nudge: { ...base, answer: null, stage: 'lead', to: 'U1' }, missing: keys })
        .concat({ nudge: { ...base, answer: null, to: 'U1' }, missing: keys })
        .flatMap((one) => [false, true].map((diverted) => ({ ...one, diverted })))
        .map((one) =>
          message(
            nudge.nudgeMessage({
              ...one,
              incident: open,
              policy,
              escalation,
              contacts,
              names: world.record.names,
            }),
          ),
        );
    },
    snoozedReply: ({ record }) => [message(nudge.snoozedReply(record.incident))],
    dismissedReply: ({ record }) => [message(nudge.dismissedReply(record.incident))],
    nudgeDoneModal: ({ record }) => [{ view: nudge.nudgeDoneModal(ID, MILESTONES, record.names) }],
  },
  'published.ts': {
    publishedPost: (world) => [
      message(published.publishedPost(publishedOf(world), 3, null)),
      message(published.publishedPost(publishedOf(world), 4, URL)),
    ],
    correctionReply: (world) => [
      message(published.correctionReply(correctedOf(world), 4, URL)),
      message(published.correctionReply(correctedOf(world), 4, null)),
    ],
    publishedAgainReply: (world) =>
      [correctedOf(world), { figures: [], figuresFrom: null, sections: [] }].map((one) =>
        message(published.publishedAgainReply('U0123456789', { version: 9, before: 3 }, one, URL)),
      ),
    revisedPost: ({ record }) => [
      message(published.revisedPost(record, null)),
      message(published.revisedPost(record, { by: 'U0123456789', at: NOW })),
    ],
    publishedHere: ({ record }) =>
      [null, 'not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'odd'].map(
        (refused) =>
          message(
            published.publishedHere(
              { record, postmortemId: ID, by: refused && 'U0123456789', version: 3, url: URL },
              { to: { kind: 'channel', channelId: 'C0123456789' }, refused },
            ),
          ),
      ),
    placeText: () =>
      [
        ...(['nowhere', 'private', 'test'] as const).map((kind) => ({ kind })),
        { kind: 'channel' as const, channelId: 'C0123456789' },
      ].map((to) => message(blocks.message(published.placeText(to)))),
    revisedHere: ({ record }) => [
      message(published.revisedHere(record, 'U0123456789', 'C0123456789')),
      message(published.revisedHere(record, null, null)),
    ],
  },
  'refused.ts': {
    postRefusedText: () => [
      message(blocks.message(refused.postRefusedText('it', 'C0123456789', 'is_archived'))),
    ],
    notAnnouncedText: () => [
      message(blocks.message(refused.notAnnouncedText('update 12', 'C0123456789', 'odd'))),
    ],
    notSentText: () =>
      ['U0123456789', 'C0123456789'].map((to) =>
        message(blocks.message(refused.notSentText('the draft of the postmortem', to, 'odd'))),
      ),
    notInvitedText: () => [message(blocks.message(refused.notInvitedText('U0123456789', 'cant_invite')))],
  },
  'responding.ts': {
    noteModal: ({ record }) => [{ view: responding.noteModal(record.incident) }],
    milestoneModal: ({ record }) => [{ view: responding.milestoneModal(record.incident, record.names) }],
    stateModal: ({ record }) => [
      { view: responding.stateModal({ ...record.incident, status: 'monitoring' }, record.names) },
    ],
    resolveModal: (world) =>
      [resolved(world).candidates, []].map((ends) => ({
        view: responding.resolveModal(world.record.incident, ends, readerOf(world)),
      })),
    leadTakenReply: ({ record }) => [message(responding.leadTakenReply(record.incident))],
    roleTakenReply: ({ record, many }) => [
      message(responding.roleTakenReply(record.incident, many > 1 ? (MOST_ROLES[0] ?? '') : 'scribe')),
    ],
    mergedText: ({ record }) =>
      [true, false].map((here) =>
        message(blocks.message(responding.mergedText(record.incident, 5000, here))),
      ),
    handoverText: ({ text }) =>
      [null, 'U0123456789'].map((before) =>
        message(blocks.message(responding.handoverText(text.slice(0, 40), 'U0123456789', before))),
      ),
  },
  'state.ts': {
    declaredReply: (world) =>
      [declared(world), { ...declared(world), flags: [], startedAt: null, startEntryNumber: null }].map(
        (one) => message(state.declaredReply(one, readerOf(world))),
      ),
    undoneReply: (world) =>
      (['severity', 'private', 'test', 'retrospective'] as const).map((one) =>
        message(state.undoneReply(world.record.incident, one, readerOf(world))),
      ),
    startUndoneReply: ({ entry }) => [message(state.startUndoneReply(entry))],
    impactEndedReply: (world) => [
      message(state.impactEndedReply(world.record.incident, world.entry, readerOf(world))),
    ],
    resolvedReply: (world) =>
      [resolved(world), { ...resolved(world), end: null, held: false, candidates: [] }].map((one) =>
        message(state.resolvedReply(one, readerOf(world))),
      ),
    impactReply: ({ record, facts, asked }) =>
      [
        { from: asked.readings[0] as never, to: asked.readings.at(-1) as never },
        { from: asked.readings[0] as never, to: null },
        null,
      ].map((window) =>
        message(
          state.impactReply(
            { kind: 'impact', incident: record.incident, window, impact: facts.impact, notes: [] },
            readerOf({ record }),
          ),
        ),
      ),
    timelineReply: ({ record, facts }) =>
      [true, false].map((all) => message(state.timelineReply(record, facts, readerOf({ record }), all))),
  },
  'updates.ts': {
    updateModal: ({ record }) => [{ view: updates.updateModal(record.incident.id, record.incident.number) }],
    updateMessage: ({ record, text }) =>
      [text, ''].map((impact) =>
        message(updates.updateMessage(record.incident, given(text, impact), record.names)),
      ),
    givenReply: ({ record, text }) =>
      PLACES.flatMap((to) =>
        [0, 3].map((subscribers) =>
          message(
            updates.givenReply(
              { incident: record.incident, update: given(text, ''), to, subscribers },
              readerOf({ record }),
            ),
          ),
        ),
      ),
    subscriberMessage: ({ record, text }) =>
      [given(text, text), null].map((one) => message(updates.subscriberMessage(record, one))),
    subscriptionsReply: ({ record, many }) => [
      message(
        updates.subscriptionsReply(
          Array(many).fill({ kind: 'service', value: 'W'.repeat(120) }),
          record.names,
        ),
      ),
      message(updates.subscriptionsReply([{ kind: 'severity', value: 'SEV2' }], record.names)),
      message(updates.subscriptionsReply([], record.names)),
    ],
  },
  'words.ts': {
    label: ({ record }) => MILESTONES.map((key) => ({ topic: words.label(key, record.names) })),
    labels: () => [{ topic: words.labels(MILESTONES, DEFAULT_NAMES) }],
    severityText: ({ record }) => SEVERITIES.map((key) => ({ topic: words.severityText(key, record.names) })),
    timeFor: ({ record }) => [
      { topic: words.timeFor(NOW, readerOf({ record }), 'about') },
      { topic: words.timeFor(NOW, nobody) },
    ],
    timeForAll: () => [{ topic: words.timeForAll(NOW, 'about') }],
    impactSpan: () => {
      const moment = { at: NOW, precision: 'about' as const, label: 'Impact start', entryNumber: null };
      return [{ topic: words.impactSpan(moment, moment) }, { topic: words.impactSpan(moment, null) }];
    },
  },
};

const select = (one: ReturnType<typeof inputs.option>): View =>
  inputs.modal('c', 't', 's', '', [
    {
      type: 'input',
      label: inputs.words('l'),
      element: { type: 'static_select', action_id: 'a', options: [one] },
    },
  ]);

const item = (text: string) =>
  makeAction(7, { text: text || '-', ownerId: 'U0123456789', due: '2026-03-11' });

const given = (text: string, impact: string) => ({
  id: ID,
  number: 1,
  text: text || '-',
  impact,
  by: 'U0123456789',
  at: NOW,
  nextBy: NOW,
});

const ID = '5f0c2a3e-7f0b-4f4e-9a53-0d1a51a3c0de';

/** From the latest lines only: what the message shows of them is a count. */
export const postmortem = ({ record, text }: World) => {
  const incident = { ...record.incident, summary: text.slice(0, 500) };
  return buildPostmortem(
    { record: { ...record, incident, entries: record.entries.slice(-20) }, edits: [], dismissals: [] },
    NOW,
  );
};

const publishedOf = (world: World) => {
  const corrected = correctedOf(world);
  const publication = {
    at: NOW,
    by: 'U0123456789',
    unfinished: [],
    version: 3,
    frozen: null,
    since: [],
  };
  return { ...postmortem(world), publication, corrected };
};

const correctedOf = ({ text, many }: World) => ({
  figures: Array.from({ length: many }, (_, index) => ({
    name: `line_${index}`,
    label: plain(text).slice(0, 40),
    from: index % 3 === 0 ? null : '2026-03-10 15:00 UTC',
    to: index % 3 === 1 ? null : '2026-03-10 15:05 UTC',
  })),
  figuresFrom: { by: ['U0123456789', 'U1123456789'], at: NOW },
  sections: SECTION_KEYS.map((key) => ({
    key,
    title: SECTION_TITLES[key],
    from: { by: ['U0123456789', 'U1123456789', 'U2123456789'], at: NOW },
  })),
});

// Notes come from the readerOf({ record }) of times, which escapes what it quotes.
const plainEnough = (text: string): boolean => /^[\w ,.]*$/.test(text);

const noted = (world: World) => ({
  kind: 'noted' as const,
  incident: world.record.incident,
  entry: world.entry,
  marked: MILESTONES.slice(0, world.many),
  held: held(world),
  notes: ['The latest such time was yesterday.'],
  twin: world.many,
});

const PLACES: PublishedTo[] = [
  { kind: 'channel', channelId: 'C0123456789' },
  { kind: 'nowhere' },
  { kind: 'test' },
];

const declared = ({ record, asked, text }: World): Declared => ({
  kind: 'declared',
  incident: { ...record.incident, title: text || record.incident.title },
  flags: [
    { flag: 'severity', typed: 'SEV-2' },
    { flag: 'private', typed: 'private' },
    { flag: 'test', typed: 'test' },
    { flag: 'retrospective', typed: 'retrospective' },
  ],
  startedAt: asked.readings[0] ?? null,
  startEntryNumber: 999_999_999,
  notes: [],
  announced: { kind: 'nowhere' },
});

const resolved = (world: World): Resolved => ({
  kind: 'resolved',
  incident: world.record.incident,
  end: { mark: makeMark('resolved', 1, { provenance: 'inferred' }), entry: world.entry },
  held: true,
  candidates: (['fix_released', 'mitigated'] as const).map((milestone) => ({
    milestone,
    entryId: world.entry.id,
    number: 1,
    at: NOW,
    precision: 'about' as const,
  })),
  notes: [],
});

const preview = ({ record }: World): DeclarePreview => ({
  channelName: `inc-999999999-${'x'.repeat(60)}`,
  announceChannel: 'C0123456789',
  managers: Array(20).fill('U0123456789'),
  alike: Array(3).fill(record.incident),
  names: record.names,
});

const suspected = ({ record, text }: World): Suspected => ({
  kind: 'suspected',
  choiceId: ID,
  title: text,
  alike: [1, 2, 3].map((number) => ({ ...record.incident, number })),
});
