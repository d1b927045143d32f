import type { Selectable } from 'kysely'
import { parseCanonical } from '../sealing/canonical-json.ts'
import type { Group } from '../sealing/group.ts'
import { thresholdParametersFormat } from '../sealing/threshold.ts'
import type { TrusteeItem, Trustees } from '../sealing/trustee.ts'
import { trusteePublicKeyFormat } from '../sealing/trustee-key.ts'
import type { Database, ReadTransaction } from '../store/unit-of-work.ts'

export type Trustee = Omit<Selectable<Database['trustee']>, 'secret'>

/** The trustees of an election by their owner number; the server's secret stays in the file. */
export async function readTrustees(tx: ReadTransaction, electionId: number): Promise<Trustee[]> {
  return tx.db
    .selectFrom('trustee')
    .select([
      ...(['id', 'election_id', 'position', 'name', 'kind', 'public_key', 'created_at'] as const),
      ...(['place', 'rehearsed_at'] as const),
    ])
    .where('election_id', '=', electionId)
    .orderBy('position')
    .execute()
}

/**
 * The trustees as the public archive lists them: each by itself, but for those of a threshold group.
 *
 * @param parameters of the group, if there is one.
 */
export function protocolTrustees(
  group: Group,
  trustees: readonly Trustee[],
  parameters: string | null,
): Trustees {
  return trustees.flatMap((trustee): TrusteeItem[] => {
    if (trustee.place === null) return [['Single', publicKeyOf(group, trustee)]]
    return trustee.place === 1 ? [['Pedersen', parametersOf(group, parameters ?? '')]] : []
  })
}

function publicKeyOf(group: Group, { name, public_key }: Trustee) {
  const reading = parseCanonical(trusteePublicKeyFormat(group), public_key)
  if (!reading.ok) throw new Error(`the key of trustee ${name} is damaged: ${reading.malformation.code}`)
  return reading.value
}

function parametersOf(group: Group, parameters: string) {
  const reading = parseCanonical(thresholdParametersFormat(group), parameters)
  if (!reading.ok) throw new Error(`the parameters of the group are damaged: ${reading.malformation.code}`)
  return reading.value
}

/** How many key holders are needed together to open the box. @param group of whom some suffice, if there is one */
export function keysToOpen(
  trustees: readonly Pick<Trustee, 'place'>[],
  group: { readonly threshold: number } | undefined,
): number {
  return trustees.filter(({ place }) => place === null).length + (group?.threshold ?? 0)
}
