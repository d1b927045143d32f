import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NotAllowed } from '../../src/organisation/refusals.ts'
import {
  type Action,
  type Actor,
  actions,
  mayDo,
  permissions,
  type Role,
  requireMay,
  roleMay,
  roles,
} from '../../src/organisation/roles.ts'

/** Owner, admin, unit officer, credential officer, moderator, observer, auditor: x may, . may not. */
const table: Readonly<Record<Action, string>> = {
  'organisation:read': 'xxxxxxx',
  'election:list': 'xxxxxxx',
  'election:read': 'xxxxxxx',
  'election:create': 'xxx....',
  'election:edit': 'xxx....',
  'contest:edit': 'xxx....',
  'candidate:edit': 'xxx....',
  'election:open': 'xxx....',
  'election:pause': 'xxx.x..',
  'election:close': 'xxx.x..',
  'election:publish': 'xx.....',
  'election:certify': 'xx.....',
  'approval:decide': 'xxx.x..',
  'incident:read': 'xxxxxxx',
  'incident:record': 'xxxxx..',
  'incident:resolve': 'xxx....',
  'roll:read': 'xxxx..x',
  'delegation:read': 'xxxx..x',
  'delegation:edit': 'xxx....',
  'presence:read': 'xxxxx.x',
  'presence:set': 'xxx.x..',
  'weight:set': 'xxx....',
  'token:issue': 'x..x...',
  'poll:hold': 'x......',
  'turnout:read': 'xxxxxxx',
  'board:read': 'xxxxxxx',
  'result:read': 'xxx..xx',
  'result:export': 'xxx..xx',
  'metrics:read': 'xx....x',
  'vote:read': 'xxx.xxx',
  'notification:read': 'xxxxxxx',
  'audit:read': 'xx....x',
  'officer:manage': 'x......',
  'key:manage': 'x......',
}

function actor(role: Role, changes: Partial<Actor> = {}): Actor {
  return {
    ...{ organisationId: 1, organisation: 'rail', officerId: 1, role, unitId: null, keyId: 1 },
    ...{ scopes: actions, dryRun: false, name: 'Grace Hopper (key abcdefgh)' },
    ...changes,
  }
}

const cases = actions.flatMap((action) =>
  roles.map((role, index) => ({ action, role, may: table[action][index] === 'x' })),
)

test.each(cases)('$role, $action: $may', ({ action, role, may }) => {
  expect(mayDo(actor(role), action, 1)).toBe(may)
})

test('no action is allowed in another organisation, to no role', () => {
  for (const { action, role } of cases) expect(mayDo(actor(role), action, 2)).toBe(false)
})

test('no role gains by a key: without the scope the action is refused, and a scope adds nothing', () => {
  for (const { action, role, may } of cases) {
    const others = actions.filter((each) => each !== action)
    expect(mayDo(actor(role, { scopes: others }), action, 1)).toBe(false)
    expect(mayDo(actor(role, { scopes: [action] }), action, 1)).toBe(may)
  }
})

test('who issues tokens does not run the vote, but for the owner, who answers for both', () => {
  const runs: Action[] = ['election:open', 'election:pause', 'election:close', 'election:edit']
  for (const role of roles.filter((each) => each !== 'owner')) {
    expect(roleMay(role, 'token:issue') && runs.some((action) => roleMay(role, action)), role).toBe(false)
  }
})

test('who oversees changes nothing', () => {
  const changing = actions.filter((action) => !/:(read|list|export)$/.test(action))
  for (const role of ['observer', 'auditor'] as const) {
    expect(changing.filter((action) => roleMay(role, action))).toEqual([])
  }
})

test('a refusal says whether the organisation, the role or the key stands in the way', () => {
  const reasonOf = (who: Actor, organisation = 1) => {
    try {
      requireMay(who, 'election:close', organisation)
    } catch (error) {
      return (error as NotAllowed).details.reason
    }
    return 'none'
  }
  expect(reasonOf(actor('moderator'))).toBe('none')
  expect(reasonOf(actor('moderator'), 2)).toBe('organisation')
  expect(reasonOf(actor('observer'))).toBe('role')
  expect(reasonOf(actor('owner', { scopes: ['election:read'] }))).toBe('scope')
  expect(() => requireMay(actor('observer'), 'election:close', 1)).toThrow(NotAllowed)
})

test('the page of roles says what the table says', () => {
  const page = readFileSync(new URL('../../docs/roles.md', import.meta.url), 'utf8')
  const lines = actions.map((action) => {
    const { deed, why } = permissions[action]
    const marks = roles.map((role) => (roleMay(role, action) ? 'yes' : ''))
    return `| \`${action}\`: ${deed} | ${marks.join(' | ')} | ${why} |`
  })
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  expect(rows).toEqual(lines)
})
