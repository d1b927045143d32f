import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { countOf, formatTable, printable } from '../../src/cli/output.ts'
import { output as added } from './add.ts'

export const output = z.strictObject({
  election: z.string(),
  trustees: z.array(added.shape.trustee),
  /** Trustees of whom some suffice; null where there is no such group. */
  group: z
    .strictObject({
      threshold: z.int(),
      trustees: z.array(z.string()),
      /** Null once it is over. */
      ceremony: z.strictObject({ round: z.int(), awaited: z.array(z.string()) }).nullable(),
    })
    .nullable(),
})

export default class TrusteeList extends FileCommand {
  static override summary = 'List the trustees of an election, in the order in which they shuffle.'
  static override description =
    'Of a group of whom some suffice, any of them may shuffle and decrypt, up to its threshold. While the key ceremony goes on, it says who is awaited.'
  static override examples = ['<%= config.bin %> trustee list board-2026']
  static override args = {
    election: electionArg,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeList)
    const { listTrustees } = await import('../../src/tally/trustees.ts')
    const list = await this.withFile(flags, (work) => listTrustees(work, args.election))
    const { election, trustees, group } = list
    if (trustees.length > 0) {
      this.say(
        formatTable({
          head: ['#', 'Name', 'Kind', 'Rehearsed', 'Key'],
          rows: trustees.map(({ position, name, kind, publicKey, place, rehearsedAt }) => [
            String(position),
            printable(name),
            kind === 'server' ? 'this file' : place === null ? 'person' : 'group',
            kind === 'server' ? '-' : (rehearsedAt?.slice(0, 10) ?? 'not yet'),
            `${publicKey.slice(0, 8)}…${publicKey.slice(-8)}`,
          ]),
          right: [0],
        }),
      )
    }
    if (group !== null) {
      this.say(`Group: ${group.threshold} of ${group.trustees.map(printable).join(', ')} suffice.`)
      if (group.ceremony !== null) {
        const { round, awaited } = group.ceremony
        this.say(`Key ceremony: round ${round} of 3, waits for ${awaited.map(printable).join(', ')}.`)
        this.next(`urna trustee message ${election}`)
        return list
      }
    }
    const people = trustees.filter(({ kind }) => kind === 'person')
    if (people.length === 0) {
      this.note('Only this file holds a key, so who has the file and its passphrase can open every ballot.')
      this.next(
        `urna trustee generate NAME, on the machine of somebody else; then: urna trustee add NAME.public.json ${election}`,
      )
      return list
    }
    const waiting = people.filter(({ rehearsedAt }) => rehearsedAt === null)
    if (waiting.length > 0)
      this.note(`${countOf(waiting.length, 'trustee')} did not rehearse the opening yet.`)
    this.next(waiting.length > 0 ? `urna trustee message ${election}` : `urna doctor ${election}`)
    return list
  }
}
