import type { ActivityHost } from '../flows/activity.ts'
import { createDeposit, type DepositInput } from '../flows/intake/deposit.ts'
import { createIntake } from '../flows/intake/intake.ts'
import { limitedPhoneCodes } from '../flows/intake/limited-phone-codes.ts'
import { createSealDossier } from '../flows/intake/seal-dossier.ts'
import { slipViews } from '../flows/intake/slip-view.ts'
import { createUnconfirmedLimits } from '../flows/intake/unconfirmed-limits.ts'
import { formRules } from './adapters/form-rules.ts'
import { scanAdapter } from './adapters/scan-adapter.ts'
import { smsText } from './adapters/sms-text.ts'
import type { KioskBasics } from './kiosk-basics.ts'
import type { KioskParts } from './kiosk-parts.ts'

const phoneCodeMs = 300_000

/** Handing in: from the notice to the slip. */
export function composeIntake(
  parts: KioskParts,
  basics: KioskBasics,
  views: {
    /** Who stands there asked for controls and doors within reach. */
    readonly wantsLowDoor: () => boolean
    readonly originalLeft: () => boolean
  },
) {
  const { config, clock } = parts
  const { limits, timeouts } = config
  const { flow, secrets, procedures, slips, compartments, nowIso } = basics
  const deposit = createDeposit({
    store: flow,
    journal: parts.journal,
    slips,
    doorVisit: basics.doorVisit,
    anotherCompartment: (notThis) =>
      compartments.freeDrop(compartments.sizeOf(notThis), {
        low: views.wantsLowDoor(),
        not: notThis,
      }),
    nowIso,
    seenEmpty: compartments.seenEmpty,
    maxMoves: 2,
  })
  const scan = scanAdapter({
    scanner: parts.scanner,
    pages: parts.pages,
    originalLeft: views.originalLeft,
  })
  const unconfirmed = createUnconfirmedLimits({
    store: flow,
    secrets,
    limits: {
      perPersonPerDay: limits.unconfirmedPerPersonPerDay,
      perPhonePerDay: limits.unconfirmedPerPhonePerDay,
      perHour: limits.unconfirmedPerHour,
      compartmentsForConfirmed: limits.compartmentsForConfirmed,
    },
  })
  const ports = {
    clock,
    rules: formRules({
      procedures,
      isBagUsed: flow.isBagUsed,
      isScanOffered: scan.isOffered,
      mayGoOnUnconfirmed: unconfirmed.mayGoOn,
      limits,
    }),
    scan,
    secrets,
    phoneCodes: limitedPhoneCodes(parts.phoneCodes, {
      store: flow,
      secrets,
      perNumberPerDay: limits.phoneCodesPerNumberPerDay,
    }),
    sealDossier: createSealDossier({
      kioskId: config.kioskId,
      store: flow,
      seal: parts.seal,
      secrets,
      procedures,
      freeCompartment: (size, kept) =>
        kept === 0 || compartments.countFree('drop') > kept
          ? compartments.freeDrop(size, { low: views.wantsLowDoor() })
          : undefined,
      unconfirmed,
      wantsLowDoor: views.wantsLowDoor,
      now: () => ({ iso: nowIso(), synchronised: parts.clockSynchronised() }),
      smsText: (intakeId, language) => smsText(config, intakeId, language),
    }),
    deposit,
    slipViews: slipViews(flow, slips),
    onScreen: parts.screenMark.note,
    limits: {
      phoneCodeMs,
      bagsPerSession: limits.bagsPerSession,
      pagesPerDossier: limits.pagesPerDossier,
      feederSenseMs: timeouts.feederSenseMs,
    },
  }
  return {
    deposit,
    /** A new one, or a deposit that a restart left without its slip. */
    start: (host: ActivityHost, unfinished?: DepositInput) => createIntake(ports, host, unfinished),
  }
}
