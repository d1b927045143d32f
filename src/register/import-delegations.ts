import { Refusal } from '../errors.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import type { CsvSource } from './csv-source.ts'
import { DelegationInvalid } from './delegation-refusals.ts'
import { type GaveVote, giveIn, scopeOf } from './give-vote.ts'
import { readSmallTable } from './small-table.ts'

export interface DelegationImport {
  /** Undefined for every election of the organisation. */
  election: string | undefined
  rows: number
  given: GaveVote[]
  unchanged: number
  /** Rows that can't be taken, and why. */
  problems: { line: number; reason: string; mend: string | undefined }[]
}

const columns = {
  from: [
    'from',
    'represented',
    'delegator',
    'representado',
    'poderdante',
    'mandant',
    'vollmachtgeber',
    'de',
    'von',
  ],
  to: ['to', 'acting', 'proxy', 'representante', 'apoderado', 'mandataire', 'bevollmachtigter', 'a', 'an'],
  reason: ['?', 'reason', 'motivo', 'motif', 'raison', 'grund'],
  expires: ['?', 'expires', 'until', 'caduca', 'hasta', 'expire', 'bis'],
} as const

/**
 * Gives votes as a CSV has them: who (`from`) to whom (`to`), with a reason and an end where there are such columns. A
 * row that can't be taken leaves the others as they are.
 * @param input.reason of rows that have none
 * @param input.mode a preview goes all the way, and leaves nothing behind
 * @throws CsvUnreadable, CsvHeaderUnusable, and whatever `giveVote` says of the election
 */
export async function importDelegations(
  work: UnitOfWork,
  input: {
    source: CsvSource
    organisation: string | undefined
    election: string | undefined
    reason: string
    mode: 'preview' | 'apply'
  },
): Promise<DelegationImport> {
  const rows = await readSmallTable(input.source, columns)
  return work.write(
    'import delegations',
    async (tx) => {
      const scope = await scopeOf(tx, input)
      const result: DelegationImport = {
        ...{ election: scope.election?.slug, rows: rows.length },
        ...{ given: [], unchanged: 0, problems: [] },
      }
      for (const { line, cells } of rows) {
        try {
          if (cells === undefined) throw new DelegationInvalid('A quote is where it can not be')
          const { from: represented, to: acting, reason, expires } = cells
          const gave = await giveIn(tx, scope, {
            ...{ represented, acting, reason: reason || input.reason },
            ...(expires !== '' && { expires }),
          })
          if (gave.changed) result.given.push(gave)
          else result.unchanged += 1
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          result.problems.push({ line, reason: error.message, mend: error.hint })
        }
      }
      return result
    },
    input.mode === 'preview' ? 'rehearse' : undefined,
  )
}
