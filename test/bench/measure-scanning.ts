import { startEventLoopMetric } from '../../src/main/core/process/event-loop-metric.ts'
import { freePort } from '../support/free-port.ts'
import { openDoor } from '../support/journeys.ts'
import { type Machine, startMachine } from '../support/machine.ts'
import { eventLoopDelay } from './core-metrics.ts'
import { atMost, type Numbers, ratioOf, rounded } from './figure.ts'
import { fillInWithSecret, holdUntil } from './fill-in-with-secret.ts'
import type { Part } from './part.ts'
import { summary } from './series.ts'

const rounds = 12
const pagesEach = 10

/**
 * Core's event loop while the feeder delivers pages and they are sealed, and the unlock that the person behind
 * those pages asks for next; beside it the unlock of somebody who scanned nothing. Nobody puts anything in, and
 * core sees that the compartment stayed empty.
 */
export const measureScanning: Part = async ({ progress }) => {
  const port = await freePort()
  const ownLoop = startEventLoopMetric()
  const machine = await startMachine({
    scanner: true,
    config: { metrics: { port } },
    lockerOptions: { minUnlockGapMs: 0 },
  })
  try {
    const scanned: number[] = []
    const skipped: number[] = []
    let loop: Numbers = {}
    for (let count = 0; count <= rounds; count += 1) {
      const skippedMs = await unlockAfter(machine, () => skip(machine))
      const scannedMs = await unlockAfter(machine, () => scan(machine))
      loop = await eventLoopDelay(port)
      if (count === 0) continue
      skipped.push(skippedMs)
      scanned.push(scannedMs)
      progress(`${count} of ${rounds}: event loop p99 ${loop.eventLoopP99?.toFixed(1)} ms`)
    }
    const measured = { ...summary(scanned), ...loop }
    const raw = { ...summary(skipped), eventLoopP99: ownLoop.read().p99Ms }
    return {
      what: `touch → unlock frame at the lock board, right after ${pagesEach} pages were scanned and sealed`,
      unit: 'ms',
      measured: rounded(measured),
      raw: {
        what: 'the same without a page; event loop of a process that mostly waits',
        ...rounded(raw),
      },
      ratio: ratioOf(measured, raw),
      aims: [atMost('event loop delay of core p99 ≤ 20 ms', loop.eventLoopP99 ?? Number.NaN, 20)],
      more: { pages: pagesEach },
    }
  } finally {
    ownLoop.stop()
    await machine.stop()
  }
}

async function skip({ core }: Machine): Promise<void> {
  await core.screen('scanOffer')
  await core.touch('scan.skip')
}

async function scan({ core, atScanner }: Machine): Promise<void> {
  await core.screen('scanOffer')
  await atScanner('insert', { sheets: Array.from({ length: pagesEach }, () => ({ kind: 'form' })) })
  await core.touch('scan.start')
  await core.until(
    ({ screen }) =>
      screen.name === 'scanReview' &&
      screen.pages.length === pagesEach &&
      screen.pages.every(({ state }) => state !== 'arriving'),
    'all pages',
  )
  await core.touch('scan.accept')
  await core.until(({ screen }) => screen.name === 'bag' || screen.name === 'scanLeftover')
}

/** Milliseconds from the touch that asks for the door until its unlock frame has arrived. */
async function unlockAfter(machine: Machine, papers: () => Promise<void>): Promise<number> {
  const { core } = machine
  await fillInWithSecret(machine)
  await papers()
  await core.screen('bag')
  await holdUntil(machine, machine.newBag(), ({ name }) => name === 'summary')
  const askedAtMs = performance.timeOrigin + performance.now()
  await core.touch('intake.confirmSummary')
  const compartment = await openDoor(machine, 'depositDoor')
  const pulse = machine.lockerLog().findLast(({ event }) => event === 'pulse')
  await machine.closeDoor(compartment)
  await core.until(({ screen }) => /^(depositMissing|intakeAbandoned)$/.test(screen.name))
  if (core.current().screen.name === 'depositMissing') {
    await core.touch('intake.answerMissing', { inside: false })
    await core.screen('intakeAbandoned')
  }
  await core.touch('intake.finish')
  await core.screen('idle')
  return Number(pulse?.receivedAtMs) - askedAtMs
}
