import type { Generated, GeneratedAlways } from 'kysely'

/** The tables as Kysely sees them. Times are ISO 8601 in UTC; weights are whole millionths of a vote. */
export interface Database {
  organisation: OrganisationTable
  organisation_host: { hostname: string; organisation_id: number }
  unit: UnitTable
  officer: OfficerTable
  api_key: ApiKeyTable
  session: { hash: Uint8Array; key_id: number; opened_at: string; seen_at: string }
  member: MemberTable
  member_service: MemberServiceTable
  election: ElectionTable
  contest: ContestTable
  contest_option: ContestOptionTable
  candidate_photo: CandidatePhotoTable
  nomination_phase: NominationPhaseTable
  nomination: NominationTable
  nominator: { nomination_id: number; member_id: number; at: string }
  trustee: TrusteeTable
  trustee_group: TrusteeGroupTable
  group_member: GroupMemberTable
  contribution_signature: ContributionSignatureTable
  trustee_invitation: TrusteeInvitationTable
  notification_read: { reader: string; position: number }
  webhook: WebhookTable
  webhook_delivery: WebhookDeliveryTable
  voter: VoterTable
  roll_correction: RollCorrectionTable
  runoff_slot: { election_id: number; round: number; uuid: string }
  token: TokenTable
  token_registration: { election_id: number; sha256: string; at: string }
  token_credential: { uuid: string; credential: string; token_id: number }
  board_record: BoardRecordTable
  ballot: BallotTable
  entered_result: { election_id: number; body: string; officer: string; at: string }
  anonymous_box: { election_id: number; body: string }
  mark: MarkTable
  paper_batch: PaperBatchTable
  paper_entry: PaperEntryTable
  tabulation: { contest_id: number; outcome: string; body: string; created_at: string }
  audit_entry: AuditEntryTable
  log_key: { election_id: number; key: Uint8Array }
  purge: { election_id: number; at: string; officer: string; figures: string }
  code_key: { id: number; key: Uint8Array }
  one_time_code: OneTimeCodeTable
  missed_opening: { election_id: number; opens_at: string; obstacles: string; at: string }
  officer_key: OfficerKeyTable
  approval: ApprovalTable
  incident: IncidentTable
  contested_ballot: { incident_id: number; ballot_id: number | null; voter_id: number | null }
  certificate: { election_id: number; body: string; created_at: string }
  delegation: DelegationTable
  proxy: ProxyTable
  poll: PollTable
  presence: { member_id: number; since: string }
  election_weight: { election_id: number; member_id: number; weight_micros: number }
  certificate_signature: { election_id: number; officer_key_id: number; signature: string }
  mailing: MailingTable
  message: MessageTable
  unsubscribed: { member_id: number; channel: MailingTable['channel']; at: string }
}

export interface OrganisationTable {
  id: GeneratedAlways<number>
  slug: string
  name: string
  hash_key: Uint8Array
  created_at: string
  /** JSON array of the deeds that need a second officer. */
  two_officers: Generated<string>
  /** How many days it keeps who the voters of an election were, once that is over; null for no limit. */
  keep_days: number | null
}

export interface OfficerTable {
  id: GeneratedAlways<number>
  organisation_id: number
  name: string
  email: string
  role: 'owner' | 'admin' | 'unit-officer' | 'credential-officer' | 'moderator' | 'observer' | 'auditor'
  created_at: string
  removed_at: string | null
  /** Null for an officer of the whole organisation. */
  unit_id: Generated<number | null>
}

export interface UnitTable {
  id: GeneratedAlways<number>
  organisation_id: number
  parent_id: number | null
  slug: string
  name: string
  kind: 'group' | 'region' | 'chapter'
}

export interface ApiKeyTable {
  id: GeneratedAlways<number>
  officer_id: number
  handle: string
  hash: Uint8Array
  /** JSON. */
  scopes: string
  dry_run: 0 | 1
  created_at: string
  expires_at: string
  revoked_at: string | null
  used_at: string | null
}

export interface MemberTable {
  id: GeneratedAlways<number>
  organisation_id: number
  number: string
  name: string
  email: string | null
  phone: string | null
  status: string | null
  region: string | null
  chapter: string | null
  district: string | null
  weight_micros: number
  national_id_hash: Uint8Array | null
  custom: string
  created_at: string
  updated_at: string
  /** Since when the service that lists the members does not list this one. */
  left_at: Generated<string | null>
}

export interface MemberServiceTable {
  organisation_id: number
  url: string
  /** How old the list may be when an election opens. */
  max_age_minutes: number
  /** When the service was asked last; null if it never was. */
  fetched_at: string | null
  /** What the service calls the state of its list. */
  snapshot: string | null
  /** SHA-256, hex, of the list as it was taken. */
  sha256: string | null
  listed: number | null
}

export type ElectionStatus =
  | 'draft'
  | 'open'
  | 'paused'
  | 'closed'
  | 'tallied'
  | 'certified'
  | 'archived'
  | 'cancelled'

export type Visibility = 'secret' | 'open' | 'named' | 'manual'

