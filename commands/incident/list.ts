import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { effectSentence } from '../../src/election/effect-sentence.ts'
import { incidentListOutput } from '../../src/election/incidents.ts'

export const output = incidentListOutput

export default class IncidentList extends FileCommand {
  static override summary = 'List the incidents of an election, and whether they could change its outcome.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(IncidentList)
    const incidents = await this.withFile(flags, async (work) => {
      const { listIncidents } = await import('../../src/election/incidents.ts')
      return listIncidents(work, args.election)
    })
    if (incidents.length === 0) this.say('No incident is recorded.')
    for (const each of incidents) {
      const of = countOf(each.affected, each.affectedKind.slice(0, -1))
      this.say(
        `${each.number}. ${each.kind}: ${printable(each.text)} (${of}; ${printable(each.contest ?? 'all contests')})`,
      )
      this.say(`   ${effectSentence(each.effect)}`)
      this.say(each.resolution === null ? '   Not resolved.' : `   Resolved: ${printable(each.resolution)}`)
    }
    this.next('urna incident add')
    return { incidents }
  }
}
