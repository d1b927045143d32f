import * as z from 'zod/mini'
import { apiAddress, slugOfAddress } from '../shared/addresses.ts'
import { type Answer, ask, posted } from '../shared/answers.ts'

/** What the server says of the nomination. */
const nomination = z.object({
  title: z.string(),
  contest: z.string(),
  name: z.string(),
  nominatedBy: z.array(z.string()),
  state: z.enum(['silent', 'accepted', 'declined', 'withdrawn']),
  statement: z.string(),
  photo: z.boolean(),
  open: z.boolean(),
  until: z.string(),
  zone: z.string(),
})

export type Nomination = z.infer<typeof nomination>

const answered = z.object({ state: nomination.shape.state })

/** How one nominee asks the server: with the secret of the link in a header, where no log has it. */
export interface Nominee {
  read(): Promise<Answer<Nomination>>
  /** @param photo the file as Base64; undefined leaves the one there is, null takes it away */
  accept(statement: string, photo: string | null | undefined): Promise<Answer<unknown>>
  decline(): Promise<Answer<unknown>>
}

/**
 * The nominee of a link `https://host/nominate/SLUG#n=SECRET`. A fragment never leaves the browser; it is taken out of the
 * address bar and of the history before anything else happens.
 */
export function nomineeOfAddress(): Nominee {
  const secret = /^#n=([\w-]*)$/.exec(location.hash)?.[1] ?? ''
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  const slug = slugOfAddress()
  const authorization = `Bearer ${secret}`
  const send = (path: string, body: unknown) => {
    const { headers, ...request } = posted(body)
    return ask(apiAddress(slug, `nominee/${path}/`), answered, {
      ...request,
      headers: { ...headers, authorization },
    })
  }
  return {
    read: () => ask(apiAddress(slug, 'nominee/'), nomination, { headers: { authorization } }),
    accept: (statement, photo) => send('accept', { statement, ...(photo !== undefined && { photo }) }),
    decline: () => send('decline', {}),
  }
}

/** The content of a file as Base64. */
export async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // In pieces: a call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 32_768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768))
  }
  return btoa(text)
}
