import { z } from 'zod'
import { electionArg } from '../../src/cli/election-arg.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { output as added } from './add.ts'

export const output = z.strictObject({ election: z.string(), trustees: z.array(added.shape.trustee) })

export default class TrusteeList extends FileCommand {
  static override summary = 'List the trustees of an election, in the order in which they shuffle.'
  static override examples = ['<%= config.bin %> trustee list board-2026']
  static override args = {
    election: electionArg,
  }

  async run(): Promise<z.infer<typeof output>> {
    const { args, flags } = await this.parse(TrusteeList)
    const { listTrustees } = await import('../../src/tally/trustees.ts')
    const list = await this.withFile(flags, (work) => listTrustees(work, args.election))
    this.say(
      formatTable({
        head: ['#', 'Name', 'Kind', 'Key'],
        rows: list.trustees.map(({ position, name, kind, publicKey }) => [
          String(position),
          printable(name),
          kind === 'server' ? 'this file' : 'person',
          `${publicKey.slice(0, 8)}…${publicKey.slice(-8)}`,
        ]),
        right: [0],
      }),
    )
    if (list.trustees.length === 1) {
      this.note('Only this file holds a key, so who has the file and its passphrase can open every ballot.')
      this.next(
        `urna trustee generate NAME, on the machine of somebody else; then: urna trustee add NAME.public.json ${list.election}`,
      )
    } else {
      this.next(`urna doctor ${list.election}`)
    }
    return list
  }
}
