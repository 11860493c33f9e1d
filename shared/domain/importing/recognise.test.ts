import { describe, expect, test } from 'vitest';
import { dataSet, sharedPath } from '../../../test/support/shared-data.ts';
import { filesIn, filesOf, readSet } from '../../../test/support/read-set.ts';
import { tablesOfField } from '../../model/any-reference.ts';
import { tableNames, tableOf } from '../../model/dictionary.ts';
import { importTables } from './import-fields.ts';
import { recogniseSet, type RecognisedSheet } from './recognise.ts';

const noTurn = () => Promise.resolve();

async function recognised(path: string): Promise<ReadonlyMap<string, RecognisedSheet>> {
  const sheets = await recogniseSet(await readSet(filesIn(path)), noTurn);
  return new Map(sheets.map((sheet) => [sheet.sheet.file, sheet]));
}

const mapping = (sheet: RecognisedSheet | undefined) =>
  Object.fromEntries(
    (sheet?.columns ?? []).flatMap(({ field, index }) => (field === undefined ? [] : [[sheet?.facts[index]?.heading ?? '', field]])),
  );

test('ONB-06 every importable record type has its place in the order of import, after those that it refers to', () => {
  expect(importTables.toSorted()).toEqual(tableNames.filter((table) => tableOf(table).importable === true).toSorted());
  for (const [at, table] of importTables.entries())
    for (const field of Object.values(tableOf(table).fields))
      for (const to of field.kind === 'reference' || field.toAny !== undefined ? tablesOfField(field) : [])
        if (importTables.includes(to) && to !== table) expect(importTables.indexOf(to), `${table} refers to ${to}`).toBeLessThan(at);
});

describe('ONB-10 RavenStack maps without help', () => {
  const set = recognised(dataSet('ravenstack'));
  test.each<[string, string, object, string[]]>([
    [
      'ravenstack_accounts.csv',
      'account',
      {
        account_id: 'externalId',
        account_name: 'name',
        industry: 'industry',
        country: 'country',
        signup_date: 'customerSince',
        referral_source: 'source',
        plan_tier: 'plan',
        seats: 'seats',
        is_trial: 'trial',
        churn_flag: 'churned',
      },
      [],
    ],
    [
      'ravenstack_subscriptions.csv',
      'contract',
      {
        subscription_id: 'externalId',
        account_id: 'account',
        start_date: 'startDate',
        end_date: 'endDate',
        plan_tier: 'plan',
        seats: 'seats',
        mrr_amount: 'monthlyValue',
        arr_amount: 'value',
        is_trial: 'trial',
        upgrade_flag: 'upgraded',
        downgrade_flag: 'downgraded',
        churn_flag: 'churned',
        billing_frequency: 'billing',
        auto_renew_flag: 'autoRenew',
      },
      ['product', 'soldProduct'],
    ],
    [
      'ravenstack_feature_usage.csv',
      'series',
      { subscription_id: 'contract', usage_date: 'day', usage_count: 'value', feature_name: 'part' },
      [],
    ],
    [
      'ravenstack_support_tickets.csv',
      'supportTicket',
      {
        ticket_id: 'externalId',
        account_id: 'account',
        submitted_at: 'submittedAt',
        closed_at: 'closedAt',
        resolution_time_hours: 'resolutionHours',
        priority: 'priority',
        first_response_time_minutes: 'firstResponseMinutes',
        satisfaction_score: 'satisfaction',
        escalation_flag: 'escalated',
      },
      [],
    ],
    [
      'ravenstack_churn_events.csv',
      'outcomeEvent',
      {
        churn_event_id: 'externalId',
        account_id: 'account',
        churn_date: 'date',
        reason_code: 'reason',
        refund_amount_usd: 'refund',
        preceding_upgrade_flag: 'precedingUpgrade',
        preceding_downgrade_flag: 'precedingDowngrade',
        is_reactivation: 'reactivation',
        feedback_text: 'feedback',
      },
      [],
    ],
  ])('%s', async (file, into, columns, also) => {
    const sheet = (await set).get(file);
    expect(sheet?.into).toBe(into);
    expect(mapping(sheet)).toEqual(columns);
    expect(sheet?.also).toEqual(also);
    expect(sheet?.columns.every(({ field, reason }) => field === undefined || (reason ?? '') !== '')).toBe(true);
  });
});

