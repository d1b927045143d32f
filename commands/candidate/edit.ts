import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { changeLines } from '../../src/cli/change-lines.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { printable } from '../../src/cli/output.ts'
import { changesOutput, outputOfChanges } from '../../src/election/draft-outputs.ts'
import { given } from '../../src/given.ts'

export const output = z.strictObject({
  election: z.string(),
  /** Title. */
  contest: z.string(),
  /** As it is now. */
  name: z.string(),
  /** Empty where it was all like that already. */
  changes: changesOutput,
})

export default class CandidateEdit extends FileCommand {
  static override summary = 'Change a candidate on the ballot of a draft.'
  static override description =
    'What is left out stays as it is, and an empty text ("") takes away what was there. The place on the ballot stays.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "Ana Duarte" board-2026 --name "Ana Duarte Lima"',
    '<%= config.bin %> <%= command.id %> "Bo Lindqvist" --contest Chair --party ""',
  ]
  static override args = {
    name: Args.string({ description: 'The candidate, as the ballot has the name.', required: true }),
    election: electionArg,
  }
  static override flags = {
    contest: Flags.string({
      description: 'Title or number of the contest, where the name is in several.',
      helpValue: 'CONTEST',
    }),
    name: Flags.string({ description: 'The name on the ballot.' }),
    statement: Flags.string({ description: 'What the candidate says to the voters.', helpValue: 'TEXT' }),
    party: Flags.string({ description: 'Party or group.' }),
    symbol: Flags.string({ description: 'The sign beside the name.' }),
    'birth-date': Flags.string({ description: 'Like 1980-05-31.', helpValue: 'DATE' }),
    district: Flags.string({ description: 'Where the candidate stands.' }),
    slate: Flags.string({ description: 'The list that the candidate is on.' }),
    photo: Flags.string({
      description:
        'A picture: JPEG, PNG or WebP, at most 10 MB; it is made as small as ballots show it. "" takes it away.',
      helpValue: 'FILE',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(CandidateEdit)
    const { name, statement, party, symbol, 'birth-date': birth_date, district, slate } = flags
    const edited = await this.withFile(flags, async (work) => {
      const [{ editCandidate }, { readPhotoFile }] = await Promise.all([
        import('../../src/election/edit-candidate.ts'),
        import('../../src/election/photo-file.ts'),
      ])
      return editCandidate(work, {
        ...{ election: args.election, contest: flags.contest, name: args.name },
        changes: {
          ...given({ name, statement, party, symbol, birth_date, district, slate }),
          ...(flags.photo !== undefined && {
            photo: flags.photo === '' ? null : await readPhotoFile(flags.photo),
          }),
        },
      })
    })
    const { election, contest, changes } = edited
    const candidate = `${printable(edited.name)} (${printable(contest)})`
    this.say(
      changes.length === 0
        ? `Nothing to change: ${candidate} is like that already.`
        : `${candidate} is changed:`,
    )
    for (const line of changeLines(changes)) this.say(line)
    this.next(`urna candidate list ${election}`)
    return { election, contest, name: edited.name, changes: outputOfChanges(changes) }
  }
}
