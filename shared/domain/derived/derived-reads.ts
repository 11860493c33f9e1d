import type { TableName } from '../../model/dictionary.ts';

/** The other record types that the derived fields of a type read: what a screen that shows them has to follow. A test holds them together. */
export const DERIVED_READS: { readonly [T in TableName]?: readonly TableName[] } = {
  account: ['contract', 'supportTicket', 'engagement', 'soldProduct', 'setting'],
  engagement: ['contract', 'engagementContract', 'touchpoint', 'riskSignal', 'supportTicket', 'setting'],
  riskSignal: ['engagement', 'engagementContract', 'contract', 'riskOccurrence', 'setting'],
};
