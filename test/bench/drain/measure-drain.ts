import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealer } from '../../../src/main/sync/seal.ts'
import { startTestProvince } from '../../support/province.ts'
import { openBenchStore, openOutboxReader, sealBenchDossier } from '../bench-store.ts'
import { atLeast, type Figure, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { drainOutbox } from './drain-outbox.ts'
import { startAnswering } from './start-answering.ts'

const dossiers = 500
const messagesADossier = 2
/** As many at once as the worker sends by itself. */
const lanesInFlight = 8

/** After an outage: the waiting dossiers (deposit and slip) go to a real province, each with its receipt. */
export const measureDrain: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-drain-'))
  const province = await startTestProvince()
  const answering = await startAnswering()
  const store = openBenchStore(folder, dossiers)
  const outbox = openOutboxReader(folder)
  try {
    const sealer = createSealer(province.published.ageRecipient)
    const at = new Date().toISOString()
    for (let number = 1; number <= dossiers; number += 1) {
      const { intakeId } = await sealBenchDossier(store, sealer, number)
      store.flow.depositDossier(intakeId, at)
      store.flow.recordSlipSeen(intakeId, store.flow.recordSlipBegun(intakeId), at)
    }
    const payloads = outbox.all()
    progress(`${payloads.length} messages wait`)
    const rawSeconds = await postAll(answering.url, payloads)
    const seconds = await drainOutbox(store, province, lanesInFlight)
    const arrived = (await province.dossiers()).length
    if (arrived !== dossiers) throw new Error(`${arrived} of ${dossiers} dossiers arrived`)
    return figureOf(dossiers / seconds, dossiers / rawSeconds)
  } finally {
    outbox.close()
    store.close()
    await answering.stop()
    await province.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function figureOf(perSecond: number, rawPerSecond: number): Figure {
  const measured = { dossiers: perSecond, messages: perSecond * messagesADossier }
  const raw = { dossiers: rawPerSecond, messages: rawPerSecond * messagesADossier }
  return {
    what: 'outbox drained to a real province: sent, held, receipt verified and committed',
    unit: 'per second',
    measured: rounded(measured),
    raw: { what: 'fetch of the same bytes, as many at once, to a bare Fastify', ...rounded(raw) },
    ratio: ratioOf(measured, raw),
    aims: [atLeast('≥ 50 dossiers a second', perSecond, 50)],
  }
}

async function postAll(url: string, payloads: readonly string[]): Promise<number> {
  const waiting = [...payloads]
  const beforeMs = performance.now()
  const lane = async () => {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(url, { method: 'POST', headers, body })
      await answer.json()
    }
  }
  await Promise.all(Array.from({ length: lanesInFlight }, lane))
  return (performance.now() - beforeMs) / 1_000
}
