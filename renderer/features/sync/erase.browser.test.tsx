import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createAnsweringClient, type AnsweringClient } from '../../../test/support/answering-client.ts';
import { me, status, workspace } from '../../../test/support/sync-samples.ts';
import { mount, type Mounted } from '../../../test/support/mount.tsx';
import { ClientProvider } from '../../data/client-provider.tsx';
import { readDurable } from '../../state/draft-storage.ts';
import { setDraft } from '../../state/drafts.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { DevicesScreen } from './devices-screen.tsx';
import { ErasedNotice } from './erased-notice.tsx';

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
});

function show(screen: ReactNode): void {
  mounted = mount(<ClientProvider client={engine.client}>{screen}</ClientProvider>, { width: 1000, height: 700 });
}
const sent = (name: string) => engine.commands.filter((command) => command.name === name).map(({ input }) => input);

test('S15 another device is told to erase itself, by keys alone, after the question has said what is lost', async () => {
  engine.set('sync.devices', {
    reached: true,
    devices: [
      { id: 'd1', name: 'Ann’s laptop', lastSeen: '2026-03-01T10:24:00.000Z', current: true, revoked: false },
      { id: 'd2', name: 'Old laptop', lastSeen: '2025-12-24T10:00:00.000Z', current: false, revoked: true },
      {
        id: 'd3',
        name: 'Gone phone',
        lastSeen: '2025-10-01T10:00:00.000Z',
        current: false,
        revoked: true,
        eraseAsked: '2025-10-02T10:00:00.000Z',
      },
      {
        id: 'd4',
        name: 'Lost tablet',
        lastSeen: '2025-09-01T10:00:00.000Z',
        current: false,
        revoked: true,
        eraseAsked: '2025-09-02T10:00:00.000Z',
        erased: '2025-09-03T10:00:00.000Z',
      },
    ],
  });
  engine.set('sync.eraseDevice', {});
  show(<DevicesScreen />);
  await expect.element(page.getByRole('row', { name: /^Gone phone/ }).getByText('To be erased')).toBeVisible();
  await expect.element(page.getByRole('row', { name: /^Lost tablet/ }).getByText(/^Erased on Sep 3, 2025/)).toBeVisible();
  for (const name of ['Ann’s laptop', 'Gone phone', 'Lost tablet'])
    await expect.element(page.getByRole('button', { name: `Erase ${name}` })).not.toBeInTheDocument();
  page.getByRole('button', { name: 'Erase Old laptop' }).element().focus();
  await userEvent.keyboard('{Enter}');
  const question = page.getByRole('dialog', { name: 'Erase Old laptop?' });
  await expect.element(question.getByText('What was done there and not sent is lost.')).toBeVisible();
  await expect.element(question.getByRole('button', { name: 'Erase it' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => sent('sync.eraseDevice')).toEqual([{ device: 'd2' }]);
  await expect.element(page.getByRole('row', { name: /^Old laptop/ }).getByText('To be erased')).toBeVisible();
});

test('S15 a page of an erased device forgets its drafts, says so, and says who asked', async () => {
  setDraft('account/1', { ...EMPTY_DRAFT, values: { name: 'Borealis' } });
  localStorage.setItem('satchel.recent', 'Borealis');
  localStorage.setItem('satchel.device', 'installation');
  engine.set('sync.pageErased', {});
  engine.set('sync.readErased', {});
  const erased = {
    server: 'https://central.example.com',
    tenant: 'acme',
    login: 'ann@acme.example',
    asked: '2026-03-01T10:24:00.000Z',
    isPageErased: false,
  };
  let reloads = 0;
  show(<ErasedNotice erased={erased} reload={() => (reloads += 1)} />);
  await expect.poll(() => reloads).toBeGreaterThan(0);
  expect(Object.entries(localStorage).filter(([, value]) => String(value).includes('Borealis'))).toEqual([]);
  expect(localStorage.getItem('satchel.device')).toBe('installation');
  expect((await readDurable()).filter(({ key }) => key === 'account/1')).toEqual([]);
  // nothing is said before the page has been drawn anew
  expect(sent('sync.pageErased')).toEqual([]);
  mounted?.unmount();
  show(<ErasedNotice erased={erased} />);
  await expect.poll(() => sent('sync.pageErased')).toEqual([{}]);
  mounted?.unmount();
  show(<ErasedNotice erased={{ ...erased, isPageErased: true }} />);
  const notice = page.getByRole('dialog', { name: 'This device was erased' });
  await expect.element(notice.getByText(/your organisation \(acme, https:\/\/central.example.com\)/)).toBeVisible();
  await userEvent.click(notice.getByRole('button', { name: 'Start empty' }));
  await expect.poll(() => sent('sync.readErased')).toEqual([{}]);
  setDraft('account/1', EMPTY_DRAFT);
  for (const name of ['satchel.device', 'satchel.recent']) localStorage.removeItem(name);
  sessionStorage.clear();
});