export interface ElectionTable {
  id: GeneratedAlways<number>
  organisation_id: number
  slug: string
  uuid: string
  title: string
  description: string
  status: Generated<ElectionStatus>
  zone: string
  opens_at: string | null
  closes_at: string | null
  recast: 'last-counts' | 'refuse'
  /** How a voter gets the one-time code that a ballot over the network needs. */
  code: Generated<'none' | 'email' | 'sms'>
  eligibility: string
  weight_unit_micros: Generated<number>
  runoff_of: number | null
  runoff_round: Generated<number>
  sealed_json: string | null
  roll_fingerprint: string | null
  created_at: string
  opened_at: string | null
  closed_at: string | null
  tallied_at: string | null
  certified_at: string | null
  archived_at: string | null
  cancelled_at: string | null
  /** The scheduler publishes the result then. */
  embargo_until: string | null
  published_at: string | null
  /** Who may see who voted what: nobody, the officers, everybody; in a `manual` one nobody casts a ballot. */
  visibility: Generated<Visibility>
  /** Whether ballots that break the rules are taken, and counted as invalid. */
  allow_invalid: Generated<0 | 1>
  /** Whether officers see votes while they come in. */
  live_voting: Generated<0 | 1>
  /** Since when nobody knows any more who cast which ballot. */
  anonymised_at: string | null
  rehearsal: Generated<0 | 1>
  /** JSON array of the deeds that need a second officer, beside those of the organisation. */
  two_officers: Generated<string>
  /** Instead of what the organisation has; null for that. */
  keep_days: number | null
  /** JSON: how rights are exercised, see `rightsOf`. */
  rights: Generated<string>
  /** The election that is held once more with this one. */
  resets: Generated<number | null>
}

export interface ContestTable {
  id: GeneratedAlways<number>
  election_id: number
  position: number
  title: string
  description: string
  style: 'choice' | 'approval' | 'ranking' | 'score' | 'grade'
  method: string
  rules: string
  seats: number
  min_selections: number
  max_selections: number
  blank: 0 | 1
  blank_name: string | null
  grades: string | null
  write_in: Generated<0 | 1>
  random_order: Generated<0 | 1>
}

export interface ContestOptionTable {
  id: GeneratedAlways<number>
  contest_id: number
  position: number
  name: string
  statement: string
  party: string | null
  symbol: string | null
  birth_date: string | null
  district: string | null
  slate: string | null
  role: 'none' | null
  members: Generated<string>
}

export interface CandidatePhotoTable {
  option_id: number
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  bytes: Uint8Array
  sha256: string
}

export interface NominationPhaseTable {
  contest_id: number
  opened_at: string
  ends_at: string
  needed: Generated<number>
  closed_at: Generated<string | null>
}

export interface NominationTable {
  id: GeneratedAlways<number>
  contest_id: number
  name: string
  member_id: number | null
  email: string | null
  at: string
  state: Generated<'silent' | 'accepted' | 'declined' | 'withdrawn'>
  answered_at: Generated<string | null>
  statement: Generated<string>
  photo_type: Generated<CandidatePhotoTable['type'] | null>
  photo_bytes: Generated<Uint8Array | null>
  photo_sha256: Generated<string | null>
  /** SHA-256 of the secret of the nominee's link; null where there is none. */
  hash: Generated<Uint8Array | null>
  invited_at: Generated<string | null>
  /** On the ballot; null where it is not. */
  option_id: Generated<number | null>
}

export interface TrusteeTable {
  id: GeneratedAlways<number>
  election_id: number
  position: number
  name: string
  kind: 'server' | 'person'
  public_key: string
  secret: Uint8Array | null
  created_at: string
  /** In the threshold group, from 1; null for a trustee without whom nothing opens. */
  place: number | null
  rehearsed_at: string | null
}

export interface TrusteeGroupTable {
  election_id: number
  ceremony: string
  threshold: number
  parameters: string | null
  created_at: string
}

export interface GroupMemberTable {
  election_id: number
  place: number
  name: string
  certificate: string | null
  shares: string | null
  public_key: string | null
}

export interface ContributionSignatureTable {
  election_id: number
  owner: number
  kind: 'shuffle' | 'decryption'
  head: string
  signature: string
}

export interface WebhookTable {
  id: GeneratedAlways<number>
  organisation_id: number
  url: string
  kinds: string
  secret: Uint8Array
  allow_private: 0 | 1
  seen: number
  officer: string
  created_at: string
}

export interface WebhookDeliveryTable {
  id: GeneratedAlways<number>
  webhook_id: number
  position: number
  message_id: string
  type: string
  body: string
  state: 'waiting' | 'delivered' | 'dead'
  tries: Generated<number>
  answer: Generated<string | null>
  due_at: string
  at: string
}

export interface TrusteeInvitationTable {
  election_id: number
  name: string
  hash: Uint8Array
  created_at: string
  refused_at: Generated<string | null>
  refused_reason: Generated<string | null>
}

export interface VoterTable {
  id: GeneratedAlways<number>
  election_id: number
  member_id: number | null
  number: string
  name: string
  email: string | null
  phone: string | null
  status: string | null
  region: string | null
  chapter: string | null
  district: string | null
  weight_micros: number
}

