import { createHash, randomBytes } from 'node:crypto'
import { systemClock } from '../../clock.ts'
import { flag, oneOf, wholeNumber, words } from '../base/control-arguments.ts'
import {
  type CommandArguments,
  type ControlCommands,
  serveControl,
} from '../base/control-server.ts'
import { openPhysicalLog, readPhysicalLog } from '../base/physical-log.ts'
import type { RunningSimulator, SimulatorArguments } from '../base/process.ts'
import { pty } from '../base/pty.ts'
import { faultArguments } from '../base/wire-faults.ts'
import { isListenedTo } from './is-listened-to.ts'
import { readerDescriptor, wedgeDescriptor } from './reader-descriptor.ts'
import { splitPayload } from './split-payload.ts'
import { openTestbed } from './testbed.ts'

const clock = systemClock
const pause = (delayMs: number) =>
  new Promise<void>((resolve) => void clock.setTimer(delayMs, resolve))

/**
 * A USB HID-POS reader, Honeywell-like. `--on` is the path of its cable: the PTY behind the testbed's hidraw
 * node. Options: `--mode keyboard` (wedge), `--vendor-id`, `--product-id` (decimal or 0x…).
 */
export async function startReaderSimulator(args: SimulatorArguments): Promise<RunningSimulator> {
  if (args.protocol !== 'hid-pos') throw new Error(`no protocol ${args.protocol}; there is hid-pos`)
  const log = openPhysicalLog(args.log)
  const cable = pty(args.on)
  const testbed = await openTestbed(
    args.on,
    {
      vendorId: Number(args.options['vendor-id'] ?? 0x0c2e),
      productId: Number(args.options['product-id'] ?? 0x0b61),
      maker: 'Simulated',
      model: 'HID-POS reader',
      serial: 'SIM-1',
    },
    args.options.mode === 'keyboard' ? wedgeDescriptor : readerDescriptor,
  )
  let isSilent = false
  let lateMs = 0

  const plug = async (on: boolean): Promise<void> => {
    if (on === cable.plugged()) return
    if (on) await cable.plug()
    else await cable.unplug()
    log.append(on ? 'plugged' : 'unplugged')
  }

  const isHeard = () => !isSilent && isListenedTo(args.on)

  /** A code's reports leave one right after another, to whoever listens. */
  const send = async (reports: readonly Uint8Array[], heard: boolean): Promise<void> => {
    for (const [index, report] of reports.entries()) {
      if (lateMs > 0 && index === reports.length - 1) await pause(lateMs)
      if (heard) cable.write(report)
    }
  }

  const show = async (event: string, payload: Uint8Array, reports: readonly Uint8Array[]) => {
    const heard = isHeard()
    const sha256 = createHash('sha256').update(payload).digest('hex').slice(0, 16)
    // Logged first: a code is in front of the reader before it is read. Never the payload itself.
    log.append(event, { length: payload.length, sha256, heard })
    // Wall clock with fractions, comparable between the processes of one machine: for measuring latency.
    const sentAtMs = performance.timeOrigin + performance.now()
    await send(reports, heard)
    return { heard, reports: reports.length, sentAtMs }
  }

  /** The same code `repeat` times in front of the reader. */
  const showAgain = async (
    event: string,
    given: CommandArguments,
    payload: Uint8Array,
    reports: readonly Uint8Array[],
  ) => {
    const everyMs = wholeNumber(given, 'everyMs', 500)
    let shown = await show(event, payload, reports)
    for (let sight = 1; sight < wholeNumber(given, 'repeat', 1); sight++) {
      await pause(everyMs)
      shown = await show(event, payload, reports)
    }
    return shown
  }

  const commands: ControlCommands = {
    /** `{ text | base64, aimId?, repeat?, everyMs? }`: a code in front of the reader, seen `repeat` times. */
    hold(given) {
      const payload = payloadOf(given)
      return showAgain('held', given, payload, splitPayload(payload, words(given, 'aimId', ']Q1')))
    },
    /** `{ text | base64, repeat?, everyMs? }`: only the first half of the code's reports leaves the reader. */
    holdHalf(given) {
      const payload = payloadOf(given)
      const reports = splitPayload(payload)
      if (reports.length < 2) throw new Error('a code of one report has no half')
      return showAgain('heldHalf', given, payload, reports.slice(0, Math.ceil(reports.length / 2)))
    },
    /** `{ count? }`: random reports, every second one with the right id. */
    async noise(given) {
      const reports = Array.from({ length: wholeNumber(given, 'count', 10) }, (_, index) => {
        const report = randomBytes(64)
        if (index % 2 === 0) report[0] = 2
        return report
      })
      log.append('noise', { reports: reports.length })
      await send(reports, isHeard())
    },
    /** `{ perSecond, count, text? }`: many codes, numbered unless one text is given. */
    async flood(given) {
      const perSecond = wholeNumber(given, 'perSecond', 20)
      if (perSecond === 0) throw new Error('perSecond must be at least 1')
      const count = wholeNumber(given, 'count', 100)
      const startMs = clock.monotonicMs()
      for (let index = 0; index < count; index++) {
        const text = words(given, 'text', `FLOOD-${String(index).padStart(6, '0')}`)
        await send(splitPayload(Buffer.from(text)), isHeard())
        const nextMs = startMs + ((index + 1) * 1000) / perSecond
        await pause(Math.max(0, nextMs - clock.monotonicMs()))
      }
      log.append('flooded', { count, perSecond })
      return { count }
    },
    /** `{ mode: 'hidPos' | 'keyboard' }`: a code of its manual was read; it leaves the bus and comes back. */
    async setMode(given) {
      const mode = oneOf(given, 'mode', ['hidPos', 'keyboard'])
      await plug(false)
      testbed.showDescriptor(mode === 'keyboard' ? wedgeDescriptor : readerDescriptor)
      log.append('mode', { mode })
      await plug(true)
    },
    plug: (given) => plug(flag(given, 'on')),
    async fault(given) {
      const { fault, on, delayMs, count } = faultArguments(given)
      if (count !== undefined)
        throw new Error('faults of the reader last until they are switched off')
      switch (fault) {
        case 'unplugged':
          return plug(!on)
        case 'silent':
          isSilent = on
          return
        case 'lateReply': // the last report of every code
          lateMs = on ? (delayMs ?? 400) : 0
          return
        case 'byteByByte':
        case 'wrongChecksum':
        case 'noise':
          throw new Error(
            `${fault}: USB delivers a report whole and right or not at all; try noise`,
          )
      }
    },
    history: () => readPhysicalLog(args.log),
  }

  const control = await serveControl(args.control, commands)
  await cable.plug()
  return {
    async stop() {
      await control.close()
      await cable.unplug()
      await testbed.close()
      log.close()
    },
  }
}

function payloadOf(given: CommandArguments): Uint8Array {
  const { base64 } = given
  if (base64 === undefined) return Buffer.from(words(given, 'text'))
  if (typeof base64 !== 'string') throw new Error('base64 must be a text')
  return Buffer.from(base64, 'base64')
}
