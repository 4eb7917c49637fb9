import { buildPostmortem } from '../../postmortem/postmortem.ts';
import { renderCanvas } from '../../postmortem/render/canvas.ts';
import type { Canvas, StoredPostmortem } from '../../usecases/types.ts';
import { refusedWith, unlessRefused } from '../slackErrors.ts';
import { NO_CHANNEL, reading, readingUrl, type Step, type StepDeps, type StepHandler } from './types.ts';

/**
 * Shows the draft as it stands in the canvas of the incident's channel: made once, then replaced. Where Slack refuses
 * (the plan, a scope, a canvas of somebody else's) there is none, and the draft comes as a file.
 */
export const showCanvas: StepHandler<'canvas'> = async (deps, step) => {
  const source = await reading(deps, (tx) => tx.postmortem({ incidentId: step.incidentId }));
  const channel = source?.record.incident.channelId;
  if (!source || !channel) return NO_CHANNEL;
  const { record, canvas, version, id } = source;
  const published = source.state === 'published';
  const url = readingUrl(deps, { id, published }, record.incident) ?? undefined;
  const markdown = renderCanvas(buildPostmortem(source, deps.clock.now(), url).draft, version);
  if (canvas && markdown !== null && (await replace(deps, step, canvas.id, markdown)))
    return { canvas: canvas.id };
  // Nothing can be put there, a file neither: the next version after it comes back brings all of it.
  if (canvas && (await isArchived(deps, channel))) return { skipped: 'the channel is in the archive' };
  const made = markdown === null ? null : await makeCanvas(deps, step, source, channel, markdown);
  await deps.store.transaction(async (tx) => {
    await tx.setCanvas(id, made);
    if (canvas && !made) await tx.send([fileInstead(step)], deps.clock.now());
  });
  return made ? { canvas: made.id } : { skipped: 'Slack has no canvas for it' };
};

const fileInstead = ({ incidentId, delivery }: Step<'canvas'>) => ({
  incidentId,
  delivery: { kind: 'draft-file', version: delivery.version } as const,
});

const contentOf = (markdown: string) => ({ type: 'markdown', markdown }) as const;

/** False: Slack refused. */
async function replace(deps: StepDeps, step: Step<'canvas'>, id: string, markdown: string) {
  const changes = [{ operation: 'replace', document_content: contentOf(markdown) }] as const;
  const call = step.write(() => deps.client.canvases.edit({ canvas_id: id, changes: [...changes] }));
  return (await unlessRefused(call, null)) !== null;
}

const TAKEN = ['channel_canvas_already_exists', 'free_team_canvas_tab_already_exists'];

/** A channel has one canvas. One that an earlier try of ours made is taken over, one of other people's left alone. */
async function makeCanvas(
  deps: StepDeps,
  step: Step<'canvas'>,
  { record: { incident } }: StoredPostmortem,
  channel: string,
  markdown: string,
): Promise<Canvas | null> {
  let id = step.unsureSince === null ? null : await ownCanvas(deps, channel);
  if (id === null) {
    const title = `INC-${incident.number}: postmortem`;
    const wanted = { channel_id: channel, title, document_content: contentOf(markdown) };
    const call = step.write(() => deps.client.conversations.canvases.create(wanted));
    try {
      const { canvas_id } = await call;
      return canvas_id ? await opened(deps, channel, canvas_id) : null;
    } catch (error) {
      const code = refusedWith(error);
      if (code === null) throw error;
      if (TAKEN.includes(code)) id = await ownCanvas(deps, channel);
    }
  }
  if (id === null || !(await replace(deps, step, id, markdown))) return null;
  return opened(deps, channel, id);
}

/** Lets the channel only read it, so that nobody writes what the next version replaces; says where it opens. */
async function opened({ client }: StepDeps, channel: string, id: string): Promise<Canvas> {
  const access = { canvas_id: id, access_level: 'read', channel_ids: [channel] as [string] } as const;
  await unlessRefused(client.canvases.access.set(access), null);
  const info = await unlessRefused(client.files.info({ file: id }), null);
  return { id, url: info?.file?.permalink ?? null };
}

/** The channel's canvas, if this bot made it. */
async function ownCanvas({ client, self }: StepDeps, channel: string): Promise<string | null> {
  const info = await unlessRefused(client.conversations.info({ channel }), null);
  // Slack's package does not know of it yet.
  const properties = info?.channel?.properties as { canvas?: { file_id?: string } } | undefined;
  const id = properties?.canvas?.file_id;
  const file = id ? await unlessRefused(client.files.info({ file: id }), null) : null;
  return id && file?.file?.user === self.userId ? id : null;
}

async function isArchived({ client }: StepDeps, channel: string): Promise<boolean> {
  const info = await unlessRefused(client.conversations.info({ channel }), null);
  return info?.channel?.is_archived === true;
}
