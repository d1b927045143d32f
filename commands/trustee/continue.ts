import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { continuedLines } from '../../src/cli/continued-lines.ts'
import { printable } from '../../src/cli/output.ts'
import { progressByLabel } from '../../src/cli/progress-by-label.ts'
import { askOne } from '../../src/cli/prompts.ts'

export const output = z.strictObject({
  did: z.enum(['certificate', 'shares', 'public_key', 'checked', 'shuffle', 'decryption']),
  election: z.strictObject({ name: z.string(), uuid: z.string() }),
  trustee: z.string(),
  keyFile: z.string(),
  /** To be sent to the officer. */
  file: z.string(),
  /** Of the certificates of a group: what its trustees compare. */
  certificates: z.string().nullable(),
  /** Under which ballots are sealed, once every key is there. */
  electionKey: z.string().nullable(),
})

export default class TrusteeContinue extends UrnaCommand {
  static override summary = 'Do what is your turn as a trustee, with the file that the officer sent.'
  static override description =
    'The one command for every step, on your own machine: it tells from the file where things are. In the key ceremony it makes your certificate, shares your secret among the others, and adds up what they gave you, each time checking all that came. Then it checks the list of keys and rehearses the opening. With the public archive of the closed election it shuffles or decrypts. Run it again whenever in doubt: it does nothing twice.'
  static override examples = [
    '<%= config.bin %> trustee continue 7hGq2PmXsVdTqA.round-1.json --name "Ruth Okafor"',
    '<%= config.bin %> trustee continue 8kTzVh2mPqWxYa.bel',
  ]
  static override args = {
    file: Args.string({ description: 'What the officer sent.', required: true }),
  }
  static override flags = {
    key: Flags.string({
      description: 'Your private key; without it, the one in the folder that fits.',
    }),
    name: Flags.string({ description: 'Who of the group you are, in the first round.' }),
    folder: Flags.string({ description: 'Where your key is, or is to be put.', default: '.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeContinue)
    const [{ continueWork }, { loadGroup }] = await Promise.all([
      import('../../src/tally/ceremony/continue-work.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const progress = progressByLabel()
    try {
      const done = await continueWork(await loadGroup(), {
        ...{ source: args.file, keyFile: flags.key, name: flags.name, folder: flags.folder },
        chooseName: (names) =>
          askOne('Who are you?', {
            flag: '--name NAME',
            choices: names.map((name) => ({ name: printable(name), value: name })),
          }),
        progress: progress.update,
      })
      progress.stop()
      const { changed: _, ...told } = done
      const { says, notes, next } = continuedLines(done)
      for (const line of says) this.say(line)
      for (const line of notes) this.note(line)
      this.next(next)
      return told
    } finally {
      progress.stop()
    }
  }
}
