/** Arguments of a Web API method, or any JSON object of Slack's. */
export type Json = Record<string, unknown>;

/** What a Web API method answers. */
export interface Answer extends Json {
  ok: boolean;
  error?: string;
}

/** Who calls a method: the bot with its token, or a person in their client. */
export interface Actor {
  userId: string;
  token: string;
  /** Of the same user, with every scope: for the stand-in's own look-ups, which no scope limits. */
  lookup: string;
  bot: boolean;
}

/** A message as Slack stores it (the fields that are used here). */
export interface StoredMessage extends Json {
  ts: string;
  user?: string;
  text: string;
  thread_ts?: string;
  blocks?: Json[];
  reactions?: { name: string; users: string[]; count: number }[];
}

/** A channel as `conversations.info` gives it. */
export interface Channel extends Json {
  id: string;
  name: string;
  is_private: boolean;
  is_im: boolean;
  is_mpim: boolean;
  is_member: boolean;
  is_archived: boolean;
}

/** A channel's canvas. */
export interface StoredCanvas {
  id: string;
  title: string;
  markdown: string;
  /** Who made it. */
  userId: string;
  /** What the channel may do with it. */
  access: 'read' | 'write';
}

/** By channel; undefined: the workspace's plan has none. */
export type Canvases = Map<string, StoredCanvas>;

/** The ids of the workspace and of the app in it. */
export interface Workspace {
  teamId: string;
  teamDomain: string;
  appId: string;
  botId: string;
  botUserId: string;
  botToken: string;
  /** Slack's old verification token: in every payload, trusted by nobody. */
  verificationToken: string;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a field, empty when there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** A list of objects, given as such or as JSON text (the Web API takes both). */
export function listOf(value: unknown): Json[] {
  const parsed = parsedField(value);
  return Array.isArray(parsed) ? parsed.filter(isJson) : [];
}

/** An object, given as such or as JSON text; undefined when it is neither. */
export function objectOf(value: unknown): Json | undefined {
  const parsed = parsedField(value);
  return isJson(parsed) ? parsed : undefined;
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1';
}

function parsedField(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined; // Not JSON is not an object or list: the method answers with its own error.
  }
}
