import { Button } from '@mantine/core';
import { useLive } from '../../data/use-live.ts';
import { EMPTY_DRAFT } from '../../ui/record-form/form-draft.ts';
import { mailtoLink, readComposeDraft } from './compose-draft.ts';

/** Opens a mail that waits in the mail program of this computer, which sends it; not where it is too long for a link. */
export function HandOver({ id }: { id: string }) {
  const begun = useLive('mails.begin', { id }).data;
  if (begun === undefined) return null;
  const mail = readComposeDraft(EMPTY_DRAFT, begun);
  const addresses = (refs: readonly string[]) => refs.flatMap((ref) => begun.people.find((person) => person.ref === ref)?.email ?? []);
  const link = mailtoLink(addresses(mail.people.to), addresses(mail.people.cc), mail);
  if (link === undefined) return null;
  return (
    <Button component="a" href={link}>
      Open in mail program
    </Button>
  );
}
