import type { Access, RecordAction } from './access.ts';

/** What one may do beside working on records. */
export const RIGHTS = {
  seeAll: 'See every record of the own domain',
  seeAs: 'Try out what another person sees',
  settings: 'Change the settings of the workspace',
  people: 'Change users and their roles',
  runJobs: 'Run computations for everyone by hand',
} as const;
export type Right = keyof typeof RIGHTS;

export type Grants = Readonly<Partial<Record<Access, readonly RecordAction[]>>>;

export type RoleDefinition = {
  readonly label: string;
  readonly description: string;
  /** Roles whose grants and rights this one has, too. */
  readonly contains: readonly RoleName[];
  readonly grants: Grants;
  /** By record type, beside what its profile grants. */
  readonly tables?: Readonly<Record<string, readonly RecordAction[]>>;
  readonly rights?: readonly Right[];
};

export type RoleName =
  | 'viewer'
  | 'successAgent'
  | 'successManager'
  | 'onboardingAgent'
  | 'playAdministrator'
  | 'templateOwner'
  | 'templateApprover'
  | 'administrator'
  | 'customer';

const SEE = ['read', 'export'] as const;
const WORK = ['comment', 'create', 'update', 'close', 'cancel', 'reopen', 'import'] as const;
const ALL = [...SEE, ...WORK, 'delete', 'publish', 'approve'] as const;
const OWN = ['read', 'create', 'update', 'delete'] as const;

/**
 * The roles (REC-32) as plain data: what each may do with the records that it sees, by profile of the record type. Which records
 * it sees is another matter (`shared/domain/permission`): ownership, teams and the manager tree, for every role.
 */
export const ROLES = {
  viewer: {
    label: 'Viewer',
    description: 'Sees engagements and everything that belongs to them.',
    contains: [],
    grants: {
      work: SEE,
      customerData: SEE,
      link: SEE,
      catalogue: SEE,
      content: SEE,
      configuration: ['read'],
      people: ['read'],
      private: OWN,
    },
  },
  successAgent: {
    label: 'Success agent',
    description: 'Works on engagements: plans, cases, plays, touchpoints, risks and their figures.',
    contains: ['viewer'],
    grants: {
      work: WORK,
      customerData: WORK,
      link: [...WORK, 'delete'],
      catalogue: WORK,
      configuration: ['create', 'update', 'publish'],
      staging: [...OWN, 'import'],
    },
  },
  successManager: {
    label: 'Success manager',
    description: 'Leads agents: everything that they may do, and deletes.',
    contains: ['successAgent'],
    grants: { work: ['delete', 'approve'], customerData: ['delete'], catalogue: ['delete'], configuration: ['delete'] },
  },
  onboardingAgent: {
    label: 'Onboarding agent',
    description: 'Takes new customers from the sale to their go-live: onboarding cases, imports, teams, risks.',
    contains: ['viewer'],
    grants: { customerData: WORK, link: [...WORK, 'delete'], catalogue: WORK, staging: [...OWN, 'import'] },
    tables: {
      onboardingCase: [...WORK, 'delete'],
      onboardingTask: [...WORK, 'delete'],
      dataImportTask: [...WORK, 'delete'],
      touchpoint: WORK,
      riskSignal: WORK,
      playbookRun: WORK,
      playbookEvent: WORK,
      email: ['comment', 'create', 'update'],
      engagement: ['comment', 'update'],
    },
  },
  playAdministrator: {
    label: 'Play administrator',
    description: 'Designs plays: definition records, playbooks and what starts them.',
    contains: ['successAgent'],
    grants: { configuration: ['delete'], content: [...OWN, 'export'] },
  },
  templateOwner: {
    label: 'Template owner',
    description: 'Writes templates and submits them for approval.',
    contains: ['viewer'],
    grants: { content: [...OWN, 'comment', 'import'] },
    tables: { approval: ['comment', 'create', 'update'] },
  },
  templateApprover: {
    label: 'Template approver',
    description: 'Approves templates or sends them back.',
    contains: ['viewer'],
    grants: { content: ['comment', 'approve', 'publish'] },
    tables: { approval: ['comment', 'update', 'approve'] },
  },
  administrator: {
    label: 'Administrator',
    description: 'Sees and does everything, sets Satchel up, and says who may do what.',
    contains: ['successManager', 'onboardingAgent', 'playAdministrator', 'templateOwner', 'templateApprover'],
    grants: {
      work: ALL,
      customerData: ALL,
      link: ALL,
      catalogue: ALL,
      content: ALL,
      configuration: ALL,
      people: ALL,
      staging: ALL,
    },
    rights: ['seeAll', 'seeAs', 'settings', 'people', 'runJobs'],
  },
  customer: {
    label: 'Customer',
    description: 'A contact of the customer: sees what is marked for customers in the engagements whose customer team it is on.',
    contains: [],
    // which types and fields at all: `TableDefinition.customer`
    grants: { work: ['read', 'comment', 'create', 'update'], customerData: ['read'], people: ['read'], private: OWN },
    tables: { attachment: ['read'] },
  },
} as const satisfies Readonly<Record<RoleName, RoleDefinition>>;

// Object.keys loses the literal type of a constant object's keys
export const roleNames = Object.keys(ROLES) as readonly RoleName[];

/** Record types where even a profile's grants do not hold: only these roles do more than see them. */
export const KEPT_TO: Readonly<Record<string, readonly RoleName[]>> = {
  setting: ['administrator'],
  definitionRecord: ['playAdministrator', 'administrator'],
  playbook: ['playAdministrator', 'administrator'],
  playbookVersion: ['playAdministrator', 'administrator'],
};

/** Whether a text from outside names a role. */
export function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(ROLES, name);
}

/** The declaration of a role, seen generically. */
export function roleOf(name: RoleName): RoleDefinition {
  return ROLES[name];
}
