import type { FormDraft } from '../../ui/record-form/form-draft.ts';
import { CONTACT_PLANS } from '#shared/domain/cadence/contact-plans.ts';
import type { CadenceKind } from '#shared/domain/cadence/rhythm.ts';
import { QUALITY_MARKS } from '#shared/domain/touchpoints/quality-marks.ts';
import type { CHANNELS } from '#shared/model/tables/touchpoint.ts';
import type { RawValue } from '../../ui/record-form/raw-values.ts';

export type Mark = (typeof QUALITY_MARKS)[number];

/** What was typed of a call, read from its draft; `today` and `engagement` stand for what was not touched. */
export type CallDraft = {
  readonly text: string;
  readonly engagement: { readonly id: string; readonly label: string } | undefined;
  readonly channel: string;
  readonly category: string;
  readonly heldOn: string;
  readonly quality: readonly Mark[];
};

type Given = { readonly today: string; readonly engagement: CallDraft['engagement']; readonly contact: CadenceKind | undefined };

const textOf = (value: RawValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads a draft. An engagement that was chosen wins over the one at hand. */
export function readCallDraft({ values, picked }: FormDraft, given: Given): CallDraft {
  const chosen = textOf(values['engagement']);
  const marks = values['quality'];
  return {
    text: textOf(values['text']) ?? '',
    engagement: chosen === undefined || chosen === '' ? given.engagement : { id: chosen, label: picked[chosen] ?? '' },
    channel: textOf(values['channel']) ?? ('phone' satisfies keyof typeof CHANNELS),
    category: textOf(values['category']) ?? CONTACT_PLANS[given.contact ?? 'touch'].category,
    heldOn: textOf(values['heldOn']) ?? given.today,
    quality: Array.isArray(marks) ? QUALITY_MARKS.filter((mark) => marks.includes(mark)) : [],
  };
}
