import {
  generateOfficerKey,
  type OfficerSigner,
  withOfficerKey,
} from '../../src/organisation/officer-key-file.ts'
import { registerOfficerKey } from '../../src/organisation/officer-keys.ts'
import { addOfficer } from '../../src/organisation/officers.ts'
import { loadSigning } from '../../src/organisation/signing.ts'
import type { UnitOfWork } from '../../src/store/unit-of-work.ts'

const signing = await loadSigning()

/** An officer with a registered key. @returns the file with the private half */
export async function addCertifier(
  { work, folder }: { work: UnitOfWork; folder: string },
  name = 'Certifier',
): Promise<string> {
  const officer = `${name.toLowerCase()}@example.org`
  await addOfficer(work, { organisation: undefined, name, email: officer, role: 'owner' })
  const { publicKey, privateFile } = await generateOfficerKey(signing, { name, folder })
  await registerOfficerKey(work, { organisation: undefined, officer, publicKey })
  return privateFile
}

/** Does the work with a fresh officer who signs. */
export async function asCertifier<T>(
  urna: { work: UnitOfWork; folder: string },
  use: (by: { signer: OfficerSigner; software: string }) => Promise<T>,
): Promise<T> {
  const file = await addCertifier(urna)
  return withOfficerKey(signing, file, (signer) => use({ signer, software: '0.0.0' }))
}
