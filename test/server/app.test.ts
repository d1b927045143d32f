import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let serving: Serving

beforeAll(async () => {
  urna = await temporaryUrna()
  serving = await serve(urna)
})

afterAll(async () => {
  await serving?.close()
  await urna?.close()
})

test('every page is there, runs only scripts of this server, and is kept by nobody', async () => {
  for (const address of ['/', '/vote/board-2026', '/board/board-2026', '/results/board-2026', '/officer']) {
    const reply = await fetch(serving.url + address)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('set-cookie')).toBeNull()
    const policy = reply.headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe-inline')
    const html = await reply.text()
    const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)
    expect(scripts.length).toBeGreaterThan(0)
    for (const tag of scripts) expect(tag).toMatch(/src="\/assets\/[^"]+" integrity="sha384-[^"]+"/)
  }
})

test('nothing else of the disk can be asked for', async () => {
  for (const address of [
    '/assets/../manifest.json',
    '/assets/%2e%2e%2fmanifest.json',
    '/assets/manifest.json',
    '/.env',
  ]) {
    const reply = await fetch(serving.url + address)
    expect(reply.status).toBe(404)
    expect(await reply.json()).toMatchObject({ error: { code: 'not-found' } })
  }
})

test('whoever keeps the server running can ask it how it is', async () => {
  const told = async (address: string) => (await fetch(serving.url + address)).json()
  expect(await told('/api/health')).toEqual({ status: 'ok', backups: 'off' })
  expect(await told('/api/ready')).toEqual({ status: 'ok' })
})

test('the description of the API is OpenAPI 3.1', async () => {
  const description = await (await fetch(`${serving.url}/api/docs/json`)).json()
  expect(description).toMatchObject({ openapi: '3.1.0', paths: { '/api/health': {} } })
})
