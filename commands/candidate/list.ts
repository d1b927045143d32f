import { Flags } from '@oclif/core'
import chalk from 'chalk'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { contestKind } from '../../src/cli/election-table.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import type { ContestOption } from '../../src/election/contests.ts'

export const output = z.strictObject({
  election: z.string(),
  contests: z.array(
    z.strictObject({
      title: z.string(),
      method: z.string(),
      seats: z.int().positive(),
      candidates: z.array(
        z.strictObject({
          name: z.string(),
          statement: z.string(),
          party: z.string().nullable(),
          symbol: z.string().nullable(),
          birthDate: z.string().nullable(),
          district: z.string().nullable(),
          slate: z.string().nullable(),
          /** Stands for none of the others. */
          none: z.boolean(),
          /** The candidates of a list, in its order. */
          members: z.array(z.string()),
          /** SHA-256 of the photo, in hex. */
          photo: z.string().nullable(),
        }),
      ),
    }),
  ),
})

export default class CandidateList extends FileCommand {
  static override summary = 'List the candidates in the order of the ballot.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026 --contest Chair']
  static override args = { election: electionArg }
  static override flags = {
    contest: Flags.string({
      description: 'Title or number of the only contest to list.',
      helpValue: 'CONTEST',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(CandidateList)
    const { election, contests } = await this.withFile(flags, async (work) => {
      const { listCandidates } = await import('../../src/election/list-candidates.ts')
      return listCandidates(work, { election: args.election, contest: flags.contest })
    })
    if (contests.length === 0) this.say(`${election} has no contest yet.`)
    for (const contest of contests) {
      this.say(`${contest.position}. ${chalk.bold(printable(contest.title))} (${contestKind(contest)})`)
      this.say(candidateTable(contest.options))
    }
    this.next(contests.length === 0 ? `urna contest add ${election}` : `urna doctor ${election}`)
    return {
      election,
      contests: contests.map(({ title, method, seats, options }) => ({
        ...{ title, method, seats },
        candidates: options.map(candidateOutput),
      })),
    }
  }
}

function candidateOutput(option: ContestOption) {
  const {
    name,
    statement,
    party,
    symbol,
    birth_date: birthDate,
    district,
    slate,
    role,
    members,
    photo,
  } = option
  return {
    ...{ name, statement, party, symbol, birthDate, district, slate, photo },
    ...{ none: role === 'none', members: [...members] },
  }
}

/** Only the columns that say something of anybody. */
function candidateTable(options: readonly ContestOption[]): string {
  const columns = (['party', 'slate', 'district'] as const).filter((column) =>
    options.some((option) => option[column] !== null),
  )
  const lists = options.some(({ members }) => members.length > 0)
  return formatTable({
    head: [
      '#',
      'Name',
      ...(lists ? ['Candidates'] : []),
      ...columns.map((column) => `${column.slice(0, 1).toUpperCase()}${column.slice(1)}`),
    ],
    rows: options.map((option) => [
      String(option.position),
      printable(option.name),
      ...(lists ? [printable(option.members.join(', '))] : []),
      ...columns.map((column) => printable(option[column] ?? '')),
    ]),
    right: [0],
  })
}
