import { loadGroup } from '../sealing/group-sodium.ts'
import type { Archive, Verification, VerifyOptions } from './public.d.ts'
import { verifyPlainly } from './verify-plainly.ts'

/** `urna/verify` in a browser: best in a worker, for it takes the thread that it runs in. */
export async function verify(archive: Archive, options: VerifyOptions = {}): Promise<Verification> {
  return verifyPlainly(await loadGroup({ backend: 'libsodium-sumo' }), archive, options)
}
