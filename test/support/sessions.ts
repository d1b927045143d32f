import { ask } from './office.ts'

/** What a browser sends in the name of a session. */
export interface BrowserSession {
  readonly id: string
  /** With everything that a change needs. */
  readonly headers: Readonly<Record<string, string>>
}

/** Signs in as the dashboard does. */
export async function signIn(url: string, key: string): Promise<BrowserSession> {
  const answer = await ask(`${url}/api/session`, { method: 'POST', body: { key } })
  if (answer.status !== 200) throw new Error(`no session: ${JSON.stringify(answer.body)}`)
  const cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!
  const { csrf } = answer.body as { csrf: string }
  return {
    id: cookie.slice(cookie.indexOf('=') + 1),
    headers: { cookie, origin: url, 'x-csrf-token': csrf },
  }
}
