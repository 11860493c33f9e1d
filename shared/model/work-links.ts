import { tableNames, tableOf, type TableName } from './dictionary.ts';
import { linksTo, type Link } from './links.ts';

/** Says that records of one type belong to records of another in a certain way. */
export type WorkLink = Pick<Link, 'table' | 'field' | 'to' | 'any'>;
export type LinkRole = 'placedBy' | 'partOf' | 'endsWith';

const plays = (role: LinkRole, { table, field }: Link): boolean =>
  tableOf(table)[role] === field || (role === 'placedBy' && tableOf(table).elsePlacedBy === field);

function linksOf(role: LinkRole): ReadonlyMap<TableName, readonly WorkLink[]> {
  return new Map(tableNames.map((to) => [to, linksTo(to).filter((link) => plays(role, link))]));
}

const byRole: { readonly [R in LinkRole]: ReadonlyMap<TableName, readonly WorkLink[]> } = {
  placedBy: linksOf('placedBy'),
  partOf: linksOf('partOf'),
  endsWith: linksOf('endsWith'),
};

/** The ways in which other records belong to records of a type. */
export function linksInto(to: TableName, role: LinkRole): readonly WorkLink[] {
  return byRole[role].get(to) ?? [];
}
