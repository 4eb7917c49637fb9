import type { PhrasingContent, RootContent } from 'mdast';
import { visit } from 'unist-util-visit';
import type { SectionName } from '../incident/types.ts';

/** What belongs in a part that nobody filled, and the command that fills it. */
export const GUIDANCE: Record<
  | SectionName
  | 'services'
  | 'impact'
  | 'summary'
  | 'customers'
  | 'regions'
  | 'timeline'
  | 'factors'
  | 'actions',
  { says: string; command: string }
> = {
  services: { says: 'name every service that customers saw fail or slow down.', command: 'service NAME' },
  impact: {
    says: 'when the impact started. Mark that moment on the timeline, or give the window.',
    command: 'impact from TIME to TIME',
  },
  summary: {
    says: 'three sentences for someone who was not there: what failed and for whom, why, and how it ended.',
    command: 'summary TEXT',
  },
  customers: {
    says: 'how many customers, of which service, and what they saw. An estimate that says so is better than nothing.',
    command: 'customers [SERVICE:] TEXT',
  },
  regions: { says: 'the regions where customers were affected, or “all”.', command: 'region NAMES' },
  'what-happened': {
    says: 'the story that connects these moments: what changed, what people saw, what they tried and why.',
    command: 'section what-happened TEXT',
  },
  timeline: { says: 'the moments that matter, each with its time.', command: 'note TIME TEXT' },
  'root-cause': {
    says: 'the one change or condition without which this would not have happened, and how you know. What merely made it worse belongs under contributing factors.',
    command: 'section root-cause TEXT',
  },
  factors: {
    says: 'what let it happen, spread or last: missing tests or alerts, an unclear runbook, an earlier bug.',
    command: 'factor TEXT',
  },
  mitigation: {
    says: 'what eased the impact before the cause was gone, or that nothing did.',
    command: 'section mitigation TEXT',
  },
  resolution: {
    says: 'the change that ended it, and how it reached production.',
    command: 'section resolution TEXT',
  },
  verification: {
    says: 'what was measured to know that it was over, and for how long.',
    command: 'section verification TEXT',
  },
  actions: {
    says: 'what will be changed so that this cannot recur, each with an owner and a date.',
    command: 'action TEXT @owner due DATE',
  },
  'next-steps': {
    says: 'what happens now: reviews, messages to customers, open questions.',
    command: 'section next-steps TEXT',
  },
};

export type GuidanceKey = keyof typeof GUIDANCE;

export const GUIDANCE_KEYS = Object.keys(GUIDANCE) as GuidanceKey[];

/** The guidance as phrasing content, the command as code. */
export function guidance(key: GuidanceKey): PhrasingContent[] {
  const { says, command } = GUIDANCE[key];
  return [
    { type: 'text', value: says, data: { guidance: key } as object },
    { type: 'text', value: ' In Slack: ' },
    { type: 'inlineCode', value: `/incident ${command}` },
  ];
}

/** Puts a workspace's own words in the place of ours; the command that fills the part stays. */
export function withGuidance(nodes: RootContent[], own: Readonly<Record<string, string>>): RootContent[] {
  visit({ type: 'root', children: nodes }, 'text', (node) => {
    const words = own[String((node.data as { guidance?: string } | undefined)?.guidance)]?.trim();
    if (words) node.value = words;
  });
  return nodes;
}
