import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCentral, type Central } from '../../../test/support/central.ts';
import { openSyncedEngine, rowsAtServer, rowsOn, settle } from '../../../test/support/synced-engine.ts';

let central: Central;
let people = 0;

beforeAll(async () => {
  central = await openCentral();
});
afterAll(() => central.close());

/** A person of their own for each test, so that none sees another's records. */
async function person(): Promise<string> {
  people += 1;
  const login = `person-${people}`;
  await central.person(login);
  return login;
}
async function signedIn(login: string) {
  const device = await openSyncedEngine(central, login);
  await device.signIn();
  await device.sync();
  return device;
}

describe('two devices of one person', () => {
  test('SYN-02 what is done on one is on the other, the same to the last field', async () => {
    const login = await person();
    const [one, two] = [await signedIn(login), await signedIn(login)];
    const { account, engagement } = await one.run((draft) => {
      const account = draft.create('account', { name: 'Acme', owner: one.user() });
      const engagement = draft.create('engagement', { title: 'Rollout', account, csm: one.user() });
      draft.create('touchpoint', { subject: 'Kick-off', engagement, heldOn: '2026-05-01' });
      return { account, engagement };
    });
    await settle(one, two);
    expect(two.engine.context.view.get('account', account)).toMatchObject({ name: 'Acme' });
    await two.run((draft) => draft.update('engagement', engagement, { title: 'Rollout 2', workNotes: 'Called' }));
    await one.run((draft) => draft.update('account', account, { name: 'Acme Ltd' }));
    await settle(one, two);
    expect(rowsOn(one)).toEqual(rowsOn(two));
    expect(rowsOn(one)).toEqual(await rowsAtServer(central, login));
    expect(one.engine.sync.status()).toMatchObject({ state: 'idle', pending: 0, refused: 0 });
  });
});
