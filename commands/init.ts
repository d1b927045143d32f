import { basename } from 'node:path'
import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand, officerOf } from '../src/cli/file-command.ts'
import { readNewPassphrase } from '../src/cli/passphrase.ts'
import { askText } from '../src/cli/prompts.ts'
import { systemClock } from '../src/clock.ts'

export const output = z.strictObject({ file: z.string(), organisation: z.string() })

export default class Init extends FileCommand {
  static override summary = 'Make a new, encrypted election file.'
  static override description =
    'Everything of an organisation and its elections lives in this one file. It is encrypted with the passphrase; nobody, we included, can open it without.'
  static override examples = [
    '<%= config.bin %> init chapter.urna --organisation "Rail Workers, Northern Chapter"',
  ]
  static override args = {
    file: Args.string({ description: 'Name of the new file.', required: true }),
  }
  static override flags = {
    organisation: Flags.string({ char: 'o', description: 'Name of the organisation.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Init)
    const path = args.file.endsWith('.urna') ? args.file : `${args.file}.urna`
    const { createEmptyFile } = await import('../src/cli/create-file.ts')
    const organisation =
      flags.organisation ?? (await askText('Name of the organisation', { flag: '--organisation NAME' }))
    await createEmptyFile({
      path,
      passphrase: () => readNewPassphrase(flags, path),
      organisation,
      clock: systemClock,
      officer: officerOf(flags),
    })
    this.say(
      `${basename(path)} is ready. Without its passphrase nobody can open it: keep it safe, apart from the file.`,
    )
    this.next('urna voter import members.csv')
    return { file: path, organisation }
  }
}
