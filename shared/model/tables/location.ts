import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { described, external } from '../mixins.ts';

export const ADDRESS_KINDS = {
  office: 'Office',
  billing: 'Billing',
  delivery: 'Delivery',
  registered: 'Registered seat',
  other: 'Other',
} as const;

/** A place: a site of a customer, or where people meet (REC-03). */
export const location = defineTable({
  name: 'location',
  label: 'Location',
  plural: 'Locations',
  prefix: 'LOC',
  title: ['name'],
  access: 'customerData',
  accountPath: 'account',
  importable: true,
  importKeys: ['externalId', 'name'],
  synonyms: ['site', 'place', 'branch'],
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 4,
      column: 1,
      maxLength: 200,
      synonyms: ['location', 'location name', 'site', 'site name'],
    }),
    account: f.reference('Account', 'account', { column: 2, synonyms: ['account id', 'account name', 'customer', 'company'] }),
    parent: f.reference('Part of', 'location', { help: 'The larger place that this one is in, such as the campus of a building.' }),
    street: f.text('Street', {
      column: 3,
      search: 1,
      maxLength: 300,
      synonyms: ['address', 'street address', 'address line 1', 'address 1'],
    }),
    postalCode: f.text('Postal code', { maxLength: 20, synonyms: ['zip', 'zip code', 'postcode', 'zip postal code'] }),
    city: f.text('City', { column: 4, search: 1, maxLength: 100, synonyms: ['town'] }),
    region: f.text('Region', { maxLength: 100, synonyms: ['state province', 'province', 'state', 'county'] }),
    country: f.text('Country', { column: 5, search: 1, maxLength: 100, synonyms: ['country code', 'country name'] }),
    timeZone: f.text('Time zone', { maxLength: 60, synonyms: ['timezone'] }),
    phone: f.text('Phone', { maxLength: 60, synonyms: ['telephone', 'phone number'] }),
    latitude: f.number('Latitude', { min: -90, max: 90, unit: '°', synonyms: ['lat'] }),
    longitude: f.number('Longitude', { min: -180, max: 180, unit: '°', synonyms: ['lng', 'lon', 'long'] }),
    active: f.boolean('Active', { default: true, synonyms: ['is active'] }),
    ...described,
    ...external,
  },
});

/** What an account uses a location for (REC-46); an account has one primary address of a kind. */
export const accountAddress = defineTable({
  name: 'accountAddress',
  label: 'Account address',
  plural: 'Account addresses',
  prefix: 'ADR',
  title: ['kind', 'location'],
  access: 'customerData',
  accountPath: 'account',
  ownedBy: 'account',
  importable: true,
  importKeys: ['externalId'],
  synonyms: ['account address relationship', 'customer address', 'address'],
  fields: {
    account: f.reference('Account', 'account', {
      mandatory: true,
      column: 1,
      synonyms: ['account id', 'account name', 'customer', 'company'],
    }),
    location: f.reference('Location', 'location', { mandatory: true, column: 2, synonyms: ['location id', 'location name', 'site'] }),
    kind: f.choice('Kind', ADDRESS_KINDS, {
      mandatory: true,
      default: 'office',
      extensible: true,
      column: 3,
      synonyms: ['address type', 'address kind', 'relationship type'],
    }),
    primary: f.boolean('Primary', { default: false, column: 4, synonyms: ['is primary', 'primary address'] }),
    validFrom: f.date('Valid from', { column: 5, synonyms: ['from', 'effective from'] }),
    validTo: f.date('Valid to', { column: 6, synonyms: ['to', 'until', 'effective to'] }),
    ...external,
  },
});
