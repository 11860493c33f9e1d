import type { AnyRow, Row } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { engagementsOfContract, engagementsOfSoldProduct } from './engagement-scope.ts';

/** Tables whose records can be the cause of a risk. */
export type CauseTable = NonNullable<Row<'riskDefinition'>['sourceTable']>;

/** The engagements that a record of a table belongs to (RSK-02): the one it names, else those of its contract, product or account. */
export function engagementsOfRecord(view: ReadView, table: CauseTable, record: AnyRow): readonly Row<'engagement'>[] {
  switch (table) {
    case 'engagement':
      return [view.get('engagement', record.id)].filter((row) => row !== undefined);
    case 'account':
      return view.by('engagement', 'account', record.id);
    case 'contract':
      return engagementsOfContract(view, record as unknown as Row<'contract'>); // a row of that table
    case 'soldProduct':
      return engagementsOfSoldProduct(view, record as unknown as Row<'soldProduct'>); // as above
    case 'touchpoint':
    case 'opportunity':
    case 'supportTicket': {
      const named = typeof record['engagement'] === 'string' ? view.get('engagement', record['engagement']) : undefined;
      if (named) return [named];
      return typeof record['account'] === 'string' ? view.by('engagement', 'account', record['account']) : [];
    }
    default:
      return table satisfies never;
  }
}
