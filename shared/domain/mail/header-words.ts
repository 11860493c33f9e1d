import { base64Of, utf8Of } from '../../util/base64.ts';
import { isMailAddress, type MailPerson } from './mail-address.ts';

/** A line of a header is folded after so many letters, where it can be. */
const LINE = 76;
/** Octets of one encoded word, so that it stays under 75 letters (RFC 2047). */
const WORD_OCTETS = 42;

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** One line without control characters: nothing that comes from a record can begin a header of its own. */
export function oneLine(text: string): string {
  // lone halves of letters have no place in UTF-8
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
}

/** The text as encoded words of UTF-8 (RFC 2047), never cut inside a letter. */
function encodedWords(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let octets = 0;
  for (const letter of text) {
    const size = utf8Of(letter).length;
    if (octets + size > WORD_OCTETS) {
      words.push(word);
      word = '';
      octets = 0;
    }
    word += letter;
    octets += size;
  }
  return [...words, word].map((each) => `=?utf-8?B?${base64Of(utf8Of(each))}?=`);
}

/** Words that a header can hold as they are: printable, short enough to be folded, not read as encoded. */
const stands = (text: string): boolean => isPlain(text) && !text.includes('=?') && text.split(' ').every((word) => word.length < LINE - 10);

/** A free text such as a subject. */
export function textWords(text: string): readonly string[] {
  const line = oneLine(text);
  if (line === '') return [];
  return stands(line) ? line.split(' ') : encodedWords(line);
}

/** A name before an address: as it is, in quotes, or encoded. */
function nameWords(name: string): readonly string[] {
  const line = oneLine(name);
  if (line === '') return [];
  if (!stands(line)) return encodedWords(line);
  return /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+$/.test(line) ? line.split(' ') : `"${line.replaceAll(/(["\\])/g, String.raw`\$1`)}"`.split(' ');
}

/** People of a header; who has no address that a mail could go to is left out. */
export function peopleWords(people: readonly MailPerson[]): readonly string[] {
  const good = people.filter(({ email }) => isMailAddress(email));
  return good.flatMap(({ name, email }, at) => [
    ...(oneLine(name) === email ? [] : nameWords(name)),
    `<${email}>${at === good.length - 1 ? '' : ','}`,
  ]);
}

/** A header of its words, folded between them (RFC 5322, 2.2.3). */
export function headerLine(name: string, words: readonly string[]): string {
  let text = `${name}:`;
  let line = text.length;
  for (const word of words) {
    const folds = line + 1 + word.length > LINE && line > name.length + 1;
    text += folds ? `\r\n ${word}` : ` ${word}`;
    line = folds ? 1 + word.length : line + 1 + word.length;
  }
  return text;
}

/** Letters of one part of a parameter, in UTF-8 written as RFC 2231 wants it. */
const PART = 50;

/** A parameter such as a file's name: plain, else in the parts of RFC 2231. */
export function parameter(name: string, value: string): readonly string[] {
  const line = oneLine(value);
  if (isPlain(line) && line.length <= PART) return [`${name}="${line.replaceAll(/(["\\])/g, String.raw`\$1`)}"`];
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    const written = [...utf8Of(letter)]
      .map((octet) => (/[A-Za-z0-9.-]/.test(String.fromCharCode(octet)) ? String.fromCharCode(octet) : `%${hex(octet)}`))
      .join('');
    if (part.length + written.length > PART) {
      parts.push(part);
      part = '';
    }
    part += written;
  }
  parts.push(part);
  const [only] = parts;
  if (parts.length === 1) return [`${name}*=utf-8''${only ?? ''}`];
  return parts.map((each, at) => `${name}*${at}*=${at === 0 ? "utf-8''" : ''}${each}`);
}

const hex = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');
