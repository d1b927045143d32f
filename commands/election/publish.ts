import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { textOfMoment } from '../../src/election/zoned-time.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  /** Null while it is still to come. */
  publishedAt: z.iso.datetime().nullable(),
  embargoUntil: z.iso.datetime().nullable(),
})

export default class ElectionPublish extends FileCommand {
  static override summary = 'Let everybody see the result, now or at a time to come.'
  static override description =
    'Possible once it is tallied. Until then urna serve shows nothing of it to anybody, not even to voters. With --at it is under an embargo until that time, and a running urna serve publishes it then; without, an embargo that there was is lifted.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026',
    '<%= config.bin %> <%= command.id %> board-2026 --at "2026-12-05 12:00" --reason "after the press conference"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    at: Flags.string({ description: "When, in the election's zone; without it, now.", helpValue: 'TIME' }),
    reason: Flags.string({ description: 'Why, for the audit log.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionPublish)
    const { at, reason } = flags
    const { zone, ...publication } = await this.withFile(flags, async (work) => {
      const { publishResult } = await import('../../src/election/publication.ts')
      return publishResult(work, { election: args.election, at, reason })
    })
    const { election, changed, publishedAt, embargoUntil } = publication
    const told = (moment: string | null) => `${textOfMoment(moment ?? '', zone)} (${zone})`
    if (publishedAt === null) this.say(`The result of ${election} is published at ${told(embargoUntil)}.`)
    else if (changed) this.say(`The result of ${election} is published.`)
    else this.say(`The result of ${election} is published already, since ${told(publishedAt)}.`)
    this.next(`urna election show ${election}`)
    return publication
  }
}
