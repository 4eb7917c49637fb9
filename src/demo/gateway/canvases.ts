import { findChannel, type Slack } from './slack.ts';
import {
  type Actor,
  type Answer,
  type Canvases,
  isJson,
  type Json,
  listOf,
  objectOf,
  type StoredCanvas,
  textOf,
} from './types.ts';

/** Headings below the third level, HTML and anchors are none of a canvas's. */
const NOT_OF_A_CANVAS = /^#{4,} |<\/?[a-z]+[ >/]|\]\(#/m;

type Refused = { error: string };
const refused = (error: string): Refused => ({ error });

/** Slack's methods for canvases of channels; undefined: the method is another. */
export async function canvasMethod(
  slack: Slack,
  actor: Actor,
  method: string,
  args: Json,
): Promise<Answer | undefined> {
  const { canvases } = slack;
  const run = canvases && METHODS[method];
  if (!run) return undefined;
  if (method.includes('canvases.') && slack.scopes?.includes('canvases:write') === false)
    return { ok: false, error: 'missing_scope', needed: 'canvases:write' };
  const result = await run(slack, actor, canvases, args);
  if (result === undefined) return undefined;
  return 'error' in result ? { ok: false, ...result } : { ok: true, ...result };
}

type Method = (
  slack: Slack,
  actor: Actor,
  canvases: Canvases,
  args: Json,
) => Promise<Json | Refused | undefined>;

const METHODS: Record<string, Method> = {
  async 'conversations.canvases.create'(slack, actor, canvases, args) {
    const channel = await findChannel(slack, actor, textOf(args.channel_id));
    if (!channel) return refused('channel_not_found');
    if (canvases.has(channel.id)) return refused('channel_canvas_already_exists');
    const markdown = markdownIn(args.document_content);
    if (markdown === null) return refused('canvas_creation_failed');
    const id = `F0CANVAS${String(canvases.size + 1).padStart(3, '0')}`;
    const title = textOf(args.title);
    canvases.set(channel.id, { id, title, markdown, userId: actor.userId, access: 'write' });
    return { canvas_id: id };
  },
  async 'canvases.edit'(_slack, _actor, canvases, args) {
    const canvas = byId(canvases, args.canvas_id);
    const [change, ...more] = listOf(args.changes);
    if (!canvas) return refused('canvas_not_found');
    const markdown = markdownIn(change?.document_content);
    if (markdown === null || change?.operation !== 'replace' || more.length > 0)
      return refused('canvas_editing_failed');
    canvas.markdown = markdown;
    return {};
  },
  async 'canvases.access.set'(_slack, _actor, canvases, args) {
    const canvas = byId(canvases, args.canvas_id);
    if (!canvas) return refused('canvas_not_found');
    canvas.access = args.access_level === 'read' ? 'read' : 'write';
    return {};
  },
  async 'files.info'(slack, _actor, canvases, args) {
    const canvas = byId(canvases, args.file);
    if (!canvas) return undefined;
    const permalink = `${slack.baseUrl}/docs/${slack.workspace.teamId}/${canvas.id}`;
    return { file: { id: canvas.id, title: canvas.title, user: canvas.userId, permalink } };
  },
  async 'conversations.info'(slack, actor, canvases, args) {
    const answer = await slack.emulator.call(actor.token, 'conversations.info', args);
    const canvas = isJson(answer.channel) && canvases.get(textOf(answer.channel.id));
    if (!canvas || !isJson(answer.channel)) return undefined;
    const properties = { canvas: { file_id: canvas.id, is_empty: false } };
    return { channel: { ...answer.channel, properties } };
  },
};

const byId = (canvases: Canvases, id: unknown): StoredCanvas | undefined =>
  [...canvases.values()].find((one) => one.id === id);

/** Null: it is nothing that Slack takes. */
function markdownIn(content: unknown): string | null {
  const given = objectOf(content);
  const markdown = textOf(given?.markdown);
  return given?.type === 'markdown' && !NOT_OF_A_CANVAS.test(markdown) ? markdown : null;
}
