import { namesOfTrustees } from '../../election/trustee-invitations.ts'
import { hashOfSecret, isSecretOf } from '../../organisation/link-secret.ts'
import type { ElectionStatus, UnitOfWork } from '../../store/unit-of-work.ts'

/** A trustee who takes part through the server. */
export interface AdmittedTrustee {
  readonly election: string
  readonly status: ElectionStatus
  readonly name: string
}

/** Whom an invitation of this election is for; undefined for all else, whatever is wrong with it. */
export async function admitTrustee(
  work: UnitOfWork,
  { slug, secret }: { slug: string; secret: string },
): Promise<AdmittedTrustee | undefined> {
  if (!isSecretOf('trustee', secret)) return undefined
  return work.read(async (tx) => {
    const found = await tx.db
      .selectFrom('trustee_invitation')
      .innerJoin('election', 'election.id', 'trustee_invitation.election_id')
      .select(['election.id', 'election.slug as election', 'election.status', 'trustee_invitation.name'])
      .where('trustee_invitation.hash', '=', hashOfSecret(secret))
      .where('election.slug', '=', slug)
      .executeTakeFirst()
    if (found === undefined) return undefined
    const { id, ...admitted } = found
    return (await namesOfTrustees(tx, id)).includes(admitted.name) ? admitted : undefined
  })
}
