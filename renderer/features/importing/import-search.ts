/** An import that is being prepared, and the activity of a playbook that it is for, with the record to go back to. */
export type ImportSearch = {
  readonly session?: string;
  readonly run?: string;
  readonly activity?: string;
  /** `table/id`. */
  readonly about?: string;
};

/** Reads an address that anyone may have typed. */
export function readImportSearch(search: Readonly<Record<string, unknown>>): ImportSearch {
  const text = (name: keyof ImportSearch, most: number) => {
    const value = search[name];
    return typeof value === 'string' && value !== '' && value.length <= most ? { [name]: value } : {};
  };
  return { ...text('session', 64), ...text('run', 64), ...text('activity', 60), ...text('about', 130) };
}
