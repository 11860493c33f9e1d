import type { TableName } from '#shared/model/dictionary.ts';

/** Record types that have a page of their own; every other has the generic one. */
const PAGES: Partial<Record<TableName, string>> = { engagement: '/engagement', riskSignal: '/risks' };

/** The route of a record's page. */
export function recordPath(table: TableName, id: string): string {
  const page = PAGES[table];
  return page === undefined ? `/records/${table}/${encodeURIComponent(id)}` : `${page}/${encodeURIComponent(id)}`;
}

/** The same as an address for a link. */
export function recordAddress(table: TableName, id: string): string {
  return `#${recordPath(table, id)}`;
}

type Texts = Readonly<Record<string, string>>;

/** The form of a new record with some values in it; `names` are the labels of records among them. */
export function newRecordAddress(table: TableName, values: Texts = {}, names: Texts = {}): string {
  const part = (value: Texts) => encodeURIComponent(JSON.stringify(value));
  return `#/records/${table}/new?values=${part(values)}&names=${part(names)}`;
}

/** A link to a record by its number or ID that works in any copy of this store. */
export function recordLink(name: string): string {
  return `${location.origin}${location.pathname}#/r/${encodeURIComponent(name)}`;
}

/** A record's page, at an activity of one of its playbooks. */
export function activityAddress(table: TableName, id: string, run: string, activity: string): string {
  return `${recordAddress(table, id)}?${new URLSearchParams({ run, activity }).toString()}`;
}
