import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Condition } from '#shared/model/condition.ts';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import { ConditionBuilder } from './condition-builder.tsx';

function Harness({ start, told }: { start: Condition | undefined; told: (Condition | undefined)[] }) {
  const [value, setValue] = useState(start);
  return (
    <ConditionBuilder
      label="Conditions"
      table="engagement"
      value={value}
      onChange={(next) => {
        told.push(next);
        setValue(next);
      }}
    />
  );
}

let mounted: Mounted | undefined;
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
});

describe('building a condition', () => {
  test('line by line; an unfinished line is not part of it', async () => {
    const told: (Condition | undefined)[] = [];
    mounted = mount(<Harness start={undefined} told={told} />);
    await userEvent.click(page.getByRole('button', { name: 'Condition', exact: true }));
    expect(told).toEqual([]);
    await userEvent.click(page.getByRole('combobox', { name: 'Field' }));
    await userEvent.keyboard('{Control>}a{/Control}stage{ArrowDown}{Enter}');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Value for Stage' }), 'renew');
    await expect.poll(() => told.at(-1)).toEqual({ field: 'stage', op: 'is', value: 'renew' });
    await userEvent.click(page.getByRole('button', { name: 'Condition', exact: true }));
    await userEvent.fill(page.getByRole('textbox', { name: 'Value for Title' }), 'north');
    await expect
      .poll(() => told.at(-1))
      .toEqual({
        all: [
          { field: 'stage', op: 'is', value: 'renew' },
          { field: 'title', op: 'is', value: 'north' },
        ],
      });
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'How the conditions are joined' }), 'any');
    await expect.poll(() => told.at(-1)).toHaveProperty('any');
  });

  test('a stored condition is opened, and taking its last line away leaves none', async () => {
    const told: (Condition | undefined)[] = [];
    mounted = mount(<Harness start={{ field: 'renewalDate', op: 'withinNextDays', value: 90 }} told={told} />);
    await expect.element(page.getByRole('combobox', { name: 'Comparison' })).toHaveValue('withinNextDays');
    await expect.element(page.getByRole('textbox', { name: 'Value for Renewal date' })).toHaveValue('90');
    await userEvent.click(page.getByRole('button', { name: 'Take this condition away' }));
    expect(told).toEqual([undefined]);
  });

  test('fields of the records referred to are one step away', async () => {
    const told: (Condition | undefined)[] = [];
    mounted = mount(<Harness start={{ field: 'account.industry', op: 'contains', value: 'bank' }} told={told} />);
    await expect.element(page.getByRole('combobox', { name: 'Field' })).toHaveValue('Account › Industry');
  });
});
