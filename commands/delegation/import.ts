import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { inElection, reasonFlag, scopeFlags } from '../../src/cli/delegation-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'
import { canAsk } from '../../src/cli/prompts.ts'
import { prose } from '../../src/cli/prose.ts'
import { MissingInput } from '../../src/cli/refusals.ts'
import { gaveVoteOutput } from '../../src/register/delegation-outputs.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  /** Whether it was written, or only looked at. */
  applied: z.boolean(),
  election: z.string().nullable(),
  rows: count,
  given: z.array(gaveVoteOutput),
  unchanged: count,
  problems: z.array(z.strictObject({ line: count, reason: z.string(), mend: z.string().nullable() })),
})

export default class DelegationImport extends FileCommand {
  static override summary = 'Give votes to others as a CSV has them, after showing what would change.'
  static override description =
    'The columns "from" and "to" hold the numbers of who gives the vote and who casts it; "reason" and "expires" may be there. A row that can not be taken is told with its line, and leaves the others as they are.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> delegations.csv --reason "signed letters" --dry-run',
    '<%= config.bin %> <%= command.id %> delegations.csv --election board-2026 --yes',
  ]
  static override args = {
    file: Args.string({ description: 'The CSV file; - reads standard input.', required: true }),
  }
  static override flags = {
    ...scopeFlags,
    reason: reasonFlag,
    'dry-run': Flags.boolean({
      description: 'Show what would change, and change nothing.',
      exclusive: ['yes'],
      default: false,
    }),
    yes: Flags.boolean({ char: 'y', description: 'Apply the changes without asking.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(DelegationImport)
    const { election, organisation, reason, 'dry-run': dryRun, yes } = flags
    if (!dryRun && !yes && !canAsk()) {
      throw new MissingInput('Your yes to the changes', '--yes (or only look at them, with --dry-run)')
    }
    const done = await this.withFile(flags, async (work) => {
      const { importDelegationsInSession } = await import('../../src/cli/delegation-session.ts')
      return importDelegationsInSession(work, {
        ...{ file: args.file, election, organisation, reason },
        answer: dryRun ? 'no' : yes ? 'yes' : 'ask',
        show: (line) => this.say(line),
      })
    })
    const { found, applied } = done
    for (const { line, reason: why, mend } of found.problems) {
      this.note(prose(`Line ${line}: ${why}${mend === undefined ? '' : ` ${mend}`}`))
    }
    const votes = countOf(found.given.length, 'vote')
    this.say(applied ? `${votes} given to others.` : 'Nothing was written.')
    this.next(`urna delegation list${inElection(found.election)}`)
    return {
      ...{ applied, rows: found.rows, unchanged: found.unchanged, election: found.election ?? null },
      given: found.given.map((gave) => ({ ...gave, election: gave.election ?? null })),
      problems: found.problems.map(({ mend, ...rest }) => ({ ...rest, mend: mend ?? null })),
    }
  }
}
