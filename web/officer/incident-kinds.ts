import type { MessageKey } from '../shared/messages.ts'
import type { ListedIncident } from './office.ts'

export const kindTexts: Readonly<Record<ListedIncident['kind'], MessageKey>> = {
  procedure: 'officer.kindProcedure',
  technical: 'officer.kindTechnical',
  complaint: 'officer.kindComplaint',
  contested: 'officer.kindContested',
  difference: 'officer.kindDifference',
}
