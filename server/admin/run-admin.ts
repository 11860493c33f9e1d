import { parseArgs } from 'node:util';
import { eraseDevice } from '../auth/erase-device.ts';
import { issueCode, listDevices, revokeDevice, type DeviceLine } from '../auth/sign-in.ts';
import { newCode } from '../auth/secrets.ts';
import { purge } from '../pull/purge.ts';
import type { AdminTools, Command } from './command.ts';
import { createPerson, listPeople, memberId, readRoles, setActive, setManager, setPassword, setRoles } from './people.ts';
import { PROVIDER_COMMANDS } from './provider-commands.ts';
import { exportTenant, importTenant } from './tenant-file.ts';
import { createTenant, listTenants, renewEpoch } from './tenants.ts';

const signIns = (tools: AdminTools) => ({ ...tools, accessSeconds: 0 });
const SHORTEST_PASSWORD = 12;

function passwordFor({ password }: AdminTools): { readonly password: string; readonly told: readonly string[] } {
  if (password === undefined) {
    const made = `${newCode()}-${newCode()}`;
    return { password: made, told: [`Password: ${made}`] };
  }
  if (password.length < SHORTEST_PASSWORD) throw new Error(`A password has at least ${SHORTEST_PASSWORD} letters (SATCHEL_PASSWORD).`);
  return { password, told: [] };
}

function endOf({ revoked, eraseAsked, erased }: Pick<DeviceLine, 'revoked' | 'eraseAsked' | 'erased'>): string {
  if (erased !== undefined) return `  erased on ${erased}`;
  if (eraseAsked !== undefined) return `  to be erased since ${eraseAsked}`;
  return revoked ? '  signed off' : '';
}

