/** What lies in the feeder: drawn when it is scanned, so that nothing but its description is kept. */
export interface SheetDescription {
  readonly kind: (typeof sheetKinds)[number]
  /** Clockwise, as the paper lies in the feeder. */
  readonly skewDegrees?: number
  /** Standard deviation of the blur: a sheet that moved, dirty glass. */
  readonly blurPx?: number
  /** `#rrggbb`: coloured paper. */
  readonly paper?: string
  /** Side of a corner folded over by a staple. */
  readonly foldedCornerMm?: number
  /** How far the sheet lies beyond the left edge of what the scanner sees. */
  readonly shiftLeftMm?: number
  /** Told apart by a number printed large on the sheet. */
  readonly number?: number
}

/** `form`: text, lines and a red stamp. `blank`: an empty back. `photo`: a dark photograph over the whole page. */
export const sheetKinds = ['form', 'blank', 'photo', 'signature'] as const
