import { fork } from 'node:child_process'
import { join } from 'node:path'

// Starts a core-like child, passes its pid on, and waits to be killed.
const child = fork(join(import.meta.dirname, 'orphan-child.ts'))
child.on('message', () => process.send?.(child.pid))
