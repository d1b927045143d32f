import { z } from 'zod'
import { UrnaCommand } from '../../src/cli/base-command.ts'
import { fishCompletion } from '../../src/cli/fish-completion.ts'

export const output = z.strictObject({ script: z.string() })

export default class AutocompleteFish extends UrnaCommand {
  static override summary = 'Print what makes the fish shell complete urna’s commands and flags.'
  static override description = 'For bash, zsh and PowerShell see: urna autocomplete'
  static override examples = ['<%= config.bin %> <%= command.id %> > ~/.config/fish/completions/urna.fish']

  async run(): Promise<z.infer<typeof output>> {
    await this.parse(AutocompleteFish)
    const script = fishCompletion(
      this.config.topics.filter(({ name }) => !name.includes(':')),
      this.config.commands,
    )
    if (!this.jsonEnabled()) process.stdout.write(script)
    return { script }
  }
}
