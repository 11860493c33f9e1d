import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { AppError } from '#shared/errors/app-error.ts';
import { createAnsweringClient, type AnsweringClient } from '../../../test/support/answering-client.ts';
import { conflict, me, refused, status, workspace } from '../../../test/support/sync-samples.ts';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import { useKeyDispatcher } from '../../app/key-dispatcher.ts';
import { FooterSync } from '../../app/footer-sync.tsx';
import { ClientProvider } from '../../data/client-provider.tsx';
import { setDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { useToasts } from '../../ui/toast.ts';
import { Toaster } from '../../ui/toaster.tsx';
import { ConflictsScreen } from './conflicts-screen.tsx';
import { ConnectForm } from './connect-form.tsx';
import { DevicesScreen } from './devices-screen.tsx';
import { RefusedScreen } from './refused-screen.tsx';
import { SyncScreen } from './sync-screen.tsx';

let engine: AnsweringClient;
let mounted: Mounted | undefined;
beforeEach(async () => {
  await page.viewport(1100, 800);
  engine = createAnsweringClient();
  engine.set('sync.status', status());
  engine.set('workspace.status', workspace);
  engine.set('people.me', me);
});
afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  setDraft('sign in', EMPTY_DRAFT);
  useToasts.setState({ toasts: [] });
});

function Keys({ children }: { children: ReactNode }) {
  useKeyDispatcher();
  return children;
}
function show(screen: ReactNode): void {
  mounted = mount(
    <ClientProvider client={engine.client}>
      <Keys>
        {screen}
        <Toaster />
      </Keys>
    </ClientProvider>,
    { width: 1000, height: 700 },
  );
}
const sent = (name: string) => engine.commands.filter((command) => command.name === name).map(({ input }) => input);

describe('SYN-12 the overview', () => {
  test('a store that is only here says what connecting is good for, and leads there', async () => {
    engine.set('sync.status', { state: 'local', pending: 0, conflicts: 0, refused: 0 });
    show(<SyncScreen />);
    await expect.element(page.getByRole('link', { name: 'Connect to a central store' })).toHaveAttribute('href', '#/sync/connect');
  });

  test('trouble is said with what to do and when the next try is; “Try now” tries', async () => {
    const nextTryAt = new Date(Date.now() + 90_000).toISOString();
    engine.set(
      'sync.status',
      status({
        state: 'offline',
        pending: 2,
        clockAheadMs: 420_000,
        problem: {
          code: 'network',
          message: 'central.example.com does not answer.',
          wayOut: 'Check your network; Satchel tries again by itself.',
          since: '2026-03-01T10:30:00.000Z',
          nextTryAt,
        },
      }),
    );
    engine.set('sync.pending', {
      total: 60,
      deeds: [
        {
          id: 'p1',
          label: 'Changed engagement',
          at: '2026-03-01T10:31:00.000Z',
          records: [{ table: 'engagement', id: 'e1', title: 'Northwind' }],
          recordCount: 1,
        },
        {
          id: 'p2',
          label: 'Closed 12 tasks',
          at: '2026-03-01T10:32:00.000Z',
          records: [
            { table: 'activity', id: 't1', title: 'Call' },
            { table: 'activity', id: 't2', title: 'Mail' },
          ],
          recordCount: 12,
        },
      ],
    });
    engine.set('sync.now', {});
    show(<SyncScreen />);
    await expect.element(page.getByText(/ 2 changes are kept here and sent as soon as it answers\.$/)).toBeVisible();
    await expect.element(page.getByText(/Next try in (2 minutes|\d+ seconds)\./)).toBeVisible();
    await expect.element(page.getByText('The clock of this device is 7 minutes ahead.')).toBeVisible();
    await expect.element(page.getByText(/and 10 more/)).toBeVisible();
    await expect.element(page.getByText('and 58 more changes')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Try now' }));
    await expect.poll(() => sent('sync.now')).toHaveLength(1);
  });

  test('S12 before much is deleted both answers are offered with their numbers', async () => {
    engine.set('sync.status', status({ state: 'asks', deletions: { where: 'here', deleted: 120, of: 200 } }));
    engine.set('sync.confirmDeletions', {});
    show(<SyncScreen />);
    await expect.element(page.getByText('Let 120 of 200 records be deleted on this device?')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Delete 120 here' })).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Keep them and stop here' }));
    await expect.poll(() => sent('sync.confirmDeletions')).toEqual([{ agree: false }]);
  });

  test('signing out says beforehand what stays and what has not been sent', async () => {
    engine.set('sync.status', status({ pending: 3 }));
    engine.set('sync.signOut', {});
    show(<SyncScreen />);
    await userEvent.click(page.getByRole('button', { name: 'Sign out' }));
    const dialog = page.getByRole('dialog', { name: 'Sign out of acme?' });
    await expect.element(dialog.getByText('3 changes not sent yet')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Sign out' }));
    await expect.poll(() => sent('sync.signOut')).toHaveLength(1);
  });

  test('SYN-07 the first load shows how far it is', async () => {
    engine.set('sync.status', status({ state: 'first-load', progress: { what: 'loading', done: 12, of: 40 } }));
    show(<SyncScreen />);
    await expect.element(page.getByRole('progressbar', { name: 'Records loaded' })).toHaveAttribute('aria-valuenow', '30');
  });
});

