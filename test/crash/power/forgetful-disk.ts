import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Chance } from '../random/chance.ts'
import type { DiskCall } from './parse-calls.ts'

/**
 * A disk that promises no more than POSIX does. Bytes last from the `fsync` of their file on, names from the
 * `fsync` of their folder on. What was written since may be there or not after a power cut, in any mixture of
 * sectors; of names any number of the last ones may be missing. SQLite's `-shm` is memory: never there again.
 */
export interface ForgetfulDisk {
  apply(call: DiskCall): void
  /** Lays out below `target` what a power cut at this moment leaves of the folder. */
  cutPower(chance: Chance, target: string): void
}

interface File {
  /** What is safe. */
  safe: Buffer
  /** Since then, in order. */
  since: Change[]
}
type Change = { readonly offset: number; readonly bytes: Buffer } | { readonly length: number }

type NameChange =
  | { readonly path: string; readonly file: File }
  | { readonly path: string; readonly file: undefined }

/** The least that a disk writes whole; a page of SQLite has eight. */
const sectorBytes = 512

export function createForgetfulDisk(folder: string): ForgetfulDisk {
  const names = new Map<string, File>()
  const safeNames = new Map<string, File>()
  /** By folder. A rename within a folder is one change: never both names or none. */
  const nameChanges = new Map<string, NameChange[][]>()
  const isMemory = (path: string) => path.endsWith('-shm')

  const changeNames = (...changes: readonly NameChange[]) => {
    for (const { path, file } of changes) {
      if (file) names.set(path, file)
      else names.delete(path)
    }
    const at = dirname(changes[0]?.path ?? '')
    nameChanges.set(at, [...(nameChanges.get(at) ?? []), [...changes]])
  }
  const fileAt = (path: string): File => {
    const found = names.get(path)
    if (!found) throw new Error(`no file at ${path}`)
    return found
  }
  const applyNames = (to: Map<string, File>, changes: readonly NameChange[]) => {
    for (const { path, file } of changes) {
      if (file) to.set(path, file)
      else to.delete(path)
    }
  }

  return {
    apply(call) {
      if (isMemory(call.path)) return
      switch (call.call) {
        case 'create':
          if (names.has(call.path)) return
          return changeNames({ path: call.path, file: { safe: Buffer.alloc(0), since: [] } })
        case 'write': {
          const file = fileAt(call.path)
          const offset = call.offset === 'end' ? contentOf(file).length : call.offset
          file.since.push({ offset, bytes: call.bytes })
          return
        }
        case 'copy': {
          const end = call.fromOffset + call.length
          const bytes = Buffer.from(contentOf(fileAt(call.from)).subarray(call.fromOffset, end))
          fileAt(call.path).since.push({ offset: call.offset, bytes })
          return
        }
        case 'truncate':
          fileAt(call.path).since.push({ length: call.length })
          return
        case 'fsync': {
          const file = names.get(call.path)
          if (file) {
            file.safe = contentOf(file)
            file.since = []
            return
          }
          for (const changes of nameChanges.get(call.path) ?? []) applyNames(safeNames, changes)
          nameChanges.delete(call.path)
          return
        }
        case 'rename': {
          const file = fileAt(call.path)
          return changeNames({ path: call.path, file: undefined }, { path: call.to, file })
        }
        case 'unlink':
          return changeNames({ path: call.path, file: undefined })
        case 'mkdir':
          return
      }
    },
    cutPower(chance, target) {
      const left = new Map(safeNames)
      for (const changes of nameChanges.values()) {
        const kept = chance.pick([0, changes.length, chance.between(0, changes.length)])
        for (const change of changes.slice(0, kept)) applyNames(left, change)
      }
      const mixture = chance.pick([0, 1, chance.next()])
      for (const [path, file] of left) {
        const at = join(target, relative(folder, path))
        mkdirSync(dirname(at), { recursive: true, mode: 0o700 })
        writeFileSync(at, remainder(file, chance, mixture), { mode: 0o600 })
      }
    },
  }
}

function contentOf({ safe, since }: File): Buffer {
  return since.length === 0 ? safe : since.reduce(changed, Buffer.from(safe))
}

/** In place where it fits: `content` belongs to whoever calls. */
function changed(content: Buffer, change: Change): Buffer {
  if ('length' in change) {
    const cut = Buffer.alloc(change.length)
    content.copy(cut)
    return cut
  }
  const { offset, bytes } = change
  const end = offset + bytes.length
  const written = end > content.length ? Buffer.alloc(end) : content
  if (written !== content) content.copy(written)
  bytes.copy(written, offset)
  return written
}

/** @param share of the sectors written since the last flush that have reached the disk */
function remainder({ safe, since }: File, chance: Chance, share: number): Buffer {
  let content: Buffer = Buffer.from(safe)
  for (const change of since) {
    if ('length' in change) {
      if (chance.happens(share)) content = changed(content, change)
      continue
    }
    for (let from = 0; from < change.bytes.length; ) {
      const at = change.offset + from
      const to = Math.min(change.bytes.length, from + sectorBytes - (at % sectorBytes))
      if (chance.happens(share)) {
        content = changed(content, { offset: at, bytes: change.bytes.subarray(from, to) })
      }
      from = to
    }
  }
  return content
}
