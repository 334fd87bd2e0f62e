import { fileURLToPath } from 'node:url'
import { startHost } from '../../src/main/host/host.ts'

/** The real host around the fake core, as a process that can be killed. Arguments: page folder, then core's. */
const [pageFolder = '', ...coreArgs] = process.argv.slice(2)
const host = await startHost({
  coreEntry: fileURLToPath(new URL('./fake-core.ts', import.meta.url)),
  coreArgs,
  pageFolder,
  port: 0,
})
process.stdout.write(`${JSON.stringify({ corePid: host.corePid() })}\n`)
