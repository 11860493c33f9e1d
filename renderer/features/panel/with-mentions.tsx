import type { ReactNode } from 'react';
import type { Mention } from '#shared/domain/mentions/find-mentions.ts';
import names from './stream.module.css';

/** A text with the people in it set off. */
export function WithMentions({ text, mentions }: { readonly text: string; readonly mentions: readonly Mention[] }): ReactNode {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const { start, end, userId } of mentions) {
    // namesakes stand at the same place
    if (start < from) continue;
    parts.push(
      text.slice(from, start),
      <span key={`${start} ${userId}`} className={names.mention}>
        {text.slice(start, end)}
      </span>,
    );
    from = end;
  }
  return [...parts, text.slice(from)];
}
