import { NotAllowed, type Obstacle } from './refusals.ts'

/** What an officer of an organisation is there for. */
export const roles = [
  'owner',
  'admin',
  'unit-officer',
  'credential-officer',
  'moderator',
  'observer',
  'auditor',
] as const
export type Role = (typeof roles)[number]

/** One thing that can be asked of urna over the network, and who may ask it. */
interface Permission {
  /** Completes "… may". */
  readonly deed: string
  readonly roles: readonly Role[]
  /** Why these and no others. */
  readonly why: string
}

const everybody = roles
const owner = ['owner'] as const
const running = ['owner', 'admin', 'unit-officer'] as const
const voting = [...running, 'moderator'] as const
const overseeing = ['observer', 'auditor'] as const

/**
 * Who may do what: the whole table. Two rules are behind it. Whoever issues tokens does not run the vote, for
 * the two together can vote for those who abstain; the owner alone holds both, as the one who answers for it.
 * And whoever oversees changes nothing.
 */
export const permissions = {
  'organisation:read': {
    deed: 'see the organisation, its hosts and its officers',
    roles: everybody,
    why: 'An officer knows for whom they act, and with whom.',
  },
  'election:list': {
    deed: 'list the elections, drafts and hidden ones among them',
    roles: everybody,
    why: 'Every task begins with an election.',
  },
  'election:read': {
    deed: 'see an election: its times, contests, candidates and state',
    roles: everybody,
    why: 'It holds nothing of a voter.',
  },
  'election:create': {
    deed: 'make a draft',
    roles: running,
    why: 'To set up elections is what they are there for.',
  },
  'election:edit': {
    deed: 'change a draft: its title, times and rules',
    roles: running,
    why: 'Whoever may make a draft may mend it.',
  },
  'contest:edit': {
    deed: 'add, change and remove the contests of a draft',
    roles: running,
    why: 'Contests are part of the draft.',
  },
  'candidate:edit': {
    deed: 'add, change and remove candidates of a draft',
    roles: running,
    why: 'Candidates are part of the draft.',
  },
  'election:open': {
    deed: 'open an election',
    roles: running,
    why: 'Opening fixes the roll, the contests and the key: it belongs to those who answer for the draft.',
  },
  'election:pause': {
    deed: 'pause an election and let it go on',
    roles: voting,
    why: 'A moderator stops the vote when something goes wrong, and nothing is lost by it.',
  },
  'election:close': {
    deed: 'close an election',
    roles: voting,
    why: 'A moderator ends the vote of a meeting when all have voted.',
  },
  'election:publish': {
    deed: 'publish a result',
    roles: ['owner', 'admin'],
    why: 'It speaks in the name of the whole organisation.',
  },
  'election:certify': {
    deed: 'certify a result, and approve that an election is purged',
    roles: ['owner', 'admin'],
    why: 'It declares in the name of the organisation that a result is final.',
  },
  'approval:decide': {
    deed: 'ask for, grant and refuse the approval of what needs two officers',
    roles: voting,
    why: 'Whoever may do a deed may ask for it, and approve that another does; never both for one deed.',
  },
  'incident:read': {
    deed: 'see what went wrong; voters that it names, and whether it matters, as far as the roll and the result',
    roles: everybody,
    why: 'Whoever works on an election knows what happened to it.',
  },
  'incident:record': {
    deed: 'record what went wrong, or a ballot that is contested',
    roles: [...voting, 'credential-officer'],
    why: 'Whoever sees it writes it down at once, and it stays.',
  },
  'incident:resolve': {
    deed: 'say how an incident ended',
    roles: running,
    why: 'It opens the way to the certificate: it belongs to those who answer for the election.',
  },
  'roll:read': {
    deed: 'see the electoral roll, name by name',
    roles: [...running, 'credential-officer', 'auditor'],
    why: 'It is personal data: for those who correct it, who hand out tokens by it, and who check it.',
  },
  'delegation:read': {
    deed: 'see who has given the vote to whom',
    roles: [...running, 'credential-officer', 'auditor'],
    why: 'It is personal data, for those who may see the roll.',
  },
  'delegation:edit': {
    deed: 'give a vote to another member, and take it back',
    roles: running,
    why: 'It says who casts a vote: whoever hands out the tokens may not say it as well.',
  },
  'presence:read': {
    deed: 'see who is present',
    roles: [...voting, 'credential-officer', 'auditor'],
    why: 'For those who run the vote of a meeting, and those who see the roll.',
  },
  'presence:set': {
    deed: 'say who is present',
    roles: voting,
    why: 'A moderator stands in the room and sees who comes and goes.',
  },
  'weight:set': {
    deed: 'say what a member weighs in one draft',
    roles: running,
    why: 'Weights are part of the draft.',
  },
  'token:issue': {
    deed: "issue and replace the voters' tokens",
    roles: ['owner', 'credential-officer'],
    why: 'Whoever issues tokens and also runs the vote could vote for those who abstain.',
  },
  'poll:hold': {
    deed: 'hold polls for a meeting service that signs the members in: make and start them, cast what members say, end and reset them',
    roles: owner,
    why: 'Such a service could vote for those who abstain, as whoever issues tokens and runs the vote.',
  },
  'turnout:read': {
    deed: 'see how many have voted, small units merged',
    roles: everybody,
    why: 'Totals say nothing of anybody.',
  },
  'board:read': {
    deed: 'see the board: the sealed ballots and the head of the chain',
    roles: everybody,
    why: 'It is public.',
  },
  'result:read': {
    deed: 'see the result before it is published',
    roles: [...running, ...overseeing],
    why: 'For those who proclaim it and those who check it first; nobody sees any of it before the close.',
  },
  'result:export': {
    deed: 'download the result before it is published',
    roles: [...running, ...overseeing],
    why: 'The same as to see it.',
  },
  'metrics:read': {
    deed: 'read the measurements of the server',
    roles: ['owner', 'admin', 'auditor'],
    why: 'They are of the machine, and of all organisations on it together.',
  },
  'vote:read': {
    deed: 'see who voted what while an open vote or one by name is going on, where the election allows it',
    roles: [...running, 'moderator', ...overseeing],
    why: 'They show it to the meeting; before the opening everybody is told that they can see it.',
  },
  'notification:read': {
    deed: 'see what happened to the elections, in one sentence each, and mark it as read',
    roles: everybody,
    why: 'It names nobody and says nothing of a vote; the marks are of the officer alone.',
  },
  'audit:read': {
    deed: 'read what the audit log says of an election',
    roles: ['owner', 'admin', 'auditor'],
    why: 'It names officers and what was refused them.',
  },
  'officer:manage': {
    deed: 'add, change and remove officers',
    roles: owner,
    why: 'Whoever hands out roles could take any role.',
  },
  'key:manage': {
    deed: 'make and revoke the API keys of officers',
    roles: owner,
    why: 'Whoever makes a key for another could act as that other.',
  },
} as const satisfies Readonly<Record<string, Permission>>

