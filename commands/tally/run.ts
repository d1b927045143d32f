import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { progressByLabel } from '../../src/cli/progress-by-label.ts'
import { writeInFlag } from '../../src/cli/write-in-flag.ts'
import { outcomeSentence } from '../../src/report/narrative.ts'

export const output = z.strictObject({
  election: z.string(),
  changed: z.boolean(),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      outcome: z.enum(['decided', 'tied', 'runoff']),
      winners: z.array(z.string()),
      /** The option for none of the others, where it won and the seat stays vacant. */
      vacantBy: z.string().nullable(),
      sentence: z.string(),
    }),
  ),
})

export default class TallyRun extends FileCommand {
  static override summary = 'Open the box of a closed election and count it.'
  static override description =
    'Does everything that can be done now, and says whose shuffle or decryption it waits for; what was done is saved, and the same command goes on from there. A tie that the rules leave open is a result. It can be decided by a lot that anyone can redo: --seed, where the rules of the contest name a lot. Names that voters wrote in are counted as they are written, whatever their case; --write-in says which of them are the same person, or count for nobody, and can be said again until the result is certified.'
  static override examples = [
    '<%= config.bin %> tally run board-2026',
    '<%= config.bin %> tally run board-2026 --seed "lottery of 14 March: 07 12 23 31 40 44"',
    '<%= config.bin %> tally run --write-in "ada lovlace=Ada Lovelace" --write-in "mickey mouse="',
  ]
  static override args = {
    election: electionArg,
  }
  static override flags = {
    seed: Flags.string({
      description:
        'Decide open ties by lot with this text; draw it in public, or publish it before the count.',
    }),
    'write-in': Flags.string(writeInFlag),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TallyRun)
    const [
      { runTally },
      { TallyWaits },
      { readResultDocument },
      { nextAfterResult },
      { loadGroup },
      { parseWriteInDecision },
    ] = await Promise.all([
      import('../../src/tally/run-tally.ts'),
      import('../../src/tally/refusals.ts'),
      import('../../src/tally/read-result.ts'),
      import('../../src/tally/next-after-result.ts'),
      import('../../src/sealing/group-sodium.ts'),
      import('../../src/tally/write-in-decisions.ts'),
    ])
    const group = await loadGroup()
    const progress = progressByLabel()
    return this.withFile(flags, async (work) => {
      const { election, changed } = await runTally(
        { work, group },
        {
          ...{ slug: args.election, seed: flags.seed, progress: progress.update },
          writeIns: flags['write-in']?.map(parseWriteInDecision) ?? [],
        },
      )
        .finally(progress.stop)
        .catch((error: unknown) => {
          if (error instanceof TallyWaits) for (const step of error.steps) this.note(`· ${step}`)
          throw error
        })
      const result = await readResultDocument({ work, group }, election)
      this.say(changed ? `${election} is counted.` : `${election} was counted already; nothing was changed.`)
      const contests = result.contests.map((contest) => ({
        title: contest.title,
        outcome: contest.tabulation.outcome.kind,
        winners: contest.winners,
        vacantBy: contest.vacantBy,
        sentence: outcomeSentence(contest),
      }))
      for (const { title, sentence } of contests) this.say(`${printable(title)}: ${printable(sentence)}`)
      this.note(`The rounds: urna tally show ${election}`)
      this.next(nextAfterResult(result))
      return { election, changed, contests }
    })
  }
}
