import { setProvider } from '../../server/auth/provider.ts';
import type { Central } from './central.ts';

/** Lets people of a server's workspace sign in with a provider; logins are e-mail addresses. */
export function letInBy(
  { storage }: Pick<Central, 'storage'>,
  issuer: string,
  client: { readonly id: string; readonly secret: string },
): Promise<void> {
  const { id: clientId, secret } = client;
  return setProvider(storage, 'acme', { issuer, clientId, secret, claim: 'email', unknownRole: undefined, passwords: true });
}
