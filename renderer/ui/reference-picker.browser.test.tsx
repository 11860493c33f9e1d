import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { mount, type Mounted } from '../../test/support/mount.tsx';
import { ReferencePicker, ReferencesPicker } from './reference-picker.tsx';
import type { Lookup, Reference } from './reference.ts';

const northwind: Reference = { table: 'account', id: 'a1', label: 'Northwind' };
const norse: Reference = { table: 'account', id: 'a2', label: 'Norse Tools' };

/** A look-up that answers `nors` only when the test says so, and everything else at once. */
function slowLookup(): { lookup: Lookup; asked: Promise<void>; answer: (choices: readonly Reference[]) => void } {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<readonly Reference[]>();
  const lookup: Lookup = (_table, text) => {
    if (text !== 'nors') return Promise.resolve([northwind, norse]);
    asked.resolve();
    return answered.promise;
  };
  return { lookup, asked: asked.promise, answer: answered.resolve };
}

function One({ lookup }: { lookup: Lookup }) {
  const [value, setValue] = useState<Reference>();
  return <ReferencePicker table="account" lookup={lookup} label="Account" value={value} onChange={setValue} />;
}

/** A form around it that Ctrl+Enter saves. */
function Saved({ lookup, onSave }: { lookup: Lookup; onSave: (name: string) => void }) {
  const [value, setValue] = useState<Reference>();
  return (
    <div
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) onSave(value?.label ?? 'nothing');
      }}
    >
      <ReferencePicker table="account" lookup={lookup} label="Account" value={value} onChange={setValue} />
    </div>
  );
}

function Many({ lookup }: { lookup: Lookup }) {
  const [values, setValues] = useState<readonly Reference[]>([]);
  return <ReferencesPicker table="account" lookup={lookup} ariaLabel="Accounts" values={values} onChange={setValues} />;
}

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
});

test('UX-01 Enter that is quicker than the answer takes the first of that answer, not one of an older answer', async () => {
  const { lookup, asked, answer } = slowLookup();
  mounted = mount(<One lookup={lookup} />);
  const field = page.getByRole('combobox', { name: 'Account' });
  await userEvent.click(field);
  await expect.element(page.getByRole('option', { name: 'Northwind' })).toBeVisible();
  await userEvent.keyboard('nors{Enter}');
  await asked;
  await expect.element(field).toHaveValue('nors');
  answer([norse]);
  await expect.element(field).toHaveValue('Norse Tools');
});

test.each([
  ['behind an early Enter', 'nors{Enter}{Control>}{Enter}{/Control}', [norse], 'Norse Tools'],
  ['behind an early Enter that finds nothing', 'nors{Enter}{Control>}{Enter}{/Control}', [], 'nothing'],
])('UX-01 Ctrl+Enter %s saves with what it has taken, once', async (_what, keys, choices, saved) => {
  const { lookup, asked, answer } = slowLookup();
  const saves: string[] = [];
  mounted = mount(<Saved lookup={lookup} onSave={(name) => saves.push(name)} />);
  await userEvent.click(page.getByRole('combobox', { name: 'Account' }));
  await userEvent.keyboard(keys);
  await asked;
  expect(saves).toEqual([]);
  answer(choices);
  await expect.poll(() => saves).toEqual([saved]);
});

test('UX-01 Ctrl+Enter where nothing was typed saves, and takes nothing of what is offered', async () => {
  const { lookup } = slowLookup();
  const saves: string[] = [];
  mounted = mount(<Saved lookup={lookup} onSave={(name) => saves.push(name)} />);
  const field = page.getByRole('combobox', { name: 'Account' });
  await userEvent.click(field);
  await expect.element(page.getByRole('option', { name: 'Northwind' })).toBeVisible();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(saves).toEqual(['nothing']);
  await expect.element(field).toHaveValue('');
});

test('UX-01 Ctrl+Enter on a choice that is shown takes it and saves with it', async () => {
  const { lookup } = slowLookup();
  const saves: string[] = [];
  mounted = mount(<Saved lookup={lookup} onSave={(name) => saves.push(name)} />);
  await userEvent.click(page.getByRole('combobox', { name: 'Account' }));
  await userEvent.keyboard('north');
  await expect.element(page.getByRole('option', { name: 'Northwind' })).toHaveAttribute('data-combobox-selected');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => saves).toEqual(['Northwind']);
});

test('UX-01 an early Enter is forgotten when the typing goes on', async () => {
  const { lookup, asked, answer } = slowLookup();
  mounted = mount(<One lookup={lookup} />);
  const field = page.getByRole('combobox', { name: 'Account' });
  await userEvent.click(field);
  await userEvent.keyboard('nors{Enter}');
  await asked;
  await userEvent.keyboard('x');
  answer([norse]);
  await expect.element(page.getByRole('option', { name: 'Northwind' })).toBeVisible();
  await expect.element(field).toHaveValue('norsx');
});

test('UX-01 an early Enter adds the right one to several', async () => {
  const { lookup, asked, answer } = slowLookup();
  mounted = mount(<Many lookup={lookup} />);
  await userEvent.click(page.getByRole('combobox', { name: 'Accounts' }));
  await expect.element(page.getByRole('option', { name: 'Northwind' })).toBeVisible();
  await userEvent.keyboard('nors{Enter}');
  await asked;
  answer([norse]);
  await expect.element(page.getByRole('button', { name: 'Take Norse Tools away' })).toBeVisible();
  expect(page.getByRole('button', { name: 'Take Northwind away' }).elements()).toEqual([]);
});
