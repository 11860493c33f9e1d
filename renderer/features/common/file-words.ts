import { endingOf } from '#shared/domain/attachments/file-names.ts';

const KINDS: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  docx: 'Word document',
  doc: 'Word document',
  xlsx: 'Workbook',
  xls: 'Workbook',
  csv: 'Table (CSV)',
  pptx: 'Presentation',
  ppt: 'Presentation',
  txt: 'Text',
  md: 'Text',
  png: 'Picture (PNG)',
  jpg: 'Picture (JPEG)',
  jpeg: 'Picture (JPEG)',
  gif: 'Picture (GIF)',
  webp: 'Picture (WebP)',
  zip: 'Archive (ZIP)',
  mp4: 'Film',
  mov: 'Film',
  mp3: 'Sound',
};

/** What kind of file it is, in a word, by its ending. */
export function fileKind(name: string): string {
  const ending = endingOf(name);
  if (ending === '') return 'File';
  return KINDS[ending] ?? `${ending.toUpperCase()} file`;
}
