import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'

export interface DemoFolders {
  readonly root: string
  readonly province: string
  readonly devices: string
  readonly slips: string
  readonly logs: string
  /** Browser profiles; emptied at every start. */
  readonly temporary: string
  readonly configFile: string
}

/** The longest path of a Unix domain socket that Linux takes. */
const longestSocketPath = 107

/** @throws Error when the control sockets would have paths too long for the system. */
export function demoFolders(dataFolder: string): DemoFolders {
  const root = path.resolve(dataFolder)
  const folders: DemoFolders = {
    root,
    province: path.join(root, 'province'),
    devices: path.join(root, 'devices'),
    slips: path.join(root, 'slips'),
    logs: path.join(root, 'logs'),
    temporary: path.join(root, 'temporary'),
    configFile: path.join(root, 'kiosk.json'),
  }
  const socket = path.join(folders.devices, 'printer.control')
  if (Buffer.byteLength(socket) > longestSocketPath) {
    throw new Error(`--data ${root}: too long a path for control sockets; choose a shorter one`)
  }
  return folders
}

/** Makes the folders of a demo that does not run. `fresh` forgets the last one first. */
export function prepareFolders(folders: DemoFolders, fresh: boolean): void {
  // Only what a demo made: a wrong --data must not cost anybody a folder.
  const parts = ['province', 'devices', 'slips', 'logs', 'kiosk', 'journal', 'keys']
  if (fresh) {
    for (const part of [...parts, 'kiosk.json', 'panel.json']) {
      rmSync(path.join(folders.root, part), { recursive: true, force: true })
    }
  }
  rmSync(folders.temporary, { recursive: true, force: true })
  const { province, devices, slips, logs, temporary } = folders
  for (const folder of [province, devices, slips, logs, temporary]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
}
