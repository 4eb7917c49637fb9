import { randomBytes } from 'node:crypto';
import { isJson, type Json, listOf } from './types.ts';

/** Blocks as Slack keeps them: every block and every interactive element has an id. */
export function withIds(blocks: unknown): Json[] {
  return listOf(blocks).map((block) => ({
    ...block,
    block_id: block.block_id || newId(),
    ...(isJson(block.element) ? { element: identified(block.element) } : {}),
    ...(isJson(block.accessory) ? { accessory: identified(block.accessory) } : {}),
    ...(block.type === 'actions' ? { elements: listOf(block.elements).map(identified) } : {}),
  }));
}

/** Something that a person can press or choose in a message or view. */
export interface Pressable {
  blockId: string;
  actionId: string;
  /** What stands on it: a button's text, a menu's placeholder. */
  label: string;
  element: Json;
}

/** Everything in the blocks that sends an action when it is used. */
export function pressables(blocks: Json[]): Pressable[] {
  return blocks.flatMap((block) => {
    const elements = [
      ...(block.type === 'actions' ? listOf(block.elements) : []),
      ...(isJson(block.accessory) ? [block.accessory] : []),
      ...(block.type === 'input' && block.dispatch_action === true && isJson(block.element)
        ? [block.element]
        : []),
    ];
    return elements
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({
        blockId: String(block.block_id),
        actionId: String(element.action_id),
        label: innerText(element.text) || innerText(element.placeholder),
        element,
      }));
  });
}

function identified(element: Json): Json {
  return element.type === 'image' ? element : { ...element, action_id: element.action_id || newId() };
}

function innerText(value: unknown): string {
  return isJson(value) && typeof value.text === 'string' ? value.text : '';
}

function newId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