test('SYN-12 the footer says at a glance how it stands, and tells of what comes to be decided', async () => {
  show(<FooterSync timeZone="UTC" />);
  await expect.element(page.getByRole('link', { name: 'Up to date' })).toBeVisible();
  await expect.element(page.getByRole('status')).toBeEmptyDOMElement();
  engine.set('sync.status', status({ state: 'offline', pending: 4, conflicts: 2, refused: 1 }));
  await expect.element(page.getByRole('link', { name: /^Offline · as of/ })).toBeVisible();
  await expect.element(page.getByRole('link', { name: '4 to send' })).toBeVisible();
  await expect.element(page.getByRole('link', { name: '2 conflicts, 1 refused change' })).toHaveAttribute('href', '#/sync/conflicts');
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Offline. 2 new conflicts to settle. 1 change refused by the central store.');
});

describe('SYN-11 signing in', () => {
  const form = (done: string[] = [], records = 1_234) => (
    <ConnectForm known={undefined} records={records} pending={0} onDone={() => done.push('done')} />
  );
  const fill = async () => {
    await userEvent.fill(page.getByRole('textbox', { name: 'Address of the central store' }), 'central.example.com');
    await userEvent.fill(page.getByRole('textbox', { name: 'Organisation' }), 'acme');
    await userEvent.fill(page.getByRole('textbox', { name: 'Login' }), 'ann');
    await userEvent.fill(page.getByLabelText('Password', { exact: true }), 'correct horse');
  };

  test('what happens to what is here is said before; a code is asked for where the device is new', async () => {
    const done: string[] = [];
    show(form(done));
    await expect.element(page.getByText(/1,234 records are on this device\. All of them go up/)).toBeVisible();
    await fill();
    engine.set('sync.signIn', { outcome: 'approval-needed' });
    await userEvent.keyboard('{Enter}');
    const code = page.getByRole('textbox', { name: 'Approval code' });
    await expect.element(code).toHaveFocus();
    await userEvent.fill(code, 'WRONG-CODE');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('This code is not right, has been used, or is over a week old.')).toBeVisible();
    engine.set('sync.signIn', { outcome: 'signed-in' });
    await userEvent.fill(code, 'RIGHT-CODE');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => done).toEqual(['done']);
    expect(sent('sync.signIn').at(-1)).toMatchObject({ tenant: 'acme', login: 'ann', password: 'correct horse', code: 'RIGHT-CODE' });
  });

  test('S15 an organisation with a sign-in of its own: its page, the code that it shows, and no password', async () => {
    const done: string[] = [];
    engine.set('sync.ways', { reached: true, password: false, organisation: true });
    show(form(done));
    await userEvent.fill(page.getByRole('textbox', { name: 'Address of the central store' }), 'central.example.com');
    await userEvent.fill(page.getByRole('textbox', { name: 'Organisation' }), 'acme');
    await userEvent.keyboard('{Tab}');
    engine.set('sync.beginSignIn', { page: 'https://central.example.com/sign-in/go?flow=x', expiresIn: 900 });
    await userEvent.click(page.getByRole('button', { name: 'Sign in with your organisation' }));
    await expect
      .element(page.getByRole('link', { name: 'Open the sign-in page' }))
      .toHaveAttribute('href', 'https://central.example.com/sign-in/go?flow=x');
    expect(page.getByLabelText('Password').elements()).toEqual([]);
    const code = page.getByRole('textbox', { name: 'Code from the page' });
    engine.set('sync.finishSignIn', { outcome: 'code-needed', message: 'This code is not right. It stands on the page.' });
    await userEvent.fill(code, 'WRONG');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('This code is not right. It stands on the page.')).toBeVisible();
    engine.set('sync.finishSignIn', { outcome: 'signed-in' });
    await userEvent.fill(code, 'RIGHT');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => done).toEqual(['done']);
    expect(sent('sync.beginSignIn')).toEqual([
      { server: 'https://central.example.com', tenant: 'acme', deviceName: expect.any(String) as unknown },
    ]);
    expect(sent('sync.finishSignIn').at(-1)).toEqual({ code: 'RIGHT' });
  });

  test('what is missing is named; a wrong password does not say that it was the password', async () => {
    show(form());
    await userEvent.click(page.getByRole('button', { name: 'Connect and send 1,234 records' }));
    await expect.element(page.getByText('The organisation must be filled in.')).toBeVisible();
    expect(sent('sync.signIn')).toEqual([]);
    await fill();
    engine.set('sync.signIn', new AppError('unauthorized', 'No.'));
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/^Organisation, login and password do not fit together/)).toBeVisible();
  });

  test('what was typed is still there after a detour, but never the password', async () => {
    show(form());
    await fill();
    mounted?.unmount();
    show(form());
    await expect.element(page.getByRole('textbox', { name: 'Organisation' })).toHaveValue('acme');
    await expect.element(page.getByLabelText('Password', { exact: true })).toHaveValue('');
  });
});

