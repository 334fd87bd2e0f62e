import { closeSync, fsyncSync, openSync } from 'node:fs'

/** A new or renamed name is only on the disk once its folder is. Windows has no such call and needs none. */
export function fsyncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
