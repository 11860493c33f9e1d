/** The scheme under which the system hands links to Satchel (DSK-04). */
export const LINK_SCHEME = 'satchel';
const LINK = /^satchel:\/\/r\/([\w-]{1,64})\/?$/i;

/**
 * Where a link from outside leads within the application: `satchel://r/ENG0001042` opens the record of that number or ID. Undefined for everything
 * else: a link comes from anywhere, so nothing but a name gets through.
 */
export function addressOfLink(link: string): string | undefined {
  const name = LINK.exec(link)?.[1];
  return name === undefined ? undefined : `/r/${name}`;
}

/** The first link among the words of a command line. */
export function linkIn(words: readonly string[]): string | undefined {
  return words.map(addressOfLink).find((address) => address !== undefined);
}

/** What may be opened in the window from outside: a path within the application. */
export const isAddress = (value: unknown): value is string => typeof value === 'string' && /^\/[\w/?=&%.,:~-]{0,300}$/.test(value);
