import type { Output } from '#shared/contract/engine-contract.ts';
import type { AnyRow, Row, TableName } from '#shared/model/dictionary.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { contact as contactTable } from '#shared/model/tables/contact.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { activeContracts, renewalOf } from '#shared/domain/derived/contract-facts.ts';
import { riskOpen, touchpointHeld } from '#shared/domain/derived/engagement-facts.ts';
import { meanRealised } from '#shared/domain/plans/value-realised.ts';
import { bySorts } from '#shared/domain/portfolio/sort-rows.ts';
import type { ReadView } from '#shared/domain/view.ts';
import { refOf, type Ref } from '../portfolio/record-refs.ts';

export type Statement = Output<'brief.read'>['people'][number];
type Engagement = Row<'engagement'>;

const MOST_PEOPLE = 8;
const MOST_LINES = 6;
const ENDED: ReadonlySet<unknown> = new Set(['closed', 'cancelled']);
const ROLE_ORDER = ['executiveSponsor', 'decisionMaker', 'champion', 'powerUser', 'user', 'other'];
const PRESSING = ['critical', 'high', 'medium', 'low', 'veryLow'];

const about = (view: ReadView, table: TableName, row: AnyRow): { readonly about: Ref } => ({ about: refOf(view, table, row) });

/** Who comes, or who matters where nobody is invited, and when each was last spoken to. */
export function peopleOf(view: ReadView, engagement: Engagement, meeting: Row<'meeting'> | undefined, asOf: string): readonly Statement[] {
  const invited = meeting?.contacts?.flatMap((id) => view.get('contact', id) ?? []) ?? [];
  const team = view
    .by('customerTeamMember', 'about', `engagement/${engagement.id}`)
    .flatMap(({ contact }) => view.get('contact', contact) ?? []);
  const others = invited.length > 0 || team.length > 0 ? [] : view.by('contact', 'account', engagement.account);
  const key = engagement.keyContact === undefined ? undefined : view.get('contact', engagement.keyContact);
  const all = [...new Map([...(key ? [key] : []), ...invited, ...team, ...others].map((contact) => [contact.id, contact])).values()];
  const roles = choicesIn(view, contactTable.fields.stakeholderRole);
  const sorted = bySorts(
    all.filter(({ active }) => active !== false),
    [
      { direction: 'up', keyOf: ({ id }) => (invited.some((one) => one.id === id) ? 0 : 1) },
      { direction: 'up', keyOf: ({ stakeholderRole }) => ROLE_ORDER.indexOf(stakeholderRole ?? 'other') },
    ],
  );
  return sorted.slice(0, MOST_PEOPLE).map((contact) => {
    const last = lastSpoken(view, contact.id, asOf);
    const role = roles.find(({ value }) => value === contact.stakeholderRole)?.label;
    const says = [contact.title, role, contact.id === key?.id ? 'key contact' : undefined].filter((part) => part !== undefined).join(', ');
    return { ...about(view, 'contact', contact), ...(says === '' ? {} : { says }), ...(last === undefined ? {} : { on: last }) };
  });
}

function lastSpoken(view: ReadView, contact: string, asOf: string): string | undefined {
  const days = [
    ...view
      .by('touchpoint', 'contact', contact)
      .filter((touchpoint) => touchpointHeld(touchpoint, asOf))
      .map(({ heldOn }) => heldOn ?? ''),
    ...view
      .by('meeting', 'contacts', contact)
      .filter(({ state, startsAt }) => state === 'completed' && startsAt.slice(0, 10) <= asOf)
      .map(({ startsAt }) => startsAt.slice(0, 10)),
  ];
  return days.reduce<string | undefined>((last, day) => (last === undefined || day > last ? day : last), undefined);
}

/** The last conversations. */
export function lastContacts(view: ReadView, engagement: Engagement, asOf: string): readonly Statement[] {
  const held = view.by('touchpoint', 'engagement', engagement.id).filter((touchpoint) => touchpointHeld(touchpoint, asOf));
  return bySorts(held, [{ direction: 'down', keyOf: ({ heldOn }) => heldOn }])
    .slice(0, 3)
    .map((touchpoint) => ({
      ...about(view, 'touchpoint', touchpoint),
      ...(touchpoint.heldOn === undefined ? {} : { on: touchpoint.heldOn }),
      ...(touchpoint.description === undefined ? {} : { says: firstLine(touchpoint.description) }),
    }));
}

const firstLine = (text: string): string => (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 200);

/** Tasks that are open, the earliest due first: what was promised. */
export function openPromises(view: ReadView, engagement: Engagement, asOf: string): readonly Statement[] {
  const open = view.by('successTask', 'engagement', engagement.id).filter(({ state }) => !ENDED.has(state));
  return bySorts(open, [{ direction: 'up', keyOf: ({ dueDate }) => dueDate }])
    .slice(0, MOST_LINES)
    .map((task) => {
      const who = task.assignedTo === undefined ? undefined : view.get('user', task.assignedTo)?.name;
      return {
        ...about(view, 'successTask', task),
        ...(who === undefined ? {} : { says: who }),
        ...(task.dueDate === undefined ? {} : { on: task.dueDate, overdue: task.dueDate < asOf }),
      };
    });
}

/** Open risks, the most pressing first. */
export function openRisks(view: ReadView, engagement: Engagement, asOf: string): readonly Statement[] {
  const open = view.by('riskSignal', 'engagement', engagement.id).filter(riskOpen);
  return bySorts(open, [
    { direction: 'up', keyOf: ({ priority }) => PRESSING.indexOf(priority ?? 'medium') },
    { direction: 'up', keyOf: ({ dueDate }) => dueDate },
  ])
    .slice(0, MOST_LINES)
    .map((signal) => ({
      ...about(view, 'riskSignal', signal),
      says: `${PRIORITIES[signal.priority ?? 'medium']}${signal.riskOrIssue === 'issue' ? ' issue' : ''}`,
      ...(signal.dueDate === undefined ? {} : { on: signal.dueDate, overdue: signal.dueDate < asOf }),
    }));
}

/** Objectives that are open, with how much of their value is realised. */
export function objectivesOf(view: ReadView, engagement: Engagement, asOf: string): readonly Statement[] {
  const open = view.by('successObjective', 'engagement', engagement.id).filter(({ state }) => !ENDED.has(state));
  return bySorts(open, [{ direction: 'up', keyOf: ({ plannedStop }) => plannedStop }])
    .slice(0, MOST_LINES)
    .map((objective) => {
      const realised = meanRealised(view.by('successOutcome', 'objective', objective.id).filter(({ state }) => state !== 'cancelled'));
      return {
        ...about(view, 'successObjective', objective),
        says: realised === undefined ? 'value not measured yet' : `${Math.round(realised)} % of its value realised`,
        ...(objective.plannedStop === undefined ? {} : { on: objective.plannedStop, overdue: objective.plannedStop < asOf }),
      };
    });
}

/** The active contracts with their value and when each is renewed. */
export function renewalsOf(view: ReadView, engagement: Engagement, asOf: string): readonly Statement[] {
  return bySorts(activeContracts(engagement, view, asOf), [{ direction: 'up', keyOf: (contract) => renewalOf(contract) }])
    .slice(0, MOST_LINES)
    .map((contract) => {
      const renewal = renewalOf(contract);
      return {
        ...about(view, 'contract', contract),
        ...(renewal === undefined ? { says: 'no end' } : { on: renewal, overdue: renewal < asOf }),
        ...(contract.value === undefined ? {} : { value: [contract.value] }),
      };
    });
}
