import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { changeLines } from '../../src/cli/change-lines.ts'
import {
  blank,
  contestFlags,
  fieldsOfFlags,
  method,
  randomOrder,
  seats,
  writeIn,
} from '../../src/cli/contest-flags.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { changesOutput, outputOfChanges } from '../../src/election/draft-outputs.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Its number on the ballot, from 1. */
  contest: z.int().positive(),
  /** As it is now. */
  title: z.string(),
  dryRun: z.boolean(),
  /** Empty where it was all like that already. */
  changes: changesOutput,
})

export default class ContestEdit extends FileCommand {
  static override summary = 'Change a contest of a draft.'
  static override description =
    'What is left out stays as it is, and so do its candidates. With another method the rules are those of that method. --none "" and --blank-name "" take away what was there.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> Chair board-2026 --title Chairperson --threshold "at least 60%"',
    '<%= config.bin %> <%= command.id %> 2 --method stv-scottish --seats 5 --dry-run',
  ]
  static override args = {
    contest: Args.string({ description: 'Title or number of the contest.', required: true }),
    election: electionArg,
  }
  static override flags = {
    ...contestFlags,
    method: Flags.string(method),
    seats: Flags.integer(seats),
    blank: Flags.boolean(blank),
    'write-in': Flags.boolean(writeIn),
    'random-order': Flags.boolean(randomOrder),
    'dry-run': Flags.boolean({ description: 'Say what would change, and change nothing.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ContestEdit)
    const dryRun = flags['dry-run']
    const edited = await this.withFile(flags, async (work) => {
      const { editContest } = await import('../../src/election/edit-contest.ts')
      return editContest(work, {
        ...{ election: args.election, contest: args.contest, rehearsal: dryRun },
        changes: fieldsOfFlags(flags),
      })
    })
    const { election, position, changes } = edited
    const name = `Contest ${position} of ${election}, "${printable(edited.title)}",`
    if (changes.length === 0) this.say(`Nothing to change: ${name} is like that already.`)
    else this.say(dryRun ? `${name} would change:` : `${name} is changed:`)
    for (const line of changeLines(changes)) this.say(line)
    this.next(`urna doctor ${election}`)
    return {
      election,
      contest: position,
      title: edited.title,
      dryRun,
      changes: outputOfChanges(changes),
    }
  }
}