const COMMANDS: Readonly<Record<string, Command>> = {
  tenants: {
    words: '',
    does: 'list the tenants',
    takes: 0,
    run: async ({ storage }) => (await listTenants(storage)).map(({ id, name, head }) => `${id}  ${name}  ${head} changes`),
  },
  'create-tenant': {
    words: 'TENANT [--name TEXT]',
    does: 'create a tenant: a workspace that shares nothing with others',
    takes: 1,
    run: async ({ storage, now }, [tenant = ''], { name }) => {
      await createTenant(storage, tenant, name ?? tenant, new Date(now()));
      return [`Tenant ${tenant} is there.`];
    },
  },
  users: {
    words: 'TENANT',
    does: 'list who can sign in',
    takes: 1,
    run: async (tools, [tenant = '']) =>
      (await listPeople(tools, tenant)).map(
        ({ login, user, roles, active }) => `${login}  ${roles.join(',')}  ${active ? 'active' : 'off'}  ${user}`,
      ),
  },
  'create-user': {
    words: 'TENANT LOGIN --name TEXT [--manager LOGIN] [--roles ROLE,…]',
    does: 'create a person; the password comes from SATCHEL_PASSWORD, or is made up',
    takes: 2,
    run: async (tools, [tenant = '', login = ''], { name, manager, roles }) => {
      const { password, told } = passwordFor(tools);
      await createPerson(tools, tenant, { login, name: name ?? login, password, manager, roles: readRoles(roles ?? 'successAgent') });
      return [...told, `Code for the first device: ${await issueCode(signIns(tools), tenant, await memberId(tools, tenant, login))}`];
    },
  },
  'set-roles': {
    words: 'TENANT LOGIN ROLE,…',
    does: 'give a person other roles',
    takes: 3,
    run: async (tools, [tenant = '', login = '', roles = '']) => {
      await setRoles(tools, tenant, login, readRoles(roles));
      return [`${login}: ${roles}`];
    },
  },
  'set-manager': {
    words: 'TENANT LOGIN MANAGER',
    does: 'put a person below another one; - for nobody',
    takes: 3,
    run: async (tools, [tenant = '', login = '', manager = '']) => {
      await setManager(tools, tenant, login, manager === '-' ? undefined : manager);
      return [manager === '-' ? `${login} reports to nobody.` : `${login} reports to ${manager}.`];
    },
  },
  'set-password': {
    words: 'TENANT LOGIN',
    does: 'set a password (SATCHEL_PASSWORD, or made up) and sign the person out everywhere',
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => {
      const { password, told } = passwordFor(tools);
      await setPassword(tools, tenant, login, password);
      return [...told, `${login} is signed out everywhere.`];
    },
  },
  'switch-off': {
    words: 'TENANT LOGIN',
    does: 'let a person no longer sign in, at once',
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => {
      await setActive(tools, tenant, login, false);
      return [`${login} is switched off.`];
    },
  },
  'switch-on': {
    words: 'TENANT LOGIN',
    does: 'let a person sign in again',
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => {
      await setActive(tools, tenant, login, true);
      return [`${login} can sign in again.`];
    },
  },
  ...PROVIDER_COMMANDS,
  'device-code': {
    words: 'TENANT LOGIN',
    does: 'a code by which the person registers one device, good for a week',
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => [
      `Code: ${await issueCode(signIns(tools), tenant, await memberId(tools, tenant, login))}`,
    ],
  },
  devices: {
    words: 'TENANT LOGIN',
    does: "list a person's devices",
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => {
      const devices = await listDevices(signIns(tools), tenant, await memberId(tools, tenant, login));
      return devices.map(
        ({ id, name, seen, acknowledged, ...rest }) => `${id}  ${name}  seen ${seen}  ${acknowledged} changes taken in${endOf(rest)}`,
      );
    },
  },
  'revoke-device': {
    words: 'TENANT LOGIN DEVICE',
    does: 'sign a device off, at once and for good',
    takes: 3,
    run: async (tools, [tenant = '', login = '', device = '']) => {
      if (!(await revokeDevice(signIns(tools), tenant, await memberId(tools, tenant, login), device)))
        throw new Error(`${login} has no such device that is signed on.`);
      return [`${device} is signed off.`];
    },
  },
  'erase-device': {
    words: 'TENANT LOGIN DEVICE',
    does: 'sign a device off and have it erase all that it keeps, unsent work included, when it is in touch next',
    takes: 3,
    run: async (tools, [tenant = '', login = '', device = '']) => {
      if (!(await eraseDevice(signIns(tools), tenant, await memberId(tools, tenant, login), device)))
        throw new Error(`${login} has no such device that can still be told to erase itself.`);
      return [`${device} is signed off, and erases itself when it is in touch next.`];
    },
  },
  'new-epoch': {
    words: 'TENANT',
    does: 'after a backup was restored: devices load anew and send again what was lost',
    takes: 1,
    run: async ({ storage }, [tenant = '']) => {
      await renewEpoch(storage, tenant);
      return [`Devices of ${tenant} will load anew.`];
    },
  },
  export: {
    words: 'TENANT FILE',
    does: 'write a tenant as it is now into one file, attached files included',
    takes: 2,
    run: async ({ storage }, [tenant = '', file = '']) => [
      `${await exportTenant(storage, tenant, file)} rows of ${tenant} are in ${file}.`,
    ],
  },
  import: {
    words: 'FILE [--as TENANT]',
    does: 'bring a tenant in from such a file, whole or not at all; its devices load anew',
    takes: 1,
    run: async ({ storage }, [file = ''], { as }) => [`Tenant ${await importTenant(storage, file, as)} is there.`],
  },
  purge: {
    words: 'TENANT',
    does: 'forget deletions that are older than 90 days and that every live device has seen',
    takes: 1,
    run: async ({ storage, now }, [tenant = '']) => [`${await purge(storage, tenant, now())} deletions forgotten.`],
  },
};

const text = { type: 'string' } as const;
const OPTIONS = {
  name: text,
  manager: text,
  roles: text,
  as: text,
  issuer: text,
  client: text,
  claim: text,
  unknown: text,
  passwords: text,
} as const;

/** What the administration can do, one line each. */
export function adminHelp(): string {
  return [
    'npm run server -- admin COMMAND',
    ...Object.entries(COMMANDS).map(([name, { words, does }]) => `  ${`${name} ${words}`.trim()}\n      ${does}`),
  ].join('\n');
}

/** Runs one command of the administration; answers what to print. Throws an Error with what is wrong and how it is called. */
export async function runAdmin(tools: AdminTools, argv: readonly string[]): Promise<readonly string[]> {
  const [name = '', ...rest] = argv;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Error(adminHelp());
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: OPTIONS,
  });
  if (positionals.length !== command.takes) throw new Error(`npm run server -- admin ${name} ${command.words}`);
  return command.run(tools, positionals, values);
}
