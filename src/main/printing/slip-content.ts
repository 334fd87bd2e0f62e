import type { PaperKind } from '../../contract/words.ts'

/** What a piece of paper shows. Everything personal in it was masked by the caller. */

export type SecondLanguage = 'en' | 'km'

export interface SlipPaperLine {
  readonly name: string
  /** The same in the second language. */
  readonly nameSecond?: string | undefined
  readonly kind: PaperKind
  readonly count: number
}

interface CommonContent {
  /** Width of the printer's head; a multiple of 8, 384 (58 mm) or more. */
  readonly widthDots: number
  readonly secondLanguage: SecondLanguage | undefined
  /** Whose office it is, e.g. the ward's committee; from configuration. */
  readonly authority: string
  /** Where the machine stands. */
  readonly place: string
  readonly kioskId: string
  /** UTC, ISO 8601. */
  readonly at: string
  /** False prints beside the time that it is the machine's own. */
  readonly clockSynchronised: boolean
  /** IANA name of the zone in which times are printed. */
  readonly timeZone: string
  readonly helpLine: string
  readonly helpHours: string
}

/** `slip`: what the citizen takes home. `reprint`: the same once more, marked as such. */
export interface ConfirmationContent extends CommonContent {
  readonly kind: 'slip' | 'reprint'
  readonly intakeId: string
  readonly procedureName: string
  readonly procedureNameSecond?: string | undefined
  readonly bagCode: string
  readonly applicantMasked: string
  /** Absent when the applicant hands in for himself. */
  readonly ownerMasked: string | undefined
  readonly papers: readonly SlipPaperLine[]
  /** UTC, ISO 8601: the latest moment at which an officer will have looked. */
  readonly officerLooksBy: string
  /** ASCII; signed by the caller. */
  readonly qrPayload: string
}

/** For a citizen whose bag the machine cannot vouch for. Says in big letters that it is no slip. */
export interface IncidentContent extends CommonContent {
  readonly kind: 'incident'
  /** What to name on the telephone. */
  readonly reference: string
  readonly bagCode: string | undefined
  /** Number of the compartment as it stands on the door. */
  readonly compartment: string | undefined
  readonly officerLooksBy: string
}

export interface TestContent extends CommonContent {
  readonly kind: 'test'
  readonly qrPayload: string
}

/** For two signatures: what an officer took out of the machine, by codes. */
export interface HandOverContent extends CommonContent {
  readonly kind: 'handOver'
  readonly recordId: string
  readonly officerName: string
  readonly collected: readonly string[]
  readonly unreadable: readonly string[]
  readonly missing: readonly string[]
  readonly surplus: readonly string[]
  readonly returned: readonly string[]
}

export type SlipContent = ConfirmationContent | IncidentContent | TestContent | HandOverContent
