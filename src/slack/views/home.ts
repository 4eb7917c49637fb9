import type { HomeView, KnownBlock, SectionBlock } from '@slack/types';
import { severityWords } from '../../incident/settings.ts';
import type { Names } from '../../incident/types.ts';
import type { ActionOf } from '../../usecases/actionItems.ts';
import { HOME_FILTERS, type HomeFilter, type HomeShown } from '../../usecases/home.ts';
import { ACTIONS } from '../ids.ts';
import { clip, safe } from '../mrkdwn.ts';
import { button, buttons, context, header, section } from './blocks.ts';
import { option, words } from './inputs.ts';
import { incidentLine } from './lists.ts';
import { type Reader, timeForAll } from './words.ts';

/** A person's Home tab: what waits for them first, then what is going on. */
export function homeView(
  { mine, actions, drafts, recent, filter }: HomeShown,
  reader: Reader,
  pageUrl: (postmortemId: string) => string,
): HomeView {
  const today = dayIn(reader);
  const filterOption = (one: HomeFilter) => option(one, filterLabel(one, reader.names));
  const reviews = drafts.map(({ postmortemId, askedBy, incident }) =>
    section(
      `*INC-${incident.number}* ${title(incident.title)}\nAsked by <@${askedBy}> · <${pageUrl(postmortemId)}|Read and edit the draft>`,
    ),
  );
  return {
    type: 'home',
    blocks: [
      ...buttons([button(ACTIONS.homeDeclare, 'Declare an incident', 'declare', 'danger')]),
      ...part(
        'My open incidents',
        mine.map((one) => section(incidentLine(one, reader.names))),
        'None. You lead none, declared none, and have no role in one.',
      ),
      ...part(
        'My action items',
        actions.map((one) => actionBlock(one, today)),
        'None is open.',
      ),
      ...part('Drafts for my review', reviews, 'None waits for you.'),
      header('Recent incidents'),
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            action_id: ACTIONS.homeFilter,
            placeholder: words('Show'),
            initial_option: filterOption(filter),
            options: HOME_FILTERS.map(filterOption),
          },
        ],
      },
      ...(recent.length > 0
        ? recent.map((one) => section(incidentLine(one, reader.names)))
        : [section('None.')]),
      context(
        `As of ${timeForAll(reader.now)} · \`/incident list\` and \`/incident find\` show more · \`/incident help\``,
      ),
    ],
  };
}

function filterLabel(filter: HomeFilter, names: Names): string {
  const gravest = severityWords('SEV1', names);
  return { all: 'All', open: 'Open', mine: 'Mine', sev1: gravest, 'all sev1': `${gravest}, closed too` }[
    filter
  ];
}

const part = (name: string, blocks: KnownBlock[], none: string): KnownBlock[] => [
  header(name),
  ...(blocks.length > 0 ? blocks : [section(none)]),
  { type: 'divider' },
];

function actionBlock({ incident, action }: ActionOf, today: string): SectionBlock {
  const late = action.due !== null && action.due < today;
  const due = action.due === null ? 'no date yet' : `${late ? ':warning: was due' : 'due'} ${action.due}`;
  return {
    ...section(`${title(action.text)}\n*INC-${incident.number}* item ${action.number} · ${due}`),
    accessory: button(`${ACTIONS.actionDone}_${incident.number}_${action.number}`, 'Done', incident.id),
  };
}

const title = (text: string): string => clip(safe(text).replace(/\s+/g, ' ').replaceAll('```', "'''"), 200);

/** The calendar date where they are, `YYYY-MM-DD`. */
const dayIn = ({ zone, now }: Reader): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone ?? 'UTC', dateStyle: 'short' }).format(now);
