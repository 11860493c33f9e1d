import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyRow } from '#shared/model/dictionary.ts';
import { dictionary } from '#shared/model/dictionary.ts';
import type { Field } from '#shared/model/field.ts';
import { instantToLocal, localToInstant } from '#shared/util/zoned-time.ts';
import { readDraft, readRaw, toRaw, withValue } from './raw-values.ts';

const reading = { today: '2024-12-31', currency: 'USD', timeZone: 'Europe/Vienna' };
const system = { id: 'e1', createdAt: '2024-01-01T00:00:00Z', createdBy: 'u', updatedAt: '2024-01-01T00:00:00Z', updatedBy: 'u', rev: 1 };
const fields: Readonly<Record<string, Field>> = dictionary.contract.fields;
const fieldOf = (name: string): Field => {
  const field = fields[name];
  if (!field) throw new Error(`no field ${name}`);
  return field;
};

describe('BR-01 a form names what is missing', () => {
  test('a new record lists every mandatory field that is empty', () => {
    const { problems } = readDraft('contract', {}, undefined, reading);
    expect(Object.keys(problems).toSorted()).toEqual(['account', 'name']);
    expect(problems['name']).toBe('Name must be filled in.');
  });
  test('a mandatory field cannot be emptied', () => {
    const row: AnyRow = { ...system, name: 'Yearly', account: 'a1' };
    expect(readDraft('contract', { name: ' ' }, row, reading).problems).toEqual({ name: 'Name must be filled in.' });
  });
});

describe('a draft becomes a patch', () => {
  const row: AnyRow = {
    ...system,
    name: 'Yearly',
    account: 'a1',
    value: { amount: 120_000, currency: 'EUR' },
    endDate: '2025-01-31',
    seats: 5,
  };

  test('only what differs is in it, and an emptied field is null', () => {
    const draft = { name: 'Yearly', value: '1300 EUR', endDate: '', seats: '5', plan: 'Gold', autoRenew: true };
    expect(readDraft('contract', draft, row, reading)).toEqual({
      patch: { value: { amount: 130_000, currency: 'EUR' }, endDate: null, plan: 'Gold', autoRenew: true },
      problems: {},
    });
  });
  test('typed words become dates and amounts', () => {
    const { patch } = readDraft('contract', { endDate: '+14', value: '12k' }, row, reading);
    expect(patch).toEqual({ endDate: '2025-01-14', value: { amount: 1_200_000, currency: 'USD' } });
  });
  test('what cannot be read is named at its field and nothing else is lost', () => {
    const { patch, problems } = readDraft('contract', { endDate: 'someday', seats: '-2', plan: 'Gold' }, row, reading);
    expect(patch).toEqual({ plan: 'Gold' });
    expect(problems['endDate']).toContain('someday');
    expect(problems['seats']).toBe('Seats is at least 0.');
  });
  test('a value set back leaves the draft', () => {
    const draft = withValue({}, 'plan', 'Gold', '');
    expect(draft).toEqual({ plan: 'Gold' });
    expect(withValue(draft, 'plan', '', '')).toEqual({});
  });
});

describe('what is shown in an editor is read back unchanged', () => {
  const roundTrip = (field: Field, value: unknown) => {
    const read = readRaw(field, toRaw(field, value, reading), reading);
    expect('value' in read ? read.value : read.problem).toEqual(value);
  };
  test('money', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e11, max: 1e11 }), fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'), (amount, currency) =>
        roundTrip(fieldOf('value'), { amount, currency }),
      ),
    );
  });
  test('whole numbers, dates, choices, switches', () => {
    fc.assert(fc.property(fc.nat(1e9), (seats) => roundTrip(fieldOf('seats'), seats)));
    roundTrip(fieldOf('endDate'), '2025-02-28');
    roundTrip(fieldOf('state'), 'expired');
    roundTrip(fieldOf('autoRenew'), true);
  });
});

describe('instants are edited in the workspace zone', () => {
  test.each([
    ['2025-07-01 14:30', '2025-07-01T12:30:00.000Z'],
    ['2025-01-01 00:00', '2024-12-31T23:00:00.000Z'],
    ['2025-03-30 02:30', '2025-03-30T01:30:00.000Z'],
    ['2025-10-26 02:30', '2025-10-26T00:30:00.000Z'],
    ['2025-07-01', '2025-06-30T22:00:00.000Z'],
  ])('%s in Vienna is %s', (local, instant) => {
    expect(localToInstant(local, 'Europe/Vienna')).toBe(instant);
  });
  test('every minute that exists once comes back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e6 }), fc.constantFrom('UTC', 'America/New_York', 'Asia/Kolkata'), (minutes, zone) => {
        const instant = new Date(Date.UTC(2020, 5, 1) + minutes * 60_000).toISOString();
        const local = instantToLocal(instant, zone);
        expect(instantToLocal(localToInstant(local, zone) ?? '', zone)).toBe(local);
      }),
    );
  });
  test('no time is no time', () => {
    expect(localToInstant('noon', 'UTC')).toBeUndefined();
  });
});