export interface RollCorrectionTable {
  id: GeneratedAlways<number>
  election_id: number
  kind: 'add' | 'strike'
  number: string
  reason: string
  officer: string
  at: string
}

export interface TokenTable {
  id: GeneratedAlways<number>
  election_id: number
  voter_id: number | null
  state: 'issued' | 'reserve' | 'revoked'
  reserve_number: number | null
  expires_at: string | null
  issued_at: string
  revoked_at: string | null
  revoked_reason: string | null
  /** Of the member who votes with it in the voter's stead; null for the voter's own. */
  proxy_id: Generated<number | null>
}

export interface DelegationTable {
  id: GeneratedAlways<number>
  organisation_id: number
  /** Null for every election of the organisation. */
  election_id: number | null
  represented_id: number
  acting_id: number
  reason: string
  expires_at: string | null
  officer: string
  at: string
  revoked_at: Generated<string | null>
  revoked_by: Generated<string | null>
  revoked_reason: Generated<string | null>
}

export interface ProxyTable {
  id: GeneratedAlways<number>
  election_id: number
  voter_id: number
  acting_number: string
  acting_name: string
  acting_email: string | null
  acting_phone: string | null
  reason: string
  expires_at: string | null
  officer: string
  at: string
  corrected: Generated<0 | 1>
  revoked_at: Generated<string | null>
  revoked_by: Generated<string | null>
  revoked_reason: Generated<string | null>
}

export interface PollTable {
  id: GeneratedAlways<number>
  organisation_id: number
  /** The election that is underneath now; after a reset another one. */
  election_id: number
  /** JSON: what the meeting service said of it, see `readSettings`. */
  settings: string
}

export interface BoardRecordTable {
  election_id: number
  position: number
  kind: 'data' | 'event'
  hash: string
  body: string
}

export interface BallotTable {
  id: GeneratedAlways<number>
  election_id: number
  /** Null, as the next two, in an election that was made anonymous. */
  voter_id: number | null
  token_id: number | null
  tracking_code: string
  board_position: number | null
  effective: 0 | 1
}

export interface MarkTable {
  election_id: number
  voter_id: number
  at: string
  /** Who struck the voter off as voting on paper; null for a ballot that was cast here. */
  paper_officer: Generated<string | null>
}

export interface PaperBatchTable {
  id: GeneratedAlways<number>
  election_id: number
  number: number
  place: string
  issued: number
  spoiled: number
  papers: number
  officer: string
  at: string
}

export interface PaperEntryTable {
  id: GeneratedAlways<number>
  batch_id: number
  contest_id: number
  /** 1 and 2 by themselves; 3 where these differ. */
  turn: 1 | 2 | 3
  /** A `PaperTally` as JSON. */
  body: string
  /** Of the third. */
  reason: string | null
  officer_id: number
  public_key: string
  signature: string
  at: string
}

export interface OneTimeCodeTable {
  id: GeneratedAlways<number>
  election_id: number
  voter_id: number
  /** HMAC-SHA-256 under the key of the file; never the code. */
  hash: Uint8Array
  created_at: string
  expires_at: string
  tries: Generated<number>
  used: Generated<0 | 1>
}

export interface AuditEntryTable {
  position: number
  at: string
  officer: string
  action: string
  election: string | null
  details: string
  hash: string
}

export interface OfficerKeyTable {
  id: GeneratedAlways<number>
  officer_id: number
  /** Ed25519, hex. */
  public_key: string
  created_at: string
  replaced_at: string | null
}

export interface ApprovalTable {
  id: GeneratedAlways<number>
  election_id: number
  deed: 'close' | 'publish' | 'certify' | 'purge'
  subject: string
  state: Generated<'requested' | 'granted' | 'refused' | 'used'>
  requested_by: number
  requested_at: string
  expires_at: string
  request_proof: string
  decided_by: number | null
  decided_at: string | null
  decision_proof: string | null
  reason: string | null
  used_at: string | null
}

export interface IncidentTable {
  id: GeneratedAlways<number>
  election_id: number
  number: number
  kind: 'procedure' | 'technical' | 'complaint' | 'contested' | 'difference'
  at: string
  text: string
  contest_id: number | null
  affected: number
  affected_kind: 'ballots' | 'voters'
  explains: string | null
  officer: string
  recorded_at: string
  resolution: string | null
  resolved_by: string | null
  resolved_at: string | null
}

export interface MailingTable {
  id: GeneratedAlways<number>
  election_id: number
  channel: 'email' | 'sms'
  kind: 'tokens' | 'reminder'
  name: string
  started_at: string
  run: string | null
  run_until: string | null
}

export interface MessageTable {
  id: GeneratedAlways<number>
  mailing_id: number
  voter_id: number
  token_id: number | null
  /** By which notices name it; it says nothing of the voter. */
  key: string
  state: 'queued' | 'sending' | 'sent' | 'deferred' | 'failed' | 'bounced' | 'skipped' | 'unknown'
  /** Why, in a word: `550`, `no-address`. */
  reason: string | null
  tries: Generated<number>
  at: string
  due_at: string | null
}
