import type { Entry, IncidentRecord } from '../../incident/types.ts';
import type { Instant } from '../../time/types.ts';
import type { Corrections, Writers } from '../corrections.ts';
import { seenFrom } from '../document.ts';
import { publicationNodes } from '../document-publication.ts';
import type { Draft, Publication, SectionKey, Template } from '../document-types.ts';
import { buildPostmortem, type Postmortem, type PostmortemSource, zoneOfDraft } from '../postmortem.ts';
import { createHider, type Hider } from './hider.ts';
import { hideNodes, withoutGuidance } from './nodes.ts';

const PLAIN_TEMPLATE: Template = { zone: null, order: [], hidden: [], guidance: {} };

/**
 * The postmortem for readers outside: the same figures, times and milestones, without names, ids, channels, links that
 * lead inside, checks and guidance. `ownHost`: the host of our own pages. `zone`: whose clock stands beside UTC, where it
 * is not the draft's. Names that nobody knows stay in the text.
 */
export function publicForm(
  source: PostmortemSource,
  now: Instant,
  ownHost: string | null,
  zone: string | null = null,
): Postmortem {
  const template = source.template ?? PLAIN_TEMPLATE;
  // Who changed what state is a record for those inside.
  const shown = { ...source, template: { ...template, hidden: [...template.hidden, 'activity'] } };
  const hider = createHider(source, ownHost);
  const publication = source.publication ? hidePublication(source.publication, hider) : null;
  // Where the workspace's drafts have a zone of their own, whoever declared keeps theirs.
  const record = hideRecord(source.record, zoneOfDraft(source), hider);
  const built = buildPostmortem({ ...shown, record, edits: [], dismissals: [], publication }, now);
  const draft = seenFrom(zone, built.draft, record, built.facts);
  const whole = buildPostmortem(shown, now);
  const corrected = whole.corrected && hideWriters(whole.corrected, hider);
  return {
    ...built,
    draft: {
      ...draft,
      ...(publication && { note: publicationNodes(publication, corrected, {}) }),
      leftOut: [],
      sections: sectionsOf(draft, whole.draft, hider),
    },
    corrected,
    checks: [],
    dismissed: [],
    contradictedFigures: [],
    changed: [],
  };
}

/** An edited section is merged as people know it and hidden then: hidden before, it would seem changed. */
function sectionsOf(built: Draft, edited: Draft, hider: Hider): Draft['sections'] {
  const editOf = (key: SectionKey) => edited.sections.find((one) => one.key === key && one.edited);
  return built.sections
    .map((section) => {
      const { key, title, origin, nodes } = editOf(section.key) ?? section;
      const shown = section.nodes === nodes ? nodes : hideNodes(nodes, hider);
      return { key, title, origin, nodes: withoutGuidance(shown) };
    })
    .filter(({ nodes }) => nodes.length > 0);
}

function hideRecord(record: IncidentRecord, zone: string, hider: Hider): IncidentRecord {
  const { incident } = record;
  return {
    incident: {
      ...incident,
      id: '',
      teamId: '',
      private: false,
      title: hider.slack(incident.title),
      summary: hider.slack(incident.summary),
      services: incident.services.map(hider.slack),
      regions: incident.regions.map(hider.slack),
      channelId: null,
      channelName: null,
      headlineTs: null,
      leadId: null,
      declaredBy: '',
      closeReason: null,
      mergedIntoId: null,
      tracker: null,
      zone,
    },
    entries: record.entries.map((entry) => hideEntry(entry, hider)),
    marks: record.marks.map((mark) => ({ ...mark, markedBy: '' })),
    windows: record.windows,
    customers: record.customers.map(({ service, text }) => ({
      service: service && hider.slack(service),
      text: hider.slack(text),
    })),
    factors: record.factors.map(hider.slack),
    actions: record.actions.map((action) => ({
      ...action,
      text: hider.slack(action.text),
      ownerId: action.ownerId && hider.role(action.ownerId),
    })),
    sections: Object.fromEntries(
      Object.entries(record.sections).map(([name, text]) => [name, hider.slack(text)]),
    ),
    activity: [],
    roles: [],
    related: [],
    mergedInto: null,
    channels: {},
    names: {
      milestones: hideEach(record.names.milestones, hider),
      severities: hideEach(record.names.severities, hider),
    },
    // Last: everybody has got a role by now. It stands where the id stood.
    people: Object.fromEntries(hider.roles().map((role) => [role, role])),
  };
}

/** What an admin called things. */
const hideEach = <Key extends string>(names: Record<Key, string>, hider: Hider): Record<Key, string> =>
  Object.fromEntries(Object.entries<string>(names).map(([key, name]) => [key, hider.text(name)])) as Record<
    Key,
    string
  >;

function hideEntry(entry: Entry, hider: Hider): Entry {
  const { files: _, messageGoneAt: __, ...rest } = entry;
  return {
    ...rest,
    authorId: entry.authorId && hider.role(entry.authorId),
    text: hider.slack(entry.text),
    capturedBy: hider.role(entry.capturedBy),
    message: null,
    permalink: null,
    movedFrom: null,
  };
}

function hideWriters(corrected: Corrections, hider: Hider): Corrections {
  const hide = (from: Writers): Writers => from && { ...from, by: [...new Set(from.by.map(hider.role))] };
  return {
    figures: corrected.figures,
    figuresFrom: hide(corrected.figuresFrom),
    sections: corrected.sections.map((one) => ({ ...one, from: hide(one.from) })),
  };
}

const hidePublication = (publication: Publication, hider: Hider): Publication => ({
  at: publication.at,
  by: hider.role(publication.by),
  version: publication.version,
  // What was corrected is told by comparing what people know.
  frozen: null,
  since: [],
  unfinished: publication.unfinished.map(({ number, text, ownerId, due }) => ({
    number,
    text: hider.slack(text),
    ownerId: ownerId && hider.role(ownerId),
    due,
  })),
});
