/** A step of the database. */
export type Migration = { readonly name: string; readonly text: string };

/** The steps from the sixth on (`migrations.ts`). */
export const LATER_MIGRATIONS: readonly Migration[] = [
  {
    name: '0006-session-in-one-call',
    // every request asks for its session: one trip to the database instead of three. The tenant is set for this statement alone
    text: `
create function satchel_session(p_tenant text, p_token text, p_now timestamptz)
returns table (device text, user_id text, about jsonb) language plpgsql as $$
#variable_conflict use_column
declare
  v_refresh text;
  v_is_first boolean;
begin
  perform set_config('satchel.tenant', p_tenant, true);
  select s.device, s.refresh, d.user_id, d.refresh_before is not null, r.body
  into device, v_refresh, user_id, v_is_first, about
  from session s
  join device d on d.tenant = s.tenant and d.id = s.device
  join member m on m.tenant = d.tenant and m.user_id = d.user_id
  left join record r on r.tenant = s.tenant and r.tbl = 'user' and r.id = d.user_id
  where s.tenant = p_tenant and s.token = p_token and s.expires_at > p_now and d.revoked_at is null and m.active;
  if not found then return; end if;
  -- the new tokens have arrived: the refresh token before them is over
  if v_is_first then
    update device d set refresh_old = d.refresh_before, refresh_before = null
    where d.tenant = p_tenant and d.id = device and d.refresh = v_refresh and d.refresh_before is not null;
  end if;
  return next;
end $$;
`,
  },
  {
    name: '0007-sign-in-guesses',
    // of no tenant: digests of what was typed, also where there is no such tenant or login
    text: `
create table sign_in_guess (
  key text collate "C" primary key,
  failed integer not null,
  open_at timestamptz not null
);
create index sign_in_guess_by_time on sign_in_guess (open_at);
`,
  },
  {
    name: '0008-what-a-customer-depends-on',
    // without it, and where an instance of the version before has gone on from it (its head is another one), everything is looked at anew
    text: `alter table customer_reach add column read_set jsonb, add column read_head bigint;`,
  },
  {
    name: '0009-devices-to-be-erased',
    // an instance of the version before tells such a device that it is signed off, and nothing more
    text: `alter table device add column erase_at timestamptz, add column erased_at timestamptz;`,
  },
];
