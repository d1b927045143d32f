import { Flags } from '@oclif/core'
import { z } from 'zod'
import { confirmDeed } from '../../src/cli/confirm.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import type { Purge } from '../../src/election/purge-election.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  /** The election, and the runoffs that go with it. */
  elections: z.array(z.string()),
  dryRun: z.boolean(),
  /** Null where it was only tried. */
  purgedAt: z.iso.datetime().nullable(),
  /** Until when its voters are to be kept; null for no limit. */
  keptUntil: z.iso.datetime().nullable(),
  removes: z.strictObject({
    voters: count,
    tokens: count,
    corrections: count,
    codes: count,
    /** Candidates with a statement or a date of birth. */
    statements: count,
    photos: count,
  }),
  /** Copies beside the file, which go as well. */
  copies: z.array(z.string()),
  /** Backups that the log knows of, and that the purge does not reach. */
  elsewhere: z.array(z.string()),
  /** Entries of the log by an earlier urna, which may name voters and can't be changed. */
  oldEntries: count,
})

export default class ElectionPurge extends FileCommand {
  static override summary = 'Remove for good who the voters of an election were.'
  static override description =
    'Names, numbers, addresses, tokens, codes, corrections of the roll and whose ballot is whose, what the audit log says of voters, and statements, birth dates and photos of candidates; also of its runoffs, and in the copies that urna left beside the file. The public archive, the result and the chain of the log stay and still verify. Possible once it is certified, cancelled or published. Where the election or its organisation says how long voters are kept (--keep-days), not before that without a --reason. Members stay in the register. Repeated, it ends what was cut short.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --dry-run',
    '<%= config.bin %> <%= command.id %> board-2026 --confirm board-2026',
  ]
  static override args = { election: electionArg }
  static override flags = {
    confirm: Flags.string({ description: 'The short name again, to confirm.', helpValue: 'ELECTION' }),
    reason: Flags.string({ description: 'Why it is done before its time, for the audit log.' }),
    'dry-run': Flags.boolean({ description: 'Say what would go, and change nothing.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionPurge)
    const dryRun = flags['dry-run']
    const purge = await this.withFile(flags, async (work) => {
      const { planPurge, purgeElection } = await import('../../src/election/purge-election.ts')
      const plan = await planPurge(work, args.election)
      if (dryRun) return plan
      // What is too early is refused before anybody is asked for the name.
      if (plan.purgedAt === null && !(plan.early && flags.reason === undefined)) {
        await confirmDeed({ deed: `Purging ${plan.election}`, name: plan.election, given: flags.confirm })
      }
      return purgeElection(work, plan.election, flags.reason)
    })
    this.#tell(purge, dryRun)
    const { early, ...rest } = purge
    const again = `urna election purge ${purge.election} --confirm ${purge.election}`
    this.next(
      !dryRun || purge.purgedAt !== null ? 'urna audit verify' : early ? `${again} --reason TEXT` : again,
    )
    return { ...rest, dryRun }
  }

  #tell(purge: Purge, dryRun: boolean): void {
    const { elections, removes, copies, elsewhere, oldEntries, purgedAt, keptUntil, early } = purge
    const names = elections.join(', ')
    const gone = Object.values(removes).some((number) => number > 0)
    if (dryRun && purgedAt === null) this.say(`From ${names} would go for good:`)
    else if (gone) this.say(`From ${names} is gone for good:`)
    else this.say(`${names} was purged on ${(purgedAt ?? '').slice(0, 10)}; the file holds nothing of it.`)
    if (gone) {
      this.say(
        `  ${countOf(removes.voters, 'voter')}: number, name, addresses, units, mark, whose ballot is whose`,
      )
      this.say(`  ${countOf(removes.tokens, 'token')}, ${countOf(removes.codes, 'one-time code')}`)
      this.say(`  ${countOf(removes.corrections, 'correction')} of the roll`)
      this.say(
        `  ${countOf(removes.statements, 'statement')} and ${countOf(removes.photos, 'photo')} of candidates`,
      )
      this.say('  what the audit log says of voters; its chain stays')
    }
    for (const copy of copies) this.say(`  the copy ${printable(copy)}`)
    if (early) this.note(`Its voters are to be kept until ${keptUntil!.slice(0, 10)}.`)
    if (elsewhere.length > 0) {
      this.note('Backups that are not reached from here still hold it. Destroy them where they are:')
      for (const path of elsewhere) this.note(`  ${printable(path)}`)
    }
    if (oldEntries > 0) {
      this.note(
        `${countOf(oldEntries, 'entry', 'entries')} of the audit log, by an earlier urna, may name voters and can't be changed.`,
      )
    }
    this.note('Members stay in the register, and the files of tokens and letters where they were written.')
  }
}
