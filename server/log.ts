/** What a line of the log may hold: IDs, counts, codes, times; never what a customer's record says. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (event: string, fields?: LogFields) => void;

/** A log of JSON lines on the standard output, one event a line. */
export function jsonLog(now: () => number): Log {
  return (event, fields = {}) => console.log(JSON.stringify({ at: new Date(now()).toISOString(), event, ...fields }));
}

/** A log that says nothing. */
export const silentLog: Log = () => undefined;

/** Says something to whoever sits at the command line. */
export function say(text: string): void {
  console.log(text);
}
