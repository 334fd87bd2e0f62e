import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Diagnosis, diagnosisSchema } from '../../contract/diagnosis.ts'
import { askLocally } from '../../devices/transport/local-socket.ts'
import { readiness } from '../diagnostics/readiness.ts'
import { problemLine } from './config/config-problem.ts'
import { loadConfig } from './config/load-config.ts'
import { createDevices, eachDevice } from './create-devices.ts'
import { takeDataLock } from './process/data-lock.ts'
import { serviceTruth } from './service-truth.ts'

const askMs = 3_000
/** A device that is there has answered by then. */
const settleMs = 6_000

const usage = `usage: npm run -s diagnose -- --config FILE [--json]
  FILE    the kiosk's configuration
  --json  the whole answer as JSON
exit code 0: fit for service, 1: not fit, 2: cannot tell
`

/** `npm run diagnose -- --config FILE [--json]`. @returns 0 fit, 1 not fit, 2 could not tell */
export async function diagnoseCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args)
  if (asked === undefined) {
    process.stderr.write(usage)
    return 2
  }
  const loaded = loadConfig(asked.config)
  if (!loaded.ok) {
    for (const problem of loaded.problems) process.stderr.write(`${problemLine(problem)}\n`)
    return 2
  }
  const { config } = loaded
  const answer = await askLocally(diagnosisSocketPath(config.dataFolder), askMs)
  const told = diagnosisSchema.safeParse(parsed(answer))
  const diagnosis = told.success ? told.data : await lookOurselves(config)
  if (diagnosis === undefined) {
    process.stderr.write('DATA_LOCKED: a core is running and does not answer\n')
    return 2
  }
  process.stdout.write(asked.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : words(diagnosis))
  return diagnosis.fit ? 0 : 1
}

function readArguments(args: readonly string[]): { config: string; json: boolean } | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { config: { type: 'string' }, json: { type: 'boolean', default: false } },
    })
    const { config, json } = values
    return config === undefined ? undefined : { config, json }
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function diagnosisSocketPath(dataFolder: string): string {
  return join(dataFolder, 'diagnosis.sock')
}

/** No core runs: the devices are opened from here, looked at and let go. */
async function lookOurselves(
  config: Extract<ReturnType<typeof loadConfig>, { ok: true }>['config'],
): Promise<Diagnosis | undefined> {
  // A machine that was never started has no folder to lock, and nothing that holds its devices.
  const lock = existsSync(config.dataFolder) ? takeDataLock(config.dataFolder) : undefined
  if (lock && !lock.ok) return undefined
  const devices = createDevices(config.devices, config.compartments, undefined)
  const all = eachDevice(devices)
  for (const device of all) device.start()
  await Promise.race([
    Promise.all(all.map((device) => leftStarting(device))),
    new Promise((resolve) => setTimeout(resolve, settleMs)),
  ])
  const diagnosis = readiness({
    at: new Date().toISOString(),
    kioskId: config.kioskId,
    services: serviceTruth({
      ...devices,
      suspect: undefined,
      freeDropCompartments: 1,
      noBags: false,
      restored: false,
      disk: undefined,
    }),
    devices: all.map((device) => {
      const { state, reasons } = device.status()
      return {
        ...{ id: device.id, state, reasons: [...reasons], identity: { ...device.identity() } },
        ...{ counters: { ...device.counters() }, lastTest: null },
      }
    }),
    compartments: { free: 0, suspect: [], unknown: [] },
    supplies: [],
    clockSynchronised: true,
  })
  await Promise.all(all.map((device) => device.stop()))
  if (lock?.ok) lock.release()
  return diagnosis
}

function leftStarting(device: ReturnType<typeof eachDevice>[number]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (device.status().state !== 'starting') resolve()
    }
    device.onStatus(look)
    look()
  })
}

function words({ fit, findings, devices, services }: Diagnosis): string {
  const lines = [
    fit ? 'FIT FOR SERVICE' : 'NOT FIT FOR SERVICE',
    ...services.map(({ service, available }) => `  ${service}: ${available ? 'yes' : 'no'}`),
    ...devices.map(({ id, state, reasons }) => `  ${id}: ${[state, ...reasons].join(' ')}`),
    ...findings.map(({ subject, reason, severity }) => `  ${severity}: ${subject} ${reason}`),
  ]
  return `${lines.join('\n')}\n`
}
