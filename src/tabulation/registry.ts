import type { Method } from './method.ts'
import { allocatedScore, reweightedRange, sequentiallySpentScore } from './methods/allocated-score.ts'
import { approvalMotion } from './methods/approval-motion.ts'
import { approvalVote } from './methods/approval-vote.ts'
import { baldwin } from './methods/baldwin.ts'
import { benham } from './methods/benham.ts'
import { black } from './methods/black.ts'
import { block, limited } from './methods/block.ts'
import { borda } from './methods/borda.ts'
import { bucklin } from './methods/bucklin.ts'
import { combinedSimple } from './methods/combined-simple.ts'
import { contingent } from './methods/contingent.ts'
import { coombs } from './methods/coombs.ts'
import { copeland, llull } from './methods/copeland.ts'
import { cpoStv } from './methods/cpo-stv.ts'
import { cumulative } from './methods/cumulative.ts'
import { dodgsonQuick } from './methods/dodgson-quick.ts'
import { equalShares } from './methods/equal-shares.ts'
import {
  adams,
  danish,
  dean,
  dhondt,
  huntingtonHill,
  imperiali,
  sainteLague,
  sainteLagueModified,
} from './methods/highest-averages.ts'
import { irv } from './methods/irv.ts'
import { irvRepeated } from './methods/irv-repeated.ts'
import { kemeny } from './methods/kemeny.ts'
import { droopLr, hagenbachBischoffLr, hareLr } from './methods/largest-remainders.ts'
import { majority } from './methods/majority.ts'
import { majorityJudgment } from './methods/majority-judgment.ts'
import { minimax } from './methods/minimax.ts'
import { nanson } from './methods/nanson.ts'
import { approval, ratingApproval, ratingScore, selection } from './methods/openslides.ts'
import { chamberlinCourant, pav } from './methods/pav.ts'
import { phragmenSeq } from './methods/phragmen-seq.ts'
import { plurality } from './methods/plurality.ts'
import { rankedPairs } from './methods/ranked-pairs.ts'
import { sav } from './methods/sav.ts'
import { schulze } from './methods/schulze.ts'
import { schulzeRepeated } from './methods/schulze-repeated.ts'
import { score } from './methods/score.ts'
import { star, starBloc } from './methods/star.ts'
import { stvAct } from './methods/stv-act.ts'
import { stvCambridge } from './methods/stv-cambridge.ts'
import { stvErs76 } from './methods/stv-ers76.ts'
import { stvErs97 } from './methods/stv-ers97.ts'
import { stvGregory } from './methods/stv-gregory.ts'
import { stvMeek } from './methods/stv-meek.ts'
import { stvMeekNz } from './methods/stv-meek-nz.ts'
import { stvNswLocal } from './methods/stv-nsw-local.ts'
import { stvQpq } from './methods/stv-qpq.ts'
import { stvScottish } from './methods/stv-scottish.ts'
import { stvSenateAus } from './methods/stv-senate-aus.ts'
import { stvWarren } from './methods/stv-warren.ts'
import { stvWigm } from './methods/stv-wigm.ts'
import { supplementary } from './methods/supplementary.ts'
import { tidemanAlternative } from './methods/tideman-alternative.ts'
import { twoRound } from './methods/two-round.ts'
import { TabulationRefusal } from './refusals.ts'

/** Every method that urna counts by, in the order in which they are listed for people. */
export const methods: readonly Method[] = [
  plurality,
  majority,
  twoRound,
  block,
  limited,
  cumulative,
  combinedSimple,
  approvalMotion,
  approval,
  selection,
  ratingScore,
  ratingApproval,
  approvalVote,
  score,
  star,
  starBloc,
  allocatedScore,
  sequentiallySpentScore,
  reweightedRange,
  majorityJudgment,
  borda,
  irv,
  contingent,
  supplementary,
  coombs,
  bucklin,
  baldwin,
  nanson,
  benham,
  tidemanAlternative,
  schulze,
  rankedPairs,
  minimax,
  copeland,
  llull,
  kemeny,
  black,
  dodgsonQuick,
  schulzeRepeated,
  irvRepeated,
  stvScottish,
  stvMeek,
  stvMeekNz,
  stvWarren,
  stvErs97,
  stvErs76,
  stvCambridge,
  stvAct,
  stvNswLocal,
  stvSenateAus,
  stvWigm,
  stvGregory,
  stvQpq,
  cpoStv,
  pav,
  phragmenSeq,
  equalShares,
  sav,
  chamberlinCourant,
  dhondt,
  sainteLague,
  sainteLagueModified,
  danish,
  imperiali,
  huntingtonHill,
  adams,
  dean,
  hareLr,
  droopLr,
  hagenbachBischoffLr,
]

const byId = new Map(methods.map((method) => [method.id, method]))

/** @throws TabulationRefusal `unknown-method` */
export function methodById(id: string): Method {
  const method = byId.get(id)
  if (method) return method
  throw new TabulationRefusal('unknown-method', `There is no method "${id}".`, {
    id,
    known: [...byId.keys()],
  })
}
