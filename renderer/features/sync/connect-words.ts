import type { AppError } from '#shared/errors/app-error.ts';
import { formatNumber, plural } from '../../ui/format.ts';
import type { FailureLike } from '../../ui/failure.tsx';

type Here = {
  /** Records on this device. */
  readonly records: number;
  /** Changes that were not sent. */
  readonly pending: number;
  /** It was connected before and is signed in again. */
  readonly again: boolean;
};

/** What signing in does with what is already here: said before it happens. */
export function beforehandWords({ records, pending, again }: Here): readonly string[] {
  if (again)
    return [
      pending === 0
        ? 'Nothing of yours waits to be sent. What others changed meanwhile is fetched.'
        : `${plural(pending, 'change')} that ${pending === 1 ? 'was' : 'were'} made here meanwhile ${pending === 1 ? 'goes' : 'go'} up. What others changed is fetched.`,
      'Where both have changed the same, nothing is lost: you are asked which one counts.',
    ];
  if (records === 0) return ['Your records are loaded from the central store. That may take some minutes, and you can work meanwhile.'];
  return [
    `${plural(records, 'record')} ${records === 1 ? 'is' : 'are'} on this device. ${records === 1 ? 'It goes' : 'All of them go'} up to the central store under your name, and others who may see such records see them there.`,
    'If you only tried things out here (with the demo portfolio, say), take that away first: Ctrl+Z, or “My changes”.',
    'What your team has in the central store comes here. It may take some minutes, and you can work meanwhile.',
  ];
}

/** What an error of signing in means, and the way out. Does not say whether it was the name or the password. */
export function signInFailure(error: AppError, server: string): FailureLike {
  const way = (message: string, wayOut: string): FailureLike => ({ message, details: { wayOut } });
  const { code, message, details } = error;
  if (code === 'unauthorized')
    return way(
      'Organisation, login and password do not fit together, or the account is switched off.',
      'Look at all three again. Who runs the central store can set a new password.',
    );
  if (code === 'network' || code === 'deadline')
    return way(
      code === 'deadline' ? `${server} does not answer.` : message,
      `Check the address (${server}) and your network. Everything here goes on working without it; try again later.`,
    );
  if (code === 'too-old-client')
    return way(
      'This version of Satchel is too old for the central store.',
      'Install the newest version, then sign in. What is here stays.',
    );
  if (code === 'unavailable') return way(message, details.wayOut ?? `Try again ${waitWords(details.retryAfterMs)}.`);
  return error;
}

const waitWords = (ms: number | undefined): string =>
  ms === undefined ? 'in some minutes' : ms <= 60_000 ? 'in a minute' : `in ${plural(Math.ceil(ms / 60_000), 'minute')}`;

/** A name for this device that its person will know again in a list; from what the browser says about itself. */
export function deviceNameFrom(agent: string): string {
  const system = /Windows/.test(agent)
    ? 'Windows computer'
    : /iPad/.test(agent)
      ? 'iPad'
      : /Macintosh|Mac OS/.test(agent)
        ? 'Mac'
        : /Android/.test(agent)
          ? 'Android device'
          : /CrOS/.test(agent)
            ? 'Chromebook'
            : 'Linux computer';
  const browser = /Electron\//.test(agent)
    ? ''
    : /Edg\//.test(agent)
      ? ', Edge'
      : /Firefox\//.test(agent)
        ? ', Firefox'
        : /Chrome\//.test(agent)
          ? ', Chrome'
          : /Safari\//.test(agent)
            ? ', Safari'
            : '';
  return `${system}${browser}`;
}

/** "12,345 records": how many records there are by type, in all. */
export function countAll(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The figures of what goes up, for the button: "Connect and send 12,345 records". */
export function connectVerb({ records, again }: Here): string {
  if (again) return 'Sign in';
  return records === 0 ? 'Connect' : `Connect and send ${formatNumber(records, 0)} ${records === 1 ? 'record' : 'records'}`;
}

/** What went wrong while signing in with the organisation, and the way out. */
export function organisationFailure(error: AppError | undefined, server: string): FailureLike | undefined {
  if (error === undefined) return undefined;
  if (error.code === 'unauthorized' || error.code === 'conflict')
    return { message: error.message, details: { wayOut: error.details.wayOut ?? 'Choose “Begin again”.' } };
  return signInFailure(error, server);
}
