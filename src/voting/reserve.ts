/** How a reserve token is called on its line in the file of tokens: `R-001`. @param number from 1 */
export function reserveLabel(number: number): string {
  return `R-${String(number).padStart(3, '0')}`
}
