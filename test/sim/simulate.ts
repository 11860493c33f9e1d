import { chance, type Chance } from '#shared/domain/demo/random.ts';
import { uuidMaker } from '#shared/util/uuid.ts';
import { setManager } from '../../server/admin/people.ts';
import { checkRest } from './at-rest.ts';
import { deedOf, pick } from './deeds.ts';
import { openExtras, type Extra } from './extras.ts';
import { checkLeftOvers } from './left-overs.ts';
import { openModelDevice, type ModelOptions } from './model-device.ts';
import { openNetwork, type Network } from './network.ts';
import type { Deed, SimDevice } from './sim-device.ts';
import type { SimServer } from './sim-server.ts';
import { addSource, backUp, openWorkspace, restore, type Backup, type Person, type Seat } from './workspace.ts';

/*
 * One seed: several people in a manager tree, three to five devices whose clocks may be off by a day, a bad network, deaths of devices and of the
 * server, a backup that is put back, engagements handed on, managers who change. In the end the network is calm, and everything has to agree.
 */

export type SimResult = {
  readonly seed: number;
  readonly operations: number;
  readonly faults: number;
  /** How often someone was asked about deletions (S12). */
  readonly asked: number;
  readonly problems: readonly string[];
};

export type SimOptions = {
  readonly steps: number;
  /** What the devices are made of; by default the model. */
  readonly openDevice?: (options: ModelOptions) => SimDevice | Promise<SimDevice>;
  readonly mutant?: ModelOptions['mutant'];
  readonly surely?: Extra | undefined;
};

const PEOPLE: readonly Person[] = [
  { login: 'root', role: 'administrator' },
  { login: 'boss', role: 'successManager' },
  { login: 'lead', manager: 'boss', role: 'successManager' },
  { login: 'kim', manager: 'lead', role: 'successManager' },
  { login: 'lee', manager: 'boss', role: 'successManager' },
];
/** Whose devices there are; a person may have two. */
const TEAMS = [
  ['kim', 'kim', 'lead'],
  ['kim', 'lee', 'boss'],
  ['kim', 'kim', 'lee'],
  ['lead', 'lead', 'kim', 'lee'],
  ['boss', 'kim', 'kim', 'lee', 'lead'],
] as const;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.parse('2026-05-05T10:00:00.000Z');
const SEED_DAYS = 3_653;
/** Devices remember for so long what they have sent: an older backup nobody puts back (S13). */
const REMEMBERED_MS = 60 * DAY_MS;
/** Far from every seed: dice of their own. */
const EXTRA_DICE = 1_000_000_007;
/** One world of so many has data points. */
const SEEDS_WITH_POINTS = 3;
/** Rounds in which every queue has to run empty once the network is calm. */
const CALM_ROUNDS = 40;
/** So many rounds without anything to send: all have read what the last of them sent. */
const QUIET_ROUNDS = 3;

type Player = { readonly seat: Seat; readonly device: SimDevice; readonly deeds: Deed[]; round: Promise<void> | undefined };

