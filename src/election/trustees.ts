import type { Selectable } from 'kysely'
import { parseCanonical } from '../sealing/canonical-json.ts'
import type { Group } from '../sealing/group.ts'
import type { Trustees } from '../sealing/trustee.ts'
import { trusteePublicKeyFormat } from '../sealing/trustee-key.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'

export type Trustee = Omit<Selectable<Database['trustee']>, 'secret'>

/** The trustees of an election by their owner number; the server's secret stays in the file. */
export async function readTrustees(tx: ReadTransaction, electionId: number): Promise<Trustee[]> {
  return tx.db
    .selectFrom('trustee')
    .select(['id', 'election_id', 'position', 'name', 'kind', 'public_key', 'created_at'])
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute()
}

/** The trustees as the public archive lists them: each of them must be there to open the box. */
export function protocolTrustees(group: Group, trustees: readonly Trustee[]): Trustees {
  const format = trusteePublicKeyFormat(group)
  return trustees.map(({ name, public_key }) => {
    const reading = parseCanonical(format, public_key)
    if (!reading.ok) throw new Error(`the key of trustee ${name} is damaged: ${reading.malformation.code}`)
    return ['Single', reading.value]
  })
}
