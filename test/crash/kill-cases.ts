import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('./kill-cases.txt', import.meta.url))

/**
 * Every effect of the day as `phase|screen|effect`, sorted. The day writes down what it does; an effect that is
 * not in this list has no kill case, and the test that compares them fails.
 */
export function killCases(): readonly string[] {
  return readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

export function writeKillCases(cases: readonly string[]): void {
  writeFileSync(file, `${[...cases].sort().join('\n')}\n`)
}

/** A few of them, the same for the same seed; each run of the short suite may take other seeds. */
export function someOf(cases: readonly string[], count: number, seed: number): readonly string[] {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const left = [...cases]
  const chosen: string[] = []
  while (chosen.length < count && left.length > 0) {
    chosen.push(...left.splice(Math.floor(random() * left.length), 1))
  }
  return chosen
}
