import { choicesOf, type ChoiceView } from '../choices.ts';
import { tableOf, type TableName } from '../../model/dictionary.ts';
import { foldTight } from '../../util/folding.ts';

/** Words by which other products call our choices, by `table.field` and value. */
const WORDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'supportTicket.priority': {
    p1: ['urgent', 'critical', 'p1', '1', 'blocker', 'highest', 'sev1', 'severity 1', 's1', '1 critical', 'priority 1'],
    p2: ['high', 'p2', '2', 'major', 'sev2', 'severity 2', 's2', '2 high', 'priority 2'],
    p3: ['medium', 'normal', 'p3', '3', 'moderate', 'sev3', 'severity 3', 's3', '3 moderate', 'priority 3', 'standard'],
    p4: [
      'low',
      'p4',
      '4',
      'minor',
      'sev4',
      'severity 4',
      's4',
      '4 low',
      'lowest',
      'priority 4',
      'trivial',
      '5',
      'p5',
      'planning',
      '5 planning',
    ],
  },
  'supportTicket.state': {
    open: ['new', 'active', 'in progress', 'working', 'reopened', 'waiting on us', '1', '2'],
    pending: ['on hold', 'hold', 'waiting', 'waiting on contact', 'waiting on customer', 'awaiting user info', '3'],
    solved: ['resolved', 'done', 'completed', 'fixed'],
    closed: ['cancelled', 'canceled', 'archived', '4'],
  },
  'opportunity.stage': {
    prospecting: [
      'prospect',
      'qualification',
      'qualify',
      'lead',
      'new',
      'discovery',
      'open',
      'needs analysis',
      'appointment scheduled',
      'qualified to buy',
    ],
    engaging: [
      'engage',
      'working',
      'in progress',
      'value proposition',
      'demo',
      'evaluation',
      'presentation scheduled',
      'decision maker bought in',
      'perception analysis',
    ],
    proposal: ['quote', 'proposal price quote', 'quoted', 'proposal sent'],
    negotiation: ['negotiate', 'negotiation review', 'contract', 'contract sent', 'commit', 'verbal'],
    won: ['closed won', 'closedwon', 'win', 'success', 'closed and won'],
    lost: ['closed lost', 'closedlost', 'loss', 'failed', 'abandoned', 'disqualified'],
  },
  'opportunity.type': {
    newBusiness: ['new', 'new customer', 'new logo', 'new client'],
    renewal: ['renew', 'existing customer renewal', 'existing business renewal'],
    expansion: [
      'upsell',
      'cross sell',
      'upgrade',
      'existing customer upgrade',
      'existing business',
      'existing customer',
      'add on',
      'growth',
    ],
  },
  'contract.state': {
    draft: ['pending', 'in approval process', 'pending activation', 'pending acceptance', 'quoted', 'new', 'future'],
    active: ['activated', 'live', 'current', 'in force', 'trialing', 'in trial', 'running', 'signed', 'open'],
    expired: ['ended', 'lapsed', 'finished', 'past', 'closed'],
    cancelled: ['canceled', 'terminated', 'churned', 'suspended', 'void'],
  },
  'contract.billing': {
    monthly: ['month', 'm', 'per month', '1 month'],
    quarterly: ['quarter', 'q', '3 months'],
    annual: ['annually', 'yearly', 'year', 'y', 'per year', '12 months'],
    other: ['one time', 'semi annual', 'semi annually', 'half yearly', 'biennial', 'weekly'],
  },
  'outcomeEvent.kind': {
    renewed: ['renewal', 'renew'],
    churned: ['churn', 'cancelled', 'canceled', 'cancellation', 'lost', 'terminated'],
    downgraded: ['downgrade', 'downsell', 'contraction'],
    reactivated: ['reactivation', 'won back', 'winback', 'returned'],
  },
  'soldProduct.activation': {
    activated: ['active', 'live', 'installed', 'in use', 'enabled', 'production'],
    planned: ['pending', 'implementation', 'implementing', 'scheduled', 'ordered', 'draft'],
    noPlan: ['none', 'shelfware', 'not planned', 'unused'],
    deactivated: ['inactive', 'disabled', 'cancelled', 'canceled', 'expired', 'removed', 'ended'],
  },
  'engagement.stage': {
    onboarding: ['onboard', 'implementation', 'kickoff', 'launch', 'new'],
    adoption: ['adopt', 'adopting', 'value', 'live', 'active', 'nurture'],
    expand: ['expansion', 'grow', 'growth', 'upsell'],
    renew: ['renewal', 'renewing'],
    lost: ['churned', 'churn', 'cancelled', 'canceled', 'offboarding'],
  },
  'engagement.state': {
    new: ['open', 'draft'],
    define: ['planning', 'defining'],
    inProgress: ['active', 'live', 'working', 'ongoing'],
    closed: ['done', 'completed', 'ended'],
    cancelled: ['canceled'],
  },
  'engagement.perceivedHealth': {
    unknown: ['none', 'not set'],
    red: ['poor', 'bad', 'at risk', 'critical', 'r'],
    yellow: ['amber', 'orange', 'fair', 'medium', 'neutral', 'y'],
    green: ['good', 'healthy', 'great', 'g'],
  },
  'account.cadenceTier': {
    strategic: ['tier 1', '1', 'a', 'high touch', 'enterprise', 'platinum'],
    growth: ['tier 2', '2', 'b', 'mid touch', 'gold'],
    core: ['tier 3', '3', 'c', 'low touch', 'silver', 'standard'],
    nurture: ['tier 4', '4', 'd', 'tech touch', 'digital', 'bronze', 'scale'],
  },
  'touchpoint.channel': {
    phone: ['call', 'outbound call', 'inbound call', 'telephone'],
    email: ['mail', 'outgoing email', 'incoming email', 'e mail'],
    meeting: ['in person', 'onsite', 'on site', 'visit', 'video', 'video call', 'online meeting', 'webinar', 'demo', 'event'],
    chat: ['sms', 'message', 'slack', 'teams'],
    web: ['note', 'task', 'portal', 'other'],
    social: ['linkedin', 'linkedin message'],
  },
  'touchpoint.state': {
    new: ['not started', 'open', 'planned', 'scheduled', 'not set'],
    inProgress: ['started', 'working', 'waiting on someone else'],
    paused: ['deferred', 'on hold'],
    cancelled: ['canceled', 'no show'],
    closed: ['completed', 'done', 'held', 'finished'],
  },
  'contact.stakeholderRole': {
    executiveSponsor: ['sponsor', 'executive', 'exec sponsor', 'c level'],
    champion: ['advocate', 'promoter'],
    powerUser: ['super user', 'superuser', 'admin', 'administrator', 'technical contact'],
    decisionMaker: ['economic buyer', 'buyer', 'economic decision maker'],
    user: ['end user', 'business user'],
    other: ['influencer', 'evaluator', 'blocker', 'budget holder', 'legal and compliance'],
  },
};

