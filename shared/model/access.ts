/**
 * How the records of a type are guarded. Together with the roles (`roles.ts`) a type's profile decides everything about who may
 * do what with it; a type names it as `TableDefinition.access` (default `work`).
 */
export const ACCESS_PROFILES = {
  /** The work with a customer: engagement, touchpoint, plan, play, case, task, risk … Seen by whoever is on its engagement or account. */
  work: 'Work with customers',
  /** What is known of a customer: account, contact, contract, ticket, usage … Seen by whoever sees the account. */
  customerData: 'Customer records',
  /** Rows that tie a record to another one or to a person (applicable contract, squad member …): made and removed by whoever may change the record. */
  link: 'Links and teams',
  /** What exists for all customers alike: products, capabilities. Everyone inside sees it. */
  catalogue: 'Catalogue',
  /** Written to be used again: templates of plans, records, answers. Owned by template owners, approved by approvers. */
  content: 'Templates',
  /** How Satchel works: definitions, sources, bands, choices, settings. */
  configuration: 'Configuration',
  /** Users and what they may do. */
  people: 'People',
  /** A person's own: saved filters, notifications, drafts. Others see one only where it is marked as shared. */
  private: 'Own records',
  /** What an import keeps on its way in: profiles, rows held back. */
  staging: 'Imports on their way',
} as const;
export type Access = keyof typeof ACCESS_PROFILES;
// Object.keys loses the literal type of a constant object's keys
export const accessProfiles = Object.keys(ACCESS_PROFILES) as readonly Access[];

/** What can be done with a record, in the order in which it is shown. */
export const RECORD_ACTIONS = {
  read: 'See',
  comment: 'Comment',
  create: 'Create',
  update: 'Change',
  close: 'Close',
  cancel: 'Cancel',
  reopen: 'Reopen',
  delete: 'Delete',
  publish: 'Publish and retire',
  approve: 'Approve',
  import: 'Import',
  export: 'Export',
} as const;
export type RecordAction = keyof typeof RECORD_ACTIONS;
// as above
export const recordActions = Object.keys(RECORD_ACTIONS) as readonly RecordAction[];

/**
 * Fields that name a user and make that person one who works on the record: they see its engagement (or account). Watchers,
 * reporters and those who closed it do not get to see more by it. `user` counts in tables with the profile `link` alone.
 */
export const MEMBER_FIELDS = ['accountManager', 'csm', 'owner', 'assignedTo', 'squad', 'organiser', 'approver', 'user'] as const;
