import { expect, test } from 'vitest';
import { accessProfiles, recordActions } from '../../model/access.ts';
import { tableNames, tableOf } from '../../model/dictionary.ts';
import { isRoleName, KEPT_TO, roleNames, roleOf } from '../../model/roles.ts';
import { accessOf, heldRoles, rightsOf, roleMay, rolesThatMay } from './rights.ts';

test('REC-32 the nine roles exist, and roles contain roles', () => {
  expect(roleNames).toEqual([
    'viewer',
    'successAgent',
    'successManager',
    'onboardingAgent',
    'playAdministrator',
    'templateOwner',
    'templateApprover',
    'administrator',
    'customer',
  ]);
  expect([...heldRoles(['successManager'])]).toEqual(['successManager', 'successAgent', 'viewer']);
  expect(heldRoles(['administrator']).size).toBe(roleNames.length - 1);
  expect(isRoleName('administrator')).toBe(true);
  expect(isRoleName('toString')).toBe(false);
});

test('REC-32 a role that contains another may do everything that the other may', () => {
  for (const name of roleNames)
    for (const contained of roleOf(name).contains)
      for (const table of tableNames)
        for (const action of recordActions)
          if (roleMay(contained, table, action)) expect(roleMay(name, table, action), `${name} ${action} ${table}`).toBe(true);
});

test('REC-32 the administrator may do everything with every record type', () => {
  for (const table of tableNames.filter((one) => accessOf(one) !== 'private'))
    expect(
      recordActions.filter((action) => !roleMay('administrator', table, action)),
      table,
    ).toEqual([]);
});

test.each([
  ['viewer', 'touchpoint', 'read', true],
  ['viewer', 'touchpoint', 'update', false],
  ['viewer', 'touchpoint', 'comment', false],
  ['successAgent', 'touchpoint', 'create', true],
  ['successAgent', 'touchpoint', 'delete', false],
  ['successManager', 'touchpoint', 'delete', true],
  ['successAgent', 'healthDefinition', 'update', true],
  ['successAgent', 'healthDefinition', 'delete', false],
  ['successManager', 'setting', 'update', false],
  ['successManager', 'user', 'update', false],
  ['administrator', 'user', 'update', true],
  ['onboardingAgent', 'riskSignal', 'create', true],
  ['onboardingAgent', 'riskDefinition', 'create', false],
  ['onboardingAgent', 'account', 'import', true],
  ['customer', 'healthDefinition', 'read', false],
  ['customer', 'riskSignal', 'read', false],
  ['customer', 'user', 'read', true],
  ['customer', 'user', 'update', false],
  ['customer', 'touchpoint', 'create', true],
  ['customer', 'touchpoint', 'delete', false],
] as const)('REC-32 %s, %s: %s is %s', (role, table, action, allowed) => {
  expect(roleMay(role, table, action)).toBe(allowed);
});

test('REC-32 the roles of one person add up, and the refusal can name whom to ask', () => {
  const rights = rightsOf(['viewer', 'templateApprover']);
  expect(rights.may('touchpoint', 'read')).toBe(true);
  expect(rights.may('touchpoint', 'update')).toBe(false);
  expect(rights.has('people')).toBe(false);
  expect(rightsOf(['administrator']).has('people')).toBe(true);
  expect(rightsOf([]).may('touchpoint', 'read')).toBe(false);
  expect(rolesThatMay('touchpoint', 'delete')).toEqual(['successManager', 'administrator']);
  expect(rightsOf(['customer']).isCustomer).toBe(true);
  expect(rightsOf(['customer', 'viewer']).isCustomer).toBe(false);
  expect(rightsOf([]).isCustomer).toBe(false);
});

test('REC-32 profiles and what customers see name what exists', () => {
  for (const table of tableNames) {
    const { fields, customer } = tableOf(table);
    expect(accessProfiles).toContain(accessOf(table));
    const named = [...(customer?.fields ?? []), ...(customer?.create ?? []), ...(customer?.update ?? [])];
    expect(
      named.filter((field) => fields[field] === undefined),
      table,
    ).toEqual([]);
    // work notes never reach a customer
    expect(customer?.fields ?? []).not.toContain('workNotes');
  }
  for (const roles of Object.values(KEPT_TO)) expect(roles.every(isRoleName)).toBe(true);
});
