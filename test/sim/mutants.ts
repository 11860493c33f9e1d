import { MIGRATIONS } from '../../server/storage/migrations.ts';
import type { Storage } from '../../server/storage/storage.ts';
import type { SimCall, Tamper } from './sim-server.ts';

/*
 * Servers that are wrong on purpose, each without one of the things that sync stands on: the checker has to find them out. Without the lock that keeps
 * numbers in the order of commits: server/postgres.test.ts, where there is more than one connection.
 */

/** A server that takes in what it gets however often it gets it: it looks up no answers, and its database has forgotten that numbers come once (S3). */
export async function withoutIdempotence(storage: Storage): Promise<Tamper> {
  const text = MIGRATIONS.map((step) => step.text).join('\n');
  const from = text.lastIndexOf('create or replace function satchel_commit');
  const commit = text.slice(from, text.indexOf('end $$;', from) + 'end $$;'.length);
  const forgetful = commit.replace(/(from jsonb_array_elements\(p->'intents'\) x);/, '$1 on conflict do nothing;');
  if (forgetful === commit || !forgetful.includes("do nothing;\n  if p ? 'devices'"))
    throw new Error('the commit is not written as it was');
  await storage.script(forgetful);
  const first = new Map<string, number>();
  return {
    before: (call) => {
      const push = pushOf(call);
      if (push) first.set(push.device, Math.min(...push.seqs));
    },
    rows: ({ name }, _params, rows) => {
      if (name === 'last-intent')
        return rows.map((row) => {
          const sent = 'id' in row ? first.get(String(row.id)) : undefined;
          return sent !== undefined && 'acknowledged' in row ? { ...row, acknowledged: Math.min(Number(row.acknowledged), sent - 1) } : row;
        });
      return name === 'known-intents' ? [] : rows;
    },
  };
}

/** A server that tells nobody of what was taken from them (S9). */
export const withoutForget: Tamper = {
  rows: ({ name }, _params, rows) => {
    if (name === 'moves') return [];
    return name === 'memberships-since' ? rows.filter((row) => !('revoked' in row) || row.revoked === null) : rows;
  },
};

function pushOf({ path, token, body }: SimCall): { readonly device: string; readonly seqs: readonly number[] } | undefined {
  if (path !== '/v1/push' || body === undefined || token === undefined) return undefined;
  const { intents } = JSON.parse(body) as { readonly intents: readonly { readonly seq: number }[] }; // as the devices write it
  // a token of the simulation is the tenant's name and the device's ID
  return intents.length === 0 ? undefined : { device: token.slice(token.indexOf('.') + 1), seqs: intents.map(({ seq }) => seq) };
}
