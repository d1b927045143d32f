import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ceremonyKeys, generateSeed } from '../../src/sealing/ceremony-keys.ts'
import { certificateFormat, makeCertificate } from '../../src/sealing/certificate.ts'
import { inviteTrustees } from '../../src/tally/remote/invite-trustees.ts'
import type { TrusteeTask } from '../../src/tally/remote/trustee-task.ts'
import { removeTrustee } from '../../src/tally/remove-trustee.ts'
import { serve } from '../support/serving.ts'
import { group } from '../voting/fixtures.ts'
import { alteredInvitation, type RemoteStage, remoteStage } from './remote-stage.ts'
import { ceremonyStage } from './small-ceremony.ts'

const names = ['Ruth', 'Sam', 'Tess']
let stage: RemoteStage
const begin = async () => {
  stage = await remoteStage({ threshold: 2, names })
}
const end = () => stage.close()

const byHand = async (name: string) => (await stage.go(name, await stage.message())).file
const contentOf = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

/** As it comes over the network, before anybody has looked at it. */
type Task = Record<keyof TrusteeTask, string> & { election: TrusteeTask['election'] }

describe('a trustee does not go on with a server that', () => {
  beforeAll(begin)
  afterAll(end)
  afterEach(() => stage.between.meddle(() => 'passes'))

  const answered = (change: (task: Task) => void) => {
    stage.between.meddle(({ what, answer }) => {
      if (answer === '' || !what.startsWith('GET')) return 'passes'
      const task = JSON.parse(answer)
      change(task)
      return { body: JSON.stringify(task) }
    })
  }

  test.each([
    [
      'speaks of another election',
      (task: Task) => {
        task.election.uuid = '8kTzVh2mPqWxYa'
      },
      'another election than your invitation',
    ],
    [
      'takes you for another',
      (task: Task) => {
        task.trustee = 'Sam'
      },
      'another trustee than your invitation',
    ],
    [
      'says what no server says',
      (task: Task) => {
        task.state = 'rich'
      },
      'not of the form that this urna knows',
    ],
    [
      'sends the message of another election',
      (task: Task) => {
        task.message = task.message.replace(/"uuid":"\w+"/, '"uuid":"8kTzVh2mPqWxYa"')
      },
      'its message is of another election',
    ],
    [
      'sends nonsense',
      (task: Task) => {
        task.message = '{"kind":"urna-ceremony-round"}'
      },
      'not what urna trustee message writes',
    ],
    [
      'leaves the trustee out',
      (task: Task) => {
        task.message = task.message.replace('"Ruth"', '"Rita"')
      },
      'Ruth is not among its trustees',
    ],
  ])('%s', async (_, change, sentence) => {
    answered(change)
    await expect(stage.act('Ruth')).rejects.toThrow(sentence)
    expect(readdirSync(stage.home('Ruth'))).toEqual([])
  })

  test('is asked with a key of another election', async () => {
    const other = await ceremonyStage({ threshold: 2, names })
    await other.round()
    const key = readdirSync(other.home('Ruth')).find((file) => file.endsWith('.private.json'))!
    const keyFile = join(other.home('Ruth'), key)
    await expect(stage.act('Ruth', { keyFile })).rejects.toThrow('there is no key of this ceremony here')
    await other.close()
  })

  test('asks again for what it has taken, leads elsewhere, or has no end', async () => {
    let asked: string | undefined
    stage.between.meddle(({ what, answer }) => {
      if (answer === '' || !what.startsWith('GET')) return 'passes'
      asked ??= answer
      return { body: asked }
    })
    await expect(stage.act('Ruth')).rejects.toThrow('it has taken what you sent, and asks for it again')
    stage.between.meddle(() => ({ status: 302, headers: { location: stage.serving.url }, body: '' }))
    await expect(stage.act('Ruth')).rejects.toMatchObject({ code: 'server-unreachable' })
    stage.between.meddle(() => ({ body: Buffer.alloc(40 * 1024 * 1024, ' ') }))
    await expect(stage.act('Ruth')).rejects.toThrow('its answer has no end')
  })

  test('puts another certificate in the place of one, or changes what was answered to before', async () => {
    await stage.everybody()
    const keys = ceremonyKeys(group, generateSeed(group))
    const foreign = (index: number) =>
      certificateFormat(group).write(
        makeCertificate(group, { keys, place: { size: 3, threshold: 2, index } }),
      )
    const swap = (place: number) =>
      answered((task) => {
        const message = JSON.parse(task.message)
        message.certificates[place - 1] = foreign(place)
        task.message = JSON.stringify(message)
      })
    swap(1)
    await expect(stage.act('Ruth')).rejects.toThrow('your own certificate is not in it')
    stage.between.meddle(() => 'passes')
    const honest = await stage.act('Ruth')
    await stage.act('Sam')
    // Another's can't be told apart at first: that is what the telephone is for. Afterwards it can.
    expect(honest.steps[0]!.certificates).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
    swap(3)
    await expect(stage.act('Ruth')).rejects.toThrow('not those that you have answered to before')
  }, 60_000)

  test('is not reached over an encrypted connection', async () => {
    const plain = alteredInvitation(stage, 'Ruth', (invitation) => {
      invitation.server = 'http://vote.example.org'
    })
    await expect(stage.act('Ruth', { invitation: plain })).rejects.toThrow('begins with https://')
    const asked = { slug: stage.slug, folder: stage.folder, again: undefined }
    for (const server of [
      'http://192.168.1.4',
      'ftp://vote.example',
      'https://vote.example/x',
      'vote',
      'https://a@b',
    ]) {
      await expect(inviteTrustees(stage.work, { ...asked, server })).rejects.toMatchObject({
        code: 'invalid-input',
      })
    }
  })
})

