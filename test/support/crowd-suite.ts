import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, type Storage } from '../../server/storage/storage.ts';
import { openCentral, type Central, type TestDevice } from './central.ts';

const PEOPLE = 6;
const ROUNDS = 15;

/** What holds where many people change the same records at the same time, through two instances behind one database. */
export function crowdSuite(storage: () => Promise<Storage>): void {
  let central: Central;
  let people: readonly TestDevice[];
  let account: string;
  let engagement: string;

  beforeAll(async () => {
    central = await openCentral(await storage());
    const logins = Array.from({ length: PEOPLE }, (_, at) => `person-${at}`);
    for (const login of logins) await central.person(login, { roles: ['administrator'] });
    people = await Promise.all(logins.map((login) => central.device(login)));
    const [first] = people;
    if (first === undefined) throw new TypeError('there are people');
    account = await first.create('account', { name: 'Acme', owner: first.user });
    engagement = await first.create('engagement', { title: 'Care', account, csm: first.user });
    await Promise.all(people.map((device) => device.pull()));
  });
  afterAll(() => central.close());

  test('S3 S7 pushes that go in together come to the same as one after the other: nothing lost, nothing twice, no change over one that nobody had seen', async () => {
    const second = central.another();
    const accepted = new Map<unknown, unknown[]>();
    const notes: string[] = [];
    let day = Date.parse('2027-01-01');
    const play = async (device: TestDevice, at: number): Promise<void> => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const known = device.row('engagement', engagement);
        const base = { version: known?.version ?? 0, fields: { goLiveDate: known?.values?.['goLiveDate'] } };
        day += 86_400_000;
        const goLiveDate = new Date(day).toISOString().slice(0, 10);
        const note = `${at}-${round}`;
        const workNotes = { add: [{ at: new Date(central.clock.now + round).toISOString(), by: device.user, text: note }] };
        const reply = await device.push(
          [
            device.intent([{ action: 'update', table: 'engagement', id: engagement, patch: { goLiveDate }, base }]),
            device.intent([{ action: 'update', table: 'engagement', id: engagement, patch: { workNotes }, base: { ...base, fields: {} } }]),
            device.intent([
              { action: 'create', table: 'touchpoint', id: central.newId(), values: { subject: note, engagement, heldOn: '2026-05-01' } },
            ]),
          ],
          {},
          // either instance, as behind a load balancer
          (at + round) % 3 === 0 ? second.app : undefined,
        );
        expect(reply.answers).toHaveLength(3);
        const [dated] = reply.answers;
        if (dated?.outcome === 'applied')
          accepted.set(base.fields.goLiveDate, [...(accepted.get(base.fields.goLiveDate) ?? []), goLiveDate]);
        else expect(dated?.outcome).toBe('conflict');
        notes.push(note);
        if (round % 3 === 2) await device.pull();
      }
    };
    await Promise.all(people.map(play));
    await Promise.all(people.map((device) => device.pull()));

    const [first] = people;
    const row = first?.row('engagement', engagement)?.values;
    // each accepted date took the place of one that its author had seen: a chain without a fork
    for (const [base, dates] of accepted) expect([base, dates]).toEqual([base, [expect.any(String)]]);
    let [date, length]: [unknown, number] = [undefined, 0];
    for (let [next] = accepted.get(date) ?? []; next !== undefined; [next] = accepted.get(date) ?? []) [date, length] = [next, length + 1];
    expect([date, length]).toEqual([row?.['goLiveDate'], accepted.size]);

    const journal = (row?.['workNotes'] ?? []) as readonly { readonly text: string }[]; // what a journal is
    const texts = journal.map(({ text }) => text);
    expect(texts.toSorted()).toEqual(notes.toSorted());
    const calls = [...(first?.rows.values() ?? [])].filter(({ table }) => table === 'touchpoint');
    expect(calls.map(({ values }) => String(values?.['subject'])).toSorted()).toEqual(notes.toSorted());

    // every device has the same, which is what a new one gets
    const fresh = await central.device('person-0', 'fresh');
    await fresh.pull();
    const seen = (device: TestDevice) =>
      [...device.rows].filter(([, { scope }]) => !scope.startsWith('user:')).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
    for (const device of people) expect(seen(device)).toEqual(seen(fresh));

    const counts = await central.storage.transaction('acme', 'read', (on) =>
      on.run<{ sent: number; numbers: number; rows: number; head: number }>(
        sql(
          'test-counts',
          `select (select count(*) from intent where device <> $2) as sent, (select count(distinct seq) from record) as numbers, (select count(*) from record) as rows, head
           from tenant where id = $1`,
        ),
        ['acme', ''],
      ),
    );
    expect(counts[0]).toMatchObject({ sent: PEOPLE * ROUNDS * 3 + 2, numbers: counts[0]?.rows });
    await second.close();
  });

  test('SYN-05 S3 an intent that the database cannot hold is refused, though it goes in beside others', async () => {
    const bad = people.map((device, at) =>
      device.push(
        [0, 1, 2].map((place) =>
          device.intent([
            {
              action: 'create',
              table: 'contact',
              id: central.newId(),
              // PostgreSQL holds no such letter
              values: { name: at === 2 && place === 1 ? 'half\u0000' : `whole ${at}-${place}`, account },
            },
          ]),
        ),
      ),
    );
    const outcomes = (await Promise.all(bad)).map(({ answers }) => answers.map(({ outcome }) => outcome));
    expect(outcomes).toEqual(people.map((_, at) => (at === 2 ? ['applied', 'refused', 'applied'] : ['applied', 'applied', 'applied'])));
  });
}
