import { redirectLine } from '../auth/organisation-sign-in.ts';
import { removeProvider, setProvider, unlinkMember } from '../auth/provider.ts';
import type { Command } from './command.ts';
import { memberId, readRoles } from './people.ts';

/** Roles of the workspace's own running are given by hand, not to whoever comes. */
const NOT_FOR_STRANGERS = new Set(['administrator', 'customer']);

function readUnknown(text: string) {
  if (text === 'refuse') return undefined;
  const [role, ...more] = readRoles(text);
  if (more.length > 0 || role === undefined) throw new Error('--unknown is refuse, or one role.');
  if (NOT_FOR_STRANGERS.has(role)) throw new Error(`Nobody becomes ${role} by signing in: create them, or give the role by hand.`);
  return role;
}

function readYesNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new Error('--passwords is yes or no.');
  return text === 'yes';
}

/** Signing in with the organisation's provider (S15): the part of the administration. */
export const PROVIDER_COMMANDS: Readonly<Record<string, Command>> = {
  'sign-in-with': {
    words: 'TENANT --issuer URL --client ID [--claim NAME] [--unknown refuse|ROLE] [--passwords yes|no]',
    does: 'let people sign in with an OpenID Connect provider; its secret comes from SATCHEL_CLIENT_SECRET',
    takes: 1,
    run: async ({ storage, clientSecret, publicUrl }, [tenant = ''], { issuer, client, claim, unknown, passwords }) => {
      await setProvider(storage, tenant, {
        issuer: issuer ?? '',
        clientId: client ?? '',
        secret: clientSecret ?? '',
        claim: claim ?? 'email',
        unknownRole: readUnknown(unknown ?? 'refuse'),
        passwords: readYesNo(passwords ?? 'yes'),
      });
      return [`People of ${tenant} sign in with ${issuer ?? ''}.`, redirectLine(publicUrl, tenant)];
    },
  },
  'sign-in-by-password': {
    words: 'TENANT',
    does: 'let people sign in by password alone again',
    takes: 1,
    run: async ({ storage }, [tenant = '']) => [
      (await removeProvider(storage, tenant)) ? `People of ${tenant} sign in by password.` : `${tenant} had no provider.`,
    ],
  },
  'forget-sign-in': {
    words: 'TENANT LOGIN',
    does: 'forget who somebody is at the provider: the next one whom it calls by this login is tied to them',
    takes: 2,
    run: async (tools, [tenant = '', login = '']) => {
      await unlinkMember(tools.storage, tenant, await memberId(tools, tenant, login));
      return [`${login} is tied anew by their next sign-in.`];
    },
  },
};
