import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { batchOutput, outputOfBatch } from '../../src/voting/paper/paper-outputs.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  /** Entries of a batch whose number of papers was another. */
  entriesRemoved: z.int().nonnegative(),
  batch: batchOutput,
})

export default class PaperBatch extends FileCommand {
  static override summary = 'Register a pile of papers by its cover sheet, or correct that.'
  static override description =
    'A batch is what one polling place sends: how many papers were handed out, how many of those came back spoiled, and how many were in the box. Two officers then enter what the papers say: urna paper enter.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --place "Town hall" --papers 48 --issued 50 --spoiled 2',
    '<%= config.bin %> <%= command.id %> board-2026 --number 3 --papers 47 --reason "Two papers stuck together"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    place: Flags.string({ description: 'Where it comes from.' }),
    papers: Flags.integer({ description: 'Papers that were in the box.', min: 0, max: 1_000_000 }),
    issued: Flags.integer({
      description: 'Papers that were handed out; without it, as many as came back.',
      min: 0,
      max: 1_000_000,
    }),
    spoiled: Flags.integer({
      description: 'Of them, given back spoiled, for which the voter got another.',
      min: 0,
      max: 1_000_000,
    }),
    number: Flags.integer({ description: 'Of a batch that is there already.', min: 1 }),
    reason: Flags.string({
      description: 'Why the number of papers changes of a batch that is being counted.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(PaperBatch)
    const { place, papers, issued, spoiled, number, reason } = flags
    const done = await this.withFile(flags, async (work) => {
      const { registerBatch } = await import('../../src/voting/paper/register-batch.ts')
      return registerBatch(work, { election: args.election, place, papers, issued, spoiled, number, reason })
    })
    const { election, batch, changed, entriesRemoved } = done
    this.say(
      `Batch ${batch.number} of ${election}${changed ? '' : ' is so already'}: ${countOf(batch.papers, 'paper')} of ${printable(batch.place)}.`,
    )
    if (entriesRemoved > 0) this.say('It is to be entered anew by both officers.')
    this.next(`urna paper enter ${election} ${batch.number} FILE --key NAME.officer.private.json`)
    return { election, changed, entriesRemoved, batch: outputOfBatch(batch) }
  }
}
