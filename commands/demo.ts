import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Flags } from '@oclif/core'
import chalk from 'chalk'
import { z } from 'zod'
import { UrnaCommand } from '../src/cli/base-command.ts'

export const output = z.strictObject({
  folder: z.string(),
  files: z.array(z.string()),
  /** The public archives: of the election, and of its runoff. */
  archives: z.array(z.string()),
})

export default class Demo extends UrnaCommand {
  static override summary = 'Play a whole election with a sample cast, from the CSV to the verified result.'
  static override description =
    'Every line is a command that an officer, a voter or a trustee would type; all of them really run, in a folder of their own, which is left for you to look around in.'
  static override examples = ['<%= config.bin %> demo', '<%= config.bin %> demo --dir my-first-election']
  static override flags = {
    dir: Flags.string({ description: 'A new or empty folder to play in; without it, a temporary one.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(Demo)
    const folder = await emptyFolder(flags.dir)
    const [{ DemoStage }, { playStory }] = await Promise.all([
      import('../src/cli/demo-stage.ts'),
      import('../src/cli/demo-story.ts'),
    ])
    const before = { folder: process.cwd(), environment: { ...process.env } }
    process.chdir(folder)
    const passphrase = 'a passphrase for the demonstration'
    writeFileSync('passphrase.txt', `${passphrase}\n`, { mode: 0o600 })
    Object.assign(process.env, { URNA_PASSPHRASE: passphrase, URNA_FILE: 'club.urna' })
    try {
      const stage = new DemoStage({
        config: this.config,
        silent: this.jsonEnabled(),
        tell: (line) => this.say(line),
        dim: (line) => chalk.dim(line),
      })
      const archives = await playStory(stage, pathToFileURL(`${this.config.root}/`).href)
      const files = readdirSync('.').sort()
      this.say(`\nEverything is in ${folder}:\n  ${files.join('\n  ')}`)
      this.note(`\nLook around: cd ${folder} && urna election show club --passphrase-file passphrase.txt`)
      return { folder, files, archives }
    } finally {
      process.chdir(before.folder)
      process.env = before.environment
    }
  }
}

/** @throws OutputExists if something is in it */
async function emptyFolder(dir: string | undefined): Promise<string> {
  if (dir === undefined) return mkdtempSync(join(tmpdir(), 'urna-demo-'))
  mkdirSync(dir, { recursive: true })
  if (readdirSync(dir).length > 0) {
    const { InvalidInput } = await import('../src/cli/refusals.ts')
    throw new InvalidInput(`${dir} is not empty.`, { dir }, 'Name a new folder with --dir, or none.')
  }
  return resolve(dir)
}
