import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { scheduleOf } from '../../src/cli/election-table.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  /** The election that it decides. */
  runoffOf: z.string(),
  /** False where the runoff was there already. */
  changed: z.boolean(),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  contests: z.array(
    z.strictObject({ title: z.string(), seats: z.int().positive(), contenders: z.array(z.string()) }),
  ),
  /** Titles of the contests that are open too, and whose count names nobody to contend. */
  unclear: z.array(z.string()),
})

export default class RunoffCreate extends FileCommand {
  static override summary = 'Make the runoff of an election that did not elect everybody.'
  static override description =
    'A new draft between the contenders that the count left, with the same roll and trustees. Voters keep their tokens. By itself it opens at its time, and not before the result that it follows is published; without a time, an officer opens it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026',
    '<%= config.bin %> <%= command.id %> board-2026 --contest Chair --opens "2026-12-05 09:00" --hours 48',
  ]
  static override args = { election: electionArg }
  static override flags = {
    contest: Flags.string({
      description: 'Title or number of the only contest to decide; without it, all that are open.',
      helpValue: 'CONTEST',
    }),
    top: Flags.integer({
      description: 'How many go on, instead of those whom the count names; who equals the last goes on too.',
      min: 2,
    }),
    opens: Flags.string({
      description: "When it opens, in the election's zone; without it, when an officer opens it.",
      helpValue: 'TIME',
    }),
    hours: Flags.integer({
      description: 'How long it is announced to last, from --opens; without it, 24.',
      dependsOn: ['opens'],
      min: 1,
      max: 8760,
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(RunoffCreate)
    const created = await this.withFile(flags, async (work) => {
      const [{ createRunoff }, { loadGroup }] = await Promise.all([
        import('../../src/election/create-runoff.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { contest, top, opens, hours } = flags
      return createRunoff(
        { work, group: await loadGroup() },
        { election: args.election, contest, top, opens, hours: hours ?? 24 },
      )
    })
    const { election, of, changed, contests, unclear } = created
    this.say(
      changed
        ? `${election.slug} is made: the runoff of ${of}, ${scheduleOf(election)}.`
        : `${election.slug} is the runoff of ${of} already.`,
    )
    for (const { title, contenders } of contests) {
      this.say(`  ${printable(title)}: ${contenders.map(printable).join(', ')}`)
    }
    for (const title of unclear) {
      this.say(
        `  ${printable(title)}: left out, as a tie keeps its contenders from being known; draw a lot for it.`,
      )
    }
    this.say('Voters vote in it with the tokens that they have.')
    this.next(`urna election open ${election.slug}`)
    return {
      election: election.slug,
      runoffOf: of,
      changed,
      opensAt: election.opens_at,
      closesAt: election.closes_at,
      contests,
      unclear,
    }
  }
}
