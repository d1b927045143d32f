import { Args, Flags } from '@oclif/core'
import { FileCommand } from '../../src/cli/file-command.ts'
import { type ImportOutput, importOutput, outputOfImport } from '../../src/cli/import-output.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf } from '../../src/cli/output.ts'
import { canAsk } from '../../src/cli/prompts.ts'
import { InvalidInput, MissingInput } from '../../src/cli/refusals.ts'

export const output = importOutput

export default class VoterImport extends FileCommand {
  static override summary = 'Bring the members up to date from a CSV, after showing what would change.'
  static override description =
    'Encoding, delimiter and columns are found out from the file. A member number that is known changes that member, a new one adds one; nobody is taken out, and a column that the file lacks leaves its field as it is. Columns that urna has no use for are kept as custom fields. National ids are kept as keyed hashes alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> members.csv',
    '<%= config.bin %> <%= command.id %> members.csv --dry-run --rejects rejected.csv',
    'export-members | <%= config.bin %> <%= command.id %> - --yes',
  ]
  static override args = {
    file: Args.string({ description: 'The CSV file; - reads standard input.', required: true }),
  }
  static override flags = {
    'dry-run': Flags.boolean({
      description: 'Show what would change, and change nothing.',
      exclusive: ['yes'],
      default: false,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Apply the changes without asking.', default: false }),
    strict: Flags.boolean({ description: "Change nothing if any row can't be taken.", default: false }),
    rejects: Flags.string({
      description: "Write the rows that can't be taken to this CSV, with the reason.",
      helpValue: 'FILE.csv',
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<ImportOutput> {
    const { args, flags } = await this.parse(VoterImport)
    const { 'dry-run': dryRun, yes } = flags
    if (!dryRun && !yes && !canAsk()) {
      throw new MissingInput('Your yes to the changes', '--yes (or only look at them, with --dry-run)')
    }
    if (flags['passphrase-stdin'] && args.file === '-') {
      throw new InvalidInput('Standard input can give the passphrase or the members, not both.')
    }
    const session = await this.withFile(flags, async (work) => {
      const { importInSession } = await import('../../src/cli/import-session.ts')
      return importInSession(work, {
        file: args.file,
        organisation: flags.organisation,
        answer: dryRun ? 'no' : yes ? 'yes' : 'ask',
        strict: flags.strict,
        rejects: flags.rejects,
        show: (line) => this.say(line),
      })
    })
    const { found, applied } = session
    const within = ofOrganisation(flags.organisation)
    const changes = found.counts.new + found.counts.changed
    if (changes === 0) this.say('Nothing to change: every row that can be taken is in the file already.')
    else this.say(applied ? `${countOf(changes, 'member')} written.` : 'Nothing was written.')
    if (found.counts.rejected > 0 && session.rejects === null) {
      const rows = countOf(found.counts.rejected, 'row')
      this.note(`${rows} left out. Mend them and import the file again, as often as you like.`)
    }
    if (!applied && changes > 0) this.next(`urna voter import ${args.file}${within} --yes`)
    else this.next(found.draft === undefined ? `urna election create${within}` : `urna doctor ${found.draft}`)
    return outputOfImport(session, args.file)
  }
}
