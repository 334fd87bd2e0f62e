import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kioskClient } from '../../support/kiosk-client.ts'
import { startPostgres } from '../../support/postgres.ts'
import { demoKiosk, startTestProvince } from '../../support/province.ts'
import { atLeast, ratioOf, rounded } from '../figure.ts'
import type { Part } from '../part.ts'
import { type Intake, makeIntakes } from './intake-rows.ts'
import { postAll } from './post-all.ts'
import { type RawInserts, rawPostgres, rawSqlite } from './raw-inserts.ts'

const rounds = 5
const intakesARound = 500
const warmUps = 500
/** As many kiosks as send at the same moment. */
const connections = 32
/** As many as the province holds to PostgreSQL. */
const databaseConnections = 10

/** Intakes that a province process takes in over HTTP, beside the same rows inserted with nothing around. */
export const measureProvince: Part = async ({ progress }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-province-'))
  const postgres = await startPostgres()
  try {
    const sqlite = await measure(undefined, {
      alone: rawSqlite(join(folder, 'raw.sqlite')),
      together: undefined,
    })
    progress(`SQLite ${Math.round(sqlite.intakes)} of ${Math.round(sqlite.raw)} a second`)
    const onPostgres = await measure(await postgres.createDatabase(), {
      alone: await rawPostgres(await postgres.createDatabase(), 1),
      together: await rawPostgres(await postgres.createDatabase(), databaseConnections),
    })
    progress(
      `PostgreSQL ${Math.round(onPostgres.intakes)} of ${Math.round(onPostgres.raw)} a second`,
    )
    const measured = { sqlite: sqlite.intakes, postgres: onPostgres.intakes }
    const raw = { sqlite: sqlite.raw, postgres: onPostgres.raw }
    return {
      what: `intakes over HTTP, ${connections} at once: checked, stored with the signed receipt, answered`,
      unit: 'per second',
      measured: rounded(measured),
      raw: {
        what: `BEGIN, the same two rows, COMMIT; PostgreSQL on ${databaseConnections} connections`,
        ...rounded(raw),
      },
      ratio: ratioOf(measured, raw),
      aims: [
        atLeast('SQLite ≥ 0.5 of raw', measured.sqlite / raw.sqlite, 0.5),
        atLeast('PostgreSQL ≥ 0.5 of raw', measured.postgres / raw.postgres, 0.5),
      ],
      more: { rawPostgresOnOneConnection: Math.round(onPostgres.rawAlone) },
    }
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Raw and measured take turns, so that both see the same minutes of the machine. */
async function measure(
  database: string | undefined,
  raws: { readonly alone: RawInserts; readonly together: RawInserts | undefined },
) {
  const province = await startTestProvince({}, database === undefined ? {} : { database })
  try {
    await kioskClient(province.url, demoKiosk).registerEpoch(1)
    const total = warmUps + rounds * intakesARound
    const to = { url: province.url, token: demoKiosk.token }
    const intakes = await makeIntakes(total, { ...to, recipient: province.published.ageRecipient })
    const post = (some: readonly Intake[]) =>
      postAll(
        province.url,
        some.map(({ request }) => request),
        connections,
      )
    const seconds = { http: 0, alone: 0, together: 0 }
    for (let from = 0; from < total; from = from === 0 ? warmUps : from + intakesARound) {
      const some = intakes.slice(from, from === 0 ? warmUps : from + intakesARound)
      const alone = await raws.alone.insert(some)
      const http = await post(some)
      const together = await raws.together?.insert(some)
      if (from === 0) continue
      seconds.alone += alone
      seconds.http += http
      seconds.together += together ?? alone
    }
    const arrived = (await province.dossiers()).length
    if (arrived !== total) throw new Error(`${arrived} of ${total} dossiers arrived`)
    const perSecond = (taken: number) => (total - warmUps) / taken
    return {
      intakes: perSecond(seconds.http),
      raw: perSecond(seconds.together),
      rawAlone: perSecond(seconds.alone),
    }
  } finally {
    await province.stop()
    await raws.alone.close()
    await raws.together?.close()
  }
}
