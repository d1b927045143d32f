import { Args, Flags } from '@oclif/core'
import type { z } from 'zod'
import type { DescribedElection, ElectionFlags } from '../../src/cli/describe-election.ts'
import {
  allowInvalidFlag,
  codeWays,
  filterFlags,
  liveVotingFlag,
  rightsFlags,
  visibilityFlag,
} from '../../src/cli/election-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { keepDaysFlag } from '../../src/cli/keep-days-flag.ts'
import { organisationFlag } from '../../src/cli/organisation-flag.ts'
import { countOf, printable } from '../../src/cli/output.ts'
import { requireTitle } from '../../src/cli/require-title.ts'
import { createdOutput, outputOfCreated } from '../../src/election/draft-outputs.ts'

export const output = createdOutput

const describing = [
  ...['description', 'opens', 'closes', 'recast', 'code', 'visibility', 'allow-invalid', 'live-voting'],
  'keep-days',
  ...Object.keys(rightsFlags),
  ...Object.keys(filterFlags),
]

export default class ElectionCreate extends FileCommand {
  static override summary =
    'Make an election: from flags, from a file that describes it all, or by being asked.'
  static override description =
    'Without --title and --from it asks. Times are in the zone of the election, like "2026-12-01 09:00"; with urna serve running the election opens and closes by itself, and whoever closes it, nothing that is cast from the closing second on counts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --from election.yaml',
    '<%= config.bin %> <%= command.id %> board-2026 --title "Board 2026" --zone Europe/Madrid --closes "2026-12-03 18:00" --status active',
  ]
  static override args = {
    slug: Args.string({ description: 'Short name, used in commands; without it, made from the title.' }),
  }
  static override flags = {
    from: Flags.string({
      description: 'A YAML or JSON file that describes the whole election.',
      helpValue: 'FILE',
      exclusive: ['title', 'zone', ...describing],
    }),
    title: Flags.string({ description: 'What it is called.' }),
    description: Flags.string({ description: 'More about it, for the voters.' }),
    zone: Flags.string({
      description: 'Its time zone, like Europe/Madrid; without it, that of this machine.',
    }),
    opens: Flags.string({ description: 'When it is announced to open.', helpValue: 'TIME' }),
    closes: Flags.string({ description: 'When it is announced to close.', helpValue: 'TIME' }),
    recast: Flags.option({
      options: ['last-counts', 'refuse'] as const,
      description: "What a voter's second ballot does.",
      default: 'last-counts',
    })(),
    code: Flags.option({
      options: codeWays,
      description: 'How voters get the one-time code that a ballot through urna serve needs.',
      default: 'none',
    })(),
    visibility: Flags.option({ ...visibilityFlag, default: 'secret' })(),
    'allow-invalid': Flags.boolean({ ...allowInvalidFlag, default: false }),
    'live-voting': Flags.boolean({ ...liveVotingFlag, default: false }),
    ...rightsFlags,
    rehearsal: Flags.boolean({
      description: 'Try everything out: it is marked as a rehearsal everywhere, and can not be certified.',
      default: false,
    }),
    'keep-days': keepDaysFlag,
    ...filterFlags,
    organisation: organisationFlag,
    'dry-run': Flags.boolean({ description: 'Check it all, and make nothing.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const parsed = await this.parse(ElectionCreate)
    const { args, flags } = parsed
    if (flags.from === undefined) requireTitle(parsed, describing)
    const asked = flags.from === undefined && flags.title === undefined
    if (flags['dry-run']) return this.#planned(await this.#describe(flags, args.slug))
    const described = asked ? undefined : await this.#describe(flags, args.slug)
    // The file is opened before the questions, so that a wrong passphrase loses no answers.
    const { election, source } = await this.withFile(flags, async (work) => {
      const source = described ?? (await this.#describe(flags, args.slug))
      const [{ createElection }, { loadGroup }] = await Promise.all([
        import('../../src/election/create-election.ts'),
        import('../../src/sealing/group-sodium.ts'),
      ])
      const election = await createElection(
        { work, group: await loadGroup() },
        source.draft,
        flags.organisation,
      )
      return { election, source }
    })
    const { slug } = election
    const { trustees } = source
    const { contests } = source.draft
    this.say(
      `${slug} is ${election.rehearsal === 1 ? 'a draft of a rehearsal' : 'a draft'}, with ${countOf(contests.length, 'contest')}. Nobody can vote yet.`,
    )
    if (trustees.length > 0) {
      this.note(
        `Still to hand in their keys: ${trustees.map(printable).join(', ')} (urna trustee generate NAME)`,
      )
    }
    this.next(contests.length === 0 ? `urna contest add ${slug}` : `urna doctor ${slug}`)
    return outputOfCreated(election, source)
  }

  #planned(described: DescribedElection): z.infer<typeof output> {
    const { title, contests } = described.draft
    this.say(`"${printable(title)}" can be made, with ${countOf(contests.length, 'contest')}.`)
    return outputOfCreated(undefined, described)
  }

  /** Shows every mistake of the file; the refusal names the first. */
  async #describe(flags: ElectionFlags, slug: string | undefined): Promise<DescribedElection> {
    const { describeElection } = await import('../../src/cli/describe-election.ts')
    try {
      return await describeElection(flags, slug)
    } catch (error) {
      const { ElectionConfigInvalid } = await import('../../src/election/refusals.ts')
      if (error instanceof ElectionConfigInvalid && error.problems.length > 1) {
        for (const { line, column, message } of error.problems) {
          this.note(`${printable(flags.from ?? '')}:${line}:${column}: ${printable(message)}`)
        }
      }
      throw error
    }
  }
}
