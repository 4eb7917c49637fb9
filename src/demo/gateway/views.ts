import { randomBytes } from 'node:crypto';
import { withIds } from './blocks.ts';
import { viewFaults } from './limits.ts';
import { type Answer, type Json, objectOf, textOf, type Workspace } from './types.ts';

const STACK_LIMIT = 3;

/** A modal or Home tab as Slack holds it. */
export interface StoredView extends Json {
  id: string;
  type: 'modal' | 'home';
  hash: string;
  callback_id: string;
  private_metadata: string;
  blocks: Json[];
  root_view_id: string;
  previous_view_id: string | null;
}

export interface Views {
  /** A trigger for the bot: good for a while, once. `viewId`: it came from that modal. */
  trigger(userId: string, viewId?: string): string;
  /** `views.open`, `views.push`, `views.update`, `views.publish`. */
  call(method: string, args: Json): Answer;
  /** The modal that was opened or pushed with a trigger, as it is now. */
  openedWith(trigger: string): StoredView | undefined;
  get(id: string): StoredView | undefined;
  /** A person's open modals, the one on top last. */
  stack(userId: string): StoredView[];
  home(userId: string): StoredView | undefined;
  /** What the answer to a submission asks for; a list of faults when Slack refuses the view. */
  replace(id: string, view: Json): StoredView | string[];
  push(userId: string, view: Json): StoredView | string[];
  /** Closes the modal on top, or all of them. */
  close(userId: string, all?: boolean): void;
}

interface Trigger {
  userId: string;
  viewId?: string;
  expires: number;
  used: boolean;
}

/** Views, triggers and each person's stack of modals. `now` and a trigger's life in milliseconds. */
export function createViews(workspace: Workspace, now: () => number, triggerLife: number): Views {
  const views = new Map<string, StoredView>();
  const owners = new Map<string, string>();
  const stacks = new Map<string, string[]>();
  const homes = new Map<string, string>();
  const triggers = new Map<string, Trigger>();
  const opened = new Map<string, string>();

  const stack = (userId: string) => (stacks.get(userId) ?? []).flatMap((id) => views.get(id) ?? []);

  function store(
    userId: string,
    given: Json,
    previous?: StoredView,
    existing?: StoredView,
  ): StoredView | string[] {
    const faults = viewFaults(given);
    if (faults.length > 0) return faults;
    const id = existing?.id ?? `V0${randomBytes(5).toString('hex').toUpperCase()}`;
    const view: StoredView = {
      id,
      team_id: workspace.teamId,
      type: given.type === 'home' ? 'home' : 'modal',
      title: given.title ?? null,
      close: given.close ?? null,
      submit: given.submit ?? null,
      blocks: withIds(given.blocks),
      private_metadata: textOf(given.private_metadata),
      callback_id: textOf(given.callback_id),
      external_id: textOf(given.external_id),
      clear_on_close: given.clear_on_close === true,
      notify_on_close: given.notify_on_close === true,
      state: { values: {} },
      hash: `${Math.floor(now() / 1000)}.${randomBytes(4).toString('hex')}`,
      root_view_id: existing?.root_view_id ?? previous?.root_view_id ?? id,
      previous_view_id: existing?.previous_view_id ?? previous?.id ?? null,
      app_id: workspace.appId,
      app_installed_team_id: workspace.teamId,
      bot_id: workspace.botId,
    };
    views.set(id, view);
    owners.set(id, userId);
    return view;
  }

  function exchange(args: Json): Trigger | string {
    const trigger = triggers.get(textOf(args.trigger_id) || textOf(args.interactivity_pointer));
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (trigger.expires < now()) return 'expired_trigger_id';
    return trigger;
  }

  function openOrPush(method: string, args: Json): Answer {
    const trigger = exchange(args);
    if (typeof trigger === 'string') return { ok: false, error: trigger };
    const given = objectOf(args.view);
    if (given?.type !== 'modal') return refused(['missing required field: view']);
    const under = method === 'views.push' ? stack(trigger.userId) : [];
    if (method === 'views.push' && under.length === 0) return { ok: false, error: 'not_found' };
    if (under.length >= STACK_LIMIT) return { ok: false, error: 'push_limit_reached' };
    const external = textOf(given.external_id);
    if (external && [...views.values()].some((view) => view.external_id === external)) {
      return { ok: false, error: 'duplicate_external_id' };
    }
    const view = store(trigger.userId, given, under.at(-1));
    if (Array.isArray(view)) return refused(view);
    trigger.used = true;
    stacks.set(trigger.userId, [...under.map((open) => open.id), view.id]);
    opened.set(textOf(args.trigger_id) || textOf(args.interactivity_pointer), view.id);
    return { ok: true, view };
  }

  function update(args: Json): Answer {
    const external = textOf(args.external_id);
    const existing =
      views.get(textOf(args.view_id)) ??
      [...views.values()].find((view) => external !== '' && view.external_id === external);
    const userId = existing && owners.get(existing.id);
    if (!existing || !userId) return { ok: false, error: 'not_found' };
    if (args.hash && args.hash !== existing.hash) return { ok: false, error: 'hash_conflict' };
    const view = store(userId, objectOf(args.view) ?? {}, undefined, existing);
    return Array.isArray(view) ? refused(view) : { ok: true, view };
  }

  function publish(args: Json): Answer {
    const userId = textOf(args.user_id);
    const home = views.get(homes.get(userId) ?? '');
    if (args.hash && home && args.hash !== home.hash) return { ok: false, error: 'hash_conflict' };
    const view = store(userId, objectOf(args.view) ?? {}, undefined, home);
    if (Array.isArray(view)) return refused(view);
    homes.set(userId, view.id);
    return { ok: true, view };
  }

  return {
    trigger(userId, viewId) {
      const id = `${Math.floor(now() / 1000)}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
      triggers.set(id, { userId, viewId, expires: now() + triggerLife, used: false });
      return id;
    },
    call(method, args) {
      if (method === 'views.update') return update(args);
      if (method === 'views.publish') return publish(args);
      return openOrPush(method, args);
    },
    openedWith: (trigger) => views.get(opened.get(trigger) ?? ''),
    get: (id) => views.get(id),
    stack,
    home: (userId) => views.get(homes.get(userId) ?? ''),
    replace: (id, view) => store(owners.get(id) ?? '', view, undefined, views.get(id)),
    push(userId, given) {
      const under = stack(userId);
      if (under.length >= STACK_LIMIT) return ['push_limit_reached'];
      const view = store(userId, given, under.at(-1));
      if (!Array.isArray(view)) stacks.set(userId, [...under.map((open) => open.id), view.id]);
      return view;
    },
    close(userId, all = false) {
      const open = stacks.get(userId) ?? [];
      const gone = all ? open : open.slice(-1);
      for (const id of gone) views.delete(id);
      stacks.set(
        userId,
        open.filter((id) => !gone.includes(id)),
      );
    },
  };
}

function refused(faults: string[]): Answer {
  const messages = faults.map((fault) => `[ERROR] ${fault}`);
  return { ok: false, error: 'invalid_arguments', response_metadata: { messages } };
}
