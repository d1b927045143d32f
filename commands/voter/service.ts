import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { durationOf } from '../../src/cli/duration.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'
import { inHours } from '../../src/election/service-findings.ts'

export const output = z.strictObject({
  organisation: z.string(),
  /** From which the members come, or came until now. */
  url: z.string(),
  /** How old the list may be when an election opens. */
  maxAgeMinutes: z.int().positive(),
  /** When it was asked last; null if it never was. */
  fetchedAt: z.string().nullable(),
  /** How many it listed. */
  listed: z.int().positive().nullable(),
  /** SHA-256 of the list as it was taken. */
  sha256: z.string().nullable(),
  changed: z.boolean(),
  removed: z.boolean(),
})

export default class VoterService extends FileCommand {
  static override summary = 'Say from which service the members come; without an argument, show it.'
  static override description =
    'An organisation that keeps its members elsewhere lets urna fetch them over HTTP instead of importing a CSV: urna voter fetch. Elections then open only with a list that is not too old. The form of the answers is in docs/member-service.md; to try it, start one with urna dummy-service.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> https://members.example.org/api/ --max-age 12h',
    '<%= config.bin %> <%= command.id %> --remove',
  ]
  static override args = {
    url: Args.string({ description: 'Where it is: https, or http on this machine.' }),
  }
  static override flags = {
    'max-age': Flags.string({
      description: 'How old the list may be when an election opens; without it, 24h.',
      helpValue: 'TIME',
    }),
    remove: Flags.boolean({
      description: 'From now on the members come from CSV files.',
      exclusive: ['max-age'],
      default: false,
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(VoterService)
    const { organisation, remove, 'max-age': maxAge } = flags
    const { url } = args
    if (remove && url !== undefined) throw new InvalidInput('--remove goes without a URL.')
    const maxAgeMinutes = maxAge === undefined ? undefined : minutesOf(maxAge)
    const service = await this.withFile(flags, async (work) => {
      const { readService, removeService, setService } = await import('../../src/register/member-service.ts')
      if (remove) return { ...(await removeService(work, organisation)), changed: true }
      const changes = url !== undefined || maxAgeMinutes !== undefined
      if (changes) return setService(work, { organisation, url, maxAgeMinutes })
      return { ...(await readService(work, organisation)), changed: false }
    })
    const { fetchedAt, listed } = service
    const place = printable(service.url)
    if (remove) this.say(`The members of ${service.organisation} come from ${place} no longer.`)
    else {
      this.say(`The members of ${service.organisation} come from ${place}.`)
      this.say(`When an election opens, the list may be ${inHours(service.maxAgeMinutes)} old.`)
      this.say(
        fetchedAt === null
          ? 'It was never asked.'
          : `It was asked last at ${fetchedAt}, and listed ${countOf(listed ?? 0, 'member')}.`,
      )
    }
    this.next(`urna voter ${remove ? 'import members.csv' : 'fetch'}${ofOrganisation(organisation)}`)
    return { ...service, removed: remove }
  }
}

function minutesOf(text: string): number {
  return Math.max(1, Math.floor(durationOf(text, '--max-age') / 60_000))
}
