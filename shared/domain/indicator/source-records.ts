import type { AnyRow, Row } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';
import { contractsOf, engagementsOfContract, engagementsOfSoldProduct, soldProductsOf } from '../portfolio/engagement-scope.ts';

export type Breakdown = Row<'dataSource'>['breakdown'];
export type Mapper = Row<'dataSourceContext'>['mapper'];

type Engagements = readonly Row<'engagement'>[];
type Resolution = {
  /** IDs of the source records that lead to the engagement. */
  readonly records: (view: ReadView, engagement: Row<'engagement'>) => Iterable<string>;
  /** The other direction. The row as it is or as it was before a change. */
  readonly engagements: (view: ReadView, record: AnyRow) => Engagements;
};

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
const ofAccount = (view: ReadView, account: unknown): Engagements =>
  typeof account === 'string' ? view.by('engagement', 'account', account) : [];

function throughAccount(table: 'engagement' | 'contract' | 'soldProduct'): Resolution {
  return {
    records: (view, { account }) => ids(view.by(table, 'account', account)),
    engagements: (view, record) => ofAccount(view, record['account']),
  };
}

/** How each breakdown can lead to engagements (DCE-02); a pair that is not here cannot be published (BR-25). */
const RESOLUTIONS: Readonly<Record<Breakdown, Partial<Readonly<Record<Mapper, Resolution>>>>> = {
  engagement: {
    self: {
      records: (_view, { id }) => [id],
      engagements: (view, { id }) => [view.get('engagement', id)].filter((row) => row !== undefined),
    },
    account: throughAccount('engagement'),
  },
  account: {
    account: { records: (_view, { account }) => [account], engagements: (view, { id }) => ofAccount(view, id) },
  },
  contract: {
    account: throughAccount('contract'),
    contract: {
      records: (view, engagement) => ids(contractsOf(view, engagement)),
      // a contract's row: the breakdown says so
      engagements: (view, record) => engagementsOfContract(view, record as unknown as Row<'contract'>),
    },
  },
  soldProduct: {
    account: throughAccount('soldProduct'),
    contract: {
      records: (view, engagement) => contractsOf(view, engagement).flatMap(({ id }) => ids(view.by('soldProduct', 'contract', id))),
      engagements: (view, record) => {
        const contract = typeof record['contract'] === 'string' ? view.get('contract', record['contract']) : undefined;
        return contract ? engagementsOfContract(view, contract) : [];
      },
    },
    soldProduct: {
      records: (view, engagement) => ids(soldProductsOf(view, engagement)),
      // a sold product's row: the breakdown says so
      engagements: (view, record) => engagementsOfSoldProduct(view, record as unknown as Row<'soldProduct'>),
    },
  },
  product: {
    product: {
      records: (view, { account }) => new Set(view.by('soldProduct', 'account', account).map(({ product }) => product)),
      engagements: (view, { id }) => {
        const accounts = new Set(view.by('soldProduct', 'product', id).map(({ account }) => account));
        return [...accounts].flatMap((account) => view.by('engagement', 'account', account));
      },
    },
  },
};

/** Whether records of the breakdown can be found through the mapper. */
export function canResolve(breakdown: Breakdown, mapper: Mapper): boolean {
  return RESOLUTIONS[breakdown][mapper] !== undefined;
}

/** IDs of a source's records that lead to the engagement through any of the mappers, each once, in the order of their IDs. */
export function recordsFor(
  view: ReadView,
  breakdown: Breakdown,
  mappers: readonly Mapper[],
  engagement: Row<'engagement'>,
): readonly string[] {
  const [only] = mappers;
  const resolution = only === undefined ? undefined : RESOLUTIONS[breakdown][only];
  // the usual case needs neither a set nor a sort
  if (mappers.length === 1 && (only === 'self' || breakdown === 'account'))
    return resolution ? [...resolution.records(view, engagement)] : [];
  const found = new Set(mappers.flatMap((mapper) => [...(RESOLUTIONS[breakdown][mapper]?.records(view, engagement) ?? [])]));
  return [...found].sort();
}

/** Engagements that a source record leads to, each once. `record`: a row of the breakdown's table, as it is or was. */
export function engagementsFor(view: ReadView, breakdown: Breakdown, mappers: readonly Mapper[], record: AnyRow): ReadonlySet<string> {
  return new Set(mappers.flatMap((mapper) => ids(RESOLUTIONS[breakdown][mapper]?.engagements(view, record) ?? [])));
}
