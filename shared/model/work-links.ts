import { refTo, tablesOfField } from './any-reference.ts';
import { tableNames, tableOf, type TableName } from './dictionary.ts';

/** Says that records of one type belong to records of another in a certain way. */
export type WorkLink = {
  readonly table: TableName;
  readonly field: string;
  /** What it belongs to. */
  readonly to: TableName;
  /** Whether the field may point to other types too, so that its value names the type. */
  readonly any: boolean;
};
export type LinkRole = 'placedBy' | 'partOf' | 'endsWith';

function linksOf(role: LinkRole): readonly WorkLink[] {
  return tableNames.flatMap((table) => {
    const { [role]: name, fields } = tableOf(table);
    const field = name === undefined ? undefined : fields[name];
    if (name === undefined || field === undefined) return [];
    return tablesOfField(field).map((to) => ({ table, field: name, to, any: field.kind === 'anyReference' }));
  });
}

const links: { readonly [R in LinkRole]: readonly WorkLink[] } = {
  placedBy: linksOf('placedBy'),
  partOf: linksOf('partOf'),
  endsWith: linksOf('endsWith'),
};
const byParent = { placedBy: grouped('placedBy'), partOf: grouped('partOf'), endsWith: grouped('endsWith') };

function grouped(role: LinkRole): ReadonlyMap<TableName, readonly WorkLink[]> {
  return Map.groupBy(links[role], ({ to }) => to);
}

/** The ways in which other records belong to records of a type. */
export function linksInto(to: TableName, role: LinkRole): readonly WorkLink[] {
  return byParent[role].get(to) ?? [];
}

/** What the link's field holds where it names the record with this ID. */
export function linkKey({ any, to }: WorkLink, id: string): string {
  return any ? refTo(to, id) : id;
}
