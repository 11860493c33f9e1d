import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harmlessName, looksExecutable, mayOpen, safeImageType } from './file-names.ts';

describe('REC-33 a name harms no system', () => {
  test.each([
    ['Minutes 3 May.docx', 'Minutes 3 May.docx'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\system.ini', 'C__Windows_system.ini'],
    ['invoice\u202Efdp.exe', 'invoice_fdp.exe'],
    ['tab\tand\nline.txt', 'tab_and_line.txt'],
    ['nul.txt', '_nul.txt'],
    ['COM1', '_COM1'],
    ['.bashrc', 'bashrc'],
    ['-rf.pdf', 'rf.pdf'],
    ['report.pdf. . ', 'report.pdf'],
    ['', 'file'],
    ['...', 'file'],
    [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(116)}.pdf`],
  ])('%j becomes %j', (name, harmless) => {
    expect(harmlessName(name)).toBe(harmless);
  });

  test('whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const harmless = harmlessName(name);
        expect(harmless).not.toMatch(/[\p{Cc}\p{Cf}/\\:*?"<>|]/u);
        expect(harmless).not.toMatch(/^[.\s]|[.\s]$/);
        expect(harmless.length).toBeGreaterThan(0);
        expect(harmless.length).toBeLessThanOrEqual(121);
      }),
    );
  });
});

describe('REC-33 programs and scripts are never opened', () => {
  test.each(['plan.pdf', 'Plan.DOCX', 'photo.jpeg', 'data.csv'])('%s may be opened', (name) => expect(mayOpen(name)).toBe(true));
  test.each(
    'setup.exe run.bat a.cmd b.com c.scr d.ps1 e.vbs f.js g.jar h.sh i.app j.desktop k.lnk l.msi m.html n.svg o.docm p.xlsm q.hta r.reg s.url t.dmg u.zip v.py noending report.pdf.exe x.pdf\u202Eexe'.split(
      ' ',
    ),
  )('%s is only saved', (name) => expect(mayOpen(name)).toBe(false));

  test.each([
    ['a Windows program', [0x4d, 0x5a, 0x90, 0]],
    ['a Linux program', [0x7f, 0x45, 0x4c, 0x46]],
    ['a macOS program', [0xcf, 0xfa, 0xed, 0xfe]],
    ['a script', [0x23, 0x21, 0x2f, 0x62]],
  ])('%s is told by its content', (_, start) => expect(looksExecutable(Uint8Array.from(start))).toBe(true));
  test('a PDF is none', () => expect(looksExecutable(new TextEncoder().encode('%PDF-1.7'))).toBe(false));
});

test.each([
  ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0], 'image/png'],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0], 'image/jpeg'],
  ['WebP', [...new TextEncoder().encode('RIFF1234WEBP')], 'image/webp'],
  ['SVG', [...new TextEncoder().encode('<svg xmlns="x">')], undefined],
  ['HTML', [...new TextEncoder().encode('<!doctype html>')], undefined],
  ['nothing', [], undefined],
])('REC-33 of pictures, %s: %#', (_, start, type) => {
  expect(safeImageType(Uint8Array.from(start))).toBe(type);
});
