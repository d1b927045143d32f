import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPoll } from '../../src/election/poll/create-poll.ts'
import { type Action, type Role, roleMay, roles } from '../../src/organisation/roles.ts'
import { loadGroup } from '../../src/sealing/group-sodium.ts'
import { declareGroup } from '../../src/tally/ceremony/declare-group.ts'
import { inviteTrustees } from '../../src/tally/remote/invite-trustees.ts'
import { motion } from '../election/poll/meeting.ts'
import { letNominate, linksFor, putUp, secretOf } from '../support/nominees.ts'
import { ask, board, elsewhere, home, type Office, openOffice, southern } from '../support/office.ts'
import { routesOf } from '../support/routes.ts'
import { type Serving, serve } from '../support/serving.ts'
import { signIn } from '../support/sessions.ts'

/** Whom a route lets in: everybody alike, whoever is signed in, who has an invitation, or the officers who may do that. */
type Access = 'everybody' | 'signed-in' | 'trustee' | 'nominee' | Action

/** Every route of the server. A new one belongs here. */
const access: Readonly<Record<string, Access>> = {
  'GET /': 'everybody',
  'GET /vote/:election': 'everybody',
  'GET /board/:election': 'everybody',
  'GET /results/:election': 'everybody',
  'GET /nominate/:election': 'everybody',
  'GET /officer': 'everybody',
  'GET /officer*': 'everybody',
  'GET /assets/:file': 'everybody',
  'GET /api/docs': 'everybody',
  'GET /api/docs/json': 'everybody',
  'GET /api/docs/yaml': 'everybody',
  'GET /api/docs*': 'everybody',
  'GET /api/docs/static/index.html': 'everybody',
  'GET /api/docs/static/swagger-initializer.js': 'everybody',
  'GET /api/health': 'everybody',
  'GET /api/ready': 'everybody',
  // On this machine; from elsewhere see the test of the measurements.
  'GET /api/metrics': 'everybody',
  'POST /api/session': 'everybody',
  'GET /api/session': 'signed-in',
  'DELETE /api/session': 'signed-in',
  'GET /api/organizations/:id/elections': 'election:list',
  'POST /api/organizations/:id/elections': 'election:create',
  'GET /api/elections/:id': 'election:read',
  'PATCH /api/elections/:id': 'election:edit',
  'GET /api/elections/:id/dashboard': 'turnout:read',
  'GET /api/elections/:id/roll': 'roll:read',
  'GET /api/elections/:id/delegations': 'delegation:read',
  'POST /api/elections/:id/delegations': 'delegation:edit',
  'POST /api/elections/:id/delegations/revoke': 'delegation:edit',
  'GET /api/organizations/:id/delegations': 'delegation:read',
  'POST /api/organizations/:id/delegations': 'delegation:edit',
  'POST /api/organizations/:id/delegations/revoke': 'delegation:edit',
  'GET /api/organizations/:id/presence': 'presence:read',
  'GET /api/organizations/:id/notifications': 'notification:read',
  'POST /api/organizations/:id/notifications/read': 'notification:read',
  'POST /api/organizations/:id/presence': 'presence:set',
  'POST /api/elections/:id/weights': 'weight:set',
  'POST /api/elections/:id/positions': 'contest:edit',
  'POST /api/elections/:id/candidates': 'candidate:edit',
  'POST /api/elections/:id/open': 'election:open',
  'POST /api/elections/:id/pause': 'election:pause',
  'POST /api/elections/:id/resume': 'election:pause',
  'POST /api/elections/:id/close': 'election:close',
  'GET /api/elections/:id/approvals': 'election:read',
  'POST /api/elections/:id/approvals': 'approval:decide',
  'POST /api/elections/:id/approvals/:approval/grant': 'approval:decide',
  'POST /api/elections/:id/approvals/:approval/refuse': 'approval:decide',
  'GET /api/elections/:id/trustee': 'trustee',
  'POST /api/elections/:id/trustee/answers': 'trustee',
  'POST /api/elections/:id/trustee/contributions': 'trustee',
  'POST /api/elections/:id/trustee/objections': 'trustee',
  'GET /api/elections/:id/nominations': 'candidate:edit',
  'GET /api/elections/:id/nominee': 'nominee',
  'POST /api/elections/:id/nominee/accept': 'nominee',
  'POST /api/elections/:id/nominee/decline': 'nominee',
  'GET /api/elections/:id/incidents': 'incident:read',
  'POST /api/elections/:id/incidents': 'incident:record',
  'POST /api/elections/:id/incidents/:incident/resolve': 'incident:resolve',
  'GET /api/elections': 'everybody',
  'GET /api/elections/:id/board': 'everybody',
  'GET /api/elections/:id/archive': 'everybody',
  'GET /api/elections/:id/results': 'everybody',
  'GET /api/elections/:id/results/export': 'everybody',
  'GET /api/elections/:id/events': 'everybody',
  'GET /ws/elections/:id': 'everybody',
  'GET /api/elections/:id/ballot': 'everybody',
  'GET /api/elections/:id/credentials': 'everybody',
  'GET /api/elections/:id/votes': 'vote:read',
  'POST /api/elections/:id/votes': 'everybody',
  'GET /api/elections/:id/challenge': 'everybody',
  'GET /api/elections/:id/positions/:position/candidates/:candidate/photo': 'everybody',
  'POST /api/elections/:id/codes': 'everybody',
  'POST /system/vote/create': 'poll:hold',
  'POST /system/vote/update': 'poll:hold',
  'POST /system/vote/delete': 'poll:hold',
  'POST /system/vote/start': 'poll:hold',
  'POST /system/vote/finalize': 'poll:hold',
  'POST /system/vote/reset': 'poll:hold',
  'POST /system/vote/vote': 'poll:hold',
  'POST /system/vote/poll': 'poll:hold',
  'GET /system/vote/poll/:poll': 'poll:hold',
  'POST /system/vote/poll/:poll': 'poll:hold',
  'DELETE /system/vote/poll/:poll': 'poll:hold',
  'POST /system/vote/poll/:poll/start': 'poll:hold',
  'POST /system/vote/poll/:poll/finalize': 'poll:hold',
  'POST /system/vote/poll/:poll/reset': 'poll:hold',
  'POST /system/vote/poll/:poll/vote': 'poll:hold',
}