/** Plays one seed in a tenant of its own. Answers what did not agree, in words. */
export async function simulate(
  server: SimServer,
  seed: number,
  { steps, openDevice = openModelDevice, mutant, surely }: SimOptions,
): Promise<SimResult> {
  const dice = chance(seed);
  const { clock, storage } = server;
  clock.now = beginningOf(seed);
  const tenant = `sim-${seed}-${(tenants += 1)}`;
  const newId = idsOf(dice, () => clock.now);
  const tools = { storage, now: () => clock.now, newId };
  const logins = dice.oneOf(TEAMS);
  const { users, seats } = await openWorkspace(tools, tenant, PEOPLE, logins);
  const isBad = dice.happens(0.8);
  const share = (most: number): number => (isBad ? dice.uniform() * most : 0);
  const source = seed % SEEDS_WITH_POINTS === 0 ? await addSource(tools, tenant) : undefined;
  const network = openNetwork(server, dice, { lost: share(0.15), late: share(0.25), twice: share(0.15), unheard: share(0.2) });
  const players: Player[] = [];
  for (const seat of seats) {
    const skew = dice.happens(0.25) ? dice.oneOf([-DAY_MS, DAY_MS, 10 * 60_000]) : 0;
    const now = () => clock.now + skew;
    const device = await openDevice({
      seat,
      network,
      now,
      newId: idsOf(dice, now),
      pageRows: () => dice.oneOf([2, 5, 50, 5_000]),
      batch: (queued) => dice.whole(1, queued),
      mutant,
    });
    players.push({ seat, device, deeds: [], round: undefined });
  }
  // mostly people begin to work when their first load is in
  if (dice.happens(0.7)) {
    network.calm();
    for (const { device } of players) await device.sync();
    network.rough();
  }
  const world = { dice, users: [...users.values()], newId, source };
  const extras = openExtras({
    dice: chance(seed + EXTRA_DICE),
    server,
    tools,
    tenant,
    devices: players.map(({ device }) => device),
    surely,
  });
  let [operations, more] = [0, 0];
  let backup: (Backup & { readonly at: number }) | undefined;

  /** Begins a round, and goes on until it ends or something of it waits on its way. */
  const begin = async (player: Player): Promise<void> => {
    if (player.round !== undefined) return;
    const waits = network.nextWait();
    const round = player.device.sync(extras.agrees()).finally(() => {
      if (player.round === round) player.round = undefined;
    });
    player.round = round;
    await Promise.race([round, waits]);
  };
  const letGo = async (): Promise<void> => {
    if (network.waiting() === 0) return;
    const rounds = players.flatMap(({ round }) => round ?? []);
    const waits = network.nextWait();
    network.letGo();
    // a copy that nobody waits for ends by itself
    await Promise.race([waits, ...rounds, turns(50)]);
  };

  for (let step = 0; step < steps; step += 1) {
    clock.now += dice.whole(1, 3_000);
    const player = pick(dice, players);
    if (await extras.happen()) more += 1;
    const what = dice.whole(0, 999);
    if (what < 520) {
      const deed = extras.deed(player.device) ?? deedOf(world, player.device);
      if (deed !== undefined && (await player.device.act(deed))) {
        player.deeds.push(deed);
        operations += 1;
      }
    } else if (what < 780) await begin(player);
    else if (what < 880) await letGo();
    else if (what < 920) {
      more += 1;
      // in the middle of whatever it does: a write, a page, an answer
      if (dice.happens(0.6)) {
        void begin(player);
        await turns(dice.whole(0, 60));
      }
      await player.device.crash();
      player.round = undefined;
    } else if (what < 935) {
      more += 1;
      server.breakAt(dice.whole(1, 25));
      await begin(player);
    } else if (what < 945) {
      more += 1;
      await server.restart();
    } else if (what < 955) {
      if (backup === undefined || clock.now - backup.at > REMEMBERED_MS) backup = { ...(await backUp(tools, tenant)), at: clock.now };
      else {
        more += 1;
        await restore(tools, tenant, backup);
        extras.restored();
        backup = undefined;
      }
    } else {
      const boss = dice.oneOf(['boss', 'lead', 'lee']);
      // a circle of managers is refused, which is as it should be
      await setManager(tools, tenant, 'kim', boss).catch(() => undefined);
    }
  }
  extras.calm();
  await drain(network, players);
  const rest = { server, tenant, devices: players };
  const problems = [
    ...(await checkRest(rest)),
    ...(await checkLeftOvers(rest, extras.future, extras.isSearched)),
    ...players.flatMap(({ device }) => device.problems),
  ];
  for (const { device } of players) await device.close();
  const asked = players.reduce((sum, { device }) => sum + (device.asked?.() ?? 0), 0);
  return { seed, operations, asked, faults: network.faults() + more, problems: problems.map((problem) => `seed ${seed}: ${problem}`) };
}

/** When a seed begins: what was played before it must not make it another one. Days of ten years, so that months and years end as well. */
const beginningOf = (seed: number): number => FIRST_DAY + (seed % SEED_DAYS) * DAY_MS;

/** Tenants of one process have names of their own, also where a seed is played twice. */
let tenants = 0;

/** Other work's turns, until what went on by itself has come to its end. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
}

/** IDs by the dice: the same seed makes the same ones. */
function idsOf(dice: Chance, now: () => number): () => string {
  return uuidMaker(now, (bytes) => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = dice.whole(0, 255);
  });
}

/** Queues run empty on a calm network, and stay empty: reading may show that there is something to be sent again. Then everyone has read what the others sent. */
async function drain(network: Network, players: readonly Player[]): Promise<void> {
  network.calm();
  for (const { round } of players) await round;
  let quiet = 0;
  for (let round = 0; quiet < QUIET_ROUNDS; round += 1) {
    for (const { device } of players) await device.sync(true);
    const left = await Promise.all(players.map(({ device }) => device.unsent()));
    quiet = left.every((count) => count === 0) ? quiet + 1 : 0;
    if (round > CALM_ROUNDS) throw new Error(`queues do not drain: ${left.join(', ')}`);
  }
}
