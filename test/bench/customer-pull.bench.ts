// Many customers of one tenant ask what is new, each of them on an engagement of their own: after changes that concern none of them (what most of
// their questions come to), and after one that concerns each. The second figure of a kind is with four times as many customers.
import { defineBench, percentile, timed } from './define.ts';
import { makePortfolio, openBenchCentral, pullAll, touchpoints, type BenchCentral, type BenchDevice } from './central-bench.ts';

const ROUNDS = 5;
const CHANGES = 100;

type Customer = { readonly device: BenchDevice; readonly engagement: string; cursor: string };

async function makeCustomer(central: BenchCentral, inside: BenchDevice, at: number): Promise<Customer> {
  const device = await central.device(`customer-${at}`, ['customer']);
  const [account, contact, engagement] = [central.newId(), central.newId(), central.newId()];
  await inside.push([
    [{ action: 'create', table: 'account', id: account, values: { name: `Customer ${at}`, owner: inside.user } }],
    [{ action: 'create', table: 'contact', id: contact, values: { name: `Person ${at}`, account, user: device.user } }],
    [
      {
        action: 'create',
        table: 'engagement',
        id: engagement,
        values: { title: `Care ${at}`, account, csm: inside.user, keyContact: contact },
      },
    ],
    ...touchpoints([engagement], central.newId, 20),
  ]);
  return { device, engagement, cursor: (await pullAll(device)).cursor };
}

export const bench = defineBench({
  name: 'customer-pull',
  where: 'node',
  limits: { 'customer-pull': { value: 50 } },
  run: async ({ size, say }) => {
    const central = await openBenchCentral();
    const inside = await central.device('inside');
    const engagements = await makePortfolio(inside, central.newId);
    const customers: Customer[] = [];
    const [few, many] = size === 'full' ? [40, 160] : [2, 8];
    const grow = async (to: number): Promise<void> => {
      while (customers.length < to) customers.push(await makeCustomer(central, inside, customers.length));
      await askAll();
    };
    const ask = async (customer: Customer): Promise<number> => {
      const { cursor, rows } = await pullAll(customer.device, customer.cursor);
      customer.cursor = cursor;
      return rows;
    };
    const askAll = async (): Promise<number[]> => {
      const times: number[] = [];
      for (const customer of customers) times.push(await timed(() => ask(customer)));
      return times;
    };
    const measure = async () => {
      const [elsewhere, own]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        await inside.push(touchpoints(engagements, central.newId, CHANGES));
        elsewhere.push(...(await askAll()));
        const calls = customers.flatMap(({ engagement }) => touchpoints([engagement], central.newId, 1));
        await inside.push(calls);
        own.push(...(await askAll()));
      }
      return { elsewhere: percentile(elsewhere, 0.95), own: percentile(own, 0.95) };
    };
    await grow(few);
    await measure();
    const before = await measure();
    await grow(many);
    const after = await measure();
    say(
      `${few} customers: ${before.elsewhere.toFixed(1)} ms, own change ${before.own.toFixed(1)}; ${many}: ${after.elsewhere.toFixed(1)}, ${after.own.toFixed(1)}`,
    );
    await central.close();
    return [
      { name: 'customer-pull', value: after.elsewhere, unit: 'ms' },
      { name: 'customer-pull-few', value: before.elsewhere, unit: 'ms' },
      { name: 'customer-pull-own', value: after.own, unit: 'ms' },
      { name: 'customer-pull-own-few', value: before.own, unit: 'ms' },
    ];
  },
});
