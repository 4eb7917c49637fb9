import type { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { Delivered, Intake } from '../../src/slack/intake.ts';
import { createSocket } from '../../src/slack/socket.ts';
import { keptLog } from './fakes.ts';

const sockets = vi.hoisted(() => [] as EventEmitter[]);

vi.mock('@slack/socket-mode', async () => {
  const { EventEmitter } = await import('node:events');
  class SocketModeClient extends EventEmitter {
    constructor() {
      super();
      sockets.push(this);
    }
  }
  return { SocketModeClient };
});

function setUp(delivered: Delivered) {
  const answerLater = vi.fn();
  const intake: Intake = {
    deliver: vi.fn(async () => delivered),
    resume: async () => undefined,
    answerLater,
    drain: async () => undefined,
  };
  createSocket({ appToken: 'xapp-1', apiUrl: null, intake, logger: keptLog().logger });
  const ack = vi.fn(async (_answer?: object): Promise<void> => undefined);
  const send = (body: object) => sockets.at(-1)?.emit('slack_event', { ack, body });
  return { ack, send, answerLater };
}

const command = { command: '/incident', response_url: 'https://hooks.slack.com/commands/T1/1/x' };

it('an answer goes with the acknowledgement', async () => {
  const { ack, send, answerLater } = setUp({ status: 200, answer: { text: 'Stored.' } });
  send(command);
  await vi.waitFor(() => expect(ack).toHaveBeenCalledWith({ text: 'Stored.' }));
  expect(answerLater).not.toHaveBeenCalled();
});

it('an answer follows later where the socket has closed meanwhile', async () => {
  const { ack, send, answerLater } = setUp({ status: 200, answer: { text: 'Stored.' } });
  ack.mockRejectedValueOnce(new Error('the socket is closed'));
  send(command);
  await vi.waitFor(() => expect(answerLater).toHaveBeenCalledWith(command, { text: 'Stored.' }));
});

it('what is not stored is not acknowledged, so that it comes again', async () => {
  const { ack, send } = setUp({ status: 503, answer: '' });
  send({ type: 'event_callback' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(ack).not.toHaveBeenCalled();
});
