import type { Json } from './types.ts';

/** The message that an interaction came from. */
export interface Origin {
  ts: string;
  ephemeral: boolean;
}

/** An answer as the person gets to see it. */
export interface Answered {
  ts: string;
  channel: string;
  text: string;
  blocks?: Json[];
  ephemeral: boolean;
  threadTs?: string;
}

/** To whom and where a `response_url` answers. */
export interface ResponsePlace {
  userId: string;
  channel: string;
  origin?: Origin;
  /** Told of what is shown; an answer with a `ts` that was told before replaces that one. */
  onMessage: (message: Answered) => void;
}

export interface Responses {
  /** A new `response_url`: five uses, thirty minutes. */
  create(kind: 'commands' | 'actions', place: ResponsePlace): string;
  /** Takes what the bot posts to the URL's path; undefined when it is none of ours. */
  take(path: string, body: Json): Promise<{ status: number; body: string } | undefined>;
}
