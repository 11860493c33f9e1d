import { expect, test } from 'vitest';
import type { PushReply } from '#shared/contract/sync-contract.ts';
import { rightsOf } from '#shared/domain/permission/rights.ts';
import type { ReadPush } from './read-intents.ts';
import { openTurns, type Steps } from './turns.ts';

const push = (user: string): ReadPush => ({
  tenant: 'acme',
  author: { user, rights: rightsOf([]) },
  device: user,
  intents: [],
  deletionsConfirmed: false,
});
const replyOf = ({ author }: ReadPush): PushReply => ({ epoch: author.user, answers: [], acknowledged: 0 });

/** Work that goes on when the test says so. */
function opened(fails: (group: readonly string[]) => Error | undefined = () => undefined) {
  const said: string[] = [];
  const writes: PromiseWithResolvers<void>[] = [];
  const turns = openTurns<string>({
    together: async (_tenant, steps: Steps<string>) => {
      const group = [...steps.first];
      const names = (): string => group.map(({ author }) => author.user).join('');
      if (steps.ahead !== undefined) {
        for (let come = await steps.more(steps.ahead.ended); come.length > 0; come = await steps.more(steps.ahead.ended))
          group.push(...come);
        said.push(`${names()} after ${steps.ahead.state}: ${(await steps.ahead.ended) === undefined ? 'failed' : 'written'}`);
      } else said.push(names());
      steps.close(names());
      const write = Promise.withResolvers<void>();
      writes.push(write);
      await write.promise;
      const fault = fails(group.map(({ author }) => author.user));
      if (fault !== undefined) throw fault;
      return { state: names(), replies: new Map(group.map((one) => [one, replyOf(one)])) };
    },
    alone: async (one) => {
      said.push(`${one.author.user} alone`);
      return replyOf(one);
    },
    isForAll: (thrown) => thrown instanceof RangeError,
  });
  /** Lets everything go on that does not wait for a write. */
  const rest = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  return { said, turns, rest, write: async () => (writes.shift()?.resolve(), rest()) };
}

test('S7 while one group is written, what comes gathers into the next, which begins to be written once the first is over', async () => {
  const { said, turns, rest, write } = opened();
  const replies = [turns(push('a')), turns(push('b'))];
  await rest();
  replies.push(turns(push('c')));
  await rest();
  expect(said).toEqual(['a']);
  await write();
  await write();
  expect(said).toEqual(['a', 'bc after a: written']);
  expect((await Promise.all(replies)).map(({ epoch }) => epoch)).toEqual(['a', 'b', 'c']);
});

test('S3 the next push of a person waits until the one before is over', async () => {
  const { said, turns, rest, write } = opened();
  const replies = [turns(push('a')), turns(push('a')), turns(push('b'))];
  await rest();
  await write();
  await write();
  await write();
  await Promise.all(replies);
  expect(said).toEqual(['a', 'ab']);
});

test('SYN-05 where a group fails each of it is tried alone, and the next group learns of it', async () => {
  const { said, turns, rest, write } = opened((group) => (group.includes('b') && group.length > 1 ? new Error('bad') : undefined));
  const replies = [turns(push('a')), turns(push('b')), turns(push('c'))];
  await rest();
  await write();
  replies.push(turns(push('d')));
  await rest();
  await write();
  await write();
  expect((await Promise.all(replies)).map(({ epoch }) => epoch)).toEqual(['a', 'b', 'c', 'd']);
  expect(said.toSorted()).toEqual(['a', 'bc after a: written', 'b alone', 'c alone', 'd after bc: failed'].toSorted());
});

test('an outage is told to all of a group: they send again', async () => {
  const { turns, rest, write } = opened((group) => (group.length > 1 ? new RangeError('gone') : undefined));
  const first = turns(push('a'));
  const others = [turns(push('b')), turns(push('c'))].map((one) =>
    one.then(
      () => 'in',
      () => 'out',
    ),
  );
  await rest();
  await write();
  await write();
  expect(await first).toMatchObject({ epoch: 'a' });
  expect(await Promise.all(others)).toEqual(['out', 'out']);
});

test('S7 a group that is written holds the lock until it is durable: the next one may be sent meanwhile, and learns where it was not committed after all', async () => {
  const heard: string[] = [];
  const commits: PromiseWithResolvers<void>[] = [];
  const turns = openTurns<string>({
    together: async (_tenant, { first, ahead, close, wrote }) => {
      const name = first.map(({ author }) => author.user).join('');
      close(name);
      if (ahead !== undefined) heard.push(`${name}: ${ahead.state} is ${await ahead.written}`);
      wrote(`${name} written`);
      const commit = Promise.withResolvers<void>();
      commits.push(commit);
      await commit.promise;
      if (ahead !== undefined) heard.push(`${name}: ${ahead.state} is ${await ahead.ended}`);
      return { state: `${name} durable`, replies: new Map(first.map((one) => [one, replyOf(one)])) };
    },
    alone: async (one) => replyOf(one),
    isForAll: () => false,
  });
  const replies = [turns(push('a')), turns(push('b'))];
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  expect(heard).toEqual(['b: a is a written']);
  commits[0]?.reject(new Error('gone'));
  commits[1]?.resolve();
  await Promise.all(replies);
  expect(heard).toEqual(['b: a is a written', 'b: a is undefined']);
});

test('a group takes a bite at a time, so that none swallows all who wait', async () => {
  const bites: number[] = [];
  const many = (user: string): ReadPush => {
    const operation = { action: 'delete', table: 'account', id: 'a', base: { version: 1 } } as const;
    const intent = {
      seq: 1,
      id: user,
      kind: 'do',
      label: '',
      at: '',
      hlc: '',
      schemaVersion: 1,
      operations: Array.from({ length: 50 }, () => operation),
    } as const;
    return { ...push(user), intents: [{ seq: 1, id: user, intent, malformed: undefined, text: '' }] };
  };
  const turns = openTurns<string>({
    together: async (_tenant, { first }) => {
      bites.push(first.length);
      return { state: '', replies: new Map(first.map((one) => [one, replyOf(one)])) };
    },
    alone: async (one) => replyOf(one),
    isForAll: () => false,
  });
  await Promise.all([...['a', 'b', 'c'].map((user) => turns(many(user))), ...['d', 'e', 'f'].map((user) => turns(push(user)))]);
  expect(bites).toEqual([1, 1, 4]);
});
