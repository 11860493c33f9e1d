import { dateOf } from '../../util/calendar-days.ts';
import type { DemoSink } from './demo-row.ts';
import type { Chance } from './random.ts';

/** An engagement that runs, and who and what is around it. */
export type Place = {
  readonly engagement: string;
  readonly account: string;
  readonly csm: string;
  /** Colleagues who help, the CSM not among them. */
  readonly colleagues: readonly [string, ...string[]];
  readonly contact: string;
  readonly contract: string | undefined;
  readonly product: string;
  /** The next touchpoint and its day, where one is planned. */
  readonly planned: { readonly touchpoint: string; readonly day: number } | undefined;
  readonly stage: string;
  readonly escalated: boolean;
  /** How content the customer is now, 0 to 1. */
  readonly mood: number;
  readonly today: number;
  readonly currency: string;
  readonly by: Chance;
  readonly sink: DemoSink;
};

const GOALS = [
  ['Cut the time to answer a request by half', 'cost', 'Hours until a request is answered', 'hours', 18, 9],
  ['Bring every site onto one platform', 'growth', 'Sites that work with it', 'sites', 4, 20],
  ['Raise the share of cases solved at first contact', 'experience', 'Solved at first contact', '%', 42, 65],
  ['Replace reports that are made by hand', 'productivity', 'Reports made by hand each month', 'reports', 60, 10],
  ['Meet the audit’s demands for access rights', 'risk', 'Accounts reviewed each quarter', '%', 30, 100],
] as const;
const STEPS = ['Train the power users', 'Review the set-up together', 'Switch on automation', 'Agree on the figures to follow'] as const;
const CASES = [
  ['Review of the architecture before the next roll-out', 'architectureReview'],
  ['Guidance on the new reporting', 'guidance'],
  ['Training for the second site', 'training'],
] as const;
const PLAYS = [
  ['Win back a silent sponsor', 'risk'],
  ['Prepare the renewal', 'expansionRenewal'],
  ['Raise adoption after the go-live', 'adoption'],
] as const;
const REASONS = ['product', 'support', 'delivery', 'commercial', 'relationship'] as const;

/** Teams, plans, plays and sales of one engagement, so that every page of a newcomer has something to show (UX-06). */
export function addPlans(place: Place): void {
  const { by } = place;
  addTeam(place);
  if (by.happens(0.4)) addObjective(place);
  if (by.happens(0.12)) addCase(place);
  if (place.mood < 0.5 ? by.happens(0.3) : by.happens(0.05)) addPlay(place);
  if (place.stage === 'renew' || by.happens(0.1)) addOpportunity(place);
  if (by.happens(0.3)) addEntitlement(place);
  if (place.stage === 'onboarding') addOnboarding(place);
  if (place.escalated) addEscalation(place);
  addMeeting(place);
  addOutreach(place);
}

function addTeam({ engagement, contact, colleagues, by, sink }: Place): void {
  const about = `engagement/${engagement}`;
  const user = by.oneOf(colleagues);
  sink.add('accountTeamMember', { about, user });
  sink.add('customerTeamMember', { about, contact, primary: true });
  if (by.happens(0.3)) sink.add('squadMember', { about, user: colleagues.find((one) => one !== user) ?? user });
}

function addObjective(place: Place): void {
  const { engagement, csm, contact, mood, today, by, sink } = place;
  const [title, driver, measure, unit, baseValue, targetValue] = by.oneOf(GOALS);
  const start = today - by.whole(20, 200);
  const dates = { plannedStart: dateOf(start), plannedStop: dateOf(start + by.whole(120, 360)) };
  const share = Math.min(1, Math.max(0, mood + by.normal(0, 0.15)));
  const progress = mood < 0.45 ? 'atRisk' : 'onTrack';
  const life = { state: 'inProgress', progress, ...dates, owner: csm } as const;
  const objective = sink.add('successObjective', {
    title,
    engagement,
    driver,
    sponsor: contact,
    description: `${title}: agreed with the sponsor, looked at in each review.`,
    ...life,
  });
  const outcome = sink.add('successOutcome', {
    title: measure,
    objective,
    trackingMethod: 'manual',
    unit,
    baseValue,
    targetValue,
    currentValue: Math.round(baseValue + (targetValue - baseValue) * share),
    description: 'Measured by the customer at the end of each month.',
    ...life,
  });
  const due = dateOf(today + by.whole(-10, 60));
  const initiative = sink.add('successInitiative', {
    subject: by.oneOf(STEPS),
    outcome,
    category: 'adoption',
    state: 'inProgress',
    progress,
    dueDate: due,
    assignedTo: csm,
  });
  sink.add('successTask', {
    subject: 'Agree on dates and people',
    parent: `successInitiative/${initiative}`,
    description: 'Who takes part, when, and what they bring.',
    dueDate: due,
    contact,
    assignedTo: csm,
    visibleToCustomer: true,
  });
}

function addCase({ engagement, csm, contact, product, today, by, sink }: Place): void {
  const [shortDescription, category] = by.oneOf(CASES);
  const dueDate = dateOf(today + by.whole(-5, 40));
  const id = sink.add('successCase', {
    shortDescription,
    engagement,
    category,
    product,
    contact,
    state: 'inProgress',
    dueDate,
    assignedTo: csm,
    description: 'Asked for in the last review.',
  });
  sink.add('successTask', {
    subject: 'Write down the findings',
    parent: `successCase/${id}`,
    description: 'Two pages at most, with what to do first.',
    dueDate,
    assignedTo: csm,
  });
}

