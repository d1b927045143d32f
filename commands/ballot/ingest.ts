import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'
import type { IngestedBallot } from '../../src/voting/ingest.ts'
import type { IngestReport } from '../../src/voting/ingest-report.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  ballots: count,
  accepted: count,
  recast: count,
  already: count,
  refused: count,
  trackingCodes: z.array(z.string()),
  refusals: z.array(z.strictObject({ file: z.string(), code: z.string(), reason: z.string() })),
})

export default class BallotIngest extends FileCommand {
  static override summary = 'Put sealed ballots into the box.'
  static override description =
    'Verifies every signature and proof, and accepts each right to vote once; of several ballots of one voter the last counts, where the election allows it. A ballot is called accepted only when it is on the disk. What an officer takes in from files needs no one-time code. Repeating the command does no harm. Of a folder it takes the files that end in .json, sorted by name; with - each line of standard input is a ballot.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ballots/',
    '<%= config.bin %> <%= command.id %> ada.ballot.json bo.ballot.json --election board-2026',
    'cat ballots.jsonl | <%= config.bin %> <%= command.id %> - --json',
  ]
  static override args = {
    source: Args.string({
      description: 'Files and folders of sealed ballots, or - for standard input.',
      required: true,
      multiple: true,
    }),
  }
  static override flags = {
    election: Flags.string({
      char: 'e',
      description: 'Short name of the election; not needed where there is only one.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(BallotIngest)
    if (flags['passphrase-stdin'] && args.source.includes('-')) {
      throw new InvalidInput('Standard input can give the passphrase or ballots, not both.')
    }
    const report = await this.withFile(flags, async (work) => {
      const [{ findBallotBox }, { ingestBallots }, sources, pools, reports, { loadGroup }] =
        await Promise.all([
          import('../../src/voting/ballot-box.ts'),
          import('../../src/voting/ingest.ts'),
          import('../../src/voting/ballot-sources.ts'),
          import('../../src/voting/verifier-pool.ts'),
          import('../../src/voting/ingest-report.ts'),
          import('../../src/sealing/group-sodium.ts'),
        ])
      const group = await loadGroup()
      const pool = pools.openVerifierPool()
      try {
        const deps = { work, group, verify: pool.verify }
        const box = await findBallotBox(deps, flags.election)
        const report = reports.emptyReport(box.election.slug)
        for await (const batch of ingestBallots(deps, box, sources.ballotsIn(args.source, process.stdin))) {
          for (const ballot of batch) {
            reports.addToReport(report, ballot)
            this.say(lineOf(ballot))
          }
        }
        return report
      } finally {
        await pool.close()
      }
    })
    await this.#tell(report)
    return report
  }

  async #tell(report: IngestReport): Promise<void> {
    const { election, ballots, accepted, recast, already, refused } = report
    const again = recast === 0 ? '' : `, ${recast} of them in place of an earlier one`
    this.note(
      `${countOf(ballots, 'ballot')}: ${accepted} accepted${again}, ${already} in the box before, ${refused} refused.`,
    )
    if (refused > 0) {
      const { BallotsRefused } = await import('../../src/voting/refusals.ts')
      throw new BallotsRefused({ ...report })
    }
    this.next(`urna board ${election}`)
  }
}

/** `accepted  CODE  file`, or `refused  code  file: reason`. */
function lineOf(ballot: IngestedBallot): string {
  const name = printable(ballot.name)
  if (ballot.outcome === 'refused') return `refused   ${ballot.code}  ${name}: ${ballot.reason}`
  return `${ballot.outcome.padEnd(8)}  ${ballot.trackingCode}  ${name}`
}
