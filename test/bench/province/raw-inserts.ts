import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { dossierColumns, type Intake, messageColumns } from './intake-rows.ts'

/** Tables with a primary key and nothing else: no reference, no index, no trigger. */
const tables = (text: string, blob: string, number: string) => `
  CREATE TABLE messages (key ${text} PRIMARY KEY, kiosk_id ${text}, epoch ${number},
    sequence ${number}, lane ${text}, kind ${text}, at ${text}, received_at ${text},
    body_hash ${text}, bytes ${blob}, receipt ${text});
  CREATE TABLE dossiers (intake_id ${text} PRIMARY KEY, message_key ${text}, kiosk_id ${text},
    bag_code ${text}, procedure_code ${text}, compartment ${number}, deposited_at ${text},
    clock_synchronised ${number}, phone_confirmed ${number}, content_hash ${text}, sealed ${text},
    received_at ${text});`

export interface RawInserts {
  /** `BEGIN`, the two rows, `COMMIT`, for each intake; answers the seconds. */
  insert(intakes: readonly Intake[]): Promise<number>
  close(): Promise<void>
}

const columns = { messages: messageColumns, dossiers: dossierColumns } as const
const count = (list: string) => list.split(', ').length

export function rawSqlite(file: string): RawInserts {
  const db = new Sqlite(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(tables('TEXT', 'BLOB', 'INTEGER'))
  const insertInto = (table: keyof typeof columns) =>
    db.prepare(
      `INSERT INTO ${table} (${columns[table]}) VALUES (${Array(count(columns[table])).fill('?')})`,
    )
  const [addMessage, addDossier] = [insertInto('messages'), insertInto('dossiers')]
  const addBoth = db.transaction(({ message, dossier }: Intake) => {
    addMessage.run(...message)
    addDossier.run(...dossier)
  })
  return {
    async insert(intakes) {
      const beforeMs = performance.now()
      for (const intake of intakes) addBoth.immediate(intake)
      return (performance.now() - beforeMs) / 1_000
    },
    async close() {
      db.close()
    },
  }
}

export async function rawPostgres(url: string, connections: number): Promise<RawInserts> {
  const clients = Array.from({ length: connections }, () => new pg.Client(url))
  for (const client of clients) await client.connect()
  await clients[0]?.query(tables('TEXT', 'BYTEA', 'BIGINT'))
  const insertInto = (table: keyof typeof columns) => {
    const marks = Array.from({ length: count(columns[table]) }, (_, index) => `$${index + 1}`)
    return { name: table, text: `INSERT INTO ${table} (${columns[table]}) VALUES (${marks})` }
  }
  const [addMessage, addDossier] = [insertInto('messages'), insertInto('dossiers')]
  return {
    async insert(intakes) {
      const waiting = intakes.toReversed()
      const beforeMs = performance.now()
      await Promise.all(
        clients.map(async (client) => {
          for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
            await client.query('BEGIN')
            await client.query({ ...addMessage, values: [...next.message] })
            await client.query({ ...addDossier, values: [...next.dossier] })
            await client.query('COMMIT')
          }
        }),
      )
      return (performance.now() - beforeMs) / 1_000
    },
    async close() {
      for (const client of clients) await client.end()
    },
  }
}
