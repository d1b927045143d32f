import { Flags } from '@oclif/core'
import type { z } from 'zod'
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
import { countOf, printable } from '../../src/cli/output.ts'
import { requireTitle } from '../../src/cli/require-title.ts'
import type { ContestConfig } from '../../src/election/config-schema.ts'
import { contestAddedOutput, outputOfContestAdded } from '../../src/election/draft-outputs.ts'

export const output = contestAddedOutput

const describing = [
  'description',
  'method',
  'seats',
  'min',
  'max',
  'exact',
  'threshold',
  'blank',
  'candidate',
  'motion',
  'blank-name',
  'none',
  'grade',
  'write-in',
  'random-order',
]

export default class ContestAdd extends FileCommand {
  static override summary = 'Add something to vote on to a draft.'
  static override description = 'Without --title it asks. The methods are those of: urna method list'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --title Chair --method majority --candidate "Ana Duarte" --candidate "Bo Lindqvist"',
    '<%= config.bin %> <%= command.id %> --title "Committee" --method stv-scottish --seats 5',
    '<%= config.bin %> <%= command.id %> --title Auditors --method approval-vote --seats 2 --max 2 --no-blank',
    '<%= config.bin %> <%= command.id %> --motion --title "Shall the dues rise to 30 €?"',
  ]
  static override args = { election: electionArg }
  static override flags = {
    ...contestFlags,
    method: Flags.string({
      ...method,
      description: `${method.description} Without it plurality, or approval-motion for a motion.`,
    }),
    motion: Flags.boolean({
      description:
        'A question that is answered Yes or No, or by abstaining; --candidate gives other answers, for first.',
    }),
    seats: Flags.integer({ ...seats, default: 1 }),
    blank: Flags.boolean({ ...blank, default: true }),
    'write-in': Flags.boolean(writeIn),
    'random-order': Flags.boolean(randomOrder),
    candidate: Flags.string({
      description: 'A candidate, or a possible answer; in the order of the ballot.',
      multiple: true,
      helpValue: 'NAME',
    }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const parsed = await this.parse(ContestAdd)
    const { args, flags } = parsed
    requireTitle(parsed, describing)
    const { title } = flags
    // The file is opened before the questions, so that no answers are lost to a wrong passphrase or election.
    const { election, position, draft } = await this.withFile(flags, async (work) => {
      const [{ addContest, requireContestWelcome }, { draftOfContest }, { askContest }] = await Promise.all([
        import('../../src/election/add-contest.ts'),
        import('../../src/election/draft-of-fields.ts'),
        import('../../src/cli/election-wizard.ts'),
      ])
      const { visibility } = await requireContestWelcome(work, args.election)
      const config = title === undefined ? await askContest() : configOfFlags(title, flags)
      const draft = draftOfContest(config, visibility)
      return { ...(await addContest(work, { election: args.election, draft })), draft }
    })
    this.say(
      `Contest ${position} of ${election} is "${printable(draft.title)}", with ${countOf(draft.options.length, 'candidate')}.`,
    )
    this.next(
      draft.options.length === 0
        ? `urna candidate import candidates.csv ${election} --contest ${position}`
        : `urna doctor ${election}`,
    )
    return outputOfContestAdded({ election, position }, draft)
  }
}

function configOfFlags(title: string, flags: FieldFlags): ContestConfig {
  const { motion, candidate: candidates } = flags
  const usual = motion ? { motion } : { method: 'plurality' }
  return { ...usual, ...fieldsOfFlags(flags), title, ...(candidates && { candidates }) }
}

type FieldFlags = Parameters<typeof fieldsOfFlags>[0] & {
  motion: boolean
  candidate?: string[] | undefined
}
