import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { electionConfigSchema } from '../../src/election/config-schema.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Where it was written; null where it went to standard output. */
  file: z.string().nullable(),
  config: electionConfigSchema,
})

export default class ElectionExportConfig extends FileCommand {
  static override summary = 'Write an election as one YAML file, from which another can be made.'
  static override description =
    'The file has the contests, candidates and times, and no voter, token or key. Make an election from it with: election create --from FILE'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --out board-2026.yaml',
    '<%= config.bin %> <%= command.id %> board-2026 > next-year.yaml',
  ]
  static override args = { election: electionArg }
  static override flags = {
    out: Flags.string({
      char: 'o',
      description: 'The file; without it, standard output. Never overwritten.',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionExportConfig)
    const { exportConfig, configText } = await import('../../src/election/export-config.ts')
    const { slug, config } = await this.withFile(flags, (work) => exportConfig(work, args.election))
    if (flags.out === undefined) this.say(configText(config).trimEnd())
    else {
      const { writeOutputFile } = await import('../../src/report/output-file.ts')
      const bytes = new TextEncoder().encode(configText(config))
      await writeOutputFile(flags.out, async (sink) => sink(bytes), { existing: 'refuse' })
      this.say(`${flags.out} describes ${slug}.`)
    }
    this.next(`urna election create --from ${flags.out ?? 'FILE'}`)
    return { election: slug, file: flags.out ?? null, config }
  }
}
