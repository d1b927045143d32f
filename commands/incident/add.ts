import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf } from '../../src/cli/output.ts'
import { effectSentence } from '../../src/election/effect-sentence.ts'
import { incidentKinds, incidentOutput } from '../../src/election/incidents.ts'

export const output = incidentOutput

const several = { multiple: true, multipleNonGreedy: true } as const

export default class IncidentAdd extends FileCommand {
  static override summary = 'Record what went wrong, or a ballot that is contested.'
  static override description =
    'It stays on record and stands in the certificate, with whether so many ballots could change the outcome: exactly where the most votes win, and else as not excluded. Names of voters do not belong in the text.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --kind technical --text "The server was down for ten minutes." --affected 3 --of voters',
    '<%= config.bin %> <%= command.id %> board-2026 --kind contested --ballot CODE --text "Cast in the name of another."',
  ]
  static override args = { election: electionArg }
  static override flags = {
    kind: Flags.option({ description: 'What it is.', options: incidentKinds, required: true })(),
    text: Flags.string({ description: 'What happened.', required: true }),
    at: Flags.string({ description: "When, in the election's zone; without it, now.", helpValue: 'TIME' }),
    contest: Flags.string({ description: 'Title or number of the contest; without it, all of them.' }),
    affected: Flags.integer({ description: 'How many; without it, as many as are named.', min: 0 }),
    of: Flags.option({
      description: 'Ballots that may have been changed, or voters who may have been kept from voting.',
      options: ['ballots', 'voters'] as const,
    })(),
    ballot: Flags.string({
      description: 'Tracking code of a contested ballot.',
      helpValue: 'CODE',
      ...several,
    }),
    voter: Flags.string({ description: 'Number of a voter on the roll.', helpValue: 'NUMBER', ...several }),
    explains: Flags.string({
      description: 'The difference that it explains, as urna election certify named it.',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(IncidentAdd)
    const { kind, text, at, contest, affected, of: affectedKind, explains } = flags
    const added = await this.withFile(flags, async (work) => {
      const { addIncident } = await import('../../src/election/incidents.ts')
      return addIncident(work, {
        ...{ election: args.election, kind, text, at, contest, affected, affectedKind, explains },
        ...{ ballots: flags.ballot ?? [], voters: flags.voter ?? [] },
      })
    })
    this.say(
      `Incident ${added.number} of ${added.election} is recorded: ${countOf(added.affected, added.affectedKind.slice(0, -1))} affected.`,
    )
    this.say(effectSentence(added.effect))
    this.next(`urna incident resolve ${added.election} ${added.number} --resolution TEXT`)
    return added
  }
}
