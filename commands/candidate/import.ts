import { dirname } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { candidatesImportedOutput } from '../../src/election/draft-outputs.ts'

export const output = candidatesImportedOutput.extend({
  file: z.string(),
  /** Columns that were not used. */
  ignoredColumns: z.array(z.string()),
})

export default class CandidateImport extends FileCommand {
  static override summary = 'Put the candidates of a CSV on the ballot of a draft.'
  static override description =
    'The columns are name, and if there are any contest, statement, party, symbol, birth_date, district, slate and photo (a picture in a file beside the CSV). Where a party list is voted on, a candidate is put on the list that the slate names. Who is on the ballot already, by name, is brought up to date; the others follow in the order of the file.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> candidates.csv board-2026',
    '<%= config.bin %> <%= command.id %> chair.csv --contest Chair --dry-run',
  ]
  static override args = {
    file: Args.string({ description: 'The CSV file.', required: true }),
    election: electionArg,
  }
  static override flags = {
    contest: Flags.string({
      description: 'Title or number of the contest, for rows that name none.',
      helpValue: 'CONTEST',
    }),
    strict: Flags.boolean({ description: "Change nothing if any row can't be taken." }),
    'dry-run': Flags.boolean({ description: 'Say what would change, and change nothing.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(CandidateImport)
    const dryRun = flags['dry-run']
    const [{ readCandidateFile }, { fileSource }, { importCandidates }] = await Promise.all([
      import('../../src/election/candidate-file.ts'),
      import('../../src/register/csv-source.ts'),
      import('../../src/election/import-candidates.ts'),
    ])
    const file = await readCandidateFile(fileSource(args.file), { photosIn: dirname(args.file) })
    const { election, added, changed, unchanged, rejected } = await this.withFile(flags, (work) =>
      importCandidates(work, {
        ...{ election: args.election, contest: flags.contest, file },
        ...{ rehearsal: dryRun, strict: flags.strict },
      }),
    )
    for (const { line, column, reason } of rejected) {
      this.say(`${printable(args.file)}, line ${line}, ${column}: ${printable(reason)}.`)
    }
    if (file.ignored.length > 0)
      this.note(`Columns that were not used: ${file.ignored.map(printable).join(', ')}`)
    this.say(
      `${countOf(added, 'candidate')} ${dryRun ? 'would be ' : ''}added to ${election}, ${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected.`,
    )
    this.next(dryRun ? `urna candidate import ${args.file} ${election}` : `urna doctor ${election}`)
    return {
      ...{ election, file: args.file, dryRun, added, changed, unchanged, rejected },
      ignoredColumns: file.ignored,
    }
  }
}
