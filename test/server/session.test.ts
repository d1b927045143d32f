import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, board, type Office, openOffice, post } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type BrowserSession, signIn } from '../support/sessions.ts'

let office: Office
let serving: Serving

beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office, { limits: { sessions: 1e6, failedKeys: 5 } })
})

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

const titled = (title: string) => ({ method: 'PATCH', body: { title } })

function rename(title: string, headers: Readonly<Record<string, string>>) {
  return ask(`${serving.url}/api/elections/${board}/`, { ...titled(title), headers })
}

test('an officer signs in with a key, is known by the cookie, and signs out', async () => {
  const opened = await ask(`${serving.url}/api/session`, post({ key: office.keyOf('moderator') }))
  expect(opened.status).toBe(200)
  expect(opened.body).toEqual({
    officer: expect.stringContaining('The moderator'),
    role: 'moderator',
    organisation: 'north',
    may: expect.arrayContaining(['election:pause']),
    dryRun: false,
    csrf: expect.stringMatching(/^[\w-]{20,}$/),
  })
  const [cookie, ...others] = opened.headers.getSetCookie()
  expect(others).toEqual([])
  expect(cookie).toMatch(/^urna-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)

  const { headers } = await signIn(serving.url, office.keyOf('moderator'))
  const known = await ask(`${serving.url}/api/session`, { headers })
  expect(known.body).toMatchObject({ role: 'moderator', csrf: headers['x-csrf-token'] })
  const left = await ask(`${serving.url}/api/session`, { method: 'DELETE', headers })
  expect(left.status).toBe(204)
  expect(left.headers.getSetCookie()[0]).toMatch(/^urna-session=; .*Expires=Thu, 01 Jan 1970/)
  expect((await ask(`${serving.url}/api/session`, { headers })).status).toBe(401)
})

test('a key is told what it may, and needs no token for changes', async () => {
  const key = await office.makeKey({ scopes: ['election:read'] })
  const told = await ask(`${serving.url}/api/session`, { key })
  expect(told.body).toMatchObject({ role: 'owner', may: ['election:read'], csrf: null })
})

test('what is not in the scope of a key is refused, whatever the role may', async () => {
  const key = await office.makeKey({ scopes: ['election:read'] })
  const refused = await ask(`${serving.url}/api/elections/${board}/`, { ...titled('Mine'), key })
  expect(refused.status).toBe(403)
  expect(refused.body).toMatchObject({ error: { code: 'not-allowed' } })
})

test('behind a name of its own the cookie is for encrypted connections to that very host', async () => {
  const opened = await byHost('vote.example.org', { key: office.keyOf('owner') })
  expect(opened.status).toBe(200)
  expect(opened.cookie).toMatch(/^__Host-urna-session=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
})

function byHost(host: string, body: unknown): Promise<{ status: number; cookie: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json', origin: `https://${host}` }
    const sent = httpRequest(`${serving.url}/api/session`, { method: 'POST', headers }, (reply) => {
      reply.resume().on('end', () => {
        resolve({ status: reply.statusCode!, cookie: reply.headers['set-cookie']?.[0] ?? '' })
      })
    })
    sent.on('error', reject).end(JSON.stringify(body))
  })
}

test('a change by a session needs its own token and a page of this host', async () => {
  const own = await signIn(serving.url, office.keyOf('admin'))
  const another = await signIn(serving.url, office.keyOf('owner'))
  const origins = {
    own: serving.url,
    'another port': serving.url.replace(/\d+$/, '1'),
    encrypted: serving.url.replace('http:', 'https:'),
    elsewhere: 'https://evil.example',
    'a name that begins like it': `${serving.url}.evil.example`,
    opaque: 'null',
    none: undefined,
  }
  const tokens = {
    own: own.headers['x-csrf-token'],
    another: another.headers['x-csrf-token'],
    empty: '',
    none: undefined,
  }
  for (const [from, origin] of Object.entries(origins)) {
    for (const [whose, token] of Object.entries(tokens)) {
      const headers = headersOf(own, { origin, token })
      const answer = await rename(`From ${from} with ${whose}`, headers)
      const meant = from === 'own' && whose === 'own'
      expect(answer.status, `origin ${from}, token ${whose}`).toBe(meant ? 200 : 403)
      if (!meant) expect(answer.body).toMatchObject({ error: { code: 'cross-site' } })
      // To read is no change, and another page can not see the answer.
      const read = await ask(`${serving.url}/api/elections/${board}/`, { headers })
      expect(read.status).toBe(200)
      expect(read.headers.get('access-control-allow-origin')).toBeNull()
    }
  }
  const { body } = await ask(`${serving.url}/api/elections/${board}/`, { headers: own.headers })
  expect(body).toMatchObject({ title: 'From own with own' })
})

function headersOf(
  { headers }: BrowserSession,
  { origin, token }: { origin: string | undefined; token: string | undefined },
): Record<string, string> {
  return {
    cookie: headers.cookie!,
    ...(origin !== undefined && { origin }),
    ...(token !== undefined && { 'x-csrf-token': token }),
  }
}

test('another page can not sign an officer in as somebody else, nor can a form', async () => {
  const key = office.keyOf('owner')
  const elsewhere = { origin: 'https://evil.example' }
  const refused = await ask(`${serving.url}/api/session`, { ...post({ key }), headers: elsewhere })
  expect(refused.status).toBe(403)
  expect(refused.headers.getSetCookie()).toEqual([])
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    const form = await ask(`${serving.url}/api/session`, {
      ...post({ key }),
      headers: { 'content-type': type },
    })
    expect(form.status, type).toBe(415)
  }
})

test('a key beside the cookie of another officer decides alone', async () => {
  const { headers } = await signIn(serving.url, office.keyOf('owner'))
  const both = await ask(`${serving.url}/api/elections/${board}/`, { headers, key: office.keyOf('observer') })
  expect(both.status).toBe(200)
  const change = await ask(`${serving.url}/api/elections/${board}/`, {
    ...{ ...titled('Both'), headers },
    key: office.keyOf('observer'),
  })
  expect(change.status).toBe(403)
  const bad = await ask(`${serving.url}/api/elections/${board}/`, { headers, key: 'urna_none' })
  expect(bad.status).toBe(401)
})

test('whoever tries keys has to wait, and nobody else', async () => {
  const url = `${serving.url}/api/elections/${board}/`
  const { headers } = await signIn(serving.url, office.keyOf('owner'))
  const answers = []
  for (let tried = 0; tried < 8; tried++) answers.push(await ask(url, { key: `urna_${tried}` }))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.slice(-3)).toEqual([429, 429, 429])
  expect(statuses[0]).toBe(401)
  expect(Number(answers.at(-1)!.headers.get('retry-after'))).toBeGreaterThan(0)
  // A good key from that address waits too: otherwise trying would still tell.
  expect((await ask(url, { key: office.keyOf('owner') })).status).toBe(429)
  expect((await ask(url, { headers })).status).toBe(200)
  expect((await ask(`${serving.url}/api/health`)).status).toBe(200)
})
