import type { Answer, PushReply } from '#shared/contract/sync-contract.ts';
import { isDataFault, isOutage } from '../storage/faults.ts';
import { aloneWith, pushGroup, type GroupState, type PushTools } from './push-group.ts';
import { readIntents, type ReadPush, type SentIntent } from './read-intents.ts';
import { openTurns } from './turns.ts';

export type Deeds = Omit<ReadPush, 'intents'> & { readonly intents: readonly SentIntent[] };
export type Push = (deeds: Deeds) => Promise<PushReply>;

/**
 * Makes what takes in what devices send (S3, S7). Pushes of a tenant that wait for their turn go in together; each intent stands or falls by itself. What
 * makes a group fail makes each of its pushes be tried alone, and a fault that only the database finds makes the intents be taken in one by one.
 */
export function openPush(tools: PushTools): Push {
  const turns = openTurns<GroupState>({
    together: (tenant, steps) => pushGroup(tools, tenant, steps),
    alone: (push) => pushAlone(tools, push),
    isForAll: isOutage,
  });
  return (deeds) => turns(readPush(deeds));
}

/** Takes in one push, after nothing and beside nothing else: at the command line. */
export function push(tools: PushTools, deeds: Deeds): Promise<PushReply> {
  return pushAlone(tools, readPush(deeds));
}

function readPush(deeds: Deeds): ReadPush {
  return { ...deeds, intents: readIntents(deeds.intents) };
}

async function pushAlone(tools: PushTools, deeds: ReadPush): Promise<PushReply> {
  const run = async (intents: ReadPush['intents']): Promise<PushReply> => {
    const { replies } = await pushGroup(tools, deeds.tenant, aloneWith({ ...deeds, intents }));
    const [reply] = replies.values();
    if (reply === undefined) throw new TypeError('a push has a reply');
    return reply;
  };
  try {
    return await run(deeds.intents);
  } catch (thrown) {
    if (deeds.intents.length < 2 || !isDataFault(thrown)) throw thrown;
  }
  let reply: PushReply | undefined;
  const answers: Answer[] = [];
  for (const intent of deeds.intents.toSorted((a, b) => a.seq - b.seq)) {
    // the one that the database cannot hold is refused, its neighbours go in
    reply = await run([intent]).catch((thrown: unknown) => {
      if (isDataFault(thrown)) return run(readIntents([{ seq: intent.seq, id: intent.id }]));
      throw thrown;
    });
    answers.push(...reply.answers);
    if (reply.gap !== undefined) break;
  }
  if (reply === undefined) throw new TypeError('a push of intents has a reply');
  return { ...reply, answers };
}
