import { act, useState, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#shared/errors/app-error.ts';
import { createScriptedClient, type ScriptedClient } from '../../test/support/scripted-client.ts';
import { ClientProvider, useConnection } from './client-provider.tsx';
import { useCommand } from './use-command.ts';
import { useJob } from './use-job.ts';
import { useLive } from './use-live.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let root: Root;
let scripted: ScriptedClient;
const text = () => document.body.textContent;
const press = (name: string) =>
  act(async () => [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click());
const render = (node: ReactNode) => act(async () => root.render(<ClientProvider client={scripted.client}>{node}</ClientProvider>));

beforeEach(() => {
  scripted = createScriptedClient();
  const host = document.createElement('div');
  document.body.replaceChildren(host);
  root = createRoot(host);
});
afterEach(() => act(async () => root.unmount()));

function Account({ id }: { readonly id: string | undefined }) {
  const { data, error, loading, stale } = useLive('records.get', id === undefined ? undefined : { table: 'account', id });
  return <p>{[data?.label ?? '-', error?.message, loading && 'loading', stale && 'stale'].filter(Boolean).join(' ')}</p>;
}
const record = (label: string) => ({ row: { id: label }, label, refs: {}, derived: {} });

test('useLive shows the result, and keeps the one of before while a new input is answered', async () => {
  await render(<Account id="a" />);
  expect(text()).toBe('- loading');
  await act(async () => scripted.lives[0]?.next(record('Acme')));
  expect(text()).toBe('Acme');
  await render(<Account id="b" />);
  expect(text()).toBe('Acme stale');
  expect(scripted.lives[1]?.input).toEqual({ table: 'account', id: 'b' });
  await act(async () => scripted.lives[1]?.next(record('Bolt')));
  expect(text()).toBe('Bolt');
  await render(<Account id={undefined} />);
  expect(text()).toBe('-');
  await render(<Account id="c" />);
  expect(text()).toBe('- loading');
});

test('useLive says that its data may be out of date while the engine restarts, and shows a failure beside it', async () => {
  await render(<Account id="a" />);
  await act(async () => scripted.lives[0]?.next(record('Acme')));
  await act(async () => scripted.become({ kind: 'lost' }));
  expect(text()).toBe('Acme stale');
  await act(async () => scripted.become({ kind: 'ready', epoch: 'two' }));
  await act(async () => scripted.lives[0]?.error(new AppError('not-found', 'It was deleted.')));
  expect(text()).toBe('Acme It was deleted.');
});

test('a render with an equal input asks nothing new', async () => {
  function Clicker() {
    const [clicks, setClicks] = useState(0);
    return (
      <>
        <Account id="a" />
        <button onClick={() => setClicks(clicks + 1)}>again</button>
      </>
    );
  }
  await render(<Clicker />);
  await press('again');
  await press('again');
  expect(scripted.lives).toHaveLength(1);
});

function Rename() {
  const { run, busy, error, clearError } = useCommand('records.update');
  const [saved, setSaved] = useState('');
  return (
    <>
      <button onClick={() => run({ table: 'account', id: 'a', patch: { name: 'New' } }, ({ id }) => setSaved(`saved ${id}`))}>save</button>
      <button onClick={clearError}>clear</button>
      <p>{[saved, busy && 'busy', error?.message].filter(Boolean).join(' ')}</p>
    </>
  );
}

test('useCommand shows success only once the engine has confirmed it, and a refusal in its words', async () => {
  await render(<Rename />);
  await press('save');
  expect(text()).toBe('saveclearbusy');
  await act(async () => scripted.calls[0]?.reject(new AppError('rule', 'A name is needed.', { rule: 'BR-01' })));
  expect(text()).toBe('saveclearA name is needed.');
  await press('clear');
  expect(text()).toBe('saveclear');
  await press('save');
  await act(async () => scripted.calls[1]?.resolve({ changeSetId: 'c', id: 'a' }));
  expect(text()).toBe('saveclearsaved a');
});

function Demo() {
  const { start, cancel, state } = useJob('workspace.demo');
  return (
    <>
      <button onClick={() => start({})}>start</button>
      <button onClick={cancel}>cancel</button>
      <p>
        {state.kind}
        {state.kind === 'running' && ` ${state.progress?.done ?? 0}`}
        {state.kind === 'failed' && ` ${state.error.code}`}
        {state.kind === 'done' && ` ${state.output.engagements}`}
      </p>
    </>
  );
}

test('UX-05 useJob shows progress, and cancels', async () => {
  await render(<Demo />);
  await press('start');
  await act(async () => scripted.calls[0]?.options.onProgress?.({ step: 'rows', done: 7, total: 9 }));
  expect(text()).toContain('running 7');
  await press('cancel');
  expect(scripted.calls[0]?.options.signal?.aborted).toBe(true);
  await act(async () => scripted.calls[0]?.reject(new AppError('cancelled', 'Stopped.')));
  expect(text()).toContain('failed cancelled');
  await press('start');
  await act(async () => scripted.calls[1]?.resolve({ changeSetId: 'c', engagements: 500 }));
  expect(text()).toContain('done 500');
});

test('useConnection tells the state of the engine', async () => {
  function State() {
    return <p>{useConnection().kind}</p>;
  }
  await render(<State />);
  expect(text()).toBe('ready');
  await act(async () => scripted.become({ kind: 'failed', error: new AppError('storage', 'gone') }));
  expect(text()).toBe('failed');
});
