import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { checkedLines, nextOfCheck } from '../../src/cli/member-check-lines.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { prose } from '../../src/cli/prose.ts'
import { headerFileFlag, headerOfFlag } from '../../src/cli/service-flags.ts'

export const output = z.strictObject({
  organisation: z.string(),
  number: z.string(),
  name: z.string().nullable(),
  /** What the service says now. */
  service: z.enum(['listed', 'not-listed', 'unreachable']),
  /** What was fetched or imported. */
  register: z.enum(['member', 'left', 'unknown']),
  fetchedAt: z.string().nullable(),
  election: z
    .strictObject({
      election: z.string(),
      status: z.string(),
      /** Whether the member passes its filter, by what the service says now or else by the register. */
      eligible: z.boolean(),
      /** Null while it is a draft. */
      roll: z.enum(['on', 'off', 'struck']).nullable(),
    })
    .nullable(),
})

export default class VoterCheck extends FileCommand {
  static override summary = 'Ask the service that lists the members about one of them.'
  static override description =
    'For whoever says that they should be able to vote: what the service says now, what the file has, and what the roll of an election says. Nothing changes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 10234 --election board-2026',
    '<%= config.bin %> <%= command.id %> 10234 --header-file service.header',
  ]
  static override args = {
    number: Args.string({ description: 'Number of the member.', required: true }),
  }
  static override flags = {
    election: Flags.string({
      char: 'e',
      description: 'Also look on the roll of this election.',
      helpValue: 'ELECTION',
    }),
    'header-file': headerFileFlag,
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(VoterCheck)
    const header = await headerOfFlag(flags['header-file'])
    const checked = await this.withFile(flags, async (work) => {
      const { checkMember } = await import('../../src/register/check-member.ts')
      const { organisation, election } = flags
      return checkMember(work, { organisation, election, number: args.number, header })
    })
    for (const line of checkedLines(checked)) this.say(prose(line))
    this.next(nextOfCheck(checked))
    return checked
  }
}
