import type { ScreenName } from '../../src/contract/screen.ts'
import { announceResult, serveNext, startBench } from '../support/fault-bench.ts'
import { openDoor, signIn, signOut } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoOfficer } from '../support/province.ts'
import { type Numbers, round, rounded } from './figure.ts'
import type { Part } from './part.ts'

const wanted = 20

interface Round {
  readonly taps: number
  readonly scans: number
  readonly seconds: number
  readonly done: number
}

/**
 * An officer at 7:15: so many bags out, so many results in. Hands cost nothing here, so the seconds are the
 * machine's own, and taps and codes are what a person has to do besides moving things.
 */
export const measureRounds: Part = async ({ progress }) => {
  const machine = await startBench({ timeouts: { doorSettleMs: 600 } })
  try {
    const bags = await emptyBags(machine, progress)
    progress(`${bags.done} bags: ${bags.taps} taps, ${bags.seconds.toFixed(1)} s`)
    const results = await stockResults(machine, progress)
    progress(`${results.done} results: ${results.taps} taps, ${results.seconds.toFixed(1)} s`)
    const measured = { ...perRound('bags', bags), ...perRound('results', results) }
    // A door cannot be believed shut before it has stayed so: no machine is quicker.
    const settleSeconds = 0.6 * wanted
    return {
      what: `an officer's round: ${wanted} bags out, ${wanted} results in; taps, codes read, machine seconds`,
      unit: 's',
      measured: rounded(measured),
      raw: {
        what: 'the doors’ settling time alone',
        bagsSeconds: settleSeconds,
        resultsSeconds: settleSeconds,
      },
      ratio: {
        bagsSeconds: round(bags.seconds / settleSeconds),
        resultsSeconds: round(results.seconds / settleSeconds),
      },
      aims: [],
    }
  } finally {
    await machine.stop()
  }
}

function perRound(name: string, { taps, scans, seconds }: Round): Numbers {
  return { [`${name}Taps`]: taps, [`${name}Codes`]: scans, [`${name}Seconds`]: seconds }
}

/** As many rounds as the machine's drop compartments need, each with every bag that fits. */
async function emptyBags(machine: Machine, progress: (line: string) => void): Promise<Round> {
  const { core } = machine
  let [taps, scans, seconds, done] = [0, 0, 0, 0]
  while (done < wanted) {
    const { screen } = core.current()
    const free = screen.name === 'idle' ? screen.freeCompartments : 0
    const batch = Math.min(free, wanted - done)
    for (let count = 0; count < batch; count += 1) await serveNext(machine)
    progress(`${done + batch} bags handed in`)
    await signIn(machine, demoOfficer.badge, demoOfficer.pin)
    const startMs = performance.now()
    const tap = async (on: ScreenName, path: string) => {
      await core.screen(on)
      await core.touch(path as 'session.stay', {})
      taps += 1
    }
    await tap('staffMenu', 'officer.startEmptying')
    await tap('emptyList', 'officer.startRound')
    let last = 0
    for (let count = 0; count < batch; count += 1) {
      const compartment = await nextDoor(machine, 'emptyDoor', last)
      last = compartment
      await machine.hold(await machine.takeItem(compartment))
      scans += 1
      await core.until(({ screen }) => screen.name === 'emptyDoor' && screen.bagSettled)
      await machine.closeDoor(compartment)
      done += 1
    }
    await core.until(({ screen }) => screen.name === 'emptyList' && screen.bags.length === 0)
    seconds += (performance.now() - startMs) / 1_000
    await core.touch('session.back')
    await core.screen('staffMenu')
    await signOut(machine)
  }
  return { taps, scans, seconds, done }
}

async function stockResults(machine: Machine, progress: (line: string) => void): Promise<Round> {
  const { core } = machine
  const freeNow = async () => (await core.screen('stockScan')).freeCompartments
  let [taps, scans, seconds, done] = [0, 0, 0, 0]
  const codes: string[] = []
  for (let count = 0; count < wanted; count += 1) codes.push(await announceResult(machine))
  progress(`${wanted} results announced`)
  await signIn(machine, demoOfficer.badge, demoOfficer.pin)
  await core.touch('officer.startStocking')
  taps += 1
  for (const dossierCode of codes) {
    if ((await freeNow()) === 0) break
    await core.until(
      ({ screen }) =>
        screen.name === 'stockScan' &&
        screen.waiting.some((one) => one.dossierCode === dossierCode),
    )
    const startMs = performance.now()
    await machine.hold(dossierCode)
    scans += 1
    const compartment = await openDoor(machine, 'stockDoor')
    await machine.putItem(compartment, `envelope of ${dossierCode}`)
    await core.until(
      ({ screen }) => screen.name === 'stockDoor' && screen.door.step === 'closeDoor',
    )
    await machine.closeDoor(compartment)
    await core.until(
      ({ screen }) =>
        screen.name === 'stockScan' && screen.lastStocked?.dossierCode === dossierCode,
    )
    seconds += (performance.now() - startMs) / 1_000
    done += 1
  }
  await signOut(machine)
  // The demo's wall has fewer result doors than that: what was done stands for the rest.
  const share = wanted / done
  return { taps, scans: Math.round(scans * share), seconds: seconds * share, done }
}

async function nextDoor(machine: Machine, name: 'emptyDoor', not: number): Promise<number> {
  const { screen } = await machine.core.until(
    (now) =>
      now.screen.name === name &&
      now.screen.door.step === 'open' &&
      now.screen.door.compartment !== not,
    'the next door',
  )
  return screen.name === name ? screen.door.compartment : 0
}
