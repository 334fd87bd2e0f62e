import { fileURLToPath } from 'node:url'
import { type CoreClient, startCore } from './core-client.ts'
import { startWorld, type World, type WorldOptions } from './world.ts'

export type { PhysicalDoor, WorldOptions as MachineOptions } from './world.ts'

/** A whole machine of real parts: three simulators, the province and core, each in its own process. */
export interface Machine extends World {
  readonly core: CoreClient
}

export const coreEntry = fileURLToPath(new URL('../../src/main/core/main.ts', import.meta.url))

export async function startMachine(options: WorldOptions = {}): Promise<Machine> {
  return resumeMachine(await startWorld(options))
}

/** Core on a world whose last core is down. */
export async function resumeMachine(world: World): Promise<Machine> {
  const core = startCore({
    entry: coreEntry,
    args: ['--config', world.configFile],
    environment: world.environment,
  })
  await core.until(({ services }) => services.every(({ available }) => available), 'all services')
  return {
    ...world,
    core,
    async stop() {
      await core.stop()
      await world.stop()
    },
  }
}
