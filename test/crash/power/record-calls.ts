import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type DiskCall, parseCalls } from './parse-calls.ts'

const program = fileURLToPath(new URL('./program.ts', import.meta.url))

/** All that can change what is on a disk, and what makes it last. */
const calls = [
  ...['open', 'openat', 'creat', 'close', 'dup', 'dup2', 'dup3', 'lseek'],
  ...['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'truncate', 'ftruncate', 'fallocate'],
  ...['copy_file_range', 'sendfile'],
  ...['fsync', 'fdatasync', 'sync_file_range', 'sync', 'syncfs'],
  ...[
    'rename',
    'renameat',
    'renameat2',
    'unlink',
    'unlinkat',
    'link',
    'linkat',
    'mkdir',
    'mkdirat',
  ],
  ...['io_uring_setup'],
]

/** Runs the program under strace(1) and reads back what it asked of the disk below `folder`, in order. */
export async function recordCalls(
  folder: string,
  seed: number,
  dossiers: number,
): Promise<readonly DiskCall[]> {
  const output = join(folder, 'calls.txt')
  const disk = join(folder, 'disk')
  const traced = spawn(
    'strace',
    [
      ...['-f', '--seccomp-bpf', '-y', '-xx', '-s', '4000000', '-o', output],
      ...['-e', `trace=${calls.map((call) => `?${call}`).join(',')}`, '-e', 'signal=none'],
      ...[process.execPath, program, disk, String(seed), String(dossiers)],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, UV_USE_IO_URING: '0' } },
  )
  const [code] = await once(traced, 'exit')
  if (code !== 0) throw new Error(`strace or the program ended with ${code}`)
  return parseCalls(readFileSync(output, 'latin1'), disk)
}