function addPlay({ engagement, csm, colleagues, today, by, sink }: Place): void {
  const [shortDescription, category] = by.oneOf(PLAYS);
  const dueDate = dateOf(today + by.whole(3, 45));
  const internalPlay = sink.add('internalPlay', {
    shortDescription,
    engagement,
    category,
    state: 'inProgress',
    dueDate,
    assignedTo: csm,
    description: 'Among ourselves; the customer does not see it.',
  });
  const tasks = ['Talk it through with the team lead', 'Write to the sponsor'] as const;
  for (const [at, task] of tasks.entries())
    sink.add('internalPlayTask', {
      shortDescription: task,
      internalPlay,
      dueDate,
      assignedTo: at === 0 ? csm : by.oneOf(colleagues),
      description: 'See the notes of the play.',
    });
}

function addOpportunity({ engagement, account, csm, contact, contract, product, stage, today, currency, by, sink }: Place): void {
  const isRenewal = stage === 'renew';
  sink.add('opportunity', {
    name: isRenewal ? 'Renewal of the subscription' : 'More seats',
    account,
    engagement,
    product,
    owner: csm,
    contact,
    type: isRenewal ? 'renewal' : 'expansion',
    stage: by.oneOf(['prospecting', 'engaging', 'proposal', 'negotiation']),
    amount: { amount: by.whole(20, 400) * 50_000, currency },
    openedOn: dateOf(today - by.whole(5, 60)),
    expectedClose: dateOf(today + by.whole(15, 90)),
    probability: by.whole(2, 9) * 10,
    ...(isRenewal && contract !== undefined ? { contract } : {}),
  });
}

function addEntitlement({ account, contract, product, today, by, sink }: Place): void {
  const quantity = by.whole(2, 20) * 10;
  sink.add('entitlement', {
    name: 'Support hours',
    account,
    product,
    quantity,
    used: by.whole(0, quantity),
    unit: 'hours',
    startDate: dateOf(today - by.whole(30, 300)),
    endDate: dateOf(today + by.whole(30, 300)),
    ...(contract === undefined ? {} : { contract }),
  });
}

function addOnboarding({ account, csm, contact, product, today, by, sink }: Place): void {
  const onboardingCase = sink.add('onboardingCase', {
    shortDescription: 'Onboarding',
    account,
    type: 'full',
    integration: 'none',
    state: 'active',
    goLiveDate: dateOf(today + by.whole(10, 60)),
    products: [product],
    contact,
    assignedTo: csm,
  });
  for (const subject of ['Collect the data of users and sites', 'Train the administrators'])
    sink.add('onboardingTask', {
      subject,
      onboardingCase,
      dueDate: dateOf(today + by.whole(-3, 25)),
      assignedTo: csm,
      visibleToCustomer: true,
    });
}

function addEscalation({ engagement, account, csm, contact, today, by, sink }: Place): void {
  sink.add('escalation', {
    shortDescription: 'Management asks for a plan',
    account,
    engagement,
    reason: by.oneOf(REASONS),
    state: 'inProgress',
    assignedTo: csm,
    raisedBy: contact,
    raisedOn: dateOf(today - by.whole(3, 40)),
    dueDate: dateOf(today + by.whole(5, 30)),
    description: 'They want to know by when it works again, and who answers for it.',
  });
}

function addMeeting({ planned, contact, csm, by, sink }: Place): void {
  if (planned === undefined || !by.happens(0.5)) return;
  const day = dateOf(planned.day);
  const hour = by.whole(8, 15);
  const at = (hours: number, minutes: string) => `${day}T${String(hours).padStart(2, '0')}:${minutes}:00.000Z`;
  sink.add('meeting', {
    subject: by.oneOf(['Review', 'Catch-up', 'Planning']),
    touchpoint: planned.touchpoint,
    type: by.oneOf(['weeklyStatus', 'qbr', 'adHoc']),
    startsAt: at(hour, '00'),
    endsAt: at(hour, '45'),
    timeZone: 'UTC',
    state: 'scheduled',
    virtual: true,
    organiser: csm,
    contacts: [contact],
    users: [csm],
    agenda: 'What happened since last time · figures · what comes next',
  });
}

/** Who is content answers; of the others some do not, and are to be asked again (T6). Follows from the mood alone, so that nothing else shifts. */
function addOutreach({ engagement, contact, csm, mood, today, sink }: Place): void {
  const share = Math.round(mood * 997) % 10;
  if (mood >= 0.5 && share > 2) return;
  const isSilent = mood < 0.5;
  const sent = today - 4 - share;
  sink.add('outreach', {
    subject: isSilent ? 'Shall we go through the figures together?' : 'The notes of our last talk',
    engagement,
    contact,
    user: csm,
    channel: 'email',
    sentOn: dateOf(sent),
    ...(isSilent ? { result: 'waiting' as const } : { result: 'answered' as const, respondedOn: dateOf(sent + 1) }),
  });
}
