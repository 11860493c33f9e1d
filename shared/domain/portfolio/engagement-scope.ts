import type { Row } from '../../model/dictionary.ts';
import type { ReadView } from '../view.ts';

/*
 * What belongs to an engagement: the contracts and sold products that people linked to it; where nothing is linked, those of
 * its account, so that a portfolio just imported shows its money. Both directions of the same rule stand here.
 */

type Links = 'engagementContract' | 'engagementSoldProduct';

function present<T extends { readonly id: string }>(rows: readonly (T | undefined)[]): T[] {
  const known = rows.filter((row) => row !== undefined);
  return [...new Map(known.map((row) => [row.id, row])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Contracts of an engagement, each once, by ID. */
export function contractsOf(view: ReadView, engagement: Row<'engagement'>): readonly Row<'contract'>[] {
  const linked = present(view.by('engagementContract', 'engagement', engagement.id).map((link) => view.get('contract', link.contract)));
  return linked.length > 0 ? linked : view.by('contract', 'account', engagement.account);
}

/** Engagements that a contract belongs to: the other direction of {@link contractsOf}. */
export function engagementsOfContract(view: ReadView, contract: Row<'contract'>): readonly Row<'engagement'>[] {
  const links = view.by('engagementContract', 'contract', contract.id);
  return [...linkedEngagements(view, links), ...unlinkedEngagements(view, contract.account, 'engagementContract')];
}

/** Sold products of an engagement, each once, by ID. */
export function soldProductsOf(view: ReadView, engagement: Row<'engagement'>): readonly Row<'soldProduct'>[] {
  const links = view.by('engagementSoldProduct', 'engagement', engagement.id);
  const linked = present(links.map((link) => view.get('soldProduct', link.soldProduct)));
  return linked.length > 0 ? linked : view.by('soldProduct', 'account', engagement.account);
}

/** Engagements that a sold product belongs to: the other direction of {@link soldProductsOf}. */
export function engagementsOfSoldProduct(view: ReadView, soldProduct: Row<'soldProduct'>): readonly Row<'engagement'>[] {
  const links = view.by('engagementSoldProduct', 'soldProduct', soldProduct.id);
  return [...linkedEngagements(view, links), ...unlinkedEngagements(view, soldProduct.account, 'engagementSoldProduct')];
}

function linkedEngagements(view: ReadView, links: readonly { readonly engagement: string }[]): readonly Row<'engagement'>[] {
  return present(links.map(({ engagement }) => view.get('engagement', engagement)));
}

function unlinkedEngagements(view: ReadView, account: string, links: Links): readonly Row<'engagement'>[] {
  return view.by('engagement', 'account', account).filter(({ id }) => view.by(links, 'engagement', id).length === 0);
}
