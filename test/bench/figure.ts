/** Named numbers of one series: `p50`, `p99`, … in the figure's unit. */
export type Numbers = Readonly<Record<string, number>>

export interface Aim {
  readonly aim: string
  readonly value: number
  readonly met: boolean
}

/** One measured figure beside what the same machine could do at best in the same minutes. */
export interface Figure {
  readonly what: string
  readonly unit: 'ms' | 's' | 'per second' | 'per minute' | 'MB'
  readonly measured: Numbers
  /** The limit: the same bytes with nothing of ours in between. */
  readonly raw: { readonly what: string } & Readonly<Record<string, number | string>>
  /** Measured by raw. */
  readonly ratio: Numbers
  readonly aims: readonly Aim[]
  /** What explains the figure; without an aim. */
  readonly more?: Readonly<Record<string, number | Numbers>>
}

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

export function rounded(numbers: Numbers): Numbers {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, round(value)]))
}

/** The ratio of every number that both have; how many samples there are is no number to compare. */
export function ratioOf(measured: Numbers, raw: Numbers): Numbers {
  return Object.fromEntries(
    Object.entries(measured).flatMap(([name, value]) => {
      const limit = raw[name]
      if (name === 'samples' || limit === undefined || limit === 0) return []
      return [[name, round(value / limit)]]
    }),
  )
}

export function atMost(aim: string, value: number, limit: number): Aim {
  return { aim, value: round(value), met: value <= limit }
}

export function atLeast(aim: string, value: number, limit: number): Aim {
  return { aim, value: round(value), met: value >= limit }
}
