import { join } from 'node:path'
import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { prose } from '../../src/cli/prose.ts'
import { openedOutput, outputOfOpened } from '../../src/election/step-outputs.ts'

export const output = openedOutput.extend({
  /** The public election, for voters. */
  file: z.string(),
})

const sentences = { opened: 'is open', reopened: 'is open again', already: 'is open already' }

export default class ElectionOpen extends FileCommand {
  static override summary = 'Open an election, or go on with a paused one.'
  static override description =
    'From here on the roll, the contests and the trustees are fixed. Writes ELECTION.election.json, the public file with which voters seal their ballots.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --out public',
  ]
  static override args = { election: electionArg }
  static override flags = {
    out: Flags.string({
      description: 'Folder for the public election file.',
      default: '.',
      helpValue: 'DIR',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionOpen)
    const publicFile = (slug: string) => join(flags.out, `${slug}.election.json`)
    const { requireFree, writeOutputFile } = await import('../../src/report/output-file.ts')
    const opened = await this.withFile(flags, async (work) => {
      const [{ readElection }, { openElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/read-election.ts'),
        import('../../src/election/open-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { slug, status } = await readElection(work, args.election)
      // An opening can't be undone, and voters need the file at once.
      if (status === 'draft') await requireFree(publicFile(slug))
      return openElection({ work, group: await loadGroup() }, slug)
    })
    const { slug, how, fingerprint, sealedJson, warnings } = opened
    const { file } = await writeOutputFile(
      publicFile(slug),
      async (sink) => sink(new TextEncoder().encode(sealedJson)),
      { existing: 'refuse' },
    )
    for (const { message } of warnings) this.note(prose(message, 'Note: '))
    this.say(`${slug} ${sentences[how]}. Fingerprint: ${fingerprint}`)
    this.say(prose(`Voters need ${file} and their token. Publish the file and the fingerprint.`))
    this.next(`urna ballot ingest FOLDER --election ${slug}`)
    return { ...outputOfOpened(opened), file }
  }
}
