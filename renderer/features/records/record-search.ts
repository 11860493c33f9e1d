type Texts = Readonly<Record<string, string>>;
/** Values that a new record starts with, and the names of records among them. */
export type NewRecordSearch = { readonly values?: Texts; readonly names?: Texts };

function texts(value: unknown): Texts | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return entries.length > 0 ? Object.fromEntries(entries.slice(0, 20)) : undefined;
}

export function readNewRecordSearch(search: Readonly<Record<string, unknown>>): NewRecordSearch {
  const values = texts(search['values']);
  const names = texts(search['names']);
  return { ...(values === undefined ? {} : { values }), ...(names === undefined ? {} : { names }) };
}

/** A record's page: at an activity of one of its playbooks, or at one of its parts. */
export type RecordSearch = { readonly run?: string; readonly activity?: string; readonly tab?: string };

/** Reads an address that anyone may have typed. */
export function readRecordSearch({ run, activity, tab }: Readonly<Record<string, unknown>>): RecordSearch {
  const text = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 64;
  return { ...(text(run) && text(activity) ? { run, activity } : {}), ...(text(tab) ? { tab } : {}) };
}
