import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasBrowser, startBrowser } from '../support/browser.ts'
import { ask } from '../support/office.ts'
import { routesOf } from '../support/routes.ts'
import { type Serving, serve } from '../support/serving.ts'
import { type TemporaryUrna, temporaryUrna } from '../support/urna.ts'

let urna: TemporaryUrna
let serving: Serving
let document: Description

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: object }[]
  readonly requestBody?: { content: Readonly<Record<string, { schema: object }>> }
  readonly responses: Readonly<Record<string, { description: string; content?: object }>>
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}
interface Description {
  readonly openapi: string
  readonly info: { title: string; version: string }
  readonly tags: readonly { name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { securitySchemes: Readonly<Record<string, object>> }
}

beforeAll(async () => {
  urna = await temporaryUrna()
  serving = await serve(urna)
  document = (await ask(`${serving.url}/api/docs/json`)).body as Description
})

afterAll(async () => {
  await serving?.close()
  await urna?.close()
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

test('it is OpenAPI 3.1, and every operation is complete', () => {
  expect(document.openapi).toBe('3.1.0')
  const tags = document.tags.map(({ name }) => name)
  for (const { path, method, operation } of operations()) {
    const place = `${method} ${path}`
    expect(operation.summary, place).toMatch(/^[A-Z].*\.$/s)
    expect(operation.tags, place).toHaveLength(1)
    for (const tag of operation.tags ?? []) expect(tags, place).toContain(tag)
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(
      declared.map(({ name }) => name),
      place,
    ).toEqual(named)
    expect(
      declared.every(({ required }) => required),
      place,
    ).toBe(true)
    expect(Object.keys(operation.responses).length, place).toBeGreaterThan(0)
    for (const [status, { description }] of Object.entries(operation.responses)) {
      expect(status, place).toMatch(/^([1-5]\d\d|[1-5]XX|default)$/)
      expect(typeof description, place).toBe('string')
    }
    for (const requirement of operation.security ?? []) {
      for (const scheme of Object.keys(requirement)) {
        expect(document.components.securitySchemes, place).toHaveProperty(scheme)
      }
    }
  }
})

test('every reference leads somewhere, and every pattern is one', () => {
  const visit = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === '$ref') {
        const parts = String(inner).replace(/^#\//, '').split('/')
        const target = parts.reduce<unknown>(
          (within, part) => (within as Record<string, unknown> | undefined)?.[part],
          document,
        )
        expect(target, `${place}: ${inner}`).toBeDefined()
      }
      if (name === 'pattern' && typeof inner === 'string') {
        expect(() => new RegExp(inner, 'u'), `${place}: ${inner}`).not.toThrow()
      }
      visit(inner, `${place}/${name}`)
    }
  }
  visit(document, '')
})

test('every route of the API is described, and for whom it is', () => {
  const described = operations()
    .map(
      ({ path, method }) =>
        `${method.toUpperCase()} ${path.replace(/(.)\/$/, '$1').replace(/\{(\w+)\}/g, ':$1')}`,
    )
    .sort()
  const routes = routesOf(serving.app).filter(
    (route) => /^\w+ \/(?:api\/(?!docs)|system\/)/.test(route) && !/^(HEAD|OPTIONS) /.test(route),
  )
  expect(described).toEqual(routes)
  for (const { path, method, operation } of operations()) {
    const guarded = (operation.tags ?? []).some((tag) =>
      ['elections', 'nominations', 'steps', 'trustees', 'register', 'polls'].includes(tag),
    )
    expect((operation.security ?? []).length > 0, `${method} ${path}`).toBe(
      guarded || path === '/api/metrics' || (path === '/api/session' && method !== 'post'),
    )
  }
})

test('docs/api.md lists what there is, and who may', () => {
  const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  const rows = page.split('\n').filter((line) => /^\| `[A-Z]/.test(line))
  expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' | '))).toEqual(
    operations().map(
      ({ path, method, operation }) => `| \`${method.toUpperCase()} ${path}\` | ${operation.summary}`,
    ),
  )
  for (const row of rows) {
    const [, route = '', wanted = ''] = /^\| `(.*?)` .* \| (.*?) \|$/.exec(row) ?? []
    const { security } = operations().find(
      ({ path, method }) => `${method.toUpperCase()} ${path}` === route,
    )!.operation
    expect((security ?? []).length > 0, route).toBe(wanted !== 'everybody')
  }
})

test.runIf(hasBrowser)(
  'the page of the docs shows it, and its policy forbids nothing that it needs',
  async () => {
    const browser = await startBrowser()
    try {
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      page.on('pageerror', (error) => faults.push(error.message))
      const requests: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      await page.goto(`${serving.url}/api/docs`)
      await page.getByText('/api/organizations/{id}/elections/').first().waitFor({ timeout: 30_000 })
      expect(faults).toEqual([])
      expect(requests.filter((url) => !url.startsWith(serving.url) && !url.startsWith('data:'))).toEqual([])
    } finally {
      await browser.close()
    }
  },
  90_000,
)
