import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataSet, fixturePath, sharedPath } from './shared-data.ts';

test('every fixture folder credits its author', () => {
  expect(readFileSync(fixturePath('ravenstack', 'CREDITS.md'), 'utf8')).toContain('River @ Rivalytics');
  expect(readFileSync(fixturePath('vendor_exports', 'CREDITS.md'), 'utf8')).toContain('Apache License 2.0');
});

test('a missing fixture is named', () => {
  expect(() => fixturePath('nowhere')).toThrow('nowhere');
});

test.each(['ravenstack', 'vendor_exports/hubspot', 'vendor_exports/salesforce', 'vendor_exports/zuora'])(
  'the fixtures in %s are the shared files, byte for byte, where ../shared exists',
  (folder) => {
    for (const name of readdirSync(fixturePath(folder)).filter((file) => file.endsWith('.csv'))) {
      const shared = sharedPath('data', folder, name);
      if (shared !== undefined) expect(readFileSync(fixturePath(folder, name)).equals(readFileSync(shared)), name).toBe(true);
    }
  },
);

test('a data set is a folder with its tables', () => {
  expect(readdirSync(dataSet('ravenstack'))).toContain('ravenstack_accounts.csv');
  expect(readdirSync(join(dataSet('vendor_exports'), 'hubspot'))).toContain('company_data.csv');
});
