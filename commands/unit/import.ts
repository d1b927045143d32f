import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { prose } from '../../src/cli/prose.ts'
import { unitOutput } from '../../src/cli/unit-output.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  organisation: z.string(),
  dryRun: z.boolean(),
  rows: count,
  added: z.array(unitOutput),
  /** Rows of units that are there already. */
  unchanged: count,
  problems: z.array(z.strictObject({ line: count, reason: z.string(), mend: z.string().nullable() })),
})

export default class UnitImport extends FileCommand {
  static override summary = 'Add the units of an organisation from a CSV.'
  static override description =
    'Columns: name, kind (group, region or chapter), parent and slug, its short name. A parent is named by its short name, and stands above. Rows that can not be taken are told, and leave the others as they are.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> units.csv --dry-run',
    '<%= config.bin %> <%= command.id %> units.csv',
  ]
  static override args = {
    file: Args.string({ description: 'The CSV file.', required: true }),
  }
  static override flags = {
    'dry-run': Flags.boolean({ description: 'Say what would be added, and change nothing.', default: false }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(UnitImport)
    const { organisation, 'dry-run': dryRun } = flags
    const done = await this.withFile(flags, async (work) => {
      const [{ importUnits }, { fileSource }] = await Promise.all([
        import('../../src/register/import-units.ts'),
        import('../../src/register/csv-source.ts'),
      ])
      const mode = dryRun ? 'preview' : 'apply'
      return importUnits(work, { source: fileSource(args.file), organisation, mode })
    })
    const { added, problems } = done
    this.say(`${countOf(added.length, 'unit')} ${dryRun ? 'would be added' : 'added'}.`)
    for (const { line, reason, mend } of problems) {
      this.say(prose(printable(`line ${line}: ${reason} ${mend ?? ''}`).trim(), '  '))
    }
    this.next(`urna unit list${ofOrganisation(organisation)}`)
    const told = problems.map(({ mend = null, ...each }) => ({ ...each, mend }))
    return { ...done, dryRun, problems: told }
  }
}
