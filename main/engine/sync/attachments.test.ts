import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryBytes } from '#engine/bytes/memory-bytes.ts';
import type { ByteStore } from '#engine/host/host.ts';
import { memoryKeys } from '#engine/host/memory-keys.ts';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { openCentral, PASSWORD, type Central, type TestDevice } from '../../../test/support/central.ts';
import { netTo, type FakeNet } from '../../../test/support/fake-net.ts';
import { fetchAttachment, sendAttachments } from './attachments.ts';
import { openCentralStore, type CentralStore } from './central-store.ts';

let central: Central;
let kim: TestDevice;
let account: string;
beforeAll(async () => {
  central = await openCentral();
  await central.person('kim');
  kim = await central.device('kim', 'Other');
  account = await kim.create('account', { name: 'Acme', owner: kim.user });
});
afterAll(() => central.close());

async function signedIn(): Promise<{ readonly store: CentralStore; readonly net: FakeNet; readonly bytes: ByteStore }> {
  const net = netTo(central.app);
  const store = openCentralStore({ net, keys: memoryKeys() });
  const device = { id: central.newId(), name: 'Laptop' };
  await store.signIn({
    server: 'http://127.0.0.1:1',
    tenant: 'acme',
    login: 'kim',
    password: PASSWORD,
    device,
    code: await central.code('kim'),
  });
  return { store, net, bytes: memoryBytes() };
}
const content = (size: number, seed: number) => Uint8Array.from({ length: size }, (_, at) => (at * 7 + seed) % 253);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
async function put(bytes: ByteStore, given: Uint8Array<ArrayBuffer>): Promise<string> {
  const incoming = await bytes.begin();
  await incoming.write(given);
  return (await incoming.keep()).sha256;
}
const named = async (given: Uint8Array) => {
  const values = { name: 'a.txt', about: `account/${account}`, size: given.length, sha256: digest(given) };
  await kim.send([{ action: 'create', table: 'attachment', id: central.newId(), values }], { kind: 'job' });
};
const whole = async (bytes: ByteStore, sha256: string) => digest(await bytes.read(sha256, 0, 10 * PART_BYTES));

test('SYN-09 S16 REC-33 files go to the server once and come to another device when they are asked for', async () => {
  const [one, two] = [await signedIn(), await signedIn()];
  const [small, large, none] = [content(100, 1), content(PART_BYTES * 2 + 9, 2), content(0, 3)];
  const digests: string[] = [];
  for (const each of [small, large, none]) {
    digests.push(await put(one.bytes, each));
    await named(each);
  }
  // one that no record names yet, and one whose bytes are elsewhere
  const loose = await put(one.bytes, content(50, 4));
  await named(content(51, 5));
  expect(await sendAttachments(one, [...digests, loose, digest(content(51, 5))])).toBe(3);
  expect(await sendAttachments(one, digests)).toBe(0);
  for (const [at, each] of [small, large, none].entries()) {
    const sha256 = digests[at] ?? '';
    await fetchAttachment(two, sha256, each.length);
    expect(await whole(two.bytes, sha256)).toBe(sha256);
  }
  await expect(fetchAttachment(two, loose, 50)).rejects.toMatchObject({ code: 'not-found' });
});

test('SYN-09 S16 a cut goes on where it ended, and the part before it is not sent again', async () => {
  const { store, net, bytes } = await signedIn();
  const file = content(PART_BYTES * 3, 6);
  const sha256 = await put(bytes, file);
  await named(file);
  net.next('through', 'through', 'through', 'lost-answer');
  await expect(sendAttachments({ store, bytes }, [sha256])).rejects.toMatchObject({ code: 'network' });
  const before = net.asked.length;
  expect(await sendAttachments({ store, bytes }, [sha256])).toBe(1);
  expect(net.asked.slice(before).filter((asked) => asked.startsWith('PUT'))).toEqual([
    `PUT /v1/attachments/${sha256}/parts/${2 * PART_BYTES}`,
  ]);
});

const answer = (given: Partial<CentralStore>, real: CentralStore): CentralStore => ({ ...real, ...given });

test('SYN-09 S16 a server that passes something else off is not believed, and nothing that is here is lost', async () => {
  const { store, bytes } = await signedIn();
  const mine = content(100, 7);
  const kept = await put(bytes, mine);
  const liar = answer({ readAttachmentPart: () => Promise.resolve(mine) }, store);
  await expect(fetchAttachment({ store: liar, bytes }, digest(content(100, 8)), 100)).rejects.toMatchObject({ code: 'not-found' });
  expect(await whole(bytes, kept)).toBe(kept);
  const short = answer({ readAttachmentPart: () => Promise.resolve(mine.subarray(0, 5)) }, store);
  await expect(fetchAttachment({ store: short, bytes }, kept, 100)).rejects.toMatchObject({ code: 'not-found' });
});

test('SYN-09 S16 a server that never goes on does not keep a device busy, and one refused file does not stop the others', async () => {
  const { store, bytes } = await signedIn();
  const files = [content(10, 20), content(11, 21)];
  const digests: string[] = [];
  for (const file of files) digests.push(await put(bytes, file));
  let asked = 0;
  const stuck = answer(
    {
      attachmentsWanted: () => Promise.resolve(digests),
      attachmentState: () => Promise.resolve({ size: 10, have: 0, complete: false }),
      putAttachmentPart: () => {
        asked += 1;
        return Promise.resolve({ size: 10, have: 0, complete: false });
      },
    },
    store,
  );
  expect(await sendAttachments({ store: stuck, bytes }, digests)).toBe(0);
  expect(asked).toBe(4);
  await named(files[1] ?? content(0, 0));
  const wanted = answer({ attachmentsWanted: () => Promise.resolve(digests) }, store);
  expect(await sendAttachments({ store: wanted, bytes }, digests)).toBe(1);
});
