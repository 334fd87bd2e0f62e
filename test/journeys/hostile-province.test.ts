import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Diagnosis, diagnosisSchema } from '../../src/contract/diagnosis.ts'
import { askLocally } from '../../src/devices/transport/local-socket.ts'
import { diagnosisSocketPath } from '../../src/main/core/diagnose-command.ts'
import { verifySlipQr } from '../../src/main/domain/verify-slip-qr.ts'
import { certificateWorkshop } from '../support/certificates.ts'
import { startBench } from '../support/fault-bench.ts'
import {
  chooseProcedure,
  demoProcedure,
  deposit,
  eventually,
  finish,
  holdBag,
  toPhone,
} from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards, phones } from '../support/people.ts'
import { type ProvinceFront, startProvinceFront } from '../support/province-front.ts'
import { hostileAnswers } from '../sync/support/hostile-answers.ts'

let machine: Machine
let front: ProvinceFront
const slips = new Set<string>()

const workshop = certificateWorkshop()
const authority = workshop.authority('Tinh mau')
const own = authority.issue({ commonName: 'K07', days: 20 })

beforeAll(async () => {
  const server = authority.issue({ commonName: 'tinh', name: 'IP:127.0.0.1' })
  const tls = { cert: server.cert, key: server.key, ca: authority.cert }
  machine = await startBench({
    front: async (url) => {
      front = await startProvinceFront(url, tls)
      return front
    },
    tls: {
      certificateFile: own.certificateFile,
      keyFile: own.keyFile,
      caFile: authority.certificateFile,
    },
    timeouts: { phoneCodeRequestMs: 400, provinceRequestMs: 500 },
  })
})
afterAll(async () => {
  await machine?.stop()
  workshop.remove()
})

const answers = new Map(hostileAnswers({ url: 'http://127.0.0.1:9' }))

async function diagnose(): Promise<Diagnosis> {
  const path = diagnosisSocketPath(join(machine.folder, 'kiosk'))
  return diagnosisSchema.parse(JSON.parse(await askLocally(path, 3_000)))
}

/** Puts another certificate of this kiosk in the place of its own, and restarts core. */
async function renew(days: number): Promise<void> {
  const { cert, key } = authority.issue({ commonName: 'K07', days })
  writeFileSync(own.certificateFile, cert)
  writeFileSync(own.keyFile, key)
  const { core } = machine
  core.kill()
  await core.started(core.starts() + 1)
  await core.until(({ services }) => services.every(({ available }) => available), 'all services')
}

/** The whole intake with a phone that no code can reach: typed twice, and a slip all the same. */
async function intakeOffline(): Promise<void> {
  const { core } = machine
  await toPhone(machine, cards.an)
  await core.type(phones.an)
  await core.screen('phoneAgain')
  await core.type(phones.an)
  const { screen } = await core.until(({ screen }) => /^(secret|procedures)$/.test(screen.name))
  if (screen.name === 'secret') {
    await core.type('135246')
    await core.until(({ screen: now }) => now.name === 'secret' && now.repeat, 'the second time')
    await core.type('135246')
  }
  await chooseProcedure(machine, demoProcedure)
  slips.add(await deposit(machine, await holdBag(machine)))
  await finish(machine)
}

it.each([
  'accepts and never answers',
  'captive portal that speaks JSON',
  'redirect 307',
  'endless body',
  'hangs up',
])('%s: the citizen is served and gets a slip', async (name) => {
  const answer = answers.get(name)
  if (!answer) throw new Error('no such answer')
  front.answerWith(answer)
  const before = front.misled()
  await intakeOffline()
  await eventually(async () => front.misled() > before)
  expect((await machine.province.dossiers()).map(({ intakeId }) => intakeId)).toEqual([])
  expect(machine.core.deaths()).toBe(0)
})

it('when the province is itself again, it holds each slip’s dossier once', async () => {
  front.answerWith(undefined)
  await eventually(async () => (await machine.province.dossiers()).length >= slips.size)
  const held = (await machine.province.dossiers()).map(({ intakeId }) => intakeId)
  expect(held.toSorted()).toEqual([...slips].toSorted())
  const keys = await machine.slipKeys()
  const printed = (await machine.slipQrs()).map((text) => verifySlipQr(text, keys))
  const good = printed.flatMap((verdict) => (verdict.ok ? [verdict.slip.intakeId] : []))
  expect(good.toSorted()).toEqual([...slips].toSorted())
})

it('the machine says 20 days ahead that its certificate runs out', async () => {
  await eventually(async () => {
    const [newest] = await machine.province.heartbeats()
    return newest?.heartbeat.certificateNotAfter !== undefined
  })
  const told = (await machine.province.heartbeats())[0]?.heartbeat.certificateNotAfter
  expect(told).toBe(new Date(new X509Certificate(own.cert).validTo).toISOString())
  const diagnosis = await diagnose()
  expect(diagnosis.findings).toContainEqual({
    ...{ subject: 'province', reason: 'CERTIFICATE_EXPIRING', severity: 'notice' },
  })
  expect(diagnosis.fit).toBe(true)
})

it('the remedy of CERTIFICATE_EXPIRED and CERTIFICATE_EXPIRING: a new one in its place, and a restart', async () => {
  const certificates = async () =>
    (await diagnose()).findings.filter(({ reason }) => reason.startsWith('CERTIFICATE'))
  await renew(-1)
  expect(await certificates()).toMatchObject([{ reason: 'CERTIFICATE_EXPIRED' }])
  await renew(365)
  expect(await certificates()).toEqual([])
})
