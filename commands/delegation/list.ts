import type { z } from 'zod'
import { scopeFlags } from '../../src/cli/delegation-flags.ts'
import { FileCommand } from '../../src/cli/file-command.ts'
import { formatTable, printable } from '../../src/cli/output.ts'
import { delegationListOutput } from '../../src/register/delegation-outputs.ts'

export const output = delegationListOutput

export default class DelegationList extends FileCommand {
  static override summary = 'List the votes that are given to others.'
  static override description =
    'Of an election those that it has, also those that were taken back while it was open; of a draft those that it would open with.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --election board-2026',
  ]
  static override flags = scopeFlags

  async run(): Promise<z.infer<typeof output>> {
    const { flags } = await this.parse(DelegationList)
    const { election, organisation } = flags
    const delegations = await this.withFile(flags, async (work) => {
      const { listDelegations } = await import('../../src/register/list-delegations.ts')
      return listDelegations(work, { election, organisation })
    })
    if (delegations.length === 0) this.say('No vote is given to another member.')
    else {
      const rows = delegations.map((each) => [
        printable(`${each.represented.number} ${each.represented.name}`),
        printable(`${each.acting.number} ${each.acting.name}`),
        each.election ?? 'every election',
        each.revoked === null ? until(each.expiresAt) : `taken back ${moment(each.revoked.at)}`,
        printable(each.reason),
      ])
      this.say(formatTable({ head: ['Vote of', 'Cast by', 'Where', 'Until', 'Reason'], rows }))
    }
    this.next(
      election === undefined ? 'urna delegation add FROM TO --reason TEXT' : `urna roll show ${election}`,
    )
    return { delegations }
  }
}

function until(expiresAt: string | null): string {
  return expiresAt === null ? '' : moment(expiresAt)
}

function moment(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
