import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { ACCESS_PROFILES, accessProfiles, RECORD_ACTIONS, recordActions } from '#shared/model/access.ts';
import { tableNames, tableOf } from '#shared/model/dictionary.ts';
import { isRoleName, RIGHTS, roleNames, roleOf, type Right, type RoleName } from '#shared/model/roles.ts';
import { accessOf, heldRoles, roleMay } from '#shared/domain/permission/rights.ts';
import names from './people.module.css';

/** Of a profile's record types those that the role may do something with; where not all are alike, which. */
function mayWords(role: RoleName, access: (typeof accessProfiles)[number], action: (typeof recordActions)[number]): string {
  const tables = tableNames.filter((table) => accessOf(table) === access);
  const allowed = tables.filter((table) => roleMay(role, table, action));
  if (allowed.length === 0) return '';
  if (allowed.length === tables.length) return 'Yes';
  const except = tables.filter((table) => !allowed.includes(table));
  const few = except.length < allowed.length ? except : allowed;
  const listed = few.map((table) => tableOf(table).plural.toLowerCase()).join(', ');
  return few === except ? `Yes, but not ${listed}` : `Only ${listed}`;
}

/** What a role may do, from the very data that the engine decides by. */
export function RoleTable() {
  const [role, setRole] = useState<RoleName>('successAgent');
  const { label, description, contains } = roleOf(role);
  const held = [...heldRoles([role])];
  const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => held.some((name) => roleOf(name).rights?.includes(right) === true)); // the keys of RIGHTS
  return (
    <>
      <NativeSelect
        label="Role"
        value={role}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (isRoleName(value)) setRole(value);
        }}
        data={roleNames.map((name) => ({ value: name, label: roleOf(name).label }))}
      />
      <p className={names.note}>
        {description}
        {contains.length > 0 && ` May also do what these may: ${contains.map((name) => roleOf(name).label.toLowerCase()).join(', ')}.`}
        {rights.length > 0 && ` Besides: ${rights.map((right) => RIGHTS[right].toLowerCase()).join('; ')}.`}
      </p>
      <div className={names.scroll} role="region" aria-label={`What the role ${label} may do`} tabIndex={0}>
        <table className={names.table}>
          <thead>
            <tr>
              <th scope="col">Records</th>
              {recordActions.map((action) => (
                <th key={action} scope="col">
                  {RECORD_ACTIONS[action]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accessProfiles.map((access) => (
              <tr key={access}>
                <th scope="row">{ACCESS_PROFILES[access]}</th>
                {recordActions.map((action) => (
                  <td key={action}>{mayWords(role, access, action) || <span className={names.no}>No</span>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
