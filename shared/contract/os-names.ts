/** What a page may ask of the operating system. Apart from the validators, so that a preload carries the names alone. */
export const OS_NAMES = [
  'openFiles',
  'saveFile',
  'openAttachment',
  'saveAttachment',
  'openLink',
  'theme',
  'setTheme',
  'background',
  'setBackground',
  'storage',
  'revealStorage',
  'quit',
] as const;
export type OsName = (typeof OS_NAMES)[number];
