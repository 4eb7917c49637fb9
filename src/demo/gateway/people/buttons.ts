import { type Pressable, pressables } from '../blocks.ts';
import type { Matcher, View } from './person.ts';
import type { Reply, SeenMessage } from './reply.ts';
import type { Self } from './self.ts';

/** A button and the message or view that it stands in. Throws with the buttons that there are. */
export function findButton(
  self: Self,
  target: SeenMessage | Reply | View,
  which: Matcher,
): { place: SeenMessage | View; button: Pressable } {
  const places = placesOf(self, target);
  for (const place of places) {
    const button = pressables(place.blocks).find((candidate) => matches(candidate, which));
    if (button) return { place, button };
  }
  const there = places
    .flatMap((place) => pressables(place.blocks))
    .map(({ label, actionId }) => `${label} (${actionId})`);
  throw new Error(`No button ${String(which)}; there are: ${there.join(', ') || 'none'}`);
}

/** Where to look: the newest answer first. */
function placesOf(self: Self, target: SeenMessage | Reply | View): (SeenMessage | View)[] {
  if (isView(target)) return [self.slack.views.get(target.id) ?? target];
  if (!isReply(target)) return [target];
  return [...[...target.messages].reverse(), ...(target.view ? [target.view] : [])];
}

export function isView(place: SeenMessage | Reply | View): place is View {
  return 'callback_id' in place;
}

function isReply(place: SeenMessage | Reply): place is Reply {
  return 'asked' in place;
}

function matches(button: Pressable, which: Matcher): boolean {
  if (typeof which === 'function') return which(button);
  if (which instanceof RegExp) return which.test(button.actionId) || which.test(button.label);
  return button.actionId === which || button.label === which;
}
