import { type CeremonyKeys, ceremonyKeys, generateSeed } from '../../src/sealing/ceremony-keys.ts'
import { makeCertificate, type SignedCertificate } from '../../src/sealing/certificate.ts'
import type { Group, Scalar } from '../../src/sealing/group.ts'
import { makePolynomial, type Polynomial } from '../../src/sealing/polynomial.ts'
import { makeShareOutput, receiveShare, type ShareOutput, shareInputs } from '../../src/sealing/share.ts'

/** Everything that is sent and kept in a key ceremony. */
export interface HeldCeremony {
  readonly seeds: readonly string[]
  readonly keys: readonly CeremonyKeys[]
  readonly certs: readonly SignedCertificate[]
  readonly polynomials: readonly Polynomial[]
  readonly shares: readonly Scalar[]
  readonly outputs: readonly ShareOutput[]
}

/** A key ceremony in which everybody keeps to the rules. */
export async function honestCeremony(
  group: Group,
  { size, threshold }: { size: number; threshold: number },
): Promise<HeldCeremony> {
  const seeds = Array.from({ length: size }, () => generateSeed(group))
  const keys = seeds.map((seed) => ceremonyKeys(group, seed))
  const certs = keys.map((own, position) =>
    makeCertificate(group, { keys: own, place: { size, threshold, index: position + 1 } }),
  )
  const polynomials = await Promise.all(keys.map((own) => makePolynomial(group, { keys: own, certs })))
  const inputs = shareInputs(polynomials)
  const shares = await Promise.all(
    keys.map(async (own, position) => {
      const received = await receiveShare(group, { keys: own, certs, input: inputs[position]! })
      if ('refused' in received) throw new Error(JSON.stringify(received))
      return received.share
    }),
  )
  const outputs = await Promise.all(
    keys.map((own, position) => makeShareOutput(group, { keys: own, share: shares[position]! })),
  )
  return { seeds, keys, certs, polynomials, shares, outputs }
}
