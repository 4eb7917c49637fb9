import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import { errorWords } from '../log.ts';
import type { Instant } from '../time/types.ts';
import { INBOX_ATTEMPTS, type Inbox, type InboxRow } from '../usecases/edges.ts';
import type { Clock } from '../usecases/ports.ts';
import { createAgain } from './again.ts';
import { NotInstalled } from './connections.ts';
import {
  answerLostText,
  errorOnFirstInput,
  notInstalledText,
  notStoredText,
  typedIn,
  unsureText,
} from './errors.ts';
import { formOf, readRequest, type SlackRequest } from './requests.ts';
import type { Message } from './views/blocks.ts';
import { type FormAnswer, lateMessage } from './views/late.ts';

export interface Delivered {
  status: number;
  /** Body of the answer: a reply, or empty. */
  answer: unknown;
}

interface Retry {
  num: number;
  reason: string;
}

export interface Intake {
  /**
   * Takes a verified request in: first into the inbox, then through Bolt. `gone` says whether Slack hung up meanwhile:
   * then the reply goes to the response_url.
   */
  deliver(body: unknown, retry?: Retry, gone?: () => boolean): Promise<Delivered>;
  /**
   * Takes up a request that was stored but not finished, as of when it came. Rejects with what a listener threw; at the
   * last attempt at what a person sent, they are told instead, and type again.
   */
  resume(row: InboxRow): Promise<void>;
  /** Sends where it is read later what could not be said as the answer. */
  answerLater(body: unknown, answer: unknown): void;
  /** Waits for what is under way. */
  drain(): Promise<void>;
}

interface Parts {
  app: App;
  inbox: Pick<Inbox, 'ownerOf' | 'receive' | 'done' | 'failed' | 'forgo' | 'free'>;
  clock: Clock;
  logger: Logger;
  /** Slack left out events of a workspace, in the minute that began at `minuteS` (Slack's time, in seconds). */
  eventsMissed(teamId: string, minuteS: number): Promise<void>;
  /** Posts a reply that came too late for the answer; `url` is from a signed request of Slack's. */
  replyLater(url: string, reply: object): Promise<void>;
  /** Says to a person what their form, which Slack has closed, can no longer show. */
  tell(teamId: string, userId: string, reply: Message): Promise<void>;
}

// Slack waits three seconds, storing included. A reply that takes longer goes to the response_url, or after a form by
// direct message.
const ANSWER_WITHIN_MS = 2500;
// A database that does not answer is one that is away: Slack shall have its 503 in time.
const STORE_WITHIN_MS = 2000;

