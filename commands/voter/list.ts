import { Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, formatCount, formatTable, printable } from '../../src/cli/output.ts'
import { formatWeight } from '../../src/register/weights.ts'

const text = z.string().nullable()

export const output = z.strictObject({
  /** The election whose roll it is; null for the members. */
  election: text,
  /** How many match; the list may be shorter. */
  total: z.int().nonnegative(),
  people: z.array(
    z.strictObject({
      ...{ number: z.string(), name: z.string(), email: text, phone: text },
      ...{ status: text, region: text, chapter: text, district: text },
      /** In votes, as an exact decimal. */
      weight: z.string(),
      /** Since when the service that lists the members does not list this one. */
      leftAt: text,
      /** How the roll was corrected for this voter after the opening. */
      correction: z.enum(['added', 'struck']).nullable(),
    }),
  ),
})

export default class VoterList extends FileCommand {
  static override summary = 'List the members, or the voters on the roll of an election.'
  static override description =
    'The roll of a draft is listed as it would be if the election opened now. National ids are never shown.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --search garcia',
    '<%= config.bin %> <%= command.id %> --election board-2026 --limit 500 --json',
  ]
  static override flags = {
    election: Flags.string({
      char: 'e',
      description: 'List the roll of this election.',
      helpValue: 'ELECTION',
    }),
    search: Flags.string({
      char: 's',
      description: 'Only those with this text in number, name or e-mail address.',
      helpValue: 'TEXT',
    }),
    limit: Flags.integer({ description: 'How many to list at most.', default: 50, min: 1, helpValue: 'N' }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(VoterList)
    const { election, total, people } = await this.withFile(flags, async (work) => {
      const { listPeople } = await import('../../src/register/list-people.ts')
      const { election, organisation, search, limit } = flags
      return listPeople(work, { election, organisation, search, limit })
    })
    if (people.length > 0) {
      const rows = people.map((each) => [
        printable(each.number),
        printable(each.name),
        each.leftAt === null ? printable(each.status ?? '') : `left ${each.leftAt.slice(0, 10)}`,
        printable(each.chapter ?? each.region ?? ''),
        formatWeight(each.weightMicros),
        ...(election === undefined ? [] : [each.correction ?? '']),
      ])
      const head = ['Number', 'Name', 'Status', 'Chapter', 'Weight']
      if (election !== undefined) head.push('Corrected')
      this.say(formatTable({ head, rows, right: [4] }))
    }
    const what = election === undefined ? 'member' : 'voter'
    const shown = people.length < total ? `, the first ${formatCount(people.length)} shown` : ''
    this.say(`${countOf(total, what)}${flags.search === undefined ? '' : ' found'}${shown}.`)
    this.next(election === undefined ? 'urna election list' : `urna roll show ${election}`)
    return {
      election: election ?? null,
      total,
      people: people.map(({ weightMicros, ...each }) => ({ ...each, weight: formatWeight(weightMicros) })),
    }
  }
}
