import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { overdueSentence, stateOf } from '../../src/cli/election-table.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatCount, formatTable, printable } from '../../src/cli/output.ts'
import { electionListOutput, outputOfList } from '../../src/election/list-output.ts'
import { textOfMoment } from '../../src/election/zoned-time.ts'

export const output = electionListOutput

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
    return outputOfList(listed)
  }
}
