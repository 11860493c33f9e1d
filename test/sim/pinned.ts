/** Seeds that once found something, with the steps that it took; `npm test` plays them again for ever. */
export const PINNED: readonly { readonly seed: number; readonly steps: number; readonly found: string }[] = [
  { seed: 142, steps: 40, found: 'whose list a conflict belongs to that a deletion opened' },
  { seed: 58, steps: 40, found: 'a device that learns of a restored server while it has nothing to send' },
  { seed: 649, steps: 40, found: 'an answer of a server that is just going down' },
  { seed: 851, steps: 40, found: 'a server that was put back while a reading was under way' },
  { seed: 253, steps: 24, found: 'what was refused before a server was put back' },
  { seed: 138, steps: 24, found: 'data points that wait for a series which is deleted meanwhile' },
  { seed: 11, steps: 60, found: 'a change of a record that was passed on, of which nothing is left when the server is put back' },
  { seed: 2058, steps: 60, found: 'a push that was on its way while the server was put back' },
  { seed: 83, steps: 60, found: 'what was made for someone else, when the server is put back' },
  { seed: 2572, steps: 60, found: 'notes that went twice: with the creation that is sent again, and by themselves' },
  { seed: 3052, steps: 60, found: 'a manager who is named on a scope while a fill is on its way to it' },
];
