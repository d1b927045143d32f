import chalk from 'chalk'
import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, formatCount, formatTable, printable } from '../../src/cli/output.ts'
import { prose } from '../../src/cli/prose.ts'
import type { RollBasis } from '../../src/register/show-roll.ts'

const count = z.int().nonnegative()
const groups = z.array(z.strictObject({ value: z.string().nullable(), voters: count }))

export const output = z.strictObject({
  election: z.string(),
  status: z.string(),
  /** Voters who may vote: who was struck is not among them. */
  size: count,
  groups: z.strictObject({ status: groups, region: groups, chapter: groups }),
  /** Out of whom turnout is counted. */
  basis: z.strictObject({
    ...{ atOpening: count, added: count, struck: count, mayVote: count },
    /** Of those who may vote, who are of no chapter. */
    withoutChapter: count,
  }),
  /** SHA-256 of the roll at opening; of a draft, as it would be now. */
  fingerprint: z.string(),
  /** Whether it is still the roll whose fingerprint was kept at opening. */
  intact: z.boolean(),
  corrections: z.array(
    z.strictObject({
      kind: z.enum(['add', 'strike']),
      ...{ number: z.string(), reason: z.string(), officer: z.string(), at: z.string() },
    }),
  ),
})

const groupsShown = 12

export default class RollShow extends FileCommand {
  static override summary = 'Show who is on the electoral roll, in figures, and how it was corrected.'
  static override description =
    'The roll is fixed when the election opens. That of a draft is shown as it would be if it opened now.'
  static override examples = ['<%= config.bin %> <%= command.id %> board-2026']
  static override args = { election: electionArg }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(RollShow)
    const roll = await this.withFile(flags, async (work) => {
      const { showRoll } = await import('../../src/register/show-roll.ts')
      return showRoll(work, args.election)
    })
    const { election, size, fingerprint, intact, corrections } = roll
    const fixed = election.status === 'draft' ? 'would be on the roll now' : 'on the roll'
    this.say(`${election.slug}: ${countOf(size, 'voter')} ${fixed}.`)
    for (const line of basisLines(roll.basis)) this.say(line)
    for (const kind of ['status', 'region', 'chapter'] as const) this.#sayGroups(kind, roll.groups[kind])
    if (corrections.length > 0) {
      const head = ['Corrected', 'Number', 'By', 'Reason']
      const rows = corrections.map(({ at, kind, number, officer, reason }) => [
        `${kind === 'add' ? 'added' : 'struck'} ${at.slice(0, 16).replace('T', ' ')} UTC`,
        ...[number, officer, reason].map(printable),
      ])
      this.say(`\n${formatTable({ head, rows })}`)
    }
    this.say(`\nFingerprint ${fingerprint}`)
    if (!intact) {
      const warning = 'This is not the roll whose fingerprint was kept at opening. Compare it with a backup.'
      this.say(prose(warning, chalk.red('! '), 2))
    }
    this.next(`urna voter list --election ${election.slug}`)
    const { slug, status } = election
    return {
      ...{ election: slug, status, size, groups: roll.groups, basis: roll.basis, fingerprint, intact },
      corrections: corrections.map(({ kind, number, reason, officer, at }) => ({
        ...{ kind, number, reason, officer, at },
      })),
    }
  }

  #sayGroups(kind: string, list: readonly { value: string | null; voters: number }[]): void {
    if (list.every(({ value }) => value === null)) return
    const rows = list
      .slice(0, groupsShown)
      .map(({ value, voters }) => [printable(value ?? '(none)'), formatCount(voters)])
    const rest = list.slice(groupsShown)
    if (rest.length > 0) {
      const voters = rest.reduce((sum, group) => sum + group.voters, 0)
      rows.push([`${formatCount(rest.length)} others`, formatCount(voters)])
    }
    this.say(`\n${formatTable({ head: [`By ${kind}`, 'Voters'], rows, right: [1] })}`)
  }
}

function basisLines({ atOpening, added, struck, mayVote, withoutChapter }: RollBasis): string[] {
  const corrected = added + struck > 0
  return [
    ...(corrected
      ? [
          prose(
            `Turnout is counted out of the ${formatCount(mayVote)} who may vote: ${formatCount(atOpening)} at the opening, ${formatCount(added)} added since, ${formatCount(struck)} struck.`,
          ),
        ]
      : []),
    ...(withoutChapter > 0
      ? [`Of these, ${formatCount(withoutChapter)} ${withoutChapter === 1 ? 'is' : 'are'} of no chapter.`]
      : []),
  ]
}
