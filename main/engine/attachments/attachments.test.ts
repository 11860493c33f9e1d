import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MAX_ATTACHMENT_BYTES, PART_BYTES } from '#shared/domain/attachments/limits.ts';
import { attach } from '../../../test/support/attach.ts';
import { call } from '../../../test/support/call-engine.ts';
import { memoryHost } from '../../../test/support/memory-host.ts';
import { openEngine, type Engine } from '../engine.ts';
import { sweepBytes } from './sweep.ts';

const text = (content: string) => new TextEncoder().encode(content);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function withAccount(host = memoryHost()): Promise<{ readonly engine: Engine; readonly about: string; readonly account: string }> {
  const engine = await openEngine(host);
  const { id } = await call(engine, 'records.create', { table: 'account', values: { name: 'Acme' } });
  return { engine, account: id, about: `account/${id}` };
}
const listed = async (engine: Engine, about: string) => (await call(engine, 'attachments.list', { about })).attachments;
async function contentOf(engine: Engine, id: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let from = 0; ; from += PART_BYTES) {
    const { bytes } = await call(engine, 'attachments.read', { id, from, length: PART_BYTES });
    if (bytes.length === 0) return Buffer.concat(parts);
    parts.push(bytes);
  }
}

describe('REC-33 files on records', () => {
  test('are added in parts and read back to the byte, with size, type, date and digest', async () => {
    const { engine, about } = await withAccount();
    const bytes = new Uint8Array(PART_BYTES * 2 + 17).map((_, at) => at % 251);
    const { id, number } = await attach(engine, about, { name: 'Plan.pdf', bytes, mediaType: 'application/pdf' });
    expect(number).toMatch(/^ATT/);
    expect(await listed(engine, about)).toMatchObject([
      { id, name: 'Plan.pdf', mediaType: 'application/pdf', size: bytes.length, sha256: sha(bytes), opens: true, picture: false },
    ]);
    expect(sha(await contentOf(engine, id))).toBe(sha(bytes));
  });

  test('lie on the disk once, however often they are attached, until the last record of them has gone for good', async () => {
    const { engine, about } = await withAccount();
    const { bytes: store } = engine.context.host;
    const first = await attach(engine, about, { name: 'a.txt', bytes: text('same') });
    await attach(engine, about, { name: 'b.txt', bytes: text('same') });
    expect(await store.list()).toHaveLength(1);
    await call(engine, 'records.delete', { table: 'attachment', id: first.id });
    expect(await sweepBytes(engine.context)).toBe(0);
    expect((await listed(engine, about)).map(({ name }) => name)).toEqual(['b.txt']);
  });

  test('are renamed, deleted and brought back; their bytes stay as long as an undo can bring them back, and no longer', async () => {
    const host = memoryHost();
    const { engine, about, account } = await withAccount(host);
    const { id } = await attach(engine, about, { name: 'a.txt', bytes: text('kept') });
    await call(engine, 'records.update', { table: 'attachment', id, patch: { name: '../b\u202Etxt.exe' } });
    expect(await listed(engine, about)).toMatchObject([{ name: '_b_txt.exe', opens: false }]);
    await call(engine, 'records.delete', { table: 'attachment', id });
    expect(await sweepBytes(engine.context)).toBe(0);
    await call(engine, 'records.undo', {});
    expect(new TextDecoder().decode(await contentOf(engine, id))).toBe('kept');

    await call(engine, 'records.delete', { table: 'attachment', id });
    // a hundred later steps push the deletion out of reach; a restart changes nothing about it
    for (let step = 0; step < 99; step += 1)
      await call(engine, 'records.update', { table: 'account', id: account, patch: { name: `Acme ${step}` } });
    await engine.close();
    const again = await openEngine(host);
    expect(await sweepBytes(again.context)).toBe(0);
    await call(again, 'records.update', { table: 'account', id: account, patch: { name: 'Acme 99' } }, { commandId: 'after-restart' });
    expect(await sweepBytes(again.context)).toBe(1);
    expect(await host.bytes.list()).toEqual([]);
    await again.close();
  });

  test('of a record that is deleted go with it and come back with it', async () => {
    const { engine, about, account } = await withAccount();
    const { id } = await attach(engine, about, { name: 'a.txt', bytes: text('with it') });
    await call(engine, 'records.delete', { table: 'account', id: account });
    expect(await listed(engine, about)).toEqual([]);
    expect(await sweepBytes(engine.context)).toBe(0);
    await call(engine, 'records.undo', {});
    expect(new TextDecoder().decode(await contentOf(engine, id))).toBe('with it');
  });

  test('whose adding was undone keep their bytes for the redo', async () => {
    const { engine, about } = await withAccount();
    const { id } = await attach(engine, about, { name: 'a.txt', bytes: text('again') });
    await call(engine, 'records.undo', {});
    expect(await sweepBytes(engine.context)).toBe(0);
    await call(engine, 'records.redo', {});
    expect(new TextDecoder().decode(await contentOf(engine, id))).toBe('again');
  });

  test('that were on their way when the engine was killed are neither record nor bytes, and adding begins anew', async () => {
    const host = memoryHost();
    const { engine, about } = await withAccount(host);
    const { uploadId } = await call(engine, 'attachments.begin', { about, name: 'a.txt', mediaType: '', size: 8 });
    await call(engine, 'attachments.part', { uploadId, at: 0, bytes: text('half') });
    const after = await openEngine({ ...host });
    await expect(call(after, 'attachments.part', { uploadId, at: 4, bytes: text('half') })).rejects.toMatchObject({
      code: 'not-found',
      retryable: true,
    });
    await expect(call(after, 'attachments.finish', { uploadId })).rejects.toMatchObject({ code: 'not-found', retryable: true });
    expect(await listed(after, about)).toEqual([]);
    // bytes that arrived whole without their record are swept
    const incoming = await host.bytes.begin();
    await incoming.write(text('orphan'));
    await incoming.keep();
    expect(await sweepBytes(after.context)).toBe(1);
  });

  test('a command that is sent again after a restart is answered as the first time', async () => {
    const host = memoryHost();
    const { engine, about } = await withAccount(host);
    const { uploadId } = await call(engine, 'attachments.begin', { about, name: 'a.txt', mediaType: '', size: 4 });
    await call(engine, 'attachments.part', { uploadId, at: 0, bytes: text('once') });
    await call(engine, 'attachments.part', { uploadId, at: 0, bytes: text('once') });
    const done = await call(engine, 'attachments.finish', { uploadId }, { commandId: 'finish-1' });
    const after = await openEngine({ ...host });
    expect(await call(after, 'attachments.finish', { uploadId }, { commandId: 'finish-1' })).toEqual(done);
    expect(await listed(after, about)).toHaveLength(1);
  });
});

