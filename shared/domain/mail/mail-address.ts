/** A person as a mail names them. */
export type MailPerson = { readonly name: string; readonly email: string };

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/**
 * An address that may stand in a mail as it is: plain letters, one @, nothing that could end a header or name a second recipient
 * (RFC 5321, without quoted local parts). So a record can never bring a header of its own into a mail.
 */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  return at > 0 && text.length <= LONGEST && local.length <= LONGEST_LOCAL && LOCAL.test(local) && DOMAIN.test(text.slice(at + 1));
}

/** The address as it is compared: whoever writes to Kim@Example.com means kim@example.com. */
export function foldAddress(email: string): string {
  return email.trim().toLowerCase();
}
