import { parseRef } from '#shared/model/any-reference.ts';
import { isTableName } from '#shared/model/dictionary.ts';
import { useLive } from '../../data/use-live.ts';
import { recordAddress } from '../../state/addresses.ts';
import type { ImportSearch } from './import-search.ts';
import names from './importing.module.css';

/** The activity of a playbook that an import is for, as it stands now; undefined where it is for none. */
export function usePurpose({ run, activity, about }: ImportSearch) {
  const ref = parseRef(about);
  const asked = run === undefined || activity === undefined || ref === undefined ? undefined : { table: ref.table, id: ref.id, run };
  const { data } = useLive('playbooks.player', asked);
  const record = useLive('records.get', asked && { table: asked.table, id: asked.id }).data;
  const played = data?.current?.id === run ? data?.current?.activities.find((one) => one.activity.key === activity) : undefined;
  if (asked === undefined || activity === undefined || played?.activity.kind !== 'dataImport') return undefined;
  const { intoTable } = played.activity;
  if (!isTableName(intoTable)) return undefined;
  return {
    step: { run: asked.run, activity },
    label: played.activity.label,
    state: played.state,
    into: intoTable,
    /** The account that the work is for. */
    account: typeof record?.row['account'] === 'string' ? record.row['account'] : undefined,
    record: record?.label ?? '',
    address: recordAddress(asked.table, asked.id),
  };
}
export type Purpose = NonNullable<ReturnType<typeof usePurpose>>;

/** What an import is for, and the way back. */
export function PurposeLine({ purpose }: { readonly purpose: Purpose }) {
  return (
    <p className={names.purpose}>
      For “{purpose.label}” of <a href={purpose.address}>{purpose.record}</a>. It is done once the rows are in.
    </p>
  );
}