const maven = sharedPath('data', 'maven_crm');
describe.runIf(maven !== undefined)('ONB-10 Maven maps without help', () => {
  test.each<[string, string | undefined, object]>([
    [
      'accounts.csv',
      'account',
      {
        account: 'name',
        sector: 'industry',
        revenue: 'annualRevenue',
        employees: 'employees',
        office_location: 'country',
        subsidiary_of: 'parent',
      },
    ],
    ['products.csv', 'product', { product: 'name', series: 'family', sales_price: 'listPrice' }],
    ['sales_teams.csv', 'user', { sales_agent: 'name', manager: 'manager', regional_office: 'region' }],
    [
      'sales_pipeline.csv',
      'opportunity',
      {
        opportunity_id: 'externalId',
        sales_agent: 'owner',
        product: 'product',
        account: 'account',
        deal_stage: 'stage',
        engage_date: 'openedOn',
        close_date: 'closedOn',
        close_value: 'amount',
      },
    ],
    ['data_dictionary.csv', undefined, {}],
  ])('%s', async (file, into, columns) => {
    const sheet = (await recognised(maven ?? '')).get(file);
    expect(sheet?.into).toBe(into);
    expect(mapping(sheet)).toEqual(columns);
  });
});

describe('ONB-10 the exports of other products map without help', () => {
  const sets = {
    hubspot: recognised(`${dataSet('vendor_exports')}/hubspot`),
    salesforce: recognised(`${dataSet('vendor_exports')}/salesforce`),
    zuora: recognised(`${dataSet('vendor_exports')}/zuora`),
  };
  test.each<[keyof typeof sets, string, string, object]>([
    [
      'hubspot',
      'company_data.csv',
      'account',
      {
        id: 'externalId',
        property_name: 'name',
        property_industry: 'industry',
        property_annualrevenue: 'annualRevenue',
        property_createdate: 'customerSince',
        is_deleted: 'leaveOut',
      },
    ],
    [
      'hubspot',
      'contact_data.csv',
      'contact',
      {
        id: 'externalId',
        property_email: 'email',
        property_firstname: 'firstName',
        property_lastname: 'lastName',
        property_company: 'account',
        property_jobtitle: 'title',
      },
    ],
    [
      'hubspot',
      'deal_data.csv',
      'opportunity',
      {
        deal_id: 'externalId',
        property_dealname: 'name',
        property_amount: 'amount',
        property_closedate: 'closedOn',
        property_createdate: 'openedOn',
        owner_id: 'owner',
      },
    ],
    ['hubspot', 'owner_data.csv', 'user', { owner_id: 'externalId', email: 'email', first_name: 'name', last_name: 'name' }],
    [
      'hubspot',
      'ticket_data.csv',
      'supportTicket',
      {
        id: 'externalId',
        property_subject: 'subject',
        property_createdate: 'submittedAt',
        property_closed_date: 'closedAt',
        property_hs_ticket_priority: 'priority',
        property_content: 'description',
        property_hubspot_owner_id: 'assignedTo',
      },
    ],
    ['hubspot', 'ticket_company_data.csv', 'supportTicket', { ticket_id: 'externalId', company_id: 'account' }],
    [
      'hubspot',
      'engagement_meeting_data.csv',
      'touchpoint',
      { engagement_id: 'externalId', start_time: 'heldOn', title: 'subject', body: 'description' },
    ],
    ['hubspot', 'engagement_company_data.csv', 'touchpoint', { engagement_id: 'externalId', company_id: 'account' }],
    [
      'salesforce',
      'sf_account_data.csv',
      'account',
      {
        id: 'externalId',
        name: 'name',
        industry: 'industry',
        annual_revenue: 'annualRevenue',
        number_of_employees: 'employees',
        owner_id: 'owner',
        parent_id: 'parent',
        billing_country: 'country',
        billing_city: 'city',
        billing_state: 'region',
        website: 'website',
        phone: 'phone',
        account_source: 'source',
      },
    ],
    [
      'salesforce',
      'sf_contact_data.csv',
      'contact',
      { id: 'externalId', account_id: 'account', name: 'name', email: 'email', title: 'title', department: 'department' },
    ],
    [
      'salesforce',
      'sf_opportunity_data.csv',
      'opportunity',
      {
        id: 'externalId',
        account_id: 'account',
        name: 'name',
        amount: 'amount',
        stage_name: 'stage',
        close_date: 'closedOn',
        created_date: 'openedOn',
        owner_id: 'owner',
        probability: 'probability',
        type: 'type',
      },
    ],
    [
      'salesforce',
      'sf_event_data.csv',
      'touchpoint',
      { id: 'externalId', account_id: 'account', subject: 'subject', activity_date: 'heldOn', owner_id: 'assignedTo', who_id: 'contact' },
    ],
    [
      'salesforce',
      'sf_user_data.csv',
      'user',
      { id: 'externalId', name: 'name', email: 'email', manager_id: 'manager', title: 'title', time_zone_sid_key: 'timeZone' },
    ],
    [
      'salesforce',
      'sf_product_2_data.csv',
      'product',
      { id: 'externalId', name: 'name', family: 'family', product_code: 'code', is_active: 'active' },
    ],
    [
      'zuora',
      'zuora_account_data.csv',
      'account',
      {
        id: 'externalId',
        name: 'name',
        parent_account_id: 'parent',
        sales_rep_name: 'owner',
        created_date: 'customerSince',
        currency: 'currency',
      },
    ],
    [
      'zuora',
      'zuora_subscription_data.csv',
      'contract',
      {
        id: 'externalId',
        account_id: 'account',
        name: 'name',
        status: 'state',
        auto_renew: 'autoRenew',
        contract_effective_date: 'startDate',
        subscription_end_date: 'endDate',
        is_latest_version: 'takeIn',
      },
    ],
    [
      'zuora',
      'zuora_rate_plan_charge_data.csv',
      'soldProduct',
      {
        id: 'externalId',
        account_id: 'account',
        product_id: 'product',
        subscription_id: 'contract',
        mrr: 'monthlyValue',
        quantity: 'licencesSold',
        effective_start_date: 'startDate',
        effective_end_date: 'endDate',
      },
    ],
    ['zuora', 'zuora_product_data.csv', 'product', { id: 'externalId', name: 'name', sku: 'code', category: 'family' }],
  ])('%s %s', async (vendor, file, into, columns) => {
    const sheet = (await sets[vendor]).get(file);
    expect(sheet?.into).toBe(into);
    expect(mapping(sheet)).toMatchObject(columns);
  });

  test.each<[keyof typeof sets, string]>([
    ['hubspot', 'company_property_history_data.csv'],
    ['hubspot', 'deal_pipeline_data.csv'],
    ['hubspot', 'email_event_data.csv'],
    ['salesforce', 'sf_opportunity_history_data.csv'],
    ['salesforce', 'sf_opportunity_line_item_data.csv'],
    ['zuora', 'zuora_invoice_data.csv'],
    ['zuora', 'zuora_amendment_data.csv'],
    ['zuora', 'zuora_product_rate_plan_data.csv'],
  ])('%s %s has no counterpart and is left out with a reason', async (vendor, file) => {
    const sheet = (await sets[vendor]).get(file);
    expect(sheet?.into).toBeUndefined();
    expect(sheet?.reason).not.toBe('');
  });
});

