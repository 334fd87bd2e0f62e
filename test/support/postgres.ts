import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface TestPostgres {
  /** A new, empty database; answers its address. */
  createDatabase(): Promise<string>
  /** SIGQUIT: as a crash, without a word to anyone; then starts again on the same data. */
  crash(): Promise<void>
  /** Ends the server and removes its data. */
  stop(): Promise<void>
}

const installed = '/usr/lib/postgresql'

/**
 * A PostgreSQL of Debian on a socket in a temporary folder, durable as in production. It refuses to run as root
 * and so belongs to `postgres` then; it ends with the process that started it, however that ends.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const version = readdirSync(installed).sort((a, b) => Number(b) - Number(a))[0] ?? ''
  const binary = (name: string) => join(installed, version, 'bin', name)
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const owner: string[] = []
  if (process.getuid?.() === 0) {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout),
    )
    if (!uid || !gid) throw new Error('there is no user postgres')
    chownSync(folder, uid, gid)
    owner.push(`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups')
  }
  const data = join(folder, 'data')
  const initial = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']
  const made = spawnSync('setpriv', [...owner, '--', binary('initdb'), ...initial, '--no-sync'], {
    encoding: 'utf8',
    cwd: folder,
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)

  let server: ChildProcess
  const start = async () => {
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${folder}`,
      'shared_buffers=32MB',
    ]
    const flags = settings.flatMap((setting) => ['-c', setting])
    const command = [...owner, '--pdeathsig=INT', '--', binary('postgres'), '-D', data, ...flags]
    server = spawn('setpriv', command, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder })
    let log = ''
    await new Promise<void>((resolve, reject) => {
      server.stderr?.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-10_000)
        if (log.includes('ready to accept connections')) resolve()
      })
      server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${log}`)))
    })
  }
  const end = async (signal: NodeJS.Signals) => {
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }
  await start()

  const address = (database: string) => `postgres://postgres@/${database}?host=${folder}`
  let databases = 0
  return {
    async createDatabase() {
      databases += 1
      const client = new pg.Client(address('postgres'))
      await client.connect()
      await client.query(`CREATE DATABASE province_${databases}`)
      await client.end()
      return address(`province_${databases}`)
    },
    async crash() {
      await end('SIGQUIT')
      await start()
    },
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
