import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  name: z.string(),
  kind: z.enum(['server', 'person']),
  /** The ceremony that the rest of the group begins; null where the trustee was in no group. */
  ceremony: z.string().nullable(),
})

export default class TrusteeRemove extends FileCommand {
  static override summary = 'Take a trustee out of an election that is still a draft.'
  static override description =
    'To replace a trustee, remove the one and add the other. In a group of whom some suffice, the others hold the key ceremony again: every share was made for that group and no other. This file’s own key is called server: without it, the trustees alone open the votes.'
  static override examples = [
    '<%= config.bin %> trustee remove "Ruth Okafor" board-2026',
    '<%= config.bin %> trustee remove Sam board-2026 --restart',
    '<%= config.bin %> trustee remove server board-2026',
  ]
  static override args = {
    name: Args.string({ description: 'Name of the trustee, as trustee list has it.', required: true }),
    election: electionArg,
  }
  static override flags = {
    restart: Flags.boolean({ description: 'The rest of the group holds its ceremony again.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeRemove)
    const [{ removeTrustee }, { loadGroup }] = await Promise.all([
      import('../../src/tally/remove-trustee.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const removed = await this.withFile(flags, (work) =>
      removeTrustee(
        { work, group },
        { slug: args.election, name: args.name, begun: flags.restart ? 'restart' : 'keep' },
      ),
    )
    const { election, ceremony } = removed
    const name = printable(removed.name)
    this.say(
      removed.kind === 'server'
        ? `This file holds no key of ${election} any more.`
        : `${name} is no trustee of ${election} any more.`,
    )
    if (ceremony !== null) this.note('The others begin their key ceremony again, with new keys.')
    this.next(ceremony === null ? `urna trustee list ${election}` : `urna trustee message ${election}`)
    return removed
  }
}
