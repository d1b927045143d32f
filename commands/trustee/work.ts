import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { continuedLines } from '../../src/cli/continued-lines.ts'
import { progressByLabel } from '../../src/cli/progress-by-label.ts'
import { workedLines } from '../../src/cli/worked-lines.ts'
import { output as continued } from './continue.ts'

export const output = z.strictObject({
  election: z.strictObject({ name: z.string(), uuid: z.string() }),
  trustee: z.string(),
  server: z.string(),
  /** What was done now and sent, in order. */
  steps: z.array(
    z.strictObject({
      ...continued.pick({ did: true, keyFile: true, file: true, certificates: true, electionKey: true })
        .shape,
      /** Whether enough of the group had done their part without it, so that it was left out. */
      enough: z.boolean(),
    }),
  ),
  /** What trustees do now; null while nothing is asked of any. */
  step: z.enum(['certificate', 'shares', 'public_key', 'rehearsal', 'shuffle', 'decryption']).nullable(),
  /** Of this trustee. */
  state: z.enum(['awaited', 'done', 'spare', 'later']),
  /** Of these, so many. */
  awaited: z.array(z.strictObject({ names: z.array(z.string()), needed: z.int() })),
  /** Whether the election officer is to go on with the tally. */
  office: z.boolean(),
})

export default class TrusteeWork extends UrnaCommand {
  static override summary = 'Do what is your turn as a trustee, through the server of the election.'
  static override description =
    'The one command for every step, on your own machine, with the invitation that the officer sent. It asks the server what is awaited of you, does it as urna trustee continue does, checking all that comes, and sends what it made; then it says who is awaited. Your key never leaves this machine, and the server is believed no more than files are: read the certificates to each other over the telephone. Type it again whenever in doubt: it does nothing twice.'
  static override examples = [
    '<%= config.bin %> trustee work ruth-okafor.8kTzVh2mPqWxYa.invitation.json',
    '<%= config.bin %> trustee work ruth-okafor.8kTzVh2mPqWxYa.invitation.json --key ruth-okafor.private.json',
  ]
  static override args = {
    invitation: Args.string({ description: 'The invitation that the officer sent.', required: true }),
  }
  static override flags = {
    key: Flags.string({
      description: 'Your private key; without it, the one in the folder that fits.',
    }),
    folder: Flags.string({
      description: 'Where your key is, or is to be put, and what is sent.',
      default: '.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeWork)
    const [{ workRemotely }, { loadGroup }] = await Promise.all([
      import('../../src/tally/remote/work-remotely.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const progress = progressByLabel()
    try {
      const done = await workRemotely(await loadGroup(), {
        ...{ invitation: args.invitation, keyFile: flags.key, folder: flags.folder },
        onStep: (step, server) => {
          progress.stop()
          const { says, notes } = continuedLines(step, { server, enough: step.enough })
          for (const line of says) this.say(line)
          for (const line of notes) this.note(line)
        },
        progress: progress.update,
      })
      progress.stop()
      const { notes, next } = workedLines(done, args.invitation)
      for (const line of notes) this.note(line)
      this.next(next)
      const { server, steps, task } = done
      const { election, trustee, step, state, awaited, office } = task
      return {
        ...{ election: { name: election.title, uuid: election.uuid }, trustee, server },
        steps: steps.map(({ did, keyFile, file, certificates, electionKey, enough }) => ({
          ...{ did, keyFile, file, certificates, electionKey, enough },
        })),
        ...{ step, state, awaited, office },
      }
    } finally {
      progress.stop()
    }
  }
}
