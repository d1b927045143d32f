import { Flags } from '@oclif/core'
import type { z } from 'zod'
import { changeLines } from '../../src/cli/change-lines.ts'
import { electionArg } from '../../src/cli/election-arg.ts'
import {
  allowInvalidFlag,
  codeWays,
  filterFlags,
  filterOf,
  liveVotingFlag,
  rightsFlags,
  rightsOfFlags,
  visibilityFlag,
} from '../../src/cli/election-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { daysOfFlag, keepDaysFlag } from '../../src/cli/keep-days-flag.ts'
import { deedsOfFlag, twoOfficersFlag } from '../../src/cli/two-officers-flag.ts'
import { editedOutput, outputOfEdited } from '../../src/election/draft-outputs.ts'
import type { EditedElection } from '../../src/election/edit-election.ts'
import { given } from '../../src/given.ts'

export const output = editedOutput

export default class ElectionEdit extends FileCommand {
  static override summary =
    'Change a draft: its title, its times, who may vote; of an open election, when it closes.'
  static override description =
    'What is left out stays as it is, and so do the tokens that were issued. Filters such as --status replace all there were; times stay as they are written when --zone changes. Of an open or paused election only --closes can be changed, with a --reason, to a time that is still to come; of any that was opened, how long its voters are kept, with a --reason too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> board-2026 --closes "2026-12-04 18:00"',
    '<%= config.bin %> <%= command.id %> board-2026 --closes "2026-12-04 20:00" --reason "the post was late"',
    '<%= config.bin %> <%= command.id %> --opens none --zone Europe/Lisbon --dry-run',
    '<%= config.bin %> <%= command.id %> board-2026 --status active --status honorary',
  ]
  static override args = { election: electionArg }
  static override flags = {
    title: Flags.string({ description: 'What it is called.' }),
    description: Flags.string({ description: 'More about it, for the voters.' }),
    zone: Flags.string({ description: 'Its time zone, like Europe/Madrid.' }),
    opens: Flags.string({ description: 'When it is announced to open, or none.', helpValue: 'TIME' }),
    closes: Flags.string({ description: 'When it is announced to close, or none.', helpValue: 'TIME' }),
    recast: Flags.option({
      options: ['last-counts', 'refuse'] as const,
      description: "What a voter's second ballot does.",
    })(),
    code: Flags.option({
      options: codeWays,
      description: 'How voters get the one-time code that a ballot through urna serve needs.',
    })(),
    visibility: Flags.option(visibilityFlag)(),
    'allow-invalid': Flags.boolean({ ...allowInvalidFlag, allowNo: true }),
    'live-voting': Flags.boolean({ ...liveVotingFlag, allowNo: true }),
    ...rightsFlags,
    'two-officers': twoOfficersFlag,
    'keep-days': keepDaysFlag,
    ...filterFlags,
    everybody: Flags.boolean({
      description: 'Every member may vote.',
      exclusive: ['status', 'region', 'chapter', 'district', 'unit', 'without-chapter', 'joined-by'],
    }),
    reason: Flags.string({ description: 'Why, for the audit log; needed once the election is open.' }),
    'dry-run': Flags.boolean({ description: 'Say what would change, and change nothing.', default: false }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(ElectionEdit)
    const { title, description, zone, recast, code, visibility, reason, 'dry-run': dryRun } = flags
    const inTheClear = { allow_invalid: flags['allow-invalid'], live_voting: flags['live-voting'] }
    const filter = filterOf(flags)
    const eligibility = flags.everybody || Object.keys(filter).length > 0 ? filter : undefined
    const [opens, closes] = [timeOrNone(flags.opens), timeOrNone(flags.closes)]
    const edited = await this.withFile(flags, async (work) => {
      const [{ editElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/edit-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      return editElection(
        { work, group: await loadGroup() },
        {
          election: args.election,
          changes: given({
            ...{ title, description, zone, opens, closes, recast, code, visibility, eligibility },
            ...inTheClear,
            ...rightsOfFlags(flags),
            two_officers: deedsOfFlag(flags['two-officers']),
            keep_days: daysOfFlag(flags['keep-days']),
          }),
          reason,
          rehearsal: dryRun,
        },
      )
    })
    const { election, changes, eligibilityChanged, zones } = edited
    if (changes.length === 0) this.say(`Nothing to change: ${election} is like that already.`)
    else this.say(dryRun ? `${election} would change:` : `${election} is changed:`)
    for (const line of changeLines(changes, zones)) this.say(line)
    if (eligibilityChanged) {
      this.note('Who may vote now and has no token gets one with: urna token issue')
    }
    this.next(nextOf(edited))
    return outputOfEdited(edited, dryRun)
  }
}

function nextOf({ election, status, eligibilityChanged }: EditedElection): string {
  if (status !== 'draft') return `urna election show ${election}`
  return eligibilityChanged ? `urna token issue ${election}` : `urna doctor ${election}`
}

function timeOrNone(text: string | undefined): string | null | undefined {
  return text === 'none' ? null : text
}
