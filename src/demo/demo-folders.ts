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

/**
 * Makes the folders of a demo. `fresh` forgets the last one first.
 * @throws Error when the control sockets would have paths too long for the system.
 */
export function prepareFolders(dataFolder: string, fresh: boolean): DemoFolders {
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
  // Only what a demo made: a wrong --data must not cost anybody a folder.
  const parts = ['province', 'devices', 'slips', 'logs', 'kiosk', 'journal', 'keys', 'kiosk.json']
  if (fresh) {
    for (const part of [...parts, 'panel.json']) {
      rmSync(path.join(root, part), { recursive: true, force: true })
    }
  }
  rmSync(folders.temporary, { recursive: true, force: true })
  for (const folder of [
    folders.province,
    folders.devices,
    folders.slips,
    folders.logs,
    folders.temporary,
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  return folders
}
