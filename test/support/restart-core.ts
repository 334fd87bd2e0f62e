import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startCore } from './core-client.ts'
import type { Machine } from './machine.ts'

const entry = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))

type Config = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/**
 * The same machine after a stop of core, perhaps with another configuration. The new core is no part of what
 * `machine.stop` ends: stop it first.
 */
export async function restartCore(
  machine: Machine,
  {
    change = (config) => config,
    meanwhile = async () => undefined,
  }: {
    readonly change?: (config: Config) => Config
    readonly meanwhile?: () => Promise<void>
  } = {},
): Promise<Machine> {
  await machine.core.stop()
  await meanwhile()
  const config = change(JSON.parse(readFileSync(machine.configFile, 'utf8')))
  writeFileSync(machine.configFile, JSON.stringify(config))
  const args = ['--config', machine.configFile]
  return { ...machine, core: startCore({ entry, args, environment: machine.environment }) }
}
