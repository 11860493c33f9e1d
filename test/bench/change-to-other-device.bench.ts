// A change on one device until another one, woken by the news, has it.
import { defineBench, percentile, timed } from './define.ts';
import { makePortfolio, openBenchCentral, pullAll, touchpoints } from './central-bench.ts';
import { listenNews } from './news-reader.ts';

export const bench = defineBench({
  name: 'change-to-other-device',
  where: 'node',
  limits: { 'change-to-other-device': { value: 500 } },
  run: async ({ size }) => {
    const central = await openBenchCentral();
    const [one, two] = [await central.device('kim'), await central.device('kim')];
    const engagements = await makePortfolio(one, central.newId);
    let { cursor } = await pullAll(two);
    const news = await listenNews(central.url, two.accessToken);
    await news.next();
    const times: number[] = [];
    for (let change = 0; change < (size === 'full' ? 60 : 5); change += 1)
      times.push(
        await timed(async () => {
          const woken = news.next();
          await one.push(touchpoints(engagements, central.newId, 1));
          await woken;
          const pulled = await pullAll(two, cursor);
          if (pulled.rows === 0) throw new Error('the news came before the change');
          ({ cursor } = pulled);
        }),
      );
    news.stop();
    await central.close();
    return [
      { name: 'change-to-other-device', value: percentile(times, 0.95), unit: 'ms' },
      { name: 'change-to-other-device-median', value: percentile(times, 0.5), unit: 'ms' },
    ];
  },
});