describe('an invitation', () => {
  beforeAll(begin)
  afterAll(end)

  test('is written once for each trustee, and again only for who lost theirs', async () => {
    const again = (name?: string) =>
      inviteTrustees(stage.work, {
        ...{ slug: stage.slug, server: stage.between.url, folder: stage.folder, again: name },
      })
    const before = readFileSync(stage.invitation('Ruth'), 'utf8')
    expect(await again()).toMatchObject({ invited: [], standing: names })
    expect(readFileSync(stage.invitation('Ruth'), 'utf8')).toBe(before)
    const renewed = await again('Ruth')
    expect(renewed).toMatchObject({
      invited: [{ name: 'Ruth', file: stage.invitation('Ruth') }],
      standing: ['Sam', 'Tess'],
    })
    expect((await stage.send(JSON.parse(before).secret)).status).toBe(401)
    expect((await stage.act('Ruth')).steps).toHaveLength(1)
    await expect(again('Zoë')).rejects.toMatchObject({ code: 'trustee-not-found' })
  })

  test('that was altered, or is something else, is told to be so', async () => {
    const odd = alteredInvitation(stage, 'Ruth', (invitation) => {
      invitation.secret = 'short'
    })
    await expect(stage.act('Ruth', { invitation: odd })).rejects.toMatchObject({ code: 'invitation-invalid' })
    const key = alteredInvitation(stage, 'Sam', (invitation) => {
      invitation.secret = invitation.secret.replace(/.{8}$/, 'AAAAAAAA')
    })
    await expect(stage.act('Sam', { invitation: key })).rejects.toMatchObject({
      code: 'server-refuses',
      hint: expect.stringContaining('urna trustee invite --again'),
    })
    await expect(stage.go('Ruth', stage.invitation('Ruth'))).rejects.toMatchObject({
      hint: expect.stringContaining('urna trustee work'),
    })
  })
})

describe('a stranger', () => {
  beforeAll(begin)
  afterAll(end)

  test('gets the same answer everywhere, whatever is wrong with what they show', async () => {
    const sam = stage.secretOf('Sam')
    const old = stage.secretOf('Tess')
    await inviteTrustees(stage.work, {
      ...{ slug: stage.slug, server: stage.serving.url, folder: stage.home('Ruth'), again: 'Tess' },
    })
    const certificate = contentOf(await byHand('Sam'))
    const removed = stage.secretOf('Ruth')
    await removeTrustee({ work: stage.work, group }, { slug: stage.slug, name: 'Ruth', begun: 'restart' })
    const presented = [undefined, 'urna_none', `${sam}x`, sam.slice(0, -1), sam.toUpperCase(), old, removed]
    const answers = new Set<string>()
    for (const secret of presented) {
      for (const [path, body] of [
        [''],
        ['answers/', certificate],
        ['contributions/', { kind: 1 }],
      ] as const) {
        const { status, body: said } = await stage.send(secret, path, body)
        answers.add(JSON.stringify([status, said]))
      }
    }
    for (const slug of ['nobody', 'small']) {
      const url = `${stage.serving.url}/api/elections/${slug}/trustee/`
      const reply = await fetch(url, { headers: { authorization: `Bearer ${sam}` } })
      answers.add(JSON.stringify([reply.status, await reply.json()]))
    }
    expect([...answers]).toHaveLength(1)
    expect([...answers][0]).toContain('not-authenticated')
    // Who was not removed goes on in the ceremony that begins anew.
    expect((await stage.send(sam)).status).toBe(200)
  })

  test('has to wait after some tries', async () => {
    const strict = await serve(stage, { limits: { failedKeys: 3 } })
    const url = `${strict.url}/api/elections/${stage.slug}/trustee/`
    const statuses: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const secret = stage.secretOf('Sam').replace(/.{8}$/, `AAAAAAA${attempt}`)
      statuses.push((await fetch(url, { headers: { authorization: `Bearer ${secret}` } })).status)
    }
    await strict.close()
    expect(statuses).toEqual([401, 401, 401, 429, 429])
  })
})
