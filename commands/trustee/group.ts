import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { InvalidInput } from '../../src/cli/refusals.ts'

export const output = z.strictObject({
  election: z.string(),
  ceremony: z.string(),
  threshold: z.int(),
  trustees: z.array(z.string()),
  changed: z.boolean(),
  restarted: z.boolean(),
})

export default class TrusteeGroup extends FileCommand {
  static override summary = 'Declare a group of trustees of whom some suffice to open the votes.'
  static override description =
    'Their key is made in a ceremony of three rounds, by files that you send and receive; nobody, you among them, ever has it as a whole. Trustees that were added one by one, and this file, have to be there besides. To change the group later means to hold the ceremony again.'
  static override examples = [
    '<%= config.bin %> trustee group board-2026 --threshold 3 --of "Ruth, Sam, Tess, Uma, Vic"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    threshold: Flags.integer({ description: 'How many of them suffice.', required: true, min: 1 }),
    of: Flags.string({
      description: 'Their names, separated by commas.',
      required: true,
      multiple: true,
      delimiter: ',',
    }),
    restart: Flags.boolean({ description: 'Hold the ceremony again if one has begun.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeGroup)
    const [{ declareGroup }, { trusteeNameSchema }, { loadGroup }] = await Promise.all([
      import('../../src/tally/ceremony/declare-group.ts'),
      import('../../src/tally/key-file.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const names = z.array(trusteeNameSchema).safeParse(flags.of)
    if (!names.success) throw new InvalidInput('A trustee’s name has 1 to 100 printable characters.')
    const group = await loadGroup()
    const declared = await this.withFile(flags, (work) =>
      declareGroup(
        { work, group },
        {
          ...{ slug: args.election, threshold: flags.threshold, names: names.data },
          begun: flags.restart ? 'restart' : 'keep',
        },
      ),
    )
    const { election, threshold, trustees, changed, restarted } = declared
    const who = trustees.map(printable).join(', ')
    this.say(
      changed
        ? `${threshold} of ${who} will be able to open ${election}, once their key ceremony is over.`
        : `${election} has this group already; nothing was changed.`,
    )
    if (restarted) this.note('The ceremony before is void: its keys open nothing, and can be thrown away.')
    this.next(`urna trustee message ${election}`)
    return declared
  }
}
