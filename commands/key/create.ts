import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand } from '../../src/cli/file-command.ts'
import { ofOrganisation, organisationFlag } from '../../src/cli/organisation-flag.ts'
import { printable } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'
import { actions } from '../../src/organisation/roles.ts'

export const described = z.strictObject({
  organisation: z.string(),
  /** What the key is called; no secret. */
  handle: z.string(),
  /** Name of the officer who holds it. */
  officer: z.string(),
  scopes: z.array(z.enum(actions)),
  dryRun: z.boolean(),
  /** ISO 8601 in UTC. */
  expiresAt: z.string(),
})

/** With the key itself, which is never shown again. */
export const output = described.extend({ key: z.string() })

export default class KeyCreate extends FileCommand {
  static override summary = 'Make an API key for an officer, and show it once.'
  static override description =
    'With the key a script, or the dashboard, acts for the officer: as far as the role goes and the key was made for (docs/roles.md). The file keeps a hash of it, so nobody can show it again. With --scope all it is for everything that the role may do now.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> grace@example.org --scope all',
    '<%= config.bin %> <%= command.id %> "Grace Hopper" --scope election:read --scope turnout:read --expires 7d > key.txt',
  ]
  static override args = {
    officer: Args.string({ description: 'E-mail address or name of the officer.', required: true }),
  }
  static override flags = {
    scope: Flags.string({
      description: 'What it is for, like election:read; as often as needed.',
      helpValue: 'ACTION',
      multiple: true,
      multipleNonGreedy: true,
      required: true,
    }),
    expires: Flags.string({
      description: 'How long it is good: at most 366d.',
      helpValue: 'DAYS',
      default: '90d',
    }),
    'dry-run-only': Flags.boolean({
      description: 'Everything that is done with it is undone at once: to try scripts out.',
      default: false,
    }),
    organisation: organisationFlag,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(KeyCreate)
    const { scope: scopes, organisation, 'dry-run-only': dryRun } = flags
    const days = daysOf(flags.expires)
    const made = await this.withFile(flags, async (work) => {
      const { createKey } = await import('../../src/organisation/keys.ts')
      return createKey(work, { organisation, officer: args.officer, scopes, days, dryRun })
    })
    // In one piece whatever the width of the terminal.
    if (!this.jsonEnabled()) this.log(made.key)
    this.note(
      `This is the only time that the key is shown. ${printable(made.officer)} acts by it until ${made.expiresAt.slice(0, 10)}; in lists and logs it is called ${made.handle}.`,
    )
    this.next(`urna key list${ofOrganisation(organisation)}`)
    return made
  }
}

/** @throws InvalidInput */
function daysOf(text: string): number {
  const [, days] = /^(\d{1,3})d$/.exec(text) ?? []
  if (days !== undefined) return Number(days)
  throw new InvalidInput(
    `"${text}" is not a number of days.`,
    { expires: text },
    'Give it like --expires 30d.',
  )
}
