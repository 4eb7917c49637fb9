import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDelivery } from '../../src/demo/gateway/delivery.ts';
import { type Gateway, startGateway } from '../../src/demo/gateway/gateway.ts';
import { StepError, typeCommand } from '../../src/demo/replay/typing.ts';
import { type Stub, startStub } from './stub.ts';

const SHORT_MS = 300;

let gateway: Gateway;
let stub: Stub;

beforeAll(async () => {
  gateway = await startGateway({ patience: SHORT_MS });
  stub = await startStub();
  gateway.deliverTo(stub.url);
});

afterAll(async () => {
  await gateway.stop();
  await stub.stop();
});

test('time in which the local Slack itself did not run is not the bot’s', async () => {
  stub.answer = async () => ({ body: 'here' });
  const delivery = createDelivery('secret', Date.now, SHORT_MS);
  delivery.url = stub.url;
  const delivered = delivery.post('a=b', 'application/x-www-form-urlencoded');
  const stopped = new Int32Array(new SharedArrayBuffer(4));
  Atomics.wait(stopped, 0, 0, 4 * SHORT_MS);
  expect(await delivered).toMatchObject({ status: 200, body: 'here' });
});

test('a replay waits for the answer that comes after Slack’s own words', async () => {
  const ana = await gateway.person({ name: 'ana', tz: 'Europe/Lisbon' });
  const channel = await gateway.channel('incidents');
  stub.answer = async ({ fields }) => {
    if (!fields.response_url) return {};
    const before = ana.asides(channel).length;
    while (ana.asides(channel).length === before) await new Promise((resolve) => setTimeout(resolve, 20));
    await fetch(fields.response_url, {
      method: 'POST',
      body: JSON.stringify({ text: 'INC-1 is declared' }),
    });
    return {};
  };
  const answered = await typeCommand(ana, channel, '/incident declare it is slow', /INC-1/);
  expect(answered).toBe('/incident failed with the error "operation_timeout"\nINC-1 is declared');
  await expect(typeCommand(ana, channel, '/incident declare it is slow', /INC-2/)).rejects.toThrow(StepError);
});
