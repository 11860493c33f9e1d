import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Output } from '#shared/contract/engine-contract.ts';
import { isTableName, tableOf, type AnyRow, type TableName } from '#shared/model/dictionary.ts';
import type { Money } from '#shared/model/field.ts';
import { PRIORITIES } from '#shared/model/mixins.ts';
import { contact as contactType } from '#shared/model/tables/contact.ts';
import { CONTRACT_STATES } from '#shared/model/tables/contract.ts';
import { ACTIVATION } from '#shared/model/tables/sold-product.ts';
import { touchpoint as touchpointType } from '#shared/model/tables/touchpoint.ts';
import { newRecordAddress, recordAddress, recordPath } from '../../state/addresses.ts';
import { BandChip } from '../../ui/band-chip.tsx';
import { formatDate, formatMoney, formatNumber } from '../../ui/format.ts';
import { RecordForm } from '../../ui/record-form/record-form.tsx';
import { Section } from '../../ui/section.tsx';
import { useChoiceNames } from '../common/choice-name.tsx';
import { useRecordEditor } from '../common/use-record-editor.ts';
import { CadenceSection } from './cadence-section.tsx';
import names from './engagement.module.css';

type Overview = Output<'engagement.overview'>;

const text = (row: AnyRow, field: string) => (typeof row[field] === 'string' ? row[field] : undefined);
const choice = (choices: Readonly<Record<string, string>>, value: string | undefined) =>
  value === undefined ? undefined : (choices[value] ?? value);
const day = (row: AnyRow, field: string, before = '') => {
  const date = text(row, field);
  return date === undefined ? undefined : `${before}${formatDate(date)}`;
};
const isMoney = (value: unknown): value is Money => typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
const joined = (parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined && part !== '').join(' · ');

type ItemProps = {
  readonly table: TableName;
  readonly id: string;
  readonly label: string;
  readonly note: ReactNode;
  readonly ended?: boolean;
};

function Item({ table, id, label, note, ended = false }: ItemProps) {
  return (
    <li>
      <a href={recordAddress(table, id)} className={`${names.itemLabel} ${ended ? names.ended : ''}`}>
        {label}
      </a>
      <span className={names.itemNote}>{note}</span>
    </li>
  );
}

function List({ none, children, count }: { none: string; children: ReactNode; count: number }) {
  return count === 0 ? <p className={names.quiet}>{none}</p> : <ul className={names.items}>{children}</ul>;
}

