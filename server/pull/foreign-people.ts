import { accessOf } from '#shared/domain/permission/rights.ts';
import { isTableName } from '#shared/model/dictionary.ts';

/**
 * Whether a record of people is not for someone who is tied to a domain (BR-42): people are shared by the workspace, but those of another
 * domain, and the other domains themselves, are not there for them.
 */
export function isForeign(table: string, id: string, body: Readonly<Record<string, unknown>> | null, domain: string | undefined): boolean {
  if (domain === undefined || body === null || !isTableName(table) || accessOf(table) !== 'people') return false;
  const own = table === 'domain' ? id : body['domain'];
  return own !== undefined && own !== domain;
}
