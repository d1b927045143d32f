import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
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
    confirm: Flags.string({
      description: 'The short name again, where a tie would be published that only a lot decides.',
      helpValue: 'ELECTION',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionPublish)
    const { at, reason } = flags
    const { zone, ...publication } = await this.withFile(flags, async (work) => {
      const [{ publishResult }, { lastingTies }] = await Promise.all([
        import('../../src/election/publication.ts'),
        import('../../src/election/lasting-ties.ts'),
      ])
      const { election, contests } = await lastingTies(work, args.election)
      if (contests.length > 0) {
        this.note(
          `${contests.map((title) => `"${printable(title)}"`).join(' and ')} ended in a tie that only a lot decides, and none is drawn once the result is published. Before, it is: urna tally run ${election} --seed TEXT`,
        )
        if (at === undefined) {
          await confirmDeed({ deed: `Publishing ${election}`, name: election, given: flags.confirm })
        }
      }
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
