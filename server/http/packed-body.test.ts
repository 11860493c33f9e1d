import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SYNC_LIMITS } from '#shared/contract/sync-contract.ts';
import { openCentral, type Central, type TestDevice } from '../../test/support/central.ts';

let central: Central;
let device: TestDevice;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  device = await central.device('kim');
});
afterAll(() => central.close());

const send = async (payload: Buffer, headers: Record<string, string> = {}, token = device.tokens.accessToken) => {
  const response = await central.app.inject({
    method: 'POST',
    url: '/v1/push',
    payload,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip', ...headers },
  });
  return {
    status: response.statusCode,
    body: response.json<{ answers?: unknown[]; error?: { code: string } }>(),
    headers: response.headers,
  };
};
const pushOf = (id: string): Buffer => {
  const values = { name: 'Packed', owner: device.user };
  const intent = device.intent([{ action: 'create', table: 'account', id, values }]);
  return Buffer.from(JSON.stringify({ deviceTime: '', intents: [intent] }));
};

test('S8 a packed push is taken, and every answer says that it would be', async () => {
  const id = central.newId();
  const { status, body, headers } = await send(gzipSync(pushOf(id)));
  expect([status, body.answers]).toEqual([200, [expect.objectContaining({ outcome: 'applied' })]]);
  expect(headers['accept-encoding']).toBe('gzip');
  await device.pull();
  expect(device.row('account', id)).toBeDefined();
});

test('a bomb ends at the limit of what it becomes, not of what it is', async () => {
  const bomb = gzipSync(Buffer.alloc(SYNC_LIMITS.bodyBytes * 16, ' '));
  expect(bomb.length).toBeLessThan(200_000);
  expect(await send(bomb)).toMatchObject({ status: 413, body: { error: { code: 'too-large' } } });
  // packed once more it is no JSON
  expect(await send(gzipSync(bomb))).toMatchObject({ status: 400 });
});

test.each([
  ['what is no gzip', Buffer.from('{"x":1}'), {}],
  ['what ends early', gzipSync(Buffer.from('{"deviceTime":"","intents":[]}')).subarray(0, 20), {}],
  ['another packing', Buffer.from('x'), { 'content-encoding': 'br' }],
  ['two packings', gzipSync(gzipSync('{}')), { 'content-encoding': 'gzip, gzip' }],
])('%s is refused in our words', async (_what, payload, headers) => {
  expect(await send(payload, headers)).toMatchObject({ status: 400, body: { error: { code: 'malformed' } } });
});

test('nobody unknown makes the server unpack or read anything', async () => {
  for (const payload of [
    gzipSync(Buffer.alloc(SYNC_LIMITS.bodyBytes * 2)),
    Buffer.from('no JSON'),
    Buffer.alloc(SYNC_LIMITS.bodyBytes + 1),
  ])
    expect((await send(payload, {}, 'acme.made-up')).status).toBe(401);
});
