import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ProvinceConfig } from '../../src/province/config.ts'
import { type RunningProvince, startProvince } from '../../src/province/server.ts'
import { type KioskClient, kioskClient } from '../support/kiosk-client.ts'
import { type Officer, signInOfficer } from '../support/officer.ts'
import {
  demoKiosk,
  otherKiosk,
  testProvinceConfig,
  webManager,
  webOfficer,
  webOperator,
} from '../support/province.ts'

export interface Scene {
  readonly province: RunningProvince
  readonly recipient: string
  readonly kiosk: KioskClient
  readonly otherKiosk: KioskClient
  /** Everything the province wrote to its log. */
  readonly logged: string[]
  readonly dataFolder: string
  now(): Date
  setTime(instant: string): void
  waitMs(ms: number): void
  officer(): Promise<Officer>
  operator(): Promise<Officer>
  manager(): Promise<Officer>
}

/** A province in this process with a clock of the test's own; the demo kiosk has registered epoch 1. */
export async function scene(overrides: Partial<ProvinceConfig> = {}): Promise<Scene> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'province-'))
  let nowMs = Date.parse('2026-02-09T03:00:00.000Z')
  const logged: string[] = []
  const province = await startProvince({
    config: await testProvinceConfig(overrides),
    dataFolder,
    demo: true,
    clock: () => new Date(nowMs),
    log: (_level, line) => logged.push(line),
  })
  onTestFinished(async () => {
    await province.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  })
  const kiosk = kioskClient(province.url, demoKiosk)
  const registered = await kiosk.registerEpoch(1)
  if (registered.status !== 200) throw new Error(registered.text)
  return {
    province,
    recipient: province.published.ageRecipient,
    kiosk,
    otherKiosk: kioskClient(province.url, otherKiosk),
    logged,
    dataFolder,
    now: () => new Date(nowMs),
    setTime: (instant) => {
      nowMs = Date.parse(instant)
    },
    waitMs: (ms) => {
      nowMs += ms
    },
    officer: () => signInOfficer(province.url, webOfficer),
    operator: () => signInOfficer(province.url, webOperator),
    manager: () => signInOfficer(province.url, webManager),
  }
}
