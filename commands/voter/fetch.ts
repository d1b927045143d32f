import { Flags } from '@oclif/core'
import { durationOf } from '../../src/cli/duration.ts'
import { type FetchOutput, fetchOutput } from '../../src/cli/fetch-output.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf } from '../../src/cli/output.ts'
import { canAsk } from '../../src/cli/prompts.ts'
import { MissingInput } from '../../src/cli/refusals.ts'
import { headerFileFlag, headerOfFlag } from '../../src/cli/service-flags.ts'

export const output = fetchOutput

export default class VoterFetch extends FileCommand {
  static override summary = 'Bring the members up to date from the service that lists them.'
  static override description =
    'The whole list is fetched and judged before anything changes, and then taken at once. Who is not on it any more stays in the register as somebody who left, and is eligible for nothing until listed again. Rolls that are fixed stay as they are: correct them with urna roll correct.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --yes --not-older 1h --header-file service.header',
    '<%= config.bin %> <%= command.id %> --dry-run --rejects rejected.csv',
  ]
  static override flags = {
    'header-file': headerFileFlag,
    'not-older': Flags.string({
      description: 'Do nothing if it was asked in this time.',
      helpValue: 'TIME',
    }),
    'dry-run': Flags.boolean({
      description: 'Show what would change, and change nothing.',
      exclusive: ['yes'],
      default: false,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Apply the changes without asking.', default: false }),
    rejects: Flags.string({
      description: "Write the entries that can't be taken to this CSV, with the reason.",
      helpValue: 'FILE.csv',
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<FetchOutput> {
    const { flags } = await this.parse(VoterFetch)
    const { organisation, 'dry-run': dryRun, yes, 'not-older': notOlder } = flags
    if (!dryRun && !yes && !canAsk()) {
      throw new MissingInput('Your yes to the changes', '--yes (or only look at them, with --dry-run)')
    }
    const header = await headerOfFlag(flags['header-file'])
    const session = await this.withFile(flags, async (work) => {
      const { fetchInSession } = await import('../../src/cli/fetch-session.ts')
      return fetchInSession(work, {
        ...{ organisation, header, rejects: flags.rejects },
        notOlder: notOlder === undefined ? undefined : durationOf(notOlder, '--not-older') / 60_000,
        answer: dryRun ? 'no' : yes ? 'yes' : 'ask',
        show: (line) => this.say(line),
      })
    })
    const { outcome, applied, fetchedAt, changes, listed } = session
    const within = ofOrganisation(organisation)
    if (outcome === 'fresh') this.say(`Nothing to do: it was asked at ${fetchedAt}.`)
    else if (outcome === 'unchanged') this.say('It has nothing newer than what is in the file.')
    else if (applied) this.say(`${countOf(listed ?? 0, 'member')} listed, and taken.`)
    else this.say('Nothing was written.')
    const rejected = changes?.rejected ?? 0
    if (rejected > 0) this.note(`${countOf(rejected, 'entry', 'entries')} left out.`)
    this.next(
      outcome === 'list' && !applied ? `urna voter fetch${within} --yes` : `urna election list${within}`,
    )
    return session
  }
}
