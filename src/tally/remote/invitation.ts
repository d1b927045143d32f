import { z } from 'zod'
import { isLoopback } from '../../delivery/hosts.ts'
import { slugPattern } from '../../election/slug.ts'
import { readTextInput } from '../../interchange/read-input.ts'
import { jsonOf } from '../../json-of.ts'
import { isSecretOf } from '../../organisation/link-secret.ts'
import { trusteeNameSchema } from '../key-file.ts'
import { InvitationInvalid, ServerAddressInvalid } from './refusals.ts'

/**
 * What a trustee gets from the officer once: where to work, in which name, and the secret that shows who is asking. It
 * opens no vote: what a trustee sends is signed with keys that never leave their machine.
 */
const invitationSchema = z.strictObject({
  kind: z.literal('urna-trustee-invitation'),
  /** Origin of the server. */
  server: z.string(),
  election: z.strictObject({
    slug: z.string().regex(slugPattern),
    uuid: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{14}$/),
    title: z.string(),
  }),
  name: trusteeNameSchema,
  secret: z.string().refine((text) => isSecretOf('trustee', text)),
})

export type Invitation = z.infer<typeof invitationSchema>

export function invitationText(invitation: Omit<Invitation, 'kind'>): string {
  return `${JSON.stringify({ kind: 'urna-trustee-invitation', ...invitation }, null, 2)}\n`
}

/** @throws InputUnreadable, InvitationInvalid, ServerAddressInvalid; no sentence holds anything of the secret */
export async function readInvitation(path: string): Promise<Invitation> {
  const invitation = invitationSchema.safeParse(jsonOf(await readTextInput(path)))
  if (!invitation.success) throw new InvitationInvalid(path)
  return { ...invitation.data, server: serverOrigin(invitation.data.server) }
}

/**
 * The origin of a server to which a secret may be sent: over an encrypted connection, or on this very machine.
 * @throws ServerAddressInvalid
 */
export function serverOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new ServerAddressInvalid('no-server')
  if (`${url.username}${url.password}${url.search}${url.hash}` !== '' || url.pathname !== '/') {
    throw new ServerAddressInvalid('more-than-a-server')
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw new ServerAddressInvalid('not-encrypted')
  return url.origin
}