describe('SYN-04 conflicts', () => {
  test('both texts stand side by side; M takes mine at once, and the focus goes on to the next', async () => {
    engine.set('sync.conflicts', { total: 3, lines: [conflict('1'), conflict('2', { theirs: '' }), conflict('3', { kind: 'deleted' })] });
    engine.set('sync.status', status({ conflicts: 3 }));
    show(<ConflictsScreen />);
    const first = page.getByRole('article').first();
    await expect.element(first.getByText('Adoption of Northwind')).toBeVisible();
    await userEvent.keyboard('m');
    // gone before the engine has answered
    await expect.element(page.getByRole('link', { name: 'Engagement 1' })).not.toBeInTheDocument();
    expect(sent('sync.resolve')).toEqual([{ ids: ['1'], choice: 'mine' }]);
    await expect.element(page.getByRole('article').first()).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}t');
    await expect.poll(() => sent('sync.resolve').at(-1)).toEqual({ ids: ['3'], choice: 'theirs' });
  });

  test('S6 a record deleted meanwhile can be restored', async () => {
    engine.set('sync.conflicts', { total: 1, lines: [conflict('3', { kind: 'deleted', field: undefined })] });
    engine.set('sync.resolve', { changeSetId: 'c', done: 1 });
    show(<ConflictsScreen />);
    await userEvent.click(page.getByRole('button', { name: /^Restore with my change/ }));
    await expect.poll(() => sent('sync.resolve')).toEqual([{ ids: ['3'], choice: 'mine' }]);
    await expect.element(page.getByText('Engagement 3 restored')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  });

  test('texts are put together by hand', async () => {
    engine.set('sync.conflicts', { total: 1, lines: [conflict('1')] });
    show(<ConflictsScreen />);
    await expect.element(page.getByRole('article')).toBeVisible();
    await userEvent.keyboard('e');
    const editor = page.getByRole('textbox', { name: 'Name, put together' });
    await expect.element(editor).toHaveFocus();
    await userEvent.click(page.getByRole('button', { name: 'Add the other text' }));
    await expect.element(editor).toHaveValue('Onboarding of Northwind Traders Adoption of Northwind');
    await userEvent.fill(editor, 'Onboarding and adoption');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => sent('sync.resolve')).toEqual([{ ids: ['1'], choice: 'value', value: 'Onboarding and adoption' }]);
  });

  test('several are settled at once; what the engine refuses comes back with the reason', async () => {
    engine.set('sync.conflicts', { total: 2, lines: [conflict('1'), conflict('2')] });
    engine.set('sync.resolve', new AppError('conflict', 'It was settled elsewhere.'));
    show(<ConflictsScreen />);
    await expect.element(page.getByRole('article').first()).toBeVisible();
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByText('2 chosen')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Keep theirs in all' }));
    await expect.poll(() => sent('sync.resolve')).toEqual([{ ids: ['1', '2'], choice: 'theirs' }]);
    await expect.element(page.getByText('It was settled elsewhere.')).toBeVisible();
    await expect.element(page.getByRole('link', { name: 'Engagement 2' })).toBeVisible();
  });
});

