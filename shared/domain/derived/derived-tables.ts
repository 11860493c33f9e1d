import { tableNames } from '../../model/dictionary.ts';
import { daysBetween } from '../../util/calendar-days.ts';
import type { Money } from '../../model/field.ts';
import { sumMoney } from '../../util/money.ts';
import { asOneAmount, rangeStart } from '../money-rates.ts';
import type { ReadView } from '../view.ts';
import { activeContracts, contractActive, contractValueOf, renewalOf } from './contract-facts.ts';
import { healthFields } from './computed-fields.ts';
import { derivedFields, type DerivedTables } from './derived-field.ts';
import { dueTables } from './due-fields.ts';
import { engagementActive, lastHeld, renewalDateOn, riskOpen, ticketOpen, touchpointHeld, valueAtRisk } from './engagement-facts.ts';

/** Days from asOf to a date; negative once it has passed. */
const until = (date: string | undefined, asOf: string): number | undefined => (date === undefined ? undefined : daysBetween(asOf, date));
const since = (date: string | undefined, asOf: string): number | undefined => (date === undefined ? undefined : daysBetween(date, asOf));
const percent = (part: number | undefined, whole: number | undefined): number | undefined =>
  part === undefined || whole === undefined || whole <= 0 ? undefined : (100 * part) / whole;

const days = { kind: 'integer', unit: 'days' } as const;

/**
 * What money of several currencies comes to as one value: in the workspace's by the stored rates (UX-04), where one of them is missing
 * the first by code; figures and sums show all.
 */
const together = (sums: readonly Money[], view: ReadView): Money | undefined => asOneAmount(sums, view) ?? sums[0];

const accountValue = (id: string, view: ReadView, asOf: string): readonly Money[] =>
  sumMoney(view.by('contract', 'account', id).map((contract) => (contractActive(contract, asOf) ? contract.value : undefined)));

const range = {
  kind: 'money',
  label: 'Contract value range, from',
  help: 'Where the range that the contract value lies in begins; the settings name the ranges. Empty where a currency has no rate.',
} as const;

