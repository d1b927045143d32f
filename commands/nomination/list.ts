import chalk from 'chalk'
import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { nominationListOutput } from '../../src/election/nominations/list-nominations.ts'

export const output = nominationListOutput

export default class NominationList extends FileCommand {
  static override summary = 'List who is nominated by whom, and who accepted, declined or is silent.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(NominationList)
    const listed = await this.withFile(flags, async (work) => {
      const { listNominations } = await import('../../src/election/nominations/list-nominations.ts')
      return listNominations(work, args.election)
    })
    if (listed.contests.length === 0) this.say(`${listed.election} has no nominations.`)
    for (const contest of listed.contests) {
      const end = contest.closedAt === null ? `until ${contest.until}` : `closed ${contest.closedAt}`
      this.say(`${chalk.bold(printable(contest.title))} (${end})`)
      this.say(tableOf(contest))
      for (const { one, other } of contest.alike) {
        this.say(`${one} and ${other} may be one person: urna nomination merge ${other} --into ${one}`)
      }
    }
    const open = listed.contests.find(({ closedAt }) => closedAt === null)
    this.next(
      open === undefined
        ? `urna candidate list ${listed.election}`
        : `urna nomination close ${listed.election}`,
    )
    return listed
  }
}

function tableOf({ nominations, needed }: z.infer<typeof output>['contests'][number]): string {
  return formatTable({
    head: ['#', 'Name', 'Answer', 'Link', 'Nominated by'],
    rows: nominations.map(({ number, name, state, onBallot, invited, nominatedBy }) => [
      ...[String(number), printable(name), onBallot ? 'on the ballot' : state, invited ? 'yes' : 'no'],
      nominatedBy.map((each) => printable(each.name)).join(', ') +
        (nominatedBy.length < needed ? ` (${nominatedBy.length} of ${needed})` : ''),
    ]),
    right: [0],
  })
}
