import { flag, oneOf, wholeNumber } from '../base/control-arguments.ts'
import type { ControlCommands } from '../base/control-server.ts'
import type { PhysicalLog } from '../base/physical-log.ts'
import type { ExitTray } from './exit-tray.ts'
import type { Mechanism } from './mechanism.ts'

const paperStates = ['ok', 'low', 'out'] as const
/** `noAutoStatus` is not here: a printer without it is one that was never asked. */
export const normalBandMs = 2
export const slowBandMs = 120

/** What a person standing at the printer can do to it, and what a tester can ask. */
export function printerCommands(
  printer: Mechanism,
  tray: ExitTray,
  log: PhysicalLog,
): ControlCommands {
  return {
    openCover(args) {
      const on = flag(args, 'on', true)
      if (on === printer.body.coverOpen) return
      log.append(on ? 'coverOpened' : 'coverClosed')
      // Opening and closing the cover is how a person frees the knife's error.
      const freed = !on && !printer.body.cutterBlocked ? { cutterError: false } : {}
      printer.change({ coverOpen: on, ...freed })
    },
    paper(args) {
      const state = oneOf(args, 'state', paperStates)
      if (state === printer.body.paper) return
      // The end of the old roll falls out with what was printed on it.
      if (printer.body.paper === 'out' && state !== 'out') tray.tearOff()
      if (state === 'out') tray.spoil()
      log.append(state === 'out' ? 'paperOut' : state === 'low' ? 'paperLow' : 'paperLoaded')
      printer.change({ paper: state })
    },
    paperOutAfter(args) {
      printer.endRollAfter(wholeNumber(args, 'bands'))
    },
    cutterJam(args) {
      const on = flag(args, 'on', true)
      log.append(on ? 'cutterBlocked' : 'cutterFreed')
      printer.change(on ? { cutterBlocked: true } : { cutterBlocked: false, cutterError: false })
    },
    headTooHot: (args) => printer.change({ headTooHot: flag(args, 'on', true) }),
    broken: (args) => printer.change({ broken: flag(args, 'on', true) }),
    takePaper() {
      if (tray.hangingRows() > 0) tray.tearOff()
      tray.take()
    },
    noProcessId(args) {
      printer.abilities.processId = !flag(args, 'on', true)
    },
    noClear(args) {
      printer.abilities.clear = !flag(args, 'on', true)
    },
    slow(args) {
      const on = flag(args, 'on', true)
      printer.bandMs = on ? wholeNumber(args, 'bandMs', slowBandMs) : normalBandMs
    },
    slips: () => tray.pieces().map((piece) => ({ ...piece })),
    state: () => ({
      ...printer.body,
      waitingCommands: printer.waiting(),
      hangingRows: tray.hangingRows(),
      hangingPng: tray.hangingPng(),
      lettersPrinted: printer.letters(),
    }),
  }
}