describe('ONB-06 what no heading tells', () => {
  test('a column of keys of another file of the set is a reference to its records', async () => {
    const sheets = await recogniseSet(
      await readSet(
        filesOf({
          'accounts.csv': 'account_id,name\nA1,Alpha\nA2,Beta\nA3,Gamma\n',
          'tickets.csv': 'ticket_id,belongs,created_at,subject\nT1,A1,2024-01-01,x\nT2,A3,2024-01-02,y\n',
        }),
      ),
      noTurn,
    );
    expect(mapping(sheets[1])).toMatchObject({ belongs: 'account' });
    expect(sheets[1]?.columns[1]?.reason).toContain('accounts.csv');
  });

  test('e-mail addresses are told by what they are, a lonely date by the field that needs one', async () => {
    const [contacts, churn] = await recogniseSet(
      await readSet(
        filesOf({
          'contacts.csv': 'name,company,reach at\nA,X,a@x.io\nB,Y,b@y.io\n',
          'churn_events.csv': 'id,account_id,gone\n1,A1,2024-05-01\n2,A2,2024-05-02\n',
        }),
      ),
      noTurn,
    );
    expect(mapping(contacts)).toMatchObject({ 'reach at': 'email' });
    expect(mapping(churn)).toMatchObject({ gone: 'date' });
  });
});
