// Engagements with touchpoints around a day in the store of the application: run in a page of its address before the application is opened.
import { openEngine } from '#engine/engine.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';
import { addDays } from '#shared/util/calendar-days.ts';
import { TODAY } from './scoring-records.ts';

/** As the application calls its store. */
const DATABASE = 'satchel';
/** Touchpoints lie this many days before and after the day. */
const AROUND = 45;

/** Fills the application's store; answers the ID of an engagement. */
export async function fillPlanner(engagements: number, touchpoints: number): Promise<string> {
  const host = createWorkerHost(
    { t: 'start', databaseName: DATABASE, host: 'browser', deviceId: 'bench', storeExpected: false },
    undefined,
    () => undefined,
  );
  const engine = await openEngine(host);
  const ids: string[] = [];
  await engine.context.records.run({ commandId: 'fill', actor: 'bench', label: 'Fill' }, (draft) => {
    draft.create('setting', { key: 'asOf', value: TODAY });
    for (let at = 0; at < engagements; at += 1) {
      const account = draft.create('account', { name: `Account ${at}`, cadenceTier: 'growth' });
      ids.push(draft.create('engagement', { title: `Engagement ${String(at).padStart(4, '0')}`, account, stage: 'adoption' }));
    }
    for (let at = 0; at < touchpoints; at += 1)
      draft.create('touchpoint', {
        subject: `Call ${at}`,
        engagement: ids[at % engagements] ?? '',
        // every engagement has one on the day itself
        heldOn: at < engagements ? TODAY : addDays(TODAY, ((at * 31) % (2 * AROUND)) - AROUND),
      });
  });
  await engine.makeImage();
  await engine.close();
  return ids[0] ?? '';
}
