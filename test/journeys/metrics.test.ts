import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCover, serviceIs, startBench } from '../support/fault-bench.ts'
import { freePort } from '../support/free-port.ts'
import { eventually, finish, intake } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { cards, phones } from '../support/people.ts'

let machine: Machine
let port: number
beforeAll(async () => {
  port = await freePort()
  machine = await startBench({ config: { metrics: { port } } })
})
afterAll(() => machine?.stop())

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init)

/** The text, read as Prometheus reads it: every line must be one of the format's. */
async function metrics(): Promise<ReadonlyMap<string, number>> {
  const answer = await ask('/metrics')
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await answer.text()
  expect(text.endsWith('\n')).toBe(true)
  const values = new Map<string, number>()
  const typed = new Set<string>()
  for (const line of text.trimEnd().split('\n')) {
    const type = /^# TYPE (\w+) (gauge|counter)$/.exec(line)
    if (type?.[1] !== undefined) typed.add(type[1])
    if (line.startsWith('#')) {
      expect(line).toMatch(/^# (HELP \w+ .+|TYPE \w+ (gauge|counter))$/)
      continue
    }
    const sample = /^([a-z_]+)((?:\{[^{}]*\})?) (-?[\d.e+-]+|NaN|[+-]Inf)$/.exec(line)
    expect(sample, line).not.toBeNull()
    expect(typed.has(sample?.[1] ?? ''), line).toBe(true)
    values.set(`${sample?.[1]}${sample?.[2]}`, Number(sample?.[3]))
  }
  return values
}

it('tells what the machine can do and what waits, and nothing of anybody', async () => {
  const before = await metrics()
  expect(before.get('motcua_fit')).toBe(1)
  expect(before.get('motcua_service_available{service="intake"}')).toBe(1)
  expect(before.get('motcua_device_state{device="printer",state="online"}')).toBe(1)
  expect(before.get('motcua_info{kiosk="K07",epoch="1"}')).toBe(1)
  const { bag, intakeId } = await intake(machine)
  await finish(machine)
  await eventually(async () => {
    const now = await metrics()
    return (
      (now.get('motcua_outbox_messages{state="acknowledged"}') ?? 0) >= 2 &&
      now.get('motcua_province_online') === 1 &&
      now.get('motcua_outbox_oldest_seconds') === 0
    )
  })
  const after = await metrics()
  expect(after.get('motcua_audit_rows_total')).toBeGreaterThan(
    before.get('motcua_audit_rows_total') ?? 0,
  )
  expect(after.get('motcua_compartments{state="free"}')).toBe(
    (before.get('motcua_compartments{state="free"}') ?? 0) - 1,
  )
  const all = (await (await ask('/metrics')).text()) + (await (await ask('/health')).text())
  const [idNumber = '', , name = ''] = cards.an.split('|')
  for (const personal of [bag, intakeId, phones.an, idNumber, name, 'H99']) {
    expect(all).not.toContain(personal)
  }
})

it('is not healthy while a service is away, and says which and why', async () => {
  expect((await ask('/health')).status).toBe(200)
  await openCover(machine, true)
  await serviceIs(machine, 'intake', false)
  const answer = await ask('/health')
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({
    fit: false,
    findings: expect.arrayContaining([
      { subject: 'printer', reason: 'COVER_OPEN', severity: 'unfit' },
    ]),
  })
  expect((await metrics()).get('motcua_service_available{service="intake"}')).toBe(0)
  await openCover(machine, false)
  await serviceIs(machine, 'intake', true)
})

it('answers this machine by its own name, and nothing but questions', async () => {
  expect((await ask('/else')).status).toBe(404)
  expect((await ask('/metrics', { method: 'POST', body: 'x' })).status).toBe(405)
  const status = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.end('GET /metrics HTTP/1.1\r\nhost: attacker.example\r\n\r\n'),
    )
    let text = ''
    socket.on('data', (chunk) => {
      text += String(chunk)
    })
    socket.on('close', () => resolve(text.slice(0, 12)))
  })
  expect(status).toBe('HTTP/1.1 421')
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  if (outside === undefined) return
  const refused = await new Promise<boolean>((resolve) => {
    const socket = connect(port, outside.address, () => resolve(false))
    socket.on('error', () => resolve(true))
    socket.on('connect', () => socket.destroy())
  })
  expect(refused).toBe(true)
})