const securityHeaders = {
  'content-security-policy': /default-src 'none'/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'cross-origin-embedder-policy': /^require-corp$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /^max-age=31536000$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'cache-control': /^(no-store|public, max-age=\d+(, immutable)?)$/,
}

interface Presenter {
  readonly who: string
  readonly headers: Readonly<Record<string, string>>
  /** Undefined for nobody whom this host knows. */
  readonly role: Role | 'trustee' | 'nominee' | undefined
}

let office: Office
let serving: Serving
let presenters: Presenter[]

const byKey = (key: string) => ({ authorization: `Bearer ${key}` })

beforeAll(async () => {
  office = await openOffice()
  serving = await serve(office, {
    limits: { requests: 1e6, failedKeys: 1e6, sessions: 1e6, codes: 1e6, nominees: 1e6 },
  })
  const expired = await office.makeKey({ days: 1 })
  const left = await signIn(serving.url, office.keyOf('owner'))
  office.clock.advance(2 * 24 * 60 * 60)
  const revoked = await office.makeKey()
  const orphan = await signIn(serving.url, revoked)
  await office.revoke(revoked)
  const { work } = office
  await createPoll({ work, group: await loadGroup() }, { organisationId: 1, body: motion })
  presenters = [
    { who: 'nobody', headers: {}, role: undefined },
    { who: 'an expired key', headers: byKey(expired), role: undefined },
    { who: 'a revoked key', headers: byKey(revoked), role: undefined },
    { who: 'a key that never was', headers: byKey(`urna_${'a'.repeat(60)}`), role: undefined },
    { who: 'no key at all', headers: { authorization: 'Basic YTpi' }, role: undefined },
    { who: 'a session that was left', headers: left.headers, role: undefined },
    { who: 'a session of a revoked key', headers: orphan.headers, role: undefined },
  ]
  for (const [election, role] of [
    [board, 'trustee'],
    [southern, undefined],
  ] as const) {
    presenters.push({ who: `a trustee of ${election}`, headers: byKey(await invitationTo(election)), role })
    const nominee = byKey(await linkTo(election))
    presenters.push({ who: `a nominee of ${election}`, headers: nominee, role: role && 'nominee' })
  }
  for (const role of roles) {
    const key = office.keyOf(role)
    presenters.push(
      { who: `the ${role} by key`, headers: byKey(key), role },
      { who: `the ${role} by session`, headers: (await signIn(serving.url, key)).headers, role },
      { who: `the ${role} of others`, headers: byKey(office.keyOf(role, elsewhere)), role: undefined },
    )
  }
}, 60_000)