/** The fields of the engagement, edited in place, and beside them everything that hangs on it. */
export function OverviewTab({ overview, onLogTouchpoint }: { overview: Overview; onLogTouchpoint: () => void }) {
  const { row, line, contracts, soldProducts, contacts, upcoming, recent, risks, parents, children } = overview;
  const editor = useRecordEditor('engagement', row, line.title);
  const navigate = useNavigate();
  const named = useChoiceNames();
  const log = (
    <Button size="compact-xs" onClick={onLogTouchpoint}>
      Log
    </Button>
  );
  const add = (table: TableName, words: string, values: Readonly<Record<string, string>>) => (
    <Button
      size="compact-xs"
      component="a"
      aria-label={`${words} ${tableOf(table).label.toLowerCase()}`}
      href={newRecordAddress(table, values, { [row.id]: line.title, [line.accountId]: line.account })}
    >
      {words}
    </Button>
  );
  return (
    <div className={names.columns}>
      <Section title="Engagement">
        <RecordForm
          table="engagement"
          row={row}
          {...editor}
          onOpenRecord={(table, id) => {
            if (isTableName(table)) void navigate({ to: recordPath(table, id) });
          }}
        />
      </Section>
      <div className={names.stack}>
        <Section title="Upcoming touchpoints" note={formatNumber(upcoming.length, 0)} actions={log}>
          <List none="Nothing is planned." count={upcoming.length}>
            {upcoming.map((touchpoint) => (
              <Item
                key={touchpoint.id}
                table="touchpoint"
                id={touchpoint.id}
                label={text(touchpoint, 'subject') ?? 'Touchpoint'}
                note={joined([named(touchpointType.fields.channel, touchpoint['channel']), day(touchpoint, 'heldOn')])}
              />
            ))}
          </List>
        </Section>
        <CadenceSection engagement={row.id} />
        <Section title="Risks and issues" note={formatNumber(risks.length, 0)} actions={add('riskSignal', 'Add', { engagement: row.id })}>
          <List none="No open risks." count={risks.length}>
            {risks.map((risk) => (
              <Item
                key={risk.id}
                table="riskSignal"
                id={risk.id}
                label={text(risk, 'shortDescription') ?? 'Risk'}
                note={joined([choice(PRIORITIES, text(risk, 'priority')), day(risk, 'dueDate', 'due ')])}
              />
            ))}
          </List>
        </Section>
        <Section title="Recent touchpoints">
          <List none="None yet. Ctrl+L logs one." count={recent.length}>
            {recent.map((touchpoint) => (
              <Item
                key={touchpoint.id}
                table="touchpoint"
                id={touchpoint.id}
                label={text(touchpoint, 'subject') ?? 'Touchpoint'}
                note={joined([named(touchpointType.fields.channel, touchpoint['channel']), day(touchpoint, 'heldOn')])}
              />
            ))}
          </List>
        </Section>
        <Section
          title="Contracts"
          note={formatNumber(contracts.length, 0)}
          actions={add('engagementContract', 'Link', { engagement: row.id })}
        >
          <List none="No contract is linked, and the account has none that is active." count={contracts.length}>
            {contracts.map(({ row: contract, active }) => (
              <Item
                key={contract.id}
                table="contract"
                id={contract.id}
                label={text(contract, 'name') ?? 'Contract'}
                ended={!active}
                note={joined([
                  isMoney(contract['value']) ? formatMoney(contract['value']) : undefined,
                  active ? undefined : (choice(CONTRACT_STATES, text(contract, 'state')) ?? 'not active'),
                  day(contract, 'renewalDate', 'renews ') ?? day(contract, 'endDate', 'ends '),
                ])}
              />
            ))}
          </List>
        </Section>
        <Section
          title="Products"
          note={formatNumber(soldProducts.length, 0)}
          actions={add('engagementSoldProduct', 'Link', { engagement: row.id })}
        >
          <List none="No sold products are known." count={soldProducts.length}>
            {soldProducts.map(({ row: sold, product }) => (
              <Item
                key={sold.id}
                table="soldProduct"
                id={sold.id}
                label={product}
                note={joined([
                  choice(ACTIVATION, text(sold, 'activation')),
                  typeof sold['licencesSold'] === 'number'
                    ? `${formatNumber(Number(sold['licencesUsed'] ?? 0), 0)} of ${formatNumber(sold['licencesSold'], 0)} licences`
                    : undefined,
                ])}
              />
            ))}
          </List>
        </Section>
        <Section
          title="People at the customer"
          note={formatNumber(contacts.length, 0)}
          actions={add('contact', 'Add', { account: line.accountId })}
        >
          <List none="No contacts are known." count={contacts.length}>
            {contacts.map((contact) => (
              <Item
                key={contact.id}
                table="contact"
                id={contact.id}
                label={text(contact, 'name') ?? 'Contact'}
                note={joined([
                  contact.id === row['keyContact'] ? 'Key contact' : undefined,
                  named(contactType.fields.stakeholderRole, contact['stakeholderRole']),
                  text(contact, 'title'),
                ])}
              />
            ))}
          </List>
        </Section>
        {(parents.length > 0 || children.length > 0) && (
          <Section title="Hierarchy">
            <ul className={names.items}>
              {parents.map((parent) => (
                <Item key={parent.id} table="engagement" id={parent.id} label={parent.label} note="Parent" />
              ))}
              {children.map((child) => (
                <Item
                  key={child.id}
                  table="engagement"
                  id={child.id}
                  label={child.title}
                  note={<BandChip band={child.band} score={child.health} />}
                />
              ))}
            </ul>
          </Section>
        )}
      </div>
    </div>
  );
}
