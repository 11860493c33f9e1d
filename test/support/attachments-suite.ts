import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { sweepAttachments } from '../../server/attachments/sweep.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { openCentral, type Central, type TestDevice } from './central.ts';

const content = (size: number, seed: number) => Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 31 + seed) % 251));
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Files between devices and the central store (S16), on whatever database. */
export function attachmentsSuite(storage: () => Promise<Storage>): void {
  let central: Central;
  let kim: TestDevice;
  let phone: TestDevice;
  let lee: TestDevice;
  let account: string;
  beforeAll(async () => {
    central = await openCentral(await storage());
    await central.person('kim');
    await central.person('lee');
    [kim, phone, lee] = [await central.device('kim'), await central.device('kim', 'Phone'), await central.device('lee')];
    account = await kim.create('account', { name: 'Acme', owner: kim.user });
  });
  afterAll(() => central.close());

  const attach = async (bytes: Uint8Array, of = digest(bytes)): Promise<string> => {
    const id = central.newId();
    const values = { name: 'plan.txt', about: `account/${account}`, size: bytes.length, sha256: of };
    expect((await kim.send([{ action: 'create', table: 'attachment', id, values }], { kind: 'job' })).outcome).toBe('applied');
    return id;
  };
  const put = async (device: TestDevice, sha256: string, at: number, bytes: Uint8Array) => {
    const response = await central.app.inject({
      method: 'PUT',
      url: `/v1/attachments/${sha256}/parts/${at}`,
      headers: { authorization: `Bearer ${device.tokens.accessToken}`, 'content-type': 'application/octet-stream' },
      payload: Buffer.from(bytes),
    });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const read = async (device: TestDevice, sha256: string) => {
    const parts: Buffer[] = [];
    for (let at = 0; ; at += PART_BYTES) {
      const response = await central.app.inject({
        method: 'GET',
        url: `/v1/attachments/${sha256}/parts/${at}`,
        headers: { authorization: `Bearer ${device.tokens.accessToken}` },
      });
      if (response.statusCode !== 200) return response.statusCode;
      // told by its digest: comparing a million bytes one by one is slow
      if (response.rawPayload.length === 0) return digest(Buffer.concat(parts));
      parts.push(response.rawPayload);
    }
  };
  const wanted = async (device: TestDevice, ...sha256: readonly string[]) =>
    ((await device.call('POST', '/v1/attachments/wanted', { sha256 })).body as { wanted: string[] }).wanted;

  test.each([0, 1, PART_BYTES, PART_BYTES * 2 + 17])('SYN-09 S16 a file of %i bytes comes in parts and goes out the same', async (size) => {
    const bytes = content(size, size % 97);
    const sha256 = digest(bytes);
    await attach(bytes);
    expect(await wanted(kim, sha256)).toEqual([sha256]);
    for (let at = 0; at === 0 || at < size; at += PART_BYTES) await put(kim, sha256, at, bytes.subarray(at, at + PART_BYTES));
    expect(await wanted(kim, sha256)).toEqual([]);
    expect(await read(phone, sha256)).toBe(sha256);
    // someone without the record learns nothing, the bytes included
    expect([await read(lee, sha256), (await put(lee, sha256, 0, bytes.subarray(0, PART_BYTES))).status]).toEqual([404, 404]);
    expect(await wanted(lee, sha256)).toEqual([]);
  });

  test('SYN-09 S16 what was cut goes on where it ended; parts out of place or sent twice change nothing', async () => {
    const bytes = content(PART_BYTES * 2 + 5, 3);
    const sha256 = digest(bytes);
    await attach(bytes);
    const part = (at: number) => put(kim, sha256, at, bytes.subarray(at, at + PART_BYTES));
    expect((await part(0)).body).toEqual({ size: bytes.length, have: PART_BYTES, complete: false });
    expect((await part(PART_BYTES * 2)).body).toMatchObject({ have: PART_BYTES });
    expect((await part(0)).body).toMatchObject({ have: PART_BYTES });
    // another device begins anew and spoils nothing
    expect((await put(phone, sha256, 0, content(PART_BYTES, 9))).body).toMatchObject({ have: PART_BYTES });
    expect((await kim.call('GET', `/v1/attachments/${sha256}`)).body).toEqual({ size: bytes.length, have: PART_BYTES, complete: false });
    await part(PART_BYTES);
    expect((await part(PART_BYTES * 2)).body).toMatchObject({ complete: true });
    expect(await read(phone, sha256)).toBe(sha256);
    expect((await put(phone, sha256, PART_BYTES, content(PART_BYTES, 9))).body).toMatchObject({ complete: true });
    expect(await read(kim, sha256)).toBe(sha256);
  });

  test('SYN-09 S16 content that is not what it is called is thrown away, and can be sent anew', async () => {
    const bytes = content(100, 5);
    const sha256 = digest(bytes);
    await attach(bytes);
    expect((await put(kim, sha256, 0, content(100, 6))).body).toEqual({ size: 100, have: 0, complete: false });
    expect(await read(kim, sha256)).toBe(404);
    expect((await put(kim, sha256, 0, bytes)).body).toMatchObject({ complete: true });
  });

  test('SYN-09 S16 more than was announced, short parts and strange places are refused', async () => {
    const bytes = content(PART_BYTES + 100, 7);
    const sha256 = digest(bytes);
    await attach(bytes);
    expect((await put(kim, sha256, 0, content(10, 1))).status).toBe(413);
    expect((await put(kim, sha256, 0, content(PART_BYTES + 1, 1))).status).toBe(413);
    expect((await put(kim, sha256, 17, content(10, 1))).status).toBe(400);
    expect((await put(kim, '../../etc', 0, content(10, 1))).status).toBe(404);
    expect((await put(kim, 'x'.repeat(64), 0, content(10, 1))).status).toBe(400);
    await put(kim, sha256, 0, bytes.subarray(0, PART_BYTES));
    expect((await put(kim, sha256, PART_BYTES, content(200, 1))).status).toBe(413);
  });

  test('SYN-09 S16 bytes that no record names go after 90 days, unless a record names them again', async () => {
    const [one, two] = [content(50, 11), content(60, 12)];
    const ids = [await attach(one), await attach(two)];
    for (const bytes of [one, two]) await put(kim, digest(bytes), 0, bytes);
    await kim.pull();
    for (const id of ids)
      await kim.send([{ action: 'delete', table: 'attachment', id, base: { version: kim.row('attachment', id)?.version ?? 0 } }]);
    const day = 86_400_000;
    const now = central.clock.now;
    expect(await sweepAttachments(central.storage, 'acme', now)).toBe(0);
    await attach(two);
    expect(await sweepAttachments(central.storage, 'acme', now + 89 * day)).toBe(0);
    expect(await sweepAttachments(central.storage, 'acme', now + 91 * day)).toBe(1);
    expect([await read(kim, digest(one)), await read(kim, digest(two))]).toEqual([404, digest(two)]);
    await attach(one);
    expect(await wanted(kim, digest(one), digest(two))).toEqual([digest(one)]);
  });
}
