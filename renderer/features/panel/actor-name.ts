import type { Reference } from '../../ui/reference.ts';

/** Who works where no person has been chosen in the settings. */
const NO_ONE_NAMED = 'local-user';
const OWN_ACCORD = 'system:';

/** Whether Satchel did it by itself. */
export function isOwnAccord(actor: string): boolean {
  return actor.startsWith(OWN_ACCORD);
}

/** Whether it was a person whose name is known. */
export function isNamed(actor: string): boolean {
  return actor !== NO_ONE_NAMED && !isOwnAccord(actor);
}

/** Who did something, as people call them. */
export function actorName(actor: string, refs: Readonly<Record<string, Reference>>): string {
  if (actor === NO_ONE_NAMED) return 'On this device';
  if (isOwnAccord(actor)) return 'Satchel';
  return refs[actor]?.label ?? 'Unknown person';
}

/** One or two letters for a person's mark. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0).toUpperCase() ?? '').join('');
}