const PRIORITY: Readonly<Record<string, readonly string[]>> = {
  critical: ['urgent', 'p1', '1', 'highest'],
  high: ['p2', '2', 'important'],
  medium: ['normal', 'p3', '3', 'moderate'],
  low: ['p4', '4'],
  veryLow: ['p5', '5', 'lowest', 'planning'],
};

const cache = new Map<string, ReadonlyMap<string, string>>();

/** The values of a choice field by everything that files call them, folded without spaces. */
export function choiceWords(table: TableName, field: string): ReadonlyMap<string, string> {
  const path = `${table}.${field}`;
  const known = cache.get(path);
  if (known !== undefined) return known;
  const choices = tableOf(table).fields[field]?.choices ?? {};
  const words = new Map<string, string>();
  const add = (word: string, value: string) => {
    const folded = foldTight(word);
    if (folded !== '' && !words.has(folded)) words.set(folded, value);
  };
  for (const [value, label] of Object.entries(choices)) {
    add(label, value);
    add(value, value);
  }
  const others = WORDS[path] ?? (Object.hasOwn(choices, 'veryLow') ? PRIORITY : {});
  for (const [value, list] of Object.entries(others)) if (Object.hasOwn(choices, value)) for (const word of list) add(word, value);
  cache.set(path, words);
  return words;
}

/** The choice that a text means, or undefined. */
export function readChoice(table: TableName, field: string, text: string): string | undefined {
  return choiceWords(table, field).get(foldTight(text));
}

/** As {@link readChoice}, with the choices as they are called now: what was renamed or added is found by its new label first. */
export function readChoiceIn(table: TableName, field: string, text: string, view: ChoiceView): string | undefined {
  const declared = tableOf(table).fields[field];
  if (declared?.list === undefined || view.by('choiceEntry', 'list', declared.list).length === 0) return readChoice(table, field, text);
  const folded = foldTight(text);
  const named = choicesOf(view, table, field).filter(({ label }) => foldTight(label) === folded);
  return (named.find(({ active }) => active) ?? named[0])?.value ?? readChoice(table, field, text);
}