export type Action = keyof typeof permissions

export const actions = Object.keys(permissions) as readonly Action[]

/** Who is acting: an officer of one organisation, by a key or by a session that was opened with one. */
export interface Actor {
  readonly organisationId: number
  /** Short name of the organisation. */
  readonly organisation: string
  readonly officerId: number
  readonly role: Role
  /** Of the unit for whose elections alone the officer acts; null for the whole organisation. */
  readonly unitId: number | null
  readonly keyId: number
  /** What the key was made for; it never adds to the role. */
  readonly scopes: readonly Action[]
  /** The key tries things out: everything it does is to be undone at once (`UnitOfWork.as`). */
  readonly dryRun: boolean
  /** For the audit log: who, and by which key. No secret. */
  readonly name: string
}

/** Whether a role holds a permission. */
export function roleMay(role: Role, action: Action): boolean {
  const permission: Permission = permissions[action]
  return permission.roles.includes(role)
}

/**
 * Whether `actor` may do that in the organisation: it is the actor's own, the role allows it, and the key was made
 * for it. A dry run may be asked for the same things.
 */
export function mayDo(actor: Actor, action: Action, organisationId: number): boolean {
  return obstacleTo(actor, action, organisationId) === undefined
}

/** @throws NotAllowed, which says what stands in the way */
export function requireMay(actor: Actor, action: Action, organisationId: number): void {
  const reason = obstacleTo(actor, action, organisationId)
  if (reason === undefined) return
  throw new NotAllowed({ actor: actor.name, role: actor.role, action, reason })
}

/** What is of the whole organisation, or of the machine, and so of no officer of a unit. */
const ofTheWhole: readonly Action[] = ['metrics:read', 'officer:manage', 'key:manage']

/**
 * Whether something is in the part of the organisation for which an officer acts.
 * @param units ids of the units that hold it; none for what is of the whole organisation
 */
export function isWithin(officer: Pick<Actor, 'unitId'>, units: readonly number[]): boolean {
  return officer.unitId === null || units.includes(officer.unitId)
}

/** @throws NotAllowed where it is in another part of the organisation */
export function requireWithin(
  officer: Pick<Actor, 'name' | 'role' | 'unitId'>,
  action: Action,
  units: readonly number[],
): void {
  if (isWithin(officer, units)) return
  throw new NotAllowed({ actor: officer.name, role: officer.role, action, reason: 'unit' })
}

function obstacleTo(actor: Actor, action: Action, organisationId: number): Obstacle | undefined {
  if (actor.organisationId !== organisationId) return 'organisation'
  if (!roleMay(actor.role, action)) return 'role'
  if (actor.unitId !== null && ofTheWhole.includes(action)) return 'unit'
  return actor.scopes.includes(action) ? undefined : 'scope'
}
