import { Args, Flags } from '@oclif/core'
import { z } from 'zod'
import { FileCommand, type FileFlags } from '../src/cli/file-command.ts'
import { countOf, printable } from '../src/cli/output.ts'
import type { PublicBoard } from '../src/voting/public-board.ts'

const ballot = z.strictObject({ trackingCode: z.string(), counts: z.boolean() })

export const output = z.strictObject({
  title: z.string(),
  uuid: z.string(),
  fingerprint: z.string(),
  head: z.strictObject({ hash: z.string(), height: z.int().nonnegative() }),
  ballots: z.int().nonnegative(),
  counting: z.int().nonnegative(),
  list: z.array(ballot),
})

export default class Board extends FileCommand {
  static override summary = 'Show what everybody may see: the sealed ballots by their tracking codes.'
  static override description =
    'Never a name and never a time. With --find it says whether a ballot is on the board and counts, and fails where it is not there. With --archive it reads the public archive, and needs no election file.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --archive board-2026.bel --find TRACKINGCODE',
  ]
  static override args = {
    election: Args.string({ description: 'Short name of the election; not needed where there is only one.' }),
  }
  static override flags = {
    archive: Flags.string({ description: 'Read this public archive instead of an election file.' }),
    find: Flags.string({ description: 'The tracking code of a ballot to look for.' }),
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(Board)
    const { findOnBoard } = await import('../src/voting/public-board.ts')
    const board = await this.#read(flags, args.election)
    const { title, uuid, fingerprint, head, ballots } = board
    const list = flags.find === undefined ? ballots : [findOnBoard(board, flags.find)]
    const counting = ballots.filter(({ counts }) => counts).length
    this.say(printable(title))
    this.say(`Fingerprint  ${fingerprint}`)
    this.say(`Head         ${head.hash} (event ${head.height})`)
    const superseded = ballots.length - counting
    const replaced = superseded === 0 ? '' : `, ${superseded} of them superseded by a later one`
    this.say(`${countOf(ballots.length, 'sealed ballot')}${replaced}.`)
    if (list.length > 0) this.say()
    for (const { trackingCode, counts } of list)
      this.say(`${trackingCode}  ${counts ? 'counts' : 'superseded'}`)
    this.next(`urna verify ${flags.archive ?? 'ARCHIVE.bel'}`)
    return { title, uuid, fingerprint, head: { ...head }, ballots: ballots.length, counting, list }
  }

  async #read(
    flags: FileFlags & { archive?: string | undefined },
    slug: string | undefined,
  ): Promise<PublicBoard> {
    const [{ boardOfArchive, boardOfElection }, { loadGroup }] = await Promise.all([
      import('../src/voting/public-board.ts'),
      import('../src/sealing/group-sodium.ts'),
    ])
    const group = await loadGroup()
    if (flags.archive !== undefined) return boardOfArchive(group, flags.archive)
    return this.withFile(flags, (work) => work.read((tx) => boardOfElection(tx, slug)))
  }
}