/** Inbox first: what is answered 200 is stored, and a duplicate does nothing. */
export function createIntake({ app, inbox, clock, logger, eventsMissed, replyLater, tell }: Parts): Intake {
  const underWay = new Set<Promise<unknown>>();
  const again = createAgain();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const tracked = work.finally(() => underWay.delete(tracked)).catch(() => undefined);
    underWay.add(tracked);
    return work;
  };

  /** Runs Bolt's listeners. Resolves to what they acked; rejects with what they threw. */
  async function run(
    id: bigint,
    body: Record<string, unknown>,
    { retry, at }: { retry?: Retry; at?: Instant },
  ) {
    let answer: unknown;
    try {
      await app.processEvent({
        body,
        ack: async (reply?: unknown) => {
          answer = reply;
        },
        customProperties: { inboxId: id, ...(at !== undefined && { receivedAt: at }) },
        ...(retry && { retryNum: retry.num, retryReason: retry.reason }),
      });
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      // Nothing that comes again would change it: the row ends.
      logger.warn({ teamId: error.teamId, inboxId: String(id) }, 'denied: the app is not installed there');
      answer = failed(body, notInstalledText(typedIn(body)));
    }
    // What the listener stored has ended the row with it. A failure here must not call that "not stored".
    await inbox
      .done(id, clock.now())
      .catch((err) => logger.error({ err, inboxId: String(id) }, 'an inbox row stays open'));
    if (staysOpen(answer)) await freed(id);
    return answer;
  }

  /** A form that stays open may be sent again as it is: that is then no duplicate. */
  const freed = (id: bigint): Promise<void> =>
    inbox.free(id).catch((err) => logger.error({ err, inboxId: String(id) }, 'a form keeps its key'));

  async function handle(id: bigint, request: SlackRequest, retry?: Retry): Promise<unknown> {
    const { kind, body } = request;
    try {
      return await run(id, body, { ...(retry && { retry }) });
    } catch (error) {
      logger.error({ err: error, inboxId: String(id), kind }, 'a listener failed');
      if (kind === 'event')
        return inbox.failed(id, errorWords(error)).catch((err) => logger.error({ err }, 'inbox'));
      try {
        return await givenUp(id, body, error);
      } catch (err) {
        logger.error({ err, inboxId: String(id) }, 'an inbox row is ended later');
        again.until(async () => sendLater(body, Promise.resolve(await givenUp(id, body, error))));
        return failed(body, unsureText(typedIn(body)));
      }
    }
  }

  /** People are told at once and type again: taking it up later would do it twice. Rejects where it cannot be ended. */
  async function givenUp(id: bigint, body: Record<string, unknown>, error: unknown): Promise<object> {
    // What ended the row before was the transaction: only the answer is missing.
    if (!(await inbox.done(id, clock.now(), errorWords(error)))) return failed(body, answerLostText);
    if (isForm(body)) await freed(id);
    return failed(body, notStoredText(typedIn(body)));
  }

  // A form keeps what was typed into it.
  const failed = (body: Record<string, unknown>, text: string): object =>
    isForm(body)
      ? { response_action: 'errors', errors: errorOnFirstInput(body, text) }
      : { response_type: 'ephemeral', text };

  return {
    deliver(body, retry, gone) {
      const patience = startPatience();
      const taken = take(body, patience.over, retry).finally(patience.end);
      return track(taken.then((delivered) => orLater(body, delivered, gone)));
    },

    async resume({ id, kind, body, receivedAt, attempts }) {
      const done = run(id, body, { at: receivedAt }).catch((error) => {
        if (kind === 'event' || attempts < INBOX_ATTEMPTS) throw error;
        logger.error({ err: error, inboxId: String(id), kind }, 'a stored request is given up');
        return givenUp(id, body, error);
      });
      const reply = await track(done);
      const url = body.response_url;
      if (kind === 'command' && typeof url === 'string' && reply) await replyLater(url, reply as object);
      else await tellLate(body, reply);
    },

    answerLater(body, answer) {
      if (answer) sendLater(body as Record<string, unknown>, Promise.resolve(answer));
    },

    async drain() {
      while (underWay.size > 0) await Promise.all(underWay);
      await again.last();
    },
  };

  function orLater(body: unknown, delivered: Delivered, gone?: () => boolean): Delivered {
    if (gone?.() && delivered.answer)
      sendLater(body as Record<string, unknown>, Promise.resolve(delivered.answer));
    return delivered;
  }

  async function take(body: unknown, over: Promise<'late'>, retry?: Retry): Promise<Delivered> {
    if (saysMissed(body)) {
      const { team_id: teamId, minute_rate_limited: minuteS } = body;
      logger.warn({ teamId, minuteS }, 'Slack left events out (app_rate_limited)');
      const noted = await inTime(eventsMissed(teamId, minuteS)).then(
        () => true,
        (err) => void logger.error({ err }, 'events that were missed are not noted'),
      );
      return { status: noted ? 200 : 503, answer: '' };
    }
    let request: SlackRequest | null;
    try {
      request = readRequest(body);
    } catch (error) {
      logger.warn({ err: error }, 'a request of no known form was refused');
      return { status: 400, answer: '' };
    }
    if (!request) return { status: 200, answer: '' };
    if (request.passing) {
      const shown = app.processEvent({ body: request.body, ack: async () => undefined });
      track(shown).catch((err) => logger.warn({ err }, 'a preview failed'));
      return { status: 200, answer: '' };
    }
    let id: bigint | null;
    try {
      [id, request] = await inTime(store(request, body));
    } catch (error) {
      logger.error({ err: error, kind: request.kind }, 'the inbox is out of reach');
      if (request.kind === 'event') return { status: 503, answer: '' };
      forgo(request);
      return answered(request.body, failed(request.body, notStoredText(typedIn(request.body))));
    }
    if (id === null) return { status: 200, answer: '' };
    const work = track(handle(id, request, retry));
    if (request.kind === 'event') return { status: 200, answer: '' };
    return answerInTime(work, over, request.body);
  }

  /** An event in a channel that several workspaces share is that one's whose incident the channel is. */
  async function store(request: SlackRequest, body: unknown): Promise<[bigint | null, SlackRequest]> {
    const owner = request.sharedChannel === null ? null : await inbox.ownerOf(request.sharedChannel);
    const owned = owner === null ? request : (readRequest(body, owner) ?? request);
    return [await inbox.receive(owned.key, owned.kind, owned.body, clock.now()), owned];
  }

  /** People are told that it was not stored: should it be stored after all, it must not be taken up. */
  function forgo({ key, kind }: SlackRequest): void {
    again.until(() => inbox.forgo(key, kind, clock.now()));
  }

  async function answerInTime(
    work: Promise<unknown>,
    over: Promise<'late'>,
    body: Record<string, unknown>,
  ): Promise<Delivered> {
    const first = await Promise.race([work.then((answer) => ({ answer })), over]);
    if (first !== 'late') return answered(body, first.answer);
    sendLater(body, work);
    return { status: 200, answer: '' };
  }

  // Slack reads an answer after a command or a form. After a button or a shortcut it goes to the response_url.
  function answered(body: Record<string, unknown>, answer: unknown): Delivered {
    if (typeof body.command === 'string' || isForm(body)) return { status: 200, answer: answer ?? '' };
    sendLater(body, Promise.resolve(answer));
    return { status: 200, answer: '' };
  }

  function sendLater(body: Record<string, unknown>, work: Promise<unknown>): void {
    const url = body.response_url;
    const sent = work.then((reply) => {
      if (typeof url !== 'string') return tellLate(body, reply);
      return reply ? replyLater(url, { replace_original: false, ...reply }) : undefined;
    });
    track(sent).catch((err) => logger.error({ err }, 'a late reply failed'));
  }

  async function tellLate(body: Record<string, unknown>, answer: unknown): Promise<void> {
    const form = formOf(body);
    // Written by our own listeners.
    const said = form && lateMessage(form.title, answer as FormAnswer | undefined, form.typed);
    if (said) await tell(form.teamId, form.userId, said);
  }
}

const isForm = (body: Record<string, unknown>): boolean => body.type === 'view_submission';

/** What Slack keeps the form open at, as it was sent. */
const staysOpen = (answer: unknown): boolean => {
  const { response_action: action } = (answer ?? {}) as { response_action?: string };
  return action === 'errors' || action === 'push';
};

const missed = z.object({
  type: z.literal('app_rate_limited'),
  team_id: z.string(),
  minute_rate_limited: z.number(),
});
const saysMissed = (body: unknown): body is z.infer<typeof missed> => missed.safeParse(body).success;

/** Begins when a request comes in; over when it must be answered. */
function startPatience(): { over: Promise<'late'>; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ANSWER_WITHIN_MS, 'late' as const);
  });
  return { over, end: () => clearTimeout(timer) };
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), STORE_WITHIN_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
