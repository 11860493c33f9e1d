import type { Output } from '#shared/contract/engine-contract.ts';
import { tableOf } from '#shared/model/dictionary.ts';
import { formatNumber } from '../../ui/format.ts';

type Change = Output<'records.consequences'>['changes'][number];

const VERBS: Readonly<Record<Change['what'], readonly [one: string, many: string]>> = {
  close: ['is closed with it', 'are closed with it'],
  cancel: ['is cancelled with it', 'are cancelled with it'],
  reopen: ['is reopened with it', 'are reopened with it'],
  delete: ['is deleted with it', 'are deleted with it'],
  create: ['is created', 'are created'],
  update: ['changes', 'change'],
};

/** `2 success tasks are cancelled with it:`, `1 risk signal changes (About):`. */
export function consequenceWords({ table, what, fields, count }: Change): string {
  const { label, plural, fields: declared } = tableOf(table);
  const subject = `${formatNumber(count, 0)} ${(count === 1 ? label : plural).toLowerCase()}`;
  const labels = fields.map((field) => declared[field]?.label ?? field);
  const which = labels.length === 0 ? '' : ` (${labels.join(', ')})`;
  return `${subject} ${VERBS[what][count === 1 ? 0 : 1]}${which}:`;
}
