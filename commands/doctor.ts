import { Flags } from '@oclif/core'
import chalk from 'chalk'
import { z } from 'zod'
import { electionArg } from '../src/cli/election-arg.ts'
import { dueSentence, overdueSentence } from '../src/cli/election-table.ts'
import { FileCommand } from '../src/cli/file-command.ts'
import { prose } from '../src/cli/prose.ts'

export const output = z.strictObject({
  election: z.string(),
  status: z.string(),
  /** Since when it takes no ballot any more, though nobody has closed it; null otherwise. */
  closedToBallotsSince: z.string().nullable(),
  /** Whether nothing keeps it from opening. */
  ready: z.boolean(),
  findings: z.array(
    z.strictObject({
      level: z.enum(['blocks', 'warns']),
      code: z.string(),
      message: z.string(),
      /** What mends it; null where no command does. */
      command: z.string().nullable(),
    }),
  ),
  /** What is due of elections of the file that are over, or will be. */
  keeping: z.array(
    z.strictObject({
      deed: z.enum(['archive', 'purge']),
      election: z.string(),
      at: z.iso.datetime(),
      due: z.boolean(),
      command: z.string(),
    }),
  ),
})

export default class Doctor extends FileCommand {
  static override summary = 'Say what still keeps an election from opening, and what is due once it is over.'
  static override description =
    'The list is the result, so the exit status is 0; with --strict it is 4 while something keeps the election from opening. Changes nothing.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> board-2026 --strict',
  ]
  static override args = { election: electionArg }
  static override flags = {
    strict: Flags.boolean({ description: 'Fail while something keeps the election from opening.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Doctor)
    const { election, over, findings, keeping } = await this.withFile(flags, async (work) => {
      const { checkElection } = await import('../src/election/check-election.ts')
      return checkElection(work, args.election)
    })
    const { slug, status } = election
    const obstacles = findings.filter(({ level }) => level === 'blocks')
    for (const { level, message, command } of findings) {
      const mark = level === 'blocks' ? chalk.red('✗') : chalk.yellow('!')
      this.say(prose(message, `${mark} `, 2))
      if (command !== undefined) this.say(chalk.dim(`    ${command}`))
    }
    if (over !== null) this.say(overdueSentence(election))
    else if (status !== 'draft') this.say(`${slug} is ${status}; there is nothing left to prepare.`)
    else if (obstacles.length === 0) this.say(`${chalk.green('✓')} ${slug} can open.`)
    for (const deed of keeping.filter(({ due, election: of }) => due || of === slug)) {
      this.say(prose(dueSentence(deed), `${deed.due ? chalk.yellow('!') : '·'} `, 2))
      this.say(chalk.dim(`    ${deed.command}`))
    }
    if (flags.strict && obstacles.length > 0) {
      const { ElectionNotReady } = await import('../src/election/refusals.ts')
      throw new ElectionNotReady({ election: slug, obstacles })
    }
    if (status !== 'draft') this.next(`urna election show ${slug}`)
    else this.next(obstacles[0]?.command ?? `urna election open ${slug}`)
    return {
      election: slug,
      status,
      closedToBallotsSince: over,
      ready: obstacles.length === 0,
      keeping,
      findings: findings.map((finding) => ({ ...finding, command: finding.command ?? null })),
    }
  }
}
