import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badgeIn, idleAndWell, pulses, secret, startBench } from '../support/fault-bench.ts'
import { chooseProcedure, demoProcedure, deposit, finish, holdBag } from '../support/journeys.ts'
import type { Machine } from '../support/machine.ts'
import { demoOperator } from '../support/province.ts'

const dayMs = 86_400_000
const preload = fileURLToPath(new URL('../support/shift-clock.ts', import.meta.url))
const limits = {
  unconfirmedPerHour: 3,
  compartmentsForConfirmed: 0,
  codeAttemptsPerHour: 4,
  pinAttempts: 3,
}

/** Whoever has all night: another person, another date and a power cut between tries. */
describe('guesses that are spread', () => {
  let folder: string
  let machine: Machine
  let days = 0
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'spread-'))
    machine = await startBench({
      limits,
      environment: {
        NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${preload}`,
        KIOSK_CLOCK_SHIFT_FILE: join(folder, 'shift'),
      },
    })
  }, 60_000)
  afterAll(async () => {
    await machine?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** The machine loses its power, and its clock comes back a day ahead. */
  async function nextNight(): Promise<void> {
    const { core } = machine
    days += 1
    writeFileSync(join(folder, 'shift'), String(days * dayMs))
    const starts = core.starts()
    core.kill()
    await core.started(starts + 1)
    await idleAndWell(machine)
  }

  const refusedAs = (problem: string) =>
    machine.core.until(
      ({ screen }) => 'problem' in screen && screen.problem === problem,
      `the problem ${problem}`,
    )

  async function leave(): Promise<void> {
    await machine.core.touch('session.leave')
    await machine.core.screen('idle')
  }

  /** Somebody who was never here, without a phone. */
  async function toSecret(person: number): Promise<void> {
    const { core } = machine
    const number = `0920900${String(30_000 + person)}`
    await core.touch('session.start', { journey: 'intake' })
    await core.screen('notice')
    await core.touch('intake.acceptNotice')
    await core.screen('identify')
    await machine.hold(`${number}||Nguyễn Văn Mẫu|01011990|Nam|Phường Hoa Sen|15042021`)
    await core.screen('identity')
    await core.touch('intake.confirmIdentity')
    await core.screen('relation')
    await core.touch('intake.chooseRelation', { relation: 'self' })
    await core.screen('phone')
    await core.touch('intake.noPhone')
    await core.screen('secret')
    await core.type(secret)
    await core.until(({ screen }) => screen.name === 'secret' && screen.repeat, 'the second time')
    await core.type(secret)
  }

  it('unconfirmed intakes of ever other people fill the machine no faster', async () => {
    for (let person = 0; person < limits.unconfirmedPerHour; person += 1) {
      await toSecret(person)
      await chooseProcedure(machine, demoProcedure)
      await deposit(machine, await holdBag(machine))
      await finish(machine)
      if (person > 0) await nextNight()
    }
    const before = pulses(machine)
    await toSecret(90)
    await refusedAs('tooManyUnconfirmed')
    await leave()
    expect(pulses(machine)).toBe(before)
  })

  it('codes are no more than if nobody had touched clock and plug', async () => {
    const { core } = machine
    const before = pulses(machine)
    const said: string[] = []
    for (let guess = 0; guess < limits.codeAttemptsPerHour + 2; guess += 1) {
      await core.touch('session.start', { journey: 'collection' })
      await core.screen('collect')
      await core.touch('collection.typeCode')
      await core.screen('collectTyped')
      await core.type(String(20_000_000 + guess))
      said.push((await core.screen('collectRefused')).refusal)
      await core.touch('collection.finish')
      await core.screen('idle')
      if (guess % 2 === 1) await nextNight()
    }
    expect(said).toEqual([
      ...Array(limits.codeAttemptsPerHour).fill('codeNotValid'),
      ...['tooManyTries', 'tooManyTries'],
    ])
    expect(pulses(machine)).toBe(before)
  })

  /** Each badge and PIN at the door where it is asked for. */
  const doors = {
    async signIn(pin: string, answer: string) {
      await machine.hold(demoOperator.badge)
      await machine.core.screen('staffPin')
      await machine.core.type(pin)
      await refusedAs(answer)
      await leave()
    },
    async secondPerson(pin: string, answer: string) {
      const { core } = machine
      await badgeIn(machine)
      await core.touch('officer.startOffList')
      const { compartments } = await core.screen('offListDoors')
      const { compartment = 0 } = compartments.find(({ mayOpen }) => mayOpen) ?? {}
      await core.touch('officer.chooseCompartment', { compartment })
      await core.screen('offListReason')
      await core.touch('officer.giveReason', { reason: 'cleaning' })
      await core.screen('offListSecond')
      await machine.hold(demoOperator.badge)
      await core.screen('offListSecondPin')
      await core.type(pin)
      await refusedAs(answer)
      await leave()
    },
  }

  it('a PIN is one PIN, wherever it is asked for', async () => {
    const before = pulses(machine)
    await doors.secondPerson('000000', 'pinWrong')
    await doors.signIn('000001', 'pinWrong')
    await nextNight()
    await doors.secondPerson('000002', 'pinWrong')
    await doors.secondPerson(demoOperator.pin, 'pinLocked')
    await nextNight()
    await doors.signIn(demoOperator.pin, 'pinLocked')
    expect(pulses(machine)).toBe(before)
  })
})
