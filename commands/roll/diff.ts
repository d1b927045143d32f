import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'
import { diffLines } from '../../src/cli/roll-diff-lines.ts'

const count = z.int().nonnegative()
const text = z.string().nullable()
const person = z.strictObject({ number: z.string(), name: z.string() })
const people = z.strictObject({ count, first: z.array(person) })

export const output = z.strictObject({
  election: z.string(),
  /** Who may vote by the roll. */
  here: count,
  /** Who is on the other side. */
  there: count,
  onlyHere: people,
  onlyThere: people,
  /** From what the roll says to what the other side says. */
  changed: z.strictObject({
    count,
    first: z.array(
      person.extend({ changes: z.array(z.strictObject({ field: z.string(), from: text, to: text })) }),
    ),
  }),
  /** Rows of the file that could not be compared. */
  problems: z.array(z.strictObject({ line: count, reason: z.string() })),
})

export default class RollDiff extends FileCommand {
  static override summary =
    'Compare the roll of an election with another roll, with the members, or with a file.'
  static override description =
    'The roll is compared as it is after its corrections; that of a draft as it would be now. Without --with it is compared with the members who pass the filter of the election now. Columns that a file lacks are not compared.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026',
    '<%= config.bin %> <%= command.id %> board-2026 --with board-2024',
    '<%= config.bin %> <%= command.id %> board-2026 --with-file members.csv --json',
  ]
  static override args = { election: electionArg }
  static override flags = {
    with: Flags.string({
      description: 'Short name of the election with whose roll it is compared.',
      helpValue: 'ELECTION',
      exclusive: ['with-file'],
    }),
    'with-file': Flags.string({
      description: 'A CSV with which it is compared, with columns as urna voter import reads them.',
      helpValue: 'FILE.csv',
    }),
    limit: Flags.integer({
      description: 'How many to list of each kind.',
      default: 20,
      min: 1,
      helpValue: 'N',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(RollDiff)
    const { with: other, 'with-file': file, limit } = flags
    const diff = await this.withFile(flags, async (work) => {
      const [{ diffRoll }, { fileSource }] = await Promise.all([
        import('../../src/register/roll-diff.ts'),
        import('../../src/register/csv-source.ts'),
      ])
      const counterpart =
        other !== undefined
          ? { kind: 'election' as const, election: other }
          : file !== undefined
            ? { kind: 'file' as const, source: fileSource(file) }
            : { kind: 'members' as const }
      return diffRoll(work, { election: args.election, counterpart, limit })
    })
    const { election, here, there } = diff
    const what = other ?? file ?? 'the members who may vote by its filter now'
    this.say(`${countOf(here, 'voter')} may vote in ${election}; ${there} in ${what}.`)
    for (const line of diffLines(diff)) this.say(line)
    const differs = diff.onlyHere.count + diff.onlyThere.count > 0
    this.next(differs ? `urna roll correct ${election}` : `urna roll show ${election}`)
    return diff
  }
}
