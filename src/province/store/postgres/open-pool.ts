import pg from 'pg'

/** 64-bit integers come as numbers: none here is beyond 2^53. */
const int8 = 20
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

const connectMs = 5_000
const statementMs = 30_000
const maxConnections = 10

/** @param url `postgres://…`; what it lacks comes from PGHOST, PGUSER, PGPASSWORD, ~/.pgpass */
export function openPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'province',
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    statement_timeout: statementMs,
    lock_timeout: statementMs / 2,
    idle_in_transaction_session_timeout: statementMs,
    keepAlive: true,
    // Statements of works that share a transaction leave together and do not wait for each other's answer.
    pipeline: true,
    types,
  })
  // A connection that breaks while idle is replaced by the next that is needed; one that breaks at work also
  // fails the query it was at, which is where it is dealt with.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}
