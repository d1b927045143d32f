/** What is said of an option for each way of voting; of grades nothing is. */
export type VoteFigure = 'votes' | 'first preferences' | 'points' | 'none'

/** How many ballots of one way of voting there are, in whole votes: papers weigh one each, and so does every voter. */
export interface WayFigures {
  /** By position of the option; empty where nothing can be said. */
  votes: number[]
  valid: number
  blank: number
  invalid: number
}

/** What came in online and what on paper; their sum is what is counted. */
export interface VotedWays {
  figure: VoteFigure
  online: WayFigures
  paper: WayFigures
}