describe('REC-33 what cannot be attached is refused with a reason', () => {
  test('too large, without room, on nothing, changed while it was read', async () => {
    const { engine, about } = await withAccount(
      memoryHost({ estimateStorage: async () => ({ usedBytes: 0, freeBytes: 100 * 1024 * 1024, persisted: true }) }),
    );
    const begin = (size: number, to = about) => call(engine, 'attachments.begin', { about: to, name: 'big.mov', mediaType: '', size });
    await expect(begin(MAX_ATTACHMENT_BYTES + 1)).rejects.toMatchObject({
      code: 'limit',
      message: expect.stringContaining('big.mov is larger than 512 MB'),
    });
    await expect(begin(90 * 1024 * 1024)).rejects.toMatchObject({ code: 'quota', message: expect.stringContaining('100 MB are free') });
    await expect(begin(1, 'account/gone')).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('account') });
    const { uploadId } = await begin(4);
    await expect(call(engine, 'attachments.part', { uploadId, at: 0, bytes: text('longer') })).rejects.toMatchObject({
      code: 'validation',
    });
  });

  test('a record without a file', async () => {
    const { engine, about } = await withAccount();
    await expect(call(engine, 'records.create', { table: 'attachment', values: { name: 'x.txt', about } })).rejects.toMatchObject({
      code: 'rule',
      details: { rule: 'REC-33' },
    });
  });

  test('a cancelled one leaves nothing', async () => {
    const { engine, about } = await withAccount();
    const { uploadId } = await call(engine, 'attachments.begin', { about, name: 'a.txt', mediaType: '', size: 4 });
    await call(engine, 'attachments.part', { uploadId, at: 0, bytes: text('ab') });
    await call(engine, 'attachments.abandon', { uploadId });
    expect(await engine.context.host.bytes.list()).toEqual([]);
    await expect(call(engine, 'attachments.finish', { uploadId })).rejects.toMatchObject({ code: 'not-found' });
  });
});
