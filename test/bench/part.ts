import type { Figure } from './figure.ts'

export interface PartOptions {
  /** Intakes of the memory figure, visits of the renderer's. */
  readonly intakes: number
  /** Tells a person how far it is; not part of the result. */
  readonly progress: (line: string) => void
}

/** One figure: sets up its own world of real processes, measures, and leaves nothing behind. */
export type Part = (options: PartOptions) => Promise<Figure>
