import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Flags } from '@oclif/core'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { onlyOf } from '../../src/cli/letters-flags.ts'
import { mailingFlags } from '../../src/cli/mailing-flags.ts'
import { leftOutLines } from '../../src/cli/mailing-lines.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { systemClock } from '../../src/clock.ts'
import type { Language } from '../../src/delivery/code-message.ts'
import { readTextInput } from '../../src/interchange/read-input.ts'

const count = z.int().nonnegative()

export const output = z.strictObject({
  election: z.string(),
  file: z.string(),
  ...{ letters: count, pages: count, altered: count },
  withoutAddress: z.array(z.string()),
  leftOut: z.array(z.strictObject({ reason: z.string(), count, firstLine: count })),
})

const { template, language, links } = mailingFlags

export default class SendLetters extends FileCommand {
  static override summary = 'Print letters with the voters’ tokens, for envelopes with a window.'
  static override description =
    'A PDF with a page for each voter, sorted as letters are carried: the address in the window, the text, a square that opens the ballot page, and the token. Its owner alone can read the file: whoever has it can vote for all. The address comes from the members’ own fields. In a template a line with --- alone begins the second page.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tokens tokens.csv --out letters.pdf',
    '<%= config.bin %> <%= command.id %> board-2026 --tokens tokens.csv --only missing,bounced --duplex',
    '<%= config.bin %> <%= command.id %> --tokens tokens.csv --address "{street}|{postcode} {city}" --envelope us-10',
  ]
  static override args = { election: electionArg }
  static override flags = {
    tokens: Flags.string({
      description: 'The file of tokens, as urna token issue wrote it.',
      helpValue: 'FILE',
      required: true,
    }),
    out: Flags.string({
      char: 'o',
      description: 'The PDF; without it, ELECTION-letters.pdf. Never overwritten.',
    }),
    only: Flags.string({
      description:
        'Only for those whom no mail reached: missing, bounced, failed, unsubscribed, waiting, not-sent, with commas.',
      helpValue: 'REASONS',
    }),
    ...{ template, language, links },
    subject: Flags.string({ description: 'In place of the template’s.' }),
    address: Flags.string({
      description: 'Lines below the name, divided by |, of the members’ own fields; empty for none.',
      helpValue: 'LINES',
    }),
    sender: Flags.string({ description: 'In small print above the address; without it, the organisation.' }),
    envelope: Flags.string({
      description: 'Where its window is: DIN 5008 B (C5/6, DL) on A4, or US no. 10 on Letter.',
      options: ['din-b', 'us-10'],
      default: 'din-b',
    }),
    duplex: Flags.boolean({ description: 'Two pages for each voter, for printers that use both sides.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(SendLetters)
    const { address, sender, duplex, subject, links, tokens } = flags
    const language = flags.language as Language
    const envelope = flags.envelope as 'din-b' | 'us-10'
    const own = join(this.config.root, 'templates', 'messages', `letter.${language}.txt`)
    const text =
      flags.template === undefined ? await readFile(own, 'utf8') : await readTextInput(flags.template)
    const template = { name: basename(flags.template ?? own), text }
    const written = await this.withFile(flags, async (work) => {
      const [{ writeLetterFile }, { loadGroup }] = await Promise.all([
        import('../../src/mailing/write-letters.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const { out } = flags
      return writeLetterFile(
        { work, group: await loadGroup(), clock: systemClock },
        {
          ...{ election: args.election, tokens, template, subject, language, links, out },
          ...{ only: onlyOf(flags.only), address, sender, envelope, duplex },
        },
      )
    })
    const { election, file, letters, pages, altered, withoutAddress, leftOut } = written
    for (const line of leftOutLines(leftOut)) this.say(line)
    this.say(`${countOf(letters, 'letter')} on ${countOf(pages, 'page')}: ${printable(file)}`)
    if (withoutAddress.length > 0) {
      this.say(`No postal address, so no letter: ${withoutAddress.map(printable).join(', ')}`)
    }
    if (altered > 0) this.say(`${countOf(altered, 'letter')} could not show a name as it is: look at them.`)
    this.note('Whoever has this file can vote for all of them: print it, and delete it.')
    this.next(`urna send status ${election}`)
    return written
  }
}
