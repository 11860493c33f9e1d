import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { external } from '../mixins.ts';

/** Contract applicable to an engagement (REC-30; BR-22, BR-23, BR-24). */
export const engagementContract = defineTable({
  name: 'engagementContract',
  label: 'Applicable contract',
  plural: 'Applicable contracts',
  access: 'link',
  title: ['engagement', 'contract'],
  ownedBy: 'engagement',
  importable: true,
  fields: {
    engagement: f.reference('Engagement', 'engagement', { mandatory: true, column: 1, synonyms: ['engagement number'] }),
    contract: f.reference('Contract', 'contract', { mandatory: true, column: 2, synonyms: ['contract number'] }),
    ...external,
  },
});

/** Sold product applicable to an engagement (REC-30; BR-41). */
export const engagementSoldProduct = defineTable({
  name: 'engagementSoldProduct',
  label: 'Applicable sold product',
  plural: 'Applicable sold products',
  access: 'link',
  title: ['engagement', 'soldProduct'],
  ownedBy: 'engagement',
  importable: true,
  fields: {
    engagement: f.reference('Engagement', 'engagement', { mandatory: true, column: 1 }),
    soldProduct: f.reference('Sold product', 'soldProduct', { mandatory: true, column: 2 }),
    ...external,
  },
});

/** Entitlement applicable to an engagement (REC-30; BR-41). */
export const engagementEntitlement = defineTable({
  name: 'engagementEntitlement',
  label: 'Applicable entitlement',
  plural: 'Applicable entitlements',
  title: ['engagement', 'entitlement'],
  access: 'link',
  ownedBy: 'engagement',
  importable: true,
  fields: {
    engagement: f.reference('Engagement', 'engagement', { mandatory: true, column: 1, synonyms: ['engagement number'] }),
    entitlement: f.reference('Entitlement', 'entitlement', { mandatory: true, column: 2, synonyms: ['entitlement number'] }),
    ...external,
  },
});
