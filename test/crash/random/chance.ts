/** All that is random in a run comes from here: the same seed gives the same run. */
export interface Chance {
  /** 0 ≤ value < 1 */
  next(): number
  /** Whole, from `from` up to and with `to`. */
  between(from: number, to: number): number
  /** True so often: 0 never, 1 always. */
  happens(share: number): boolean
  pick<T>(choices: readonly T[]): T
  /** Another source that draws from a seed of its own: what one draws does not move the other. */
  fork(): Chance
}

/** Mulberry32, by Tommy Ettinger, in the public domain. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    happens: (share) => next() < share,
    pick(choices) {
      const chosen = choices[between(0, choices.length - 1)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    fork: () => chanceOf(between(0, 2 ** 32 - 1)),
  }
}