/** The secret of one of two trustees whose key ceremony has not begun. */
async function invitationTo(slug: string): Promise<string> {
  const { work, folder } = office
  const names = ['Ruth', 'Sam']
  await declareGroup({ work, group: await loadGroup() }, { slug, threshold: 2, names, begun: 'keep' })
  const asked = { slug, server: serving.url, folder, again: undefined }
  const { invited } = await inviteTrustees(work, asked)
  return (JSON.parse(readFileSync(invited[0]!.file, 'utf8')) as { secret: string }).secret
}

/** The secret of somebody's link who is nominated. */
async function linkTo(slug: string): Promise<string> {
  await letNominate(office, slug)
  await putUp(office, slug, 'Ana Lima', [])
  return secretOf((await linksFor(office, slug)).get('Ana Lima'))
}

afterAll(async () => {
  await serving?.close()
  await office?.close()
})

/** Whoever is let in with this gets no further than to be told that it says nothing. */
const senseless = { 'it says': 'nothing' }

function request(route: string, names: { organisation: string; election: string }) {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern
    .replace(':id', pattern.includes('organizations') ? names.organisation : names.election)
    .replace(':election', names.election)
    .replace(':file', 'none.js')
    .replace(/:(position|candidate|approval|incident)/g, '1')
    .replace('*', '/none')
    .replace(':poll', '1')
    .replace(/vote\/(update|delete|start|finalize|reset|vote)$/, 'vote/$1?id=1')
  const body = method === 'GET' || method === 'HEAD' ? {} : { body: senseless }
  return (headers: Readonly<Record<string, string>>) => ask(serving.url + path, { method, headers, ...body })
}

const own = { organisation: home, election: board }
const others = { organisation: elsewhere, election: southern }

test('every route of the server is in this table, and no other', () => {
  const routes = routesOf(serving.app).filter((route) => !/^(HEAD|OPTIONS) /.test(route))
  expect(routes).toEqual(Object.keys(access).sort())
})

describe.each(Object.entries(access))('%s is for %s', (route, wanted) => {
  const reads = route.startsWith('GET ')

  function expected({ role }: Presenter): number | undefined {
    if (wanted === 'everybody') return undefined
    const isOfficer = role !== undefined && role !== 'trustee' && role !== 'nominee'
    if (wanted === 'trustee' || wanted === 'nominee' ? role !== wanted : !isOfficer) return 401
    // Before the close a contribution is not even read.
    if (wanted === 'trustee' || wanted === 'nominee')
      return reads ? 200 : route.endsWith('contributions') ? 409 : 400
    if (wanted !== 'signed-in' && !roleMay(role as Role, wanted)) return 403
    return reads ? 200 : 400
  }

  /** A service comes with its key: a session of the same officer will not do. */
  const expectedOf = (presenter: Presenter) =>
    wanted === 'poll:hold' && presenter.who.endsWith('by session') ? 403 : expected(presenter)

  test('whoever asks', async () => {
    const send = request(route, own)
    const stranger = (await send({})).status
    for (const presenter of presenters) {
      const answer = await send(presenter.headers)
      const status = expectedOf(presenter) ?? stranger
      expect(answer.status, `${presenter.who}: ${JSON.stringify(answer.body)}`).toBe(status)
      for (const [header, value] of Object.entries(securityHeaders)) {
        expect(answer.headers.get(header), `${header} for ${presenter.who}`).toMatch(value)
      }
      if (status === 401) expect(answer.headers.get('www-authenticate')).toBe('Bearer')
      expect(answer.headers.get('set-cookie'), presenter.who).toBeNull()
    }
  })

  test.runIf(/:(id|election)/.test(route) && route.includes('/api/'))('of another organisation', async () => {
    const send = request(route, others)
    for (const presenter of presenters) {
      const answer = await send(presenter.headers)
      const { role } = presenter
      const isOfficer = role !== undefined && role !== 'trustee' && role !== 'nominee'
      const known = isOfficer || wanted === 'everybody'
      // The host itself has no such election; who is asking does not matter any more.
      const status = route.includes('organizations') && !known ? 401 : 404
      expect(answer.status, `${presenter.who}: ${JSON.stringify(answer.body)}`).toBe(status)
    }
  })

  test.runIf(reads)('by HEAD', async () => {
    const send = request(route.replace('GET', 'HEAD'), own)
    const stranger = (await send({})).status
    for (const presenter of presenters) {
      expect((await send(presenter.headers)).status, presenter.who).toBe(expectedOf(presenter) ?? stranger)
    }
  })
})
