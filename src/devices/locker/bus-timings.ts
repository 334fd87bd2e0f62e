/** How one RS-485 bus with lock boards is driven. All in milliseconds. */
export interface BusTimings {
  /** Silence between two frames: at least 3.5 characters, 1.8 ms at 19,200 baud. */
  readonly frameGapMs: number
  /** After a spoiled or missing answer the line must be quiet this long before the next request. */
  readonly quietMs: number
  /** How long a board may take from request, or from its last byte, to answer. */
  readonly replyTimeoutMs: number
  /**
   * A board that did not answer is not asked again before this time has passed since the request, or its late
   * answer has come: frames carry no number, so a late answer would pass for the next one.
   */
  readonly lateReplyMs: number
  /**
   * How long the line belongs to a board that was asked. An unlock waits so long at most; sooner, its frame
   * could collide with the answer and be lost.
   */
  readonly turnaroundMs: number
  /** Between two pulses: two solenoids at once are too much for the supply. */
  readonly minUnlockGapMs: number
  /** From the pulse to the first question whether the door is open. */
  readonly firstLookMs: number
}

export const defaultBusTimings: BusTimings = {
  frameGapMs: 5,
  quietMs: 25,
  replyTimeoutMs: 250,
  lateReplyMs: 800,
  turnaroundMs: 60,
  minUnlockGapMs: 500,
  firstLookMs: 100,
}
