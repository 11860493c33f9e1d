import type { Output, Parsed } from '#shared/contract/engine-contract.ts';
import { rankSilence, silence, weightOf, type Unanswered } from '#shared/domain/outreach/unanswered.ts';
import { formulaOf } from '#shared/domain/today/formula.ts';
import type { EngineContext } from '../context.ts';
import type { Figures } from '../jobs/figures.ts';
import { refOf } from '../portfolio/record-refs.ts';
import { engagementsOf } from '../today/candidates.ts';
import { standingsOf, type Standing } from '../today/stakes.ts';
import { stakesInWords } from '../today/today-list.ts';

type List = Output<'outreach.unanswered'>;
type Weighed = { readonly unanswered: Unanswered; readonly weight: number; readonly standing: Standing | undefined };

const NOTHING = { money: 0, danger: 0, nearness: 0, debt: 0 };

function lineOf({ view }: EngineContext, { unanswered, weight, standing }: Weighed): List['lines'][number] {
  const { outreach, attempts, silentDays } = unanswered;
  const contact = outreach.contact === undefined ? undefined : view.get('contact', outreach.contact);
  return {
    id: outreach.id,
    subject: outreach.subject,
    ...(contact === undefined ? {} : { contact: refOf(view, 'contact', contact) }),
    ...(standing === undefined ? {} : { engagement: refOf(view, 'engagement', standing.engagement), account: standing.facts.account }),
    ...(outreach.channel === undefined ? {} : { channel: outreach.channel }),
    sentOn: outreach.sentOn,
    silentDays,
    attempts,
    ...(outreach.waitUntil === undefined ? {} : { waitedUntil: outreach.waitUntil }),
    weight,
    reasons: standing === undefined ? [] : stakesInWords(standing, false),
  };
}

/** Whom to ask again (T6): what the person sent, and what nobody in particular sent to customers of theirs. The figures must be settled. */
export function unansweredList(
  context: EngineContext,
  figures: Figures,
  { whose = 'mine', limit }: Parsed<'outreach.unanswered'>,
  actor: string,
): List {
  const { view } = context;
  const { asOf, timeZone, answerDays, todayFormula } = context.settings();
  const me = view.get('user', actor)?.id;
  const mine = me === undefined || whose === 'all' ? undefined : engagementsOf(context, me);
  const standingOf = standingsOf(context, figures);
  const { lines, waiting } = silence(
    { view, asOf, timeZone, answerDays },
    ({ user, engagement }) => mine === undefined || (user === undefined ? mine.has(engagement) : user === me),
  );
  const formula = formulaOf(todayFormula);
  const ranked = rankSilence(
    lines.map((unanswered): Weighed => {
      const standing = standingOf(unanswered.outreach.engagement);
      return { unanswered, standing, weight: weightOf(unanswered.due, standing?.stakes ?? NOTHING, formula, asOf) };
    }),
  );
  return {
    asOf,
    days: answerDays,
    lines: ranked.slice(0, limit).map((one) => lineOf(context, one)),
    total: ranked.length,
    waiting,
    personal: mine !== undefined,
  };
}
