import { defineTable } from '../define-table.ts';
import { f } from '../field.ts';
import { external } from '../mixins.ts';
import { VIDEO_PROVIDERS } from './meeting.ts';

/** Internal user; the manager tree decides who sees what (REC-31). */
export const user = defineTable({
  name: 'user',
  label: 'User',
  plural: 'Users',
  access: 'people',
  prefix: 'USR',
  title: ['name'],
  importable: true,
  importKeys: ['externalId', 'email', 'name'],
  synonyms: ['sales agent', 'owner', 'rep', 'csm', 'agent'],
  customer: { fields: ['name', 'title', 'email'] },
  fields: {
    name: f.text('Name', {
      mandatory: true,
      search: 5,
      column: 1,
      maxLength: 200,
      synonyms: ['full name', 'user name', 'sales agent', 'owner name', 'agent'],
    }),
    email: f.email('Email', { search: 2, column: 2, synonyms: ['mail', 'e-mail address', 'email address'] }),
    manager: f.reference('Manager', 'user', { column: 3, synonyms: ['manager name', 'manager id', 'reports to'] }),
    title: f.text('Job title', { column: 4, synonyms: ['role', 'position'] }),
    region: f.text('Region', { synonyms: ['regional office', 'office'] }),
    timeZone: f.text('Time zone', { synonyms: ['time zone sid key'] }),
    roles: f.tags('Roles', {
      merge: 'review',
      column: 5,
      help: 'What the person may do. As long as nobody has a role, everyone may do everything.',
    }),
    domain: f.reference('Domain', 'domain', { merge: 'review', help: 'Empty: not tied to one domain.' }),
    meetingProvider: f.choice('Video software', VIDEO_PROVIDERS, { extensible: 'meeting.provider', section: 'Meetings' }),
    meetingRoom: f.url('Own meeting room', {
      section: 'Meetings',
      help: 'Virtual meetings that the person organises with this software get this link, where none is given.',
    }),
    active: f.boolean('Active', { default: true, synonyms: ['is active'] }),
    ...external,
  },
});
