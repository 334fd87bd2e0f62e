/** What a look at a picture can say; `cannotTell` is an answer, not a failure. */
export type Finding = 'yes' | 'no' | 'cannotTell'

/** Hints for the citizen, who decides. */
export interface PageInspection {
  /** Nothing on it, or next to nothing. */
  readonly blank: boolean
  /** Clockwise; undefined when there is no writing that tells. */
  readonly skewDegrees: number | undefined
  /** Letters without sharp edges. */
  readonly blurred: Finding
  /** Letters run over the edge, or a corner is folded over. */
  readonly cutOff: Finding
}
