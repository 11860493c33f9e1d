import type { Output } from '#shared/contract/engine-contract.ts';
import names from './search.module.css';

type Found = NonNullable<Output<'search.find'>['hits'][number]['snippet']>;

/** The text in which something was found, what was found marked; its field in front where that is not the title. */
export function SnippetText({ snippet, showField = true }: { snippet: Found; showField?: boolean }) {
  return (
    <span className={names.snippet}>
      {showField && <span className={names.field}>{snippet.label}: </span>}
      {snippet.parts.map((part, at) =>
        // the parts of one text never change their order
        part.hit ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>,
      )}
    </span>
  );
}
