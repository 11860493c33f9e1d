import { sql, type Sql } from '../storage/storage.ts';

const add = sql('add-flow', 'insert into sign_in_flow (tenant, ticket, link, device_name, expires_at) values ($1, $2, $3, $4, $5)');
const drop = sql('drop-old-flows', 'delete from sign_in_flow where tenant = $1 and expires_at <= $2');
const leave = sql(
  'flow-leave',
  `update sign_in_flow set state = $3, browser = $4, nonce = $5, verifier = $6
   where tenant = $1 and link = $2 and user_id is null and expires_at > $7 returning ticket`,
);
const back = sql(
  'flow-back',
  `update sign_in_flow f set state = null, browser = null from sign_in_flow b
   where f.tenant = $1 and b.tenant = $1 and b.ticket = f.ticket and b.state = $2 and b.browser = $3 and b.expires_at > $4
   returning f.ticket, f.nonce, f.verifier, f.device_name`,
);
const known = sql(
  'flow-known',
  `update sign_in_flow set user_id = $3, code = $4, expires_at = $5, nonce = null, verifier = null where tenant = $1 and ticket = $2 and user_id is null
   returning ticket`,
);
const byTicket = sql(
  'flow-by-ticket',
  'select user_id, code, tries from sign_in_flow where tenant = $1 and ticket = $2 and expires_at > $3 for update',
);
const missed = sql('flow-missed', 'update sign_in_flow set tries = tries + 1 where tenant = $1 and ticket = $2');
const end = sql('flow-end', 'delete from sign_in_flow where tenant = $1 and ticket = $2');

/** What came back to the server is used up with reading it. */
export type CameBack = { readonly ticket: string; readonly nonce: string; readonly verifier: string; readonly deviceName: string };
/** A flow as its device asks for it; without a user nobody has signed in yet. */
export type Waiting = { readonly user: string | undefined; readonly code: string | undefined; readonly tries: number };

/*
 * A sign-in with the organisation's provider, from the device's question to its tokens. Of every secret in it only the digest is kept;
 * a row lives for minutes. The database answers each step once, whichever instance is asked.
 */

/** Begins a flow; old ones of the tenant are dropped. */
export async function beginFlow(
  on: Sql,
  tenant: string,
  flow: { readonly ticket: string; readonly link: string; readonly deviceName: string; readonly now: Date; readonly until: Date },
): Promise<void> {
  await on.run(drop, [tenant, flow.now]);
  await on.run(add, [tenant, flow.ticket, flow.link, flow.deviceName, flow.until]);
}

/** The browser leaves for the provider; going again takes the place of what was before. False where the link is over. */
export async function leaveFlow(
  on: Sql,
  tenant: string,
  flow: {
    readonly link: string;
    readonly state: string;
    readonly browser: string;
    readonly nonce: string;
    readonly verifier: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const { link, state, browser, nonce, verifier, now } = flow;
  return (await on.run(leave, [tenant, link, state, browser, nonce, verifier, now])).length > 0;
}

/** The same browser comes back, once. */
export async function returnFlow(on: Sql, tenant: string, state: string, browser: string, now: Date): Promise<CameBack | undefined> {
  const [row] = await on.run<{ ticket: string; nonce: string; verifier: string; device_name: string }>(back, [tenant, state, browser, now]);
  return row && { ticket: row.ticket, nonce: row.nonce, verifier: row.verifier, deviceName: row.device_name };
}

/** Somebody has signed in; the code for their device is good until `until`. False where the flow was dropped meanwhile. */
export async function knowFlow(on: Sql, tenant: string, ticket: string, user: string, code: string, until: Date): Promise<boolean> {
  return (await on.run(known, [tenant, ticket, user, code, until])).length > 0;
}

/** The flow of a ticket, locked until the transaction ends. */
export async function readFlow(on: Sql, tenant: string, ticket: string, now: Date): Promise<Waiting | undefined> {
  const [row] = await on.run<{ user_id: string | null; code: string | null; tries: number }>(byTicket, [tenant, ticket, now]);
  return row && { user: row.user_id ?? undefined, code: row.code ?? undefined, tries: row.tries };
}

/** Counts a wrong code. */
export async function countMiss(on: Sql, tenant: string, ticket: string): Promise<void> {
  await on.run(missed, [tenant, ticket]);
}

/** Ends a flow. */
export async function endFlow(on: Sql, tenant: string, ticket: string): Promise<void> {
  await on.run(end, [tenant, ticket]);
}
