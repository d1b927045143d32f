import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, board, home, type Office, openOffice, post } from '../support/office.ts'
import { rawClient } from '../support/raw-client.ts'
import { routesOf } from '../support/routes.ts'
import { type Serving, serve } from '../support/serving.ts'
import { signIn } from '../support/sessions.ts'

let office: Office
let serving: Serving
let log = ''

beforeAll(async () => {
  office = await openOffice({ alone: true })
  const lines = {
    write: (line: string) => {
      log += line
    },
  }
  serving = await serve(office, { log: lines, limits: { failedKeys: 1e6, sessions: 1e6, codes: 1e6 } })
})

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

/** Every table of the file, in the clear. */
async function wholeFile(): Promise<string> {
  return office.work.read(async ({ db }) => {
    const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
      db,
    )
    const rows: unknown[] = []
    for (const { name } of tables.rows)
      rows.push((await sql`select * from ${sql.table(name)}`.execute(db)).rows)
    return JSON.stringify(rows, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    )
  })
}

test('a key, a session, a token and a one-time code are in no answer, log line or byte of the file', async () => {
  const key = await office.makeKey()
  const session = await signIn(serving.url, key)
  const secrets = {
    key,
    'what is secret of the key': key.slice(13),
    session: session.id,
    'token of the session': session.headers['x-csrf-token']!,
    token: 'YK3vT9dMqRs7XwZbHfJ2',
    code: '739215',
  }
  const answers: string[] = []
  const note = ({ headers, body }: { headers: Headers; body: unknown }) => {
    answers.push(JSON.stringify([...headers]), JSON.stringify(body))
  }
  for (const secret of Object.values(secrets)) {
    for (const route of routesOf(serving.app)) {
      const [method = '', pattern = ''] = route.split(' ')
      if (method === 'OPTIONS' || pattern.includes('docs') || method === 'DELETE') continue
      const path = pattern.replace(':id', pattern.includes('organizations') ? home : board).replace('*', '/x')
      const misplaced = pattern.replace(/:\w+/, encodeURIComponent(secret)).replace('*', `/${secret}`)
      const body = method === 'POST' || method === 'PATCH' ? { body: { title: secret, [secret]: 1 } } : {}
      note(
        await ask(`${serving.url}${path}?token=${secret}&t=${secret}`, {
          method,
          ...body,
          headers: session.headers,
        }),
      )
      note(await ask(serving.url + misplaced, { method, ...body, key: secret }))
      note(
        await ask(serving.url + path, {
          method,
          ...body,
          key,
          headers: { referer: secret, cookie: `a=${secret}` },
        }),
      )
    }
    note(await ask(`${serving.url}/api/session`, post({ key: `${secret}x` })))
    note(await ask(`${serving.url}/api/session`, post(`{"key": "${secret}`)))
    note(
      await ask(`${serving.url}/api/elections/${board}/votes/`, post({ ballot: secret, code: secrets.code })),
    )
    note(await ask(`${serving.url}/api/elections/${board}/close/`, { ...post({ confirm: secret }), key }))
    const raw = await rawClient(serving.url)
    raw.socket.write(`GET /${secret} HTTP/1.1\r\nX: \x01${secret}\r\n\r\n`)
    answers.push(await raw.ended(5000))
  }
  // What the file itself holds, and what the database has not yet taken over from its log.
  const file = await wholeFile()
  const bytes = readdirSync(office.folder)
    .map((name) => readFileSync(join(office.folder, name), 'latin1'))
    .join()
  expect(log.split('\n').length).toBeGreaterThan(50)
  for (const [what, secret] of Object.entries(secrets)) {
    // The page that holds the session is told its token, to send it back.
    const told = answers.filter((answer) => !answer.includes(`"csrf":"${secret}"`))
    expect(
      told.filter((answer) => answer.includes(secret)),
      `${what} in an answer`,
    ).toEqual([])
    expect(log.includes(secret), `${what} in the log`).toBe(false)
    expect(file.includes(secret), `${what} in the file`).toBe(false)
    expect(bytes.includes(secret), `${what} in the bytes`).toBe(false)
  }
}, 60_000)

test('the log says neither who asked nor from where', async () => {
  await ask(`${serving.url}/vote/none/none/none`, { headers: { 'user-agent': 'Somebody/1.0' } })
  expect(log).toContain('"status":404')
  expect(log).not.toMatch(/127\.0\.0\.1:\d+.*refused|Somebody|user-agent|remoteAddress/)
})
