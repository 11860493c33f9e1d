import { LATER_MIGRATIONS, type Migration } from './later-migrations.ts';

/**
 * The database's steps, in order; one that has been released is never changed. Each runs in a transaction of its own. Every table of
 * a tenant has row-level security, which the owner has to obey as well: a second fence behind the code's own checks.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: '0001-records',
    text: `
create table tenant (
  id text collate "C" primary key,
  name text not null,
  epoch text not null,
  head bigint not null default 0,
  purged bigint not null default 0,
  blocks integer not null default 0,
  created_at timestamptz not null
);

create table record (
  tenant text collate "C" not null references tenant,
  tbl text collate "C" not null,
  id text collate "C" not null,
  version bigint not null,
  seq bigint not null,
  scope text collate "C" not null,
  body jsonb,
  stamps jsonb not null,
  deleted_at timestamptz,
  primary key (tenant, tbl, id)
);
create unique index record_by_seq on record (tenant, seq);
create unique index record_by_scope on record (tenant, scope, tbl, id);

create table record_key (
  tenant text collate "C" not null references tenant,
  key text collate "C" not null,
  id text collate "C" not null,
  tbl text collate "C" not null,
  primary key (tenant, key, id)
);

create table scope_member (
  tenant text collate "C" not null references tenant,
  member text collate "C" not null,
  scope text collate "C" not null,
  granted bigint not null,
  revoked bigint,
  direct boolean not null,
  primary key (tenant, member, scope)
);
create index scope_member_by_scope on scope_member (tenant, scope);
create index scope_member_by_granted on scope_member (tenant, granted);
create index scope_member_by_revoked on scope_member (tenant, revoked);

create table scope_move (
  tenant text collate "C" not null references tenant,
  seq bigint not null,
  scope text collate "C" not null,
  tbl text collate "C" not null,
  id text collate "C" not null,
  primary key (tenant, seq)
);

create table member (
  tenant text collate "C" not null references tenant,
  user_id text collate "C" not null,
  login text collate "C" not null,
  password text not null,
  active boolean not null default true,
  created_at timestamptz not null,
  primary key (tenant, user_id),
  unique (tenant, login)
);

create table device (
  tenant text collate "C" not null references tenant,
  id text collate "C" not null,
  user_id text collate "C" not null,
  name text not null,
  block integer not null,
  acknowledged bigint not null default 0,
  reached bigint not null default 0,
  skew_ms bigint not null default 0,
  refresh text not null,
  refresh_before text,
  refresh_old text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant, id),
  unique (tenant, block),
  foreign key (tenant, user_id) references member
);

create table session (
  tenant text collate "C" not null references tenant,
  token text collate "C" not null,
  device text collate "C" not null,
  refresh text not null,
  expires_at timestamptz not null,
  primary key (tenant, token),
  foreign key (tenant, device) references device
);
create index session_by_device on session (tenant, device);

create table approval (
  tenant text collate "C" not null references tenant,
  code text collate "C" not null,
  user_id text collate "C" not null,
  expires_at timestamptz not null,
  primary key (tenant, code)
);

create table intent (
  tenant text collate "C" not null references tenant,
  device text collate "C" not null,
  seq bigint not null,
  id text collate "C" not null,
  user_id text collate "C" not null,
  at timestamptz not null,
  head bigint not null,
  sent jsonb not null,
  answer jsonb not null,
  primary key (tenant, device, seq)
);
create index intent_by_id on intent (tenant, id);

do $$
declare t text;
begin
  foreach t in array array['record','record_key','scope_member','scope_move','member','device','session','approval','intent'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_tenant on %I using (tenant = current_setting(''satchel.tenant'', true)) with check (tenant = current_setting(''satchel.tenant'', true))', t);
  end loop;
end $$;

create function satchel_commit(p_tenant text, p_base bigint, p_at timestamptz, p jsonb) returns bigint language plpgsql as $$
declare
  v_before bigint;
  v_head bigint;
  v_rows integer := jsonb_array_length(p->'rows');
begin
  -- S7: the lock on the tenant's row is held until the commit, so numbers come in the order of commits
  select head into v_before from tenant where id = p_tenant for update;
  if v_before <> p_base then return -v_before; end if;
  v_head := v_before + case when v_rows = 0 and jsonb_array_length(p->'members') > 0 then 1 else v_rows end;
  if v_head > v_before then update tenant set head = v_head where id = p_tenant; end if;

  insert into record (tenant, tbl, id, version, seq, scope, body, stamps, deleted_at)
  select p_tenant, x->>'t', x->>'i', (x->>'v')::bigint, v_before + n, x->>'s', nullif(x->'b', 'null'::jsonb), x->'st',
    case when jsonb_typeof(x->'b') = 'null' then p_at end
  from jsonb_array_elements(p->'rows') with ordinality as e(x, n)
  on conflict (tenant, tbl, id) do update set
    version = excluded.version, seq = excluded.seq, scope = excluded.scope, body = excluded.body, stamps = excluded.stamps, deleted_at = excluded.deleted_at;

  insert into scope_move (tenant, seq, scope, tbl, id)
  select p_tenant, v_before + n, x->>'f', x->>'t', x->>'i'
  from jsonb_array_elements(p->'rows') with ordinality as e(x, n) where x ? 'f';

  if jsonb_array_length(p->'lost') > 0 then
    delete from record_key k using jsonb_array_elements(p->'lost') x where k.tenant = p_tenant and k.key = x->>'k' and k.id = x->>'i';
  end if;
  insert into record_key (tenant, key, id, tbl)
  select p_tenant, x->>'k', x->>'i', x->>'t' from jsonb_array_elements(p->'keys') x on conflict do nothing;

  insert into scope_member (tenant, member, scope, granted, revoked, direct)
  select p_tenant, x->>'m', x->>'s', v_head, null, (x->>'d')::boolean from jsonb_array_elements(p->'members') x where x->>'w' = 'grant'
  on conflict (tenant, member, scope) do update set granted = excluded.granted, revoked = null, direct = excluded.direct;
  if jsonb_array_length(p->'members') > 0 then
    update scope_member m set revoked = v_head from jsonb_array_elements(p->'members') x
    where x->>'w' = 'revoke' and m.tenant = p_tenant and m.member = x->>'m' and m.scope = x->>'s';
    update scope_member m set direct = (x->>'d')::boolean from jsonb_array_elements(p->'members') x
    where x->>'w' = 'keep' and m.tenant = p_tenant and m.member = x->>'m' and m.scope = x->>'s';
  end if;

  insert into intent (tenant, device, seq, id, user_id, at, head, sent, answer)
  select p_tenant, p->>'device', (x->>'seq')::bigint, x->>'id', p->>'user', p_at, v_head, x->'sent', x->'answer' from jsonb_array_elements(p->'intents') x;
  update device set acknowledged = (p->>'acknowledged')::bigint where tenant = p_tenant and id = p->>'device' and acknowledged < (p->>'acknowledged')::bigint;
  return v_head;
end $$;
`,
  },
  {
    name: '0002-attachments',
    text: `
create table attached (
  tenant text collate "C" not null references tenant,
  sha256 text collate "C" not null,
  size bigint not null,
  kept_at timestamptz not null,
  unnamed_since timestamptz,
  primary key (tenant, sha256)
);

create table attached_part (
  tenant text collate "C" not null references tenant,
  sha256 text collate "C" not null,
  -- the device that sends it; empty once the whole has been digested
  sender text collate "C" not null,
  at bigint not null,
  bytes bytea not null,
  sent_at timestamptz not null,
  primary key (tenant, sha256, sender, at)
);
-- what is packed already does not get smaller
alter table attached_part alter column bytes set storage external;

do $$
declare t text;
begin
  foreach t in array array['attached','attached_part'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_tenant on %I using (tenant = current_setting(''satchel.tenant'', true)) with check (tenant = current_setting(''satchel.tenant'', true))', t);
  end loop;
end $$;
`,
  },
  {
    name: '0003-organisation-sign-in',
    text: `
create table provider (
  tenant text collate "C" primary key references tenant,
  issuer text not null,
  client_id text not null,
  -- empty: a public client, PKCE alone
  secret text not null,
  claim text not null,
  -- the role that someone unknown is given; null: unknown people are refused
  unknown_role text,
  passwords boolean not null
);

-- who somebody is at the provider, from their first sign-in there on
alter table member add column issuer text, add column subject text;
create unique index member_by_subject on member (tenant, issuer, subject);

create table sign_in_flow (
  tenant text collate "C" not null references tenant,
  ticket text collate "C" not null,
  link text collate "C" not null,
  device_name text not null,
  state text,
  browser text,
  nonce text,
  verifier text,
  user_id text collate "C",
  code text,
  tries integer not null default 0,
  expires_at timestamptz not null,
  primary key (tenant, ticket)
);
create unique index sign_in_flow_by_link on sign_in_flow (tenant, link);
create unique index sign_in_flow_by_state on sign_in_flow (tenant, state);

do $$
declare t text;
begin
  foreach t in array array['provider','sign_in_flow'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_tenant on %I using (tenant = current_setting(''satchel.tenant'', true)) with check (tenant = current_setting(''satchel.tenant'', true))', t);
  end loop;
end $$;
`,
  },
  {
    name: '0004-several-devices-in-one-commit',
    // the payload of one device is taken as well: an instance of the version before may still run
    text: `
create or replace function satchel_commit(p_tenant text, p_base bigint, p_at timestamptz, p jsonb) returns bigint language plpgsql as $$
declare
  v_before bigint;
  v_head bigint;
  v_rows integer := jsonb_array_length(p->'rows');
begin
  -- S7: the lock on the tenant's row is held until the commit, so numbers come in the order of commits
  select head into v_before from tenant where id = p_tenant for update;
  if v_before <> p_base then return -v_before; end if;
  v_head := v_before + case when v_rows = 0 and jsonb_array_length(p->'members') > 0 then 1 else v_rows end;
  if v_head > v_before then update tenant set head = v_head where id = p_tenant; end if;

  insert into record (tenant, tbl, id, version, seq, scope, body, stamps, deleted_at)
  select p_tenant, x->>'t', x->>'i', (x->>'v')::bigint, v_before + n, x->>'s', nullif(x->'b', 'null'::jsonb), x->'st',
    case when jsonb_typeof(x->'b') = 'null' then p_at end
  from jsonb_array_elements(p->'rows') with ordinality as e(x, n)
  on conflict (tenant, tbl, id) do update set
    version = excluded.version, seq = excluded.seq, scope = excluded.scope, body = excluded.body, stamps = excluded.stamps, deleted_at = excluded.deleted_at;

  insert into scope_move (tenant, seq, scope, tbl, id)
  select p_tenant, v_before + n, x->>'f', x->>'t', x->>'i'
  from jsonb_array_elements(p->'rows') with ordinality as e(x, n) where x ? 'f';

  if jsonb_array_length(p->'lost') > 0 then
    delete from record_key k using jsonb_array_elements(p->'lost') x where k.tenant = p_tenant and k.key = x->>'k' and k.id = x->>'i';
  end if;
  insert into record_key (tenant, key, id, tbl)
  select p_tenant, x->>'k', x->>'i', x->>'t' from jsonb_array_elements(p->'keys') x on conflict do nothing;

  insert into scope_member (tenant, member, scope, granted, revoked, direct)
  select p_tenant, x->>'m', x->>'s', v_head, null, (x->>'d')::boolean from jsonb_array_elements(p->'members') x where x->>'w' = 'grant'
  on conflict (tenant, member, scope) do update set granted = excluded.granted, revoked = null, direct = excluded.direct;
  if jsonb_array_length(p->'members') > 0 then
    update scope_member m set revoked = v_head from jsonb_array_elements(p->'members') x
    where x->>'w' = 'revoke' and m.tenant = p_tenant and m.member = x->>'m' and m.scope = x->>'s';
    update scope_member m set direct = (x->>'d')::boolean from jsonb_array_elements(p->'members') x
    where x->>'w' = 'keep' and m.tenant = p_tenant and m.member = x->>'m' and m.scope = x->>'s';
  end if;

  insert into intent (tenant, device, seq, id, user_id, at, head, sent, answer)
  select p_tenant, coalesce(x->>'device', p->>'device'), (x->>'seq')::bigint, x->>'id', coalesce(x->>'user', p->>'user'), p_at, v_head, x->'sent', x->'answer' from jsonb_array_elements(p->'intents') x;
  if p ? 'devices' then
    update device set acknowledged = x.n from jsonb_to_recordset(p->'devices') as x(d text, n bigint)
    where tenant = p_tenant and id = x.d and acknowledged < x.n;
  else
    update device set acknowledged = (p->>'acknowledged')::bigint where tenant = p_tenant and id = p->>'device' and acknowledged < (p->>'acknowledged')::bigint;
  end if;
  return v_head;
end $$;
`,
  },
  {
    name: '0005-customers',
    text: `
create table customer_reach (
  tenant text collate "C" not null references tenant,
  user_id text collate "C" not null,
  -- changes of the tenant that have been looked at, and the newest number of the customer's own
  head bigint not null,
  seq bigint not null,
  scopes text[] not null,
  primary key (tenant, user_id)
);

-- what a customer sees, as it was found the last time; without a body it is gone
create table customer_row (
  tenant text collate "C" not null references tenant,
  user_id text collate "C" not null,
  tbl text collate "C" not null,
  id text collate "C" not null,
  seq bigint not null,
  version bigint not null,
  scope text collate "C" not null,
  digest text not null,
  body jsonb,
  primary key (tenant, user_id, tbl, id)
);
create unique index customer_row_by_seq on customer_row (tenant, user_id, seq);

do $$
declare t text;
begin
  foreach t in array array['customer_reach','customer_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_tenant on %I using (tenant = current_setting(''satchel.tenant'', true)) with check (tenant = current_setting(''satchel.tenant'', true))', t);
  end loop;
end $$;
`,
  },
  ...LATER_MIGRATIONS,
];
