import { tableNames, tableOf } from '#shared/model/dictionary.ts';
import { UsageError, type Command } from '../command-line.ts';
import { report, textTable } from '../report.ts';

/** `satchel help`: the commands, or the fields of a record type from the table dictionary. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    usage: 'help [COMMAND | TABLE]',
    summary: 'Commands, or the fields of a record type.',
    words: [0, 1],
    standalone: true,
    options: {},
    run: async ({ words }) => {
      const about = words[0];
      if (about === undefined)
        return report(
          commands().map(({ name, usage, summary }) => ({ name, usage, summary })),
          overview(commands()),
        );
      const command = commands().find((each) => each.name === about);
      if (command)
        return report({ name: command.name, usage: command.usage, summary: command.summary }, [
          command.summary,
          '',
          `satchel ${command.usage}`,
        ]);
      const table = tableNames.find((name) => name === about);
      if (!table) throw new UsageError(`There is no command and no record type "${about}".`);
      const fields = Object.entries(tableOf(table).fields).map(([name, field]) => ({
        name,
        label: field.label,
        kind: field.to ? `${field.kind} to ${field.to}` : field.kind,
        mandatory: field.isMandatory,
        choices: field.choices ? Object.keys(field.choices) : undefined,
        help: field.help,
      }));
      return report({ table, fields }, [
        `${tableOf(table).plural} (${table})`,
        '',
        ...textTable(fields, [
          { heading: 'Field', cell: (field) => field.name },
          { heading: 'Label', cell: (field) => `${field.label}${field.mandatory ? ' *' : ''}` },
          { heading: 'Kind', cell: (field) => field.kind },
          { heading: 'Choices or help', cell: (field) => field.choices?.join(', ') ?? field.help ?? '' },
        ]),
        '',
        '* mandatory',
      ]);
    },
  };
}

function overview(commands: readonly Command[]): string[] {
  return [
    'satchel – the portfolio from the command line, with the same engine as the application',
    '',
    ...commands.flatMap((command) => [`  satchel ${command.usage}`, `      ${command.summary}`]),
    '',
    'Options of every command:',
    '  -f, --file P.satchel   the portfolio file to read (and write, where the command changes it); default portfolio.satchel',
    '  --as-of YYYY-MM-DD     the day that counts as today',
    '  --passphrase TEXT      opens and protects the file (better: the environment variable SATCHEL_PASSPHRASE)',
    '  --json                 one JSON value on standard output',
    '',
    'Exit codes: 0 done, 1 failed, 2 wrong use, 3 bad input or refused, 4 rows held back (import --strict).',
  ];
}
