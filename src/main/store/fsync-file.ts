import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes the content of a file that somebody else has written durable. */
export function fsyncFile(path: string): void {
  const descriptor = openSync(path, 'r+')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
