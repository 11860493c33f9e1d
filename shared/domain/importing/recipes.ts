import type { TableName } from '../../model/dictionary.ts';

/**
 * Mandatory fields that files of other products do not have, and what they are made of instead when a record is created:
 * the first of the listed ways all of whose fields are there. Never used to change a record.
 */
export const FILL_INS: { readonly [T in TableName]?: Readonly<Record<string, readonly (readonly string[])[]>> } = {
  account: { name: [['externalId']] },
  contract: { name: [['externalId'], ['plan']] },
  opportunity: { name: [['account', 'product'], ['externalId'], ['account']] },
  contact: { name: [['firstName', 'lastName'], ['email'], ['lastName'], ['firstName']] },
  supportTicket: { subject: [['externalId']] },
  user: { name: [['email']] },
  engagement: { title: [['account', 'product'], ['account']] },
  touchpoint: { subject: [['channel'], ['externalId']], engagement: [['account']] },
  capability: {},
};

/** Whether a mandatory field can be had from the mapped ones. */
export function canFillIn(table: TableName, field: string, mapped: ReadonlySet<string>): boolean {
  return FILL_INS[table]?.[field]?.some((parts) => parts.every((part) => mapped.has(part))) === true;
}

/** Further records made from the rows of a sheet: a contract with a plan is also a product, and a product sold. */
export const ALSO: { readonly [T in TableName]?: { readonly needs: readonly string[]; readonly makes: readonly TableName[] } } = {
  contract: { needs: ['account', 'plan'], makes: ['product', 'soldProduct'] },
};
