import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'

export const output = z.strictObject({
  election: z.string(),
  file: z.string(),
  holds: z.enum(['round', 'trustees', 'shuffles']),
  /** Of the key ceremony; null where it is none. */
  round: z.int().nullable(),
  awaited: z.array(z.string()),
  certificates: z.string().nullable(),
})

export default class TrusteeMessage extends FileCommand {
  static override summary = 'Write the file that the trustees need now, beside the archive.'
  static override description =
    'One file for all of them: the next round of the key ceremony, or, when every key is there, the list of keys, by which each checks it and rehearses the opening; after the close, who signed the shuffles, for trustees of a group who decrypt and did not shuffle. Nothing in it is for one pair of eyes only but what is sealed for them, so it can go by e-mail. Asked again, it is the same file.'
  static override examples = ['<%= config.bin %> trustee message board-2026']
  static override args = { election: electionArg }
  static override flags = { out: Flags.string({ description: 'Folder for the file.', default: '.' }) }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeMessage)
    const [{ writeOfficerMessage }, { loadGroup }] = await Promise.all([
      import('../../src/tally/ceremony/officer-message.ts'),
      import('../../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    const written = await this.withFile(flags, (work) =>
      writeOfficerMessage({ work, group }, { slug: args.election, folder: flags.out }),
    )
    const { file, holds, round, awaited, certificates } = written
    if (holds === 'shuffles') {
      this.say(
        `${printable(file)}: who signed the shuffles. A trustee who did not shuffle puts it beside the archive.`,
      )
      this.next(`urna export archive ${written.election}`)
      return written
    }
    this.say(
      round === null
        ? `${printable(file)}: every key is there. Send it to all trustees, to check and to rehearse with.`
        : `${printable(file)}: round ${round} of 3 of the key ceremony. Send it to all trustees of the group.`,
    )
    if (certificates !== null) this.say(`Certificates: ${certificates}`)
    const answering =
      awaited.length === 0 ? 'Everybody has answered.' : `To answer: ${awaited.map(printable).join(', ')}.`
    this.note(`Each types: urna trustee continue FILE, and sends back what it writes. ${answering}`)
    this.next(`urna trustee receive FILE… --election ${written.election}`)
    return written
  }
}
