import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AnyRow, TableName } from '#shared/model/dictionary.ts';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import type { FailureLike } from '../failure.tsx';
import type { Reference } from '../reference.ts';
import { SHIPPED_CHOICES } from '#shared/domain/choices.ts';
import { FormWorldContext, type FormWorld } from './form-world.ts';
import { EMPTY_DRAFT, type FormDraft } from './form-draft.ts';
import { RecordForm } from './record-form.tsx';

const ACCOUNTS: readonly Reference[] = [
  { table: 'account', id: 'a1', label: 'Northwind', number: 'ACC1' },
  { table: 'account', id: 'a2', label: 'Norse Tools', number: 'ACC2' },
];
const world: FormWorld = {
  reading: { today: '2024-12-31', currency: 'USD', timeZone: 'UTC' },
  lookup: async (table, text) =>
    table === 'account' ? ACCOUNTS.filter(({ label }) => label.toLowerCase().startsWith(text.toLowerCase())) : [],
  nameOf: (_table, id) => ACCOUNTS.find((account) => account.id === id)?.label,
  addressOf: (table, id) => `#/records/${table}/${id}`,
  choices: SHIPPED_CHOICES,
  wordsOf: () => '',
};
const contract: AnyRow = {
  id: 'c1',
  createdAt: '2024-01-01T00:00:00Z',
  createdBy: 'u',
  updatedAt: '2024-01-01T00:00:00Z',
  updatedBy: 'u',
  rev: 7,
  name: 'Yearly',
  account: 'a1',
  state: 'active',
  value: { amount: 120_000, currency: 'USD' },
};

type Saved = Readonly<Record<string, unknown>>;
type Options = { row?: AnyRow; fields?: readonly string[]; failure?: FailureLike; table?: TableName; drafts?: FormDraft[] };

function Harness({ saved, row, fields, failure, table = 'contract', drafts }: Options & { saved: Saved[] }) {
  const [draft, setDraft] = useState<FormDraft>(drafts?.at(-1) ?? EMPTY_DRAFT);
  return (
    <FormWorldContext value={world}>
      <RecordForm
        table={table}
        row={row}
        fields={fields}
        draft={draft}
        onDraft={(next) => {
          drafts?.push(next);
          setDraft(next);
        }}
        onSave={(patch) => saved.push(patch)}
        saving={false}
        failure={failure}
      />
    </FormWorldContext>
  );
}

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('editing in place', () => {
  test('a value turns into its editor where it stands; Enter saves what changed and nothing else', async () => {
    const saved: Saved[] = [];
    mounted = mount(<Harness saved={saved} row={contract} />);
    await userEvent.click(page.getByRole('button', { name: 'Edit Value' }));
    const editor = page.getByRole('textbox', { name: 'Value', exact: true });
    await expect.element(editor).toHaveFocus();
    await userEvent.fill(editor, '13k');
    await expect.element(page.getByText('1 change not saved')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    expect(saved).toEqual([{ value: { amount: 1_300_000, currency: 'USD' } }]);
  });

  test('Escape puts the field back', async () => {
    const saved: Saved[] = [];
    mounted = mount(<Harness saved={saved} row={contract} />);
    await userEvent.click(page.getByRole('button', { name: 'Edit Plan' }));
    await userEvent.keyboard('Gold{Escape}');
    await expect.element(page.getByRole('button', { name: 'Edit Plan' })).toBeVisible();
    expect(document.body.textContent).not.toContain('change');
    expect(saved).toEqual([]);
  });

  test('BR-01 what cannot be saved is said at its field, and nothing is sent', async () => {
    const saved: Saved[] = [];
    mounted = mount(<Harness saved={saved} row={contract} />);
    await userEvent.click(page.getByRole('button', { name: 'Edit End' }));
    await userEvent.keyboard('someday{Enter}');
    await expect.element(page.getByText('“someday” is not a date', { exact: false }).first()).toBeVisible();
    expect(saved).toEqual([]);
  });

  test('a refusal of the engine stands at the field it names, with the way out elsewhere', async () => {
    const refused = { message: 'The contract’s account differs from the engagement’s.', details: { field: 'account' } };
    mounted = mount(
      <Harness saved={[]} row={contract} drafts={[{ values: { account: 'a2' }, picked: { a2: 'Norse Tools' } }]} failure={refused} />,
    );
    await expect.element(page.getByText(refused.message)).toBeVisible();
    expect(document.querySelector('[data-field="account"]')?.textContent).toContain(refused.message);
  });

  test('the draft knows the revision that was on screen when the typing began', async () => {
    const drafts: FormDraft[] = [];
    mounted = mount(<Harness saved={[]} row={contract} drafts={drafts} />);
    await userEvent.click(page.getByRole('button', { name: 'Edit Plan' }));
    await userEvent.keyboard('Gold');
    expect(drafts.at(-1)).toEqual({ values: { plan: 'Gold' }, picked: {}, baseRev: 7, base: { plan: '' } });
  });
});

describe('a new record', () => {
  test('mandatory fields come first, are asked for by name, and a reference is picked by typing', async () => {
    const saved: Saved[] = [];
    mounted = mount(<Harness saved={saved} />);
    const names = [...document.querySelectorAll<HTMLElement>('[data-field]')].map((line) => line.dataset['field']);
    await expect.poll(() => document.querySelectorAll('[data-field]').length).toBeGreaterThan(5);
    expect([...document.querySelectorAll<HTMLElement>('[data-field]')].slice(0, 2).map((line) => line.dataset['field'])).toEqual([
      'name',
      'account',
    ]);
    expect(names).not.toContain('closedAt');
    await userEvent.click(page.getByRole('textbox', { name: 'Name' }));
    await userEvent.keyboard('Yearly{Enter}');
    await expect.element(page.getByText('Account must be filled in.').first()).toBeVisible();
    await userEvent.click(page.getByRole('combobox', { name: 'Account' }));
    await userEvent.keyboard('nors');
    await expect.element(page.getByRole('option', { name: 'Norse Tools ACC2' })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('combobox', { name: 'Account' })).toHaveValue('Norse Tools');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(saved).toEqual([{ name: 'Yearly', account: 'a2' }]);
  });

  test('dates take words, and show what they became', async () => {
    const saved: Saved[] = [];
    mounted = mount(
      <Harness
        saved={saved}
        fields={['name', 'account', 'endDate']}
        drafts={[{ values: { name: 'Yearly', account: 'a1' }, picked: {} }]}
      />,
    );
    await userEvent.click(page.getByRole('textbox', { name: 'End' }));
    await userEvent.keyboard('+14{Tab}');
    await expect.element(page.getByRole('textbox', { name: 'End' })).toHaveValue('Jan 14, 2025');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(saved).toEqual([{ name: 'Yearly', account: 'a1', endDate: '2025-01-14' }]);
  });
});
