import { expect, test } from 'vitest';
import type { PullPage } from '#shared/contract/sync-contract.ts';
import { openCentral } from '../test/support/central.ts';

test('S11 in a first load what one is named on comes before what those below are named on', async () => {
  const central = await openCentral();
  await central.person('boss');
  await central.person('kim', { manager: 'boss' });
  const [boss, kim] = [await central.device('boss'), await central.device('kim')];
  const before = await kim.create('account', { name: 'First by its name', owner: kim.user });
  const own = await boss.create('account', { name: 'Own', owner: boss.user });
  const after = await kim.create('account', { name: 'Last by its name', owner: kim.user });

  const fresh = await central.device('boss', 'New one');
  const order: string[] = [];
  let cursor: string | undefined;
  for (let more = true; more;) {
    const query = new URLSearchParams({ limit: '2', ...(cursor === undefined ? {} : { cursor }) }).toString();
    const page = (await fresh.call('GET', `/v1/pull?${query}`)).body as PullPage; // the contract's reply
    order.push(...page.rows.map(({ id }) => id));
    ({ cursor, more } = page);
  }
  expect(order.filter((id) => [before, own, after].includes(id))).toEqual([own, before, after]);
  await central.close();
});
