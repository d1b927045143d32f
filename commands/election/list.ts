import { Flags } from '@oclif/core'
import { z } from 'zod'
import { overdueSentence, stateOf } from '../../src/cli/election-table.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatCount, formatTable, printable } from '../../src/cli/output.ts'
import { textOfMoment } from '../../src/election/zoned-time.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  elections: z.array(
    z.strictObject({
      election: z.string(),
      title: z.string(),
      status: z.string(),
      zone: z.string(),
      opensAt: z.string().nullable(),
      closesAt: z.string().nullable(),
      /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
      closedToBallotsSince: z.string().nullable(),
      embargoUntil: z.string().nullable(),
      publishedAt: z.string().nullable(),
      contests: count,
      voters: count,
      voted: count,
    }),
  ),
})

export default class ElectionList extends FileCommand {
  static override summary = 'List the elections of the file, or of one organisation, the latest first.'
  static override examples = ['<%= config.bin %> <%= command.id %>']

  static override flags = {
    organisation: Flags.string({
      description: 'Only those of this organisation.',
      helpValue: 'ORGANISATION',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(ElectionList)
    const listed = await this.withFile(flags, async (work) => {
      const { listElections } = await import('../../src/election/list-elections.ts')
      return listElections(work, flags.organisation)
    })
    if (listed.length === 0) this.say('There is no election in this file yet.')
    else {
      this.say(
        formatTable({
          head: ['Election', 'Status', 'Title', 'Closes', 'Voted'],
          rows: listed.map(({ election, over, voters, voted }) => [
            election.slug,
            over === null ? stateOf(election) : `${election.status}, time over`,
            printable(election.title),
            election.closes_at === null ? '' : textOfMoment(election.closes_at, election.zone),
            `${formatCount(voted)} of ${formatCount(voters)}`,
          ]),
        }),
      )
    }
    for (const { election } of listed.filter(({ over }) => over !== null)) {
      this.note(overdueSentence(election))
    }
    const latest = listed[0]?.election.slug
    this.next(latest === undefined ? 'urna election create' : `urna election show ${latest}`)
    return {
      elections: listed.map(({ election, over, contests, voters, voted }) => ({
        election: election.slug,
        title: election.title,
        status: election.status,
        zone: election.zone,
        opensAt: election.opens_at,
        closesAt: election.closes_at,
        closedToBallotsSince: over,
        embargoUntil: election.embargo_until,
        publishedAt: election.published_at,
        ...{ contests, voters, voted },
      })),
    }
  }
}
