import { nameOf, refusal, sentence } from './refusal.ts';
import { rule, SAVED, type AnyRule } from './rule.ts';

/** REC-40: the usage of a sold product is about the product that was sold. */
const productOfUsage = rule('REC-40', 'productUsage', SAVED, {
  fill: ({ view }, { after }) => {
    const product = after && view.get('soldProduct', after.soldProduct)?.product;
    return after?.product === product ? undefined : { product: product ?? null };
  },
});
const usageFollows = rule('REC-40', 'soldProduct', ['update'], {
  fields: ['product'],
  effects: ({ view }, { after }) =>
    after
      ? view.by('productUsage', 'soldProduct', after.id).map(({ id }) => ({ table: 'productUsage', id, set: { product: after.product } }))
      : [],
});

/** REC-40: a capability whose use is measured belongs to the product, or to every product. */
const capabilityOfProduct = rule('REC-40', 'capabilityUsage', ['create', 'update'], {
  fields: ['capability', 'productUsage'],
  check: ({ view }, change) => {
    const { after } = change;
    const capability = after && view.get('capability', after.capability);
    const product = after && view.get('productUsage', after.productUsage)?.product;
    if (!capability || capability.product === undefined || product === undefined || capability.product === product) return undefined;
    return refusal(
      'REC-40',
      change,
      `${sentence(nameOf('capability', capability, view))} belongs to another product. Choose one of the product that was sold.`,
      {
        field: 'capability',
      },
    );
  },
});

export const adoptionRules: readonly AnyRule[] = [productOfUsage, usageFollows, capabilityOfProduct];
