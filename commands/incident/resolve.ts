import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { incidentOutput } from '../../src/election/incidents.ts'

export const output = incidentOutput

export default class IncidentResolve extends FileCommand {
  static override summary = 'Say how an incident ended; it stays on record with that.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 1 --resolution "All three voted later."',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election.', required: true }),
    number: Args.integer({ description: 'Number of the incident.', required: true }),
  }
  static override flags = {
    resolution: Flags.string({ description: 'How it ended, and who decided so.', required: true }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(IncidentResolve)
    const resolved = await this.withFile(flags, async (work) => {
      const { resolveIncident } = await import('../../src/election/incidents.ts')
      return resolveIncident(work, { ...args, resolution: flags.resolution })
    })
    this.say(`Incident ${resolved.number} of ${resolved.election} is resolved.`)
    this.next(`urna incident list ${resolved.election}`)
    return resolved
  }
}
