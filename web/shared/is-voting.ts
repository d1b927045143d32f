/** Whether the vote goes on: open, or paused for a while. @param status of the election */
export function isVoting(status: string): boolean {
  return status === 'open' || status === 'paused'
}
