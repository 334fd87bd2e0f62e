/**
 * Found on drawn pages and meant to be checked on the scanner that is bought. Every finding is a hint to a person
 * who still holds the paper; nothing is refused over one.
 */

/** Ink on less than this share of the paper: blank. One signature covers about 0.001. */
export const blankInkShare = 0.000_3
/** Bare paper varies by less (standard deviation of its grey levels); a dark photograph by more. */
export const blankMaxSpread = 9
/** A pixel is ink when it is so much darker than the paper around it. */
export const inkContrast = 0.28
/** At least so many grey levels darker, so that grain on dark paper is no ink. */
export const inkContrastLevels = 28
/** Fewer edges of letters than this tell no direction. */
export const skewMinPoints = 400
/** Beyond this the paper went through crooked enough to be drawn in again, and is not searched. */
export const skewMaxDegrees = 12
/** How much better the best direction must be than the middling one: letters do, pictures do not. */
export const skewMinPeak = 1.25
/** Crooked enough to tell the citizen. */
export const skewedDegrees = 5
/** Letters whose edges take so many pixels at 200 dpi (median) are hard to read; from the scanner they take 3. */
export const blurredEdgePx = 6
/** Up to so many they are sharp. Between the two nobody can tell from one page. */
export const sharpEdgePx = 4
/** Fewer edges than this tell nothing about sharpness. */
export const blurMinEdges = 300
/** So many letters cut by one edge of the picture: a part of the page is missing. */
export const cutOffRuns = 6
/** Longer dark stretches at the edge are the ground behind the paper, not letters. */
export const letterMaxMm = 8
/** Legs of the dark triangle that a corner leaves when it is folded over. */
export const foldMinMm = 4
export const foldMaxMm = 60
export const foldMaxRatio = 2.5
/** Paper darker than this (0–255) is told apart from the ground behind it no more. */
export const darkPaperLevel = 95
