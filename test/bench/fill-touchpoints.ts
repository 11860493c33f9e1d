// Touchpoints in the store of the application: run in a page of its address before the application is opened.
import { openEngine } from '#engine/engine.ts';
import { createWorkerHost } from '#engine/host/worker-host.ts';
import { touchpointValues } from './list-records.ts';

/** As the application calls its store. */
const DATABASE = 'satchel';
const ENGAGEMENTS = 1_000;
const A_COMMAND = 20_000;

/** Fills the application's store with so many touchpoints of 1,000 engagements and leaves it as an engine does that had a quiet moment. */
export async function fillTouchpoints(touchpoints: number): Promise<void> {
  const host = createWorkerHost(
    { t: 'start', databaseName: DATABASE, host: 'browser', deviceId: 'bench', storeExpected: false },
    undefined,
    () => undefined,
  );
  const engine = await openEngine(host);
  const { records } = engine.context;
  const engagements: string[] = [];
  await records.run({ commandId: 'engagements', actor: 'bench', label: 'Engagements' }, (draft) => {
    for (let at = 0; at < ENGAGEMENTS; at += 1) {
      const account = draft.create('account', { name: `Account ${at}` });
      engagements.push(draft.create('engagement', { title: `Engagement ${at}`, account, stage: 'adoption' }));
    }
  });
  for (let from = 0; from < touchpoints; from += A_COMMAND)
    await records.run({ commandId: `touchpoints ${from}`, actor: 'bench', label: 'Touchpoints' }, (draft) => {
      for (let at = from; at < Math.min(touchpoints, from + A_COMMAND); at += 1)
        draft.create('touchpoint', touchpointValues(at, engagements[(at * 17) % ENGAGEMENTS] ?? ''));
    });
  await engine.makeImage();
  await engine.close();
}