/** What is worked out for one record type alone. */
const ownFields: DerivedTables = {
  account: derivedFields('account', {
    contractValue: {
      kind: 'money',
      label: 'Contract value',
      help: 'Values of the contracts that are active today.',
      value: (row, view, asOf) => together(accountValue(row.id, view, asOf), view),
    },
    contractValueRange: { ...range, value: (row, view, asOf) => rangeStart(accountValue(row.id, view, asOf), view) },
    activeContracts: {
      kind: 'integer',
      label: 'Active contracts',
      value: (row, view, asOf) => view.by('contract', 'account', row.id).filter((contract) => contractActive(contract, asOf)).length,
    },
    openTickets: {
      kind: 'integer',
      label: 'Open tickets',
      value: (row, view, asOf) => view.by('supportTicket', 'account', row.id).filter((ticket) => ticketOpen(ticket, asOf)).length,
    },
    engagements: {
      kind: 'integer',
      label: 'Active engagements',
      value: (row, view) => view.by('engagement', 'account', row.id).filter(engagementActive).length,
    },
    licenceUtilisation: {
      kind: 'percent',
      label: 'Licence utilisation',
      unit: '%',
      help: 'Licences in use of those sold, over all sold products that say both.',
      value: (row, view) => {
        const counted = view
          .by('soldProduct', 'account', row.id)
          .filter((sold) => sold.licencesSold !== undefined && sold.licencesUsed !== undefined);
        const sum = (key: 'licencesSold' | 'licencesUsed'): number => counted.reduce((total, sold) => total + (sold[key] ?? 0), 0);
        return percent(sum('licencesUsed'), sum('licencesSold'));
      },
    },
  }),
  soldProduct: derivedFields('soldProduct', {
    licenceUtilisation: {
      kind: 'percent',
      label: 'Licence utilisation',
      unit: '%',
      value: (row) => percent(row.licencesUsed, row.licencesSold),
    },
    isActive: {
      kind: 'boolean',
      label: 'Active today',
      value: (row, _view, asOf) =>
        row.activation !== 'deactivated' &&
        (row.startDate === undefined || row.startDate <= asOf) &&
        (row.endDate === undefined || row.endDate > asOf),
    },
  }),
  contract: derivedFields('contract', {
    contractActive: { kind: 'boolean', label: 'Active today', value: (row, _view, asOf) => contractActive(row, asOf) },
    daysToRenewal: { ...days, label: 'Days to renewal', value: (row, _view, asOf) => until(renewalOf(row), asOf) },
  }),
  opportunity: derivedFields('opportunity', {
    isOpen: { kind: 'boolean', label: 'Open', value: (row) => row.stage !== 'won' && row.stage !== 'lost' },
    daysRemaining: { ...days, label: 'Days to expected close', value: (row, _view, asOf) => until(row.expectedClose, asOf) },
  }),
  supportTicket: derivedFields('supportTicket', {
    isOpen: { kind: 'boolean', label: 'Open', value: (row, _view, asOf) => ticketOpen(row, asOf) },
    ageDays: {
      ...days,
      label: 'Age',
      help: 'From submission to today, or to closing where it is closed.',
      value: (row, _view, asOf) => {
        const closed = row.closedAt?.slice(0, 10);
        return since(row.submittedAt.slice(0, 10), closed !== undefined && closed < asOf ? closed : asOf);
      },
    },
  }),
  outcomeEvent: derivedFields('outcomeEvent', {
    ageDays: { ...days, label: 'Days ago', value: (row, _view, asOf) => since(row.date, asOf) },
  }),
  engagement: {
    ...healthFields,
    ...derivedFields('engagement', {
      isActive: {
        kind: 'boolean',
        label: 'In the active portfolio',
        help: 'Neither closed nor cancelled, and the stage is not lost.',
        value: (row) => engagementActive(row),
      },
      isOpen: { kind: 'boolean', label: 'Open', value: (row) => row.state !== 'closed' && row.state !== 'cancelled' },
      nextRenewal: {
        kind: 'date',
        label: 'Next renewal',
        help: 'Of the linked contracts the earliest that has not expired, else the date set on the engagement.',
        value: renewalDateOn,
      },
      daysToRenewal: {
        ...days,
        label: 'Days to renewal',
        value: (row, view, asOf) => until(renewalDateOn(row, view, asOf), asOf),
      },
      contractValue: {
        kind: 'money',
        label: 'Contract value',
        help: 'Values of its active contracts; where none is linked, of all active contracts of the account.',
        value: (row, view, asOf) => together(contractValueOf(row, view, asOf), view),
      },
      contractValueRange: { ...range, value: (row, view, asOf) => rangeStart(contractValueOf(row, view, asOf), view) },
      activeContracts: { kind: 'integer', label: 'Active contracts', value: (row, view, asOf) => activeContracts(row, view, asOf).length },
      openRisks: {
        kind: 'integer',
        label: 'Open risks',
        value: (row, view) => view.by('riskSignal', 'engagement', row.id).filter(riskOpen).length,
      },
      valueAtRisk: {
        kind: 'money',
        label: 'Value at risk',
        value: (row, view, asOf) => together(valueAtRisk(view.by('riskSignal', 'engagement', row.id), view, asOf), view),
      },
      lastHeld: { kind: 'date', label: 'Last touchpoint held', value: (row, view, asOf) => lastHeld(row.id, view, asOf) },
      daysSinceTouchpoint: {
        ...days,
        label: 'Days since last touchpoint',
        value: (row, view, asOf) => since(lastHeld(row.id, view, asOf), asOf),
      },
      daysToGoLive: { ...days, label: 'Days to go-live', value: (row, _view, asOf) => until(row.goLiveDate, asOf) },
      goLiveOverdue: {
        kind: 'boolean',
        label: 'Go-live overdue',
        help: 'The go-live date has passed and the stage is still onboarding.',
        value: (row, _view, asOf) =>
          row.goLiveDate !== undefined && row.goLiveDate < asOf && row.stage === 'onboarding' && engagementActive(row),
      },
    }),
  },
  touchpoint: derivedFields('touchpoint', {
    isOpen: { kind: 'boolean', label: 'Open', value: (row) => row.state !== 'closed' && row.state !== 'cancelled' },
    isHeld: { kind: 'boolean', label: 'Held', value: (row, _view, asOf) => touchpointHeld(row, asOf) },
    isOverdue: {
      kind: 'boolean',
      label: 'Overdue',
      value: (row, _view, asOf) => row.dueDate !== undefined && row.dueDate < asOf && row.state !== 'closed' && row.state !== 'cancelled',
    },
  }),
  riskSignal: derivedFields('riskSignal', {
    isOpen: { kind: 'boolean', label: 'Open', value: (row) => riskOpen(row) },
    isOverdue: {
      kind: 'boolean',
      label: 'Overdue',
      value: (row, _view, asOf) => riskOpen(row) && row.dueDate !== undefined && row.dueDate < asOf,
    },
    valueAtRisk: { kind: 'money', label: 'Value at risk', value: (row, view, asOf) => together(valueAtRisk([row], view, asOf), view) },
    occurrences: { kind: 'integer', label: 'Occurrences', value: (row, view) => view.by('riskOccurrence', 'signal', row.id).length },
  }),
  dataSource: derivedFields('dataSource', {
    daysSinceRun: { ...days, label: 'Days since last run', value: (row, _view, asOf) => since(row.lastRun, asOf) },
  }),
};

/** Every derived field: the days that remain wherever there is a due date (REC-46), and those of single record types. */
export const derivedTables: DerivedTables = Object.fromEntries(
  tableNames.flatMap((table) => {
    const fields = { ...dueTables[table], ...ownFields[table] };
    return Object.keys(fields).length === 0 ? [] : [[table, fields] as const];
  }),
);