describe('SYN-05 refused changes', () => {
  test('the reason and the person’s own text stand there; discarding is asked about', async () => {
    engine.set('sync.refused', { total: 1, deeds: [refused] });
    engine.set('sync.retry', { done: 1 });
    engine.set('sync.discard', { done: 1 });
    show(<RefusedScreen />);
    await expect.element(page.getByText('The end date lies before the start date.')).toBeVisible();
    await expect.element(page.getByText('Gold')).toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Try again' }));
    await expect.poll(() => sent('sync.retry')).toEqual([{ ids: ['r1'] }]);
    await userEvent.click(page.getByRole('button', { name: 'Discard…' }));
    expect(sent('sync.discard')).toEqual([]);
    await userEvent.click(page.getByRole('dialog').getByRole('button', { name: 'Discard' }));
    await expect.poll(() => sent('sync.discard')).toEqual([{ ids: ['r1'] }]);
  });

  test('it is edited in the record’s own form, and gone once that is saved', async () => {
    engine.set('sync.refused', { total: 1, deeds: [refused] });
    engine.set('records.get', {
      row: {
        id: 'c1',
        createdAt: '',
        createdBy: 'u1',
        updatedAt: '2026-03-01T00:00:00Z',
        updatedBy: 'u1',
        rev: 3,
        name: 'Northwind yearly',
        account: 'a1',
      },
      label: 'Northwind yearly',
      refs: {},
      derived: {},
    });
    engine.set('records.update', { changeSetId: 'cs', id: 'c1' });
    engine.set('sync.discard', { done: 1 });
    show(<RefusedScreen />);
    await userEvent.click(page.getByRole('button', { name: 'Edit' }));
    const drawer = page.getByRole('dialog', { name: 'Edit Northwind yearly' });
    await expect.element(drawer.getByRole('textbox', { name: 'Plan' })).toHaveValue('Gold');
    const end = drawer.getByRole('textbox', { name: 'End', exact: true });
    await expect.element(end).toHaveValue('Jan 31, 2025');
    // what stands in it turns into what is typed once it has the focus
    await userEvent.click(end);
    await userEvent.fill(end, '2027-01-31');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect
      .poll(() => sent('records.update'))
      .toEqual([{ table: 'contract', id: 'c1', patch: { endDate: '2027-01-31', plan: 'Gold' }, baseRev: 3 }]);
    await expect.poll(() => sent('sync.discard')).toEqual([{ ids: ['r1'] }]);
  });
});

test('SYN-11 this device is marked; another one is signed off after a question', async () => {
  engine.set('sync.devices', {
    reached: true,
    devices: [
      { id: 'd2', name: 'Old laptop', lastSeen: '2025-12-24T10:00:00.000Z', current: false, revoked: false },
      { id: 'd1', name: 'Ann’s laptop', lastSeen: '2026-03-01T10:24:00.000Z', current: true, revoked: false },
      { id: 'd3', name: 'Lost phone', lastSeen: '2025-10-01T10:00:00.000Z', current: false, revoked: true },
    ],
  });
  engine.set('sync.revokeDevice', {});
  engine.set('sync.deviceCode', { code: 'ABCD-EFGH' });
  show(<DevicesScreen />);
  await expect.element(page.getByRole('row').nth(1).getByText('This device')).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'Sign off Ann’s laptop' })).not.toBeInTheDocument();
  await userEvent.click(page.getByRole('button', { name: 'Show a code' }));
  await expect.element(page.getByText('ABCD-EFGH')).toBeVisible();
  await userEvent.click(page.getByRole('button', { name: 'Sign off Old laptop' }));
  await userEvent.click(page.getByRole('dialog', { name: 'Sign off Old laptop?' }).getByRole('button', { name: 'Sign it off' }));
  await expect.poll(() => sent('sync.revokeDevice')).toEqual([{ device: 'd2' }]);
});
