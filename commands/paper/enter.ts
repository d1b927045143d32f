import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { batchContestOutput, outputOfContest } from '../../src/voting/paper/paper-outputs.ts'

export const output = batchContestOutput.extend({
  election: z.string(),
  batch: z.int().positive(),
  changed: z.boolean(),
})

export default class PaperEnter extends FileCommand {
  static override summary =
    'Enter what the papers of a batch say, signed with your key: two officers do, each alone.'
  static override description =
    'The file is one of ballots in any format that urna count reads, such as BLT or a CSV with a line for each paper; with --totals it is a CSV with the columns contest, option and votes, as for urna tally enter, for contests of which only sums count. A paper that breaks the rules of the contest is invalid. Where the two differ, the lines are shown, and a third entry with --reason stands.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 1 chair.csv --totals --invalid 2 --key ada.officer.private.json',
    '<%= config.bin %> <%= command.id %> board-2026 1 council.blt --contest Council --key ben.officer.private.json',
    '<%= config.bin %> <%= command.id %> board-2026 1 right.csv --reason "Paper 17 looked at together" --key ada.officer.private.json',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    batch: Args.integer({ description: 'Number of the batch.', required: true, min: 1 }),
    file: Args.string({ description: 'What the papers say.', required: true }),
  }
  static override flags = {
    contest: Flags.string({ description: 'Title or number of the contest; not needed where there is one.' }),
    key: Flags.string({
      description: 'Your signing key: NAME.officer.private.json (urna officer generate)',
      helpValue: 'FILE',
      required: true,
    }),
    totals: Flags.boolean({ description: 'The file has the votes of each option.', exclusive: ['format'] }),
    format: Flags.string({ description: 'Format of the file; without it, found out.' }),
    blank: Flags.integer({ description: 'Blank papers that are not in the file.', min: 0, default: 0 }),
    invalid: Flags.integer({ description: 'Invalid papers that are not in the file.', min: 0, default: 0 }),
    reason: Flags.string({ description: 'Why this entry stands, where two officers differ.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(PaperEnter)
    const [{ enterPapers }, { readPapers }, { withOfficerKey }, { loadSigning }, { differenceLines }] =
      await Promise.all([
        import('../../src/voting/paper/enter-papers.ts'),
        import('../../src/voting/paper/read-papers.ts'),
        import('../../src/organisation/officer-key-file.ts'),
        import('../../src/organisation/signing.ts'),
        import('../../src/cli/paper-lines.ts'),
      ])
    const { contest, reason, blank, invalid, totals, format } = flags
    const entered = await withOfficerKey(await loadSigning(), flags.key, (signer) =>
      this.withFile(flags, (work) =>
        enterPapers(work, {
          ...{ election: args.election, batch: args.batch, contest, signer, reason },
          read: (contest) => readPapers(contest, { path: args.file, totals, format, blank, invalid }),
        }),
      ),
    )
    const { election, batch, state, changed } = entered
    const where = `"${printable(entered.contest)}" of batch ${batch} (${printable(entered.place)})`
    if (!changed) this.say('You have entered the same before.')
    switch (state) {
      case 'one entry':
        this.say(`${where} is entered once; another officer enters it too.`)
        break
      case 'differs':
        for (const line of differenceLines(entered)) this.say(line)
        break
      default:
        this.say(`${where} is agreed.`)
    }
    this.next(`urna paper list ${election}`)
    return { ...outputOfContest(entered), election, batch, changed }
  }
}
