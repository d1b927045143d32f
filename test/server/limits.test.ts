import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, board, type Office, openOffice, post } from '../support/office.ts'
import { type Serving, serve } from '../support/serving.ts'

let office: Office
let serving: Serving

beforeAll(async () => {
  office = await openOffice({ alone: true })
  serving = await serve(office, { trustProxy: true, limits: { requests: 30, sessions: 3, codes: 2 } })
})

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

const from = (address: string) => ({ 'x-forwarded-for': address })

async function statuses(count: number, send: () => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = []
  for (let sent = 0; sent < count; sent++) seen.push((await send()).status)
  return seen
}

test('an address that asks too often has to wait, and others have not', async () => {
  const seen = await statuses(35, () => ask(`${serving.url}/api/health`, { headers: from('192.0.2.1') }))
  expect(seen).toEqual([...Array(30).fill(200), ...Array(5).fill(429)])
  const refused = await ask(`${serving.url}/nowhere`, { headers: from('192.0.2.1') })
  expect(refused.body).toMatchObject({ error: { code: 'too-many-requests' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await ask(`${serving.url}/api/health`, { headers: from('192.0.2.2') })).status).toBe(200)
})

test('the addresses of one network of IPv6 count as one', async () => {
  let last = 0
  const next = () =>
    ask(`${serving.url}/api/health`, { headers: from(`2001:db8:1:2::${(++last).toString(16)}`) })
  expect((await statuses(31, next)).at(-1)).toBe(429)
  expect((await ask(`${serving.url}/api/health`, { headers: from('2001:db8:1:3::1') })).status).toBe(200)
})

test('sessions are opened less often than pages are asked for', async () => {
  const send = () =>
    ask(`${serving.url}/api/session`, { ...post({ key: office.keyOf('owner') }), headers: from('192.0.2.3') })
  expect(await statuses(5, send)).toEqual([200, 200, 200, 429, 429])
  const refused = await send()
  expect(refused.body).toMatchObject({
    error: { code: 'too-many-requests', details: { retryAfter: expect.any(Number) } },
  })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('behind a proxy nobody reads totals without a key, for whoever asks looks like this machine', async () => {
  const metrics = (headers: Record<string, string>, key?: string) =>
    ask(`${serving.url}/api/metrics`, { headers, ...(key !== undefined && { key }) })
  expect((await metrics(from('192.0.2.9'))).status).toBe(401)
  expect((await metrics(from('192.0.2.9'), office.keyOf('moderator'))).status).toBe(403)
  expect((await metrics(from('192.0.2.9'), office.keyOf('auditor'))).status).toBe(200)
  await ask(`${serving.url}/api/elections/${board}/votes/`, post({ ballot: 'none' }))
  expect((await metrics({})).status).toBe(401)
  const { status, headers, body } = await metrics({}, office.keyOf('auditor'))
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const lines = String(body).split('\n')
  for (const line of lines) {
    expect(line).toMatch(/^$|^# (HELP|TYPE) \w+ .+|^\w+(\{(\w+="[^"]*",?)+\})? -?[\d.e+-]+$/)
  }
  expect(body).toContain('urna_votes_total{outcome="refused"} 1')
  expect(body).toContain('urna_votes_total{outcome="accepted"} 0')
  expect(body).toContain('urna_votes_waiting 0')
  expect(body).toMatch(/urna_request_seconds_bucket\{route="GET \/api\/health",le="\+Inf"\} \d+/)
  expect(body).toMatch(/urna_event_loop_lag_seconds\{quantile="0.99"\} \d/)
  expect(body).toMatch(/urna_sockets [1-9]/)
  expect(body).not.toContain(board)
})

test('without a proxy a monitor on this machine reads totals, and what was handed on needs a key', async () => {
  const alone = await serve(office)
  try {
    expect((await ask(`${alone.url}/api/metrics`)).status).toBe(200)
    expect((await ask(`${alone.url}/api/metrics`, { headers: from('192.0.2.9') })).status).toBe(401)
  } finally {
    await alone.close()
  }
})
