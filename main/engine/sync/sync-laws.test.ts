import { afterAll, beforeAll, expect, test } from 'vitest';
import { chance, type Chance } from '#shared/domain/demo/random.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle, type SyncedEngine } from '../../../test/support/synced-engine.ts';
import type { Draft } from '../context.ts';

let central: Central;

beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

const SEEDS = Number(process.env['SYNC_SEEDS'] ?? 4);
const FIRST = Number(process.env['SYNC_SEED'] ?? 1);
const STEPS = 30;

const any = (dice: Chance, users: readonly string[]): string => users[dice.whole(0, users.length - 1)] ?? '';

function some(dice: Chance, device: SyncedEngine, table: TableName): AnyRow | undefined {
  const rows = [...device.engine.context.view.all(table)] as AnyRow[]; // rows of one table, seen generically
  return rows[rows.length === 0 ? 0 : dice.whole(0, rows.length - 1)];
}

/** Something that a person does with what their device shows. */
function deed(dice: Chance, device: SyncedEngine, users: readonly string[]): ((draft: Draft) => void) | undefined {
  const [account, engagement, touchpoint] = [
    some(dice, device, 'account'),
    some(dice, device, 'engagement'),
    some(dice, device, 'touchpoint'),
  ];
  const what = dice.whole(0, 99);
  const text = `T${dice.whole(1, 1_000)}`;
  if (account === undefined || what < 10)
    return (draft) => void draft.create('account', { name: text, owner: dice.happens(0.8) ? device.user() : any(dice, users) });
  if (engagement === undefined || what < 22)
    return (draft) => void draft.create('engagement', { title: text, account: account.id, csm: any(dice, users) });
  if (what < 38) return (draft) => void draft.create('touchpoint', { subject: text, engagement: engagement.id, heldOn: '2026-05-01' });
  if (what < 50) return (draft) => draft.update('engagement', engagement.id, { title: text, workNotes: `N ${text}` });
  if (what < 60) return (draft) => draft.update('engagement', engagement.id, { stage: dice.oneOf(['adoption', 'expand', 'renew']) });
  if (what < 66) return (draft) => draft.update('engagement', engagement.id, { csm: any(dice, users) });
  if (what < 70) return (draft) => draft.update('account', account.id, { owner: any(dice, users), name: text });
  if (what < 76) return (draft) => draft.update('engagement', engagement.id, { watchList: [any(dice, users)] });
  if (touchpoint === undefined) return undefined;
  if (what < 84) return (draft) => draft.close('touchpoint', touchpoint.id, 'addressed', text);
  if (what < 88) return (draft) => draft.reopen('touchpoint', touchpoint.id);
  if (what < 94) return (draft) => draft.remove('touchpoint', touchpoint.id);
  return (draft) => draft.update('touchpoint', touchpoint.id, { subject: text, engagement: engagement.id });
}

/** What a person may be told; anything else is a fault of ours. */
const ofPeople = (thrown: unknown): void => {
  if (!(thrown instanceof AppError) || thrown.code === 'internal') throw thrown;
};

async function step(dice: Chance, device: SyncedEngine, users: readonly string[], seed: number): Promise<void> {
  const what = dice.whole(0, 99);
  const work = what < 55 ? deed(dice, device, users) : undefined;
  if (work !== undefined) return device.run(work).catch(ofPeople);
  if (what < 60) {
    const command = { commandId: `undo-${seed}-${device.host.newId()}`, actor: device.user() };
    return void (await device.engine.context.undo.undo(command).catch(ofPeople));
  }
  if (what < 80) return device.sync().catch(ofPeople);
  if (what < 90) {
    device.net.next(
      ...dice.oneOf([['lost-request'], ['lost-answer'], ['through', 'lost-answer'], ['through', 'through', 'lost-request']] as const),
    );
    return device.sync().catch(ofPeople);
  }
  // the power goes: at some moment of a sync nothing goes on any more
  device.killAfter(dice.whole(0, 12));
  await Promise.race([device.sync().catch(() => undefined), device.killed()]);
  await device.reopen();
}

test.each(Array.from({ length: SEEDS }, (_, at) => FIRST + at))(
  'SYN-01 SYN-02 SYN-05 whatever is lost, killed or handed on: in the end every device has what the server says is theirs (seed %i)',
  async (seed) => {
    const dice = chance(seed);
    const [kim, lee] = [`kim-${seed}`, `lee-${seed}`];
    await central.person(kim);
    await central.person(lee);
    const devices: SyncedEngine[] = [];
    for (const login of [kim, kim, lee]) {
      const device = await openSyncedEngine(central, login);
      if (dice.happens(0.5)) await device.run((draft) => draft.create('account', { name: 'From before' }));
      await device.signIn();
      devices.push(device);
    }
    await settle(...devices);
    const users = [...new Set(devices.map((device) => device.user()))];
    for (let count = 0; count < STEPS; count += 1) {
      central.clock.now += dice.whole(1, 3_000);
      const device = devices[dice.whole(0, devices.length - 1)];
      if (device !== undefined) await step(dice, device, users, seed);
    }
    // faults that nobody has met yet
    for (const device of devices) for (let tries = 0; tries < 6; tries += 1) await device.sync().catch(ofPeople);
    await settle(...devices);
    for (const device of devices) {
      expect(device.engine.sync.queue.deeds().map(({ head }) => head)).toEqual([]);
      expect(device.engine.sync.store.sync.under('shadow/')).toEqual([]);
      expect(rowsOn(device)).toEqual(await rowsAtServer(central, device.login));
      expect(await device.engine.sync.compare()).toBe(0);
    }
  },
  120_000,
);
